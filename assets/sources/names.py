"""Names and domains of sources in the forms that they are compared by."""

import re
import unicodedata

from tld import get_fld

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


def slug(name: str) -> str:
    """A stable id that reads like the name: ASCII letters and digits, hyphens; a hash where no letter is Latin."""
    plain = "-".join(fold_name(name).encode("ascii", "ignore").decode().split())
    if len(plain) > LONGEST_SLUG:
        return f"{plain[:LONGEST_SLUG].rstrip('-')}-{stable_id('source', fold_name(name))}"
    return plain if len(plain) > 1 else f"source-{stable_id('source', fold_name(name))}"


def registered_domain(host: str) -> str | None:
    """The part of a host name that its owner registered: ``www.news.example.co.uk`` is ``example.co.uk``."""
    domain: str | None = get_fld(f"https://{host}/", fail_silently=True)
    return domain
