"""Names and domains of sources in the forms that they are compared by."""

import re
import unicodedata

from tld import get_fld

from assets.text.letters import PLAIN_LETTERS
from pipeline.ids import stable_id

NOT_WORD = re.compile(r"[^\w]+")
APOSTROPHE = re.compile(r"['’]")


def fold_name(name: str) -> str:
    """Lower case, no accents, no punctuation, single spaces: ``The Straits Times®`` is ``the straits times``."""
    plain = APOSTROPHE.sub("", name).casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    return NOT_WORD.sub(" ", plain).strip()


LONGEST_SLUG = 80  # code points; ids become names of files


LETTERS = str.maketrans(PLAIN_LETTERS)


def slug(name: str) -> str:
    """A stable id that reads like the name: ASCII letters and digits, hyphens.

    A hash stands for what it cannot show, so that "朝日新聞 Digital" and "毎日新聞 Digital" are two.
    """
    folded = fold_name(name)
    latin = folded.translate(LETTERS).replace("_", " ")
    plain = "-".join(latin.encode("ascii", "ignore").decode().split())
    if latin.isascii() and 1 < len(plain) <= LONGEST_SLUG:
        return plain
    return f"{plain[:LONGEST_SLUG].rstrip('-') or 'source'}-{stable_id('source', folded)}"


def registered_domain(host: str) -> str | None:
    """The part of a host name that its owner registered: ``www.news.example.co.uk`` is ``example.co.uk``."""
    domain: str | None = get_fld(f"https://{host}/", fail_silently=True)
    if domain is None and host.rpartition(".")[2].isalpha():
        # Under an ending that is on no list, as the list's own rule has it.
        domain = ".".join(host.split(".")[-2:]) if host.count(".") else None
    return domain
