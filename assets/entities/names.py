"""Forms of names: titles, given names, surnames, spellings, and whether two forms can name one person."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import polars as pl

REFERENCE = Path(__file__).resolve().parents[2] / "seeds" / "reference"
GIVEN_NAMES = Path(__file__).resolve().parent / "given_names.csv"
SURNAMES = GIVEN_NAMES.with_name("surnames.csv")

CONNECTORS = ("of", "the", "and", "for", "de", "la", "du", "des", "del", "da", "do", "dos", "di", "van", "von", "der", "den",
              "al", "el", "bin", "ibn", "bint", "abu", "ul", "ur", "le", "les", "y", "e", "und", "on", "in", "to", "-", "&", "'", "’",
              "'s", "’s", "ter", "ten", "zu", "af", "av")  # fmt: skip
HONORIFICS = ("Mr", "Mrs", "Ms", "Miss", "Mx", "Mister", "Dr", "Doctor", "Prof", "Professor", "Sir", "Dame", "Lord", "Lady",
              "Rev", "Reverend", "Fr", "Father", "Sister", "Brother", "Imam", "Sheikh", "Shaikh", "Sheik", "Rabbi", "Bishop",
              "Archbishop", "Cardinal", "Pope", "Pastor", "Ayatollah", "Mullah", "Maulana", "Hon", "Honourable", "Honorable",
              "Judge", "Justice", "King", "Queen", "Prince", "Princess", "Emperor", "Sultan", "Emir", "Baron", "Baroness",
              "Count", "Duke", "Duchess", "Monsignor", "Mgr", "Messrs", "Mme", "Madame", "Monsieur", "Señor", "Don", "Dona",
              "Herr", "Frau", "Shri", "Smt", "Datuk", "Dato", "Datin", "Tan Sri", "Tun", "Haji", "Hajj", "Alhaji", "Chief",
              "Saint", "Engr", "Barr", "Comrade", "Uncle", "Aunt")  # fmt: skip
TITLE_WORDS = ("President", "Vice-President", "Premier", "Chancellor", "Minister", "Secretary", "Governor", "Gov", "Senator",
               "Sen", "Representative", "Rep", "Congressman", "Congresswoman", "MP", "MEP", "MLA", "Mayor", "Ambassador",
               "Envoy", "Spokesman", "Spokeswoman", "Spokesperson", "Chairman", "Chairwoman", "Chair", "Chairperson",
               "Director", "CEO", "Commissioner", "General", "Gen", "Colonel", "Col", "Lieutenant", "Lt", "Major", "Maj",
               "Captain", "Capt", "Sergeant", "Sgt", "Corporal", "Cpl", "Private", "Pvt", "Admiral", "Adm", "Commander", "Cmdr", "Cdr",
               "Marshal", "Brigadier", "Brig", "Inspector", "Superintendent", "Supt", "Constable", "Officer", "Detective",
               "Sheriff", "Deputy", "Attorney", "Atty", "Advocate", "Counsel", "Prosecutor", "Coach", "Manager", "Leader",
               "Councillor", "Councilman", "Councilwoman", "Counc", "Alderman", "Speaker", "Treasurer", "Analyst", "Professor",
               "Economist", "Lawyer", "Activist", "Journalist", "Author", "Actor", "Actress", "Singer", "Striker",
               "Midfielder", "Goalkeeper", "Captain")  # fmt: skip
STOPPED_ABBREVIATIONS = ("Mr", "Mrs", "Ms", "Dr", "Prof", "Rev", "Fr", "Hon", "Gov", "Sen", "Rep", "Reps", "Sens", "Gen", "Col",
                         "Lt", "Maj", "Capt", "Sgt", "Cpl", "Pvt", "Adm", "Cmdr", "Brig", "Supt", "Atty", "St", "Ste", "Mt", "Ft", "Jr", "Sr", "Messrs",
                         "Mme", "Mgr", "Engr", "No", "vs", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct",
                         "Nov", "Dec", "etc", "Inc", "Ltd", "Co", "Corp", "Bros", "D", "R", "Calif", "Mass", "Pa", "Ill", "Fla", "Tex")  # fmt: skip

GENERATIONS = ("jr", "sr", "ii", "iii", "iv")
DEGREES = ("phd", "md", "mp", "mep", "esq", "qc", "kc", "obe", "mbe", "cbe", "sj")
# Words that belong to the surname after them.
PARTICLES = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "das",
        "di",
        "del",
        "della",
        "du",
        "des",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "zu",
        "af",
        "av",
        "al",
        "el",
        "bin",
        "ibn",
        "bint",
        "ben",
        "abu",
        "ould",
        "st",
    ]
)
_TITLE_KEYS = frozenset(word.lower().rstrip(".") for phrase in (*HONORIFICS, *TITLE_WORDS) for word in phrase.split())
_TITLE_GENDER = {
    "mr": "m", "mister": "m", "sir": "m", "lord": "m", "king": "m", "prince": "m", "father": "m", "brother": "m",
    "monsieur": "m", "herr": "m", "baron": "m", "duke": "m", "emperor": "m", "sultan": "m", "pope": "m", "shri": "m",
    "mrs": "f", "ms": "f", "miss": "f", "dame": "f", "lady": "f", "queen": "f", "princess": "f", "sister": "f",
    "mme": "f", "madame": "f", "frau": "f", "baroness": "f", "duchess": "f", "smt": "f", "congressman": "m",
    "congresswoman": "f", "spokesman": "m", "spokeswoman": "f", "chairman": "m", "chairwoman": "f", "actress": "f",
}  # fmt: skip
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ə": "a", "’": "'", "‘": "'",
     "ʼ": "'", "ʻ": "'", "‐": "-", "‑": "-", "–": "-"}
)  # fmt: skip
_POSSESSIVE = re.compile(r"['’‘ʼ]s?$", re.IGNORECASE)


@dataclass(frozen=True)
class PersonName:
    """A person's name in its parts, folded: titles without stops, given names, surname with its particles, generation."""

    titles: tuple[str, ...]
    given: tuple[str, ...]
    surname: str
    generation: str = ""

    @property
    def is_full(self) -> bool:
        """Whether a given name (not only an initial) stands before the surname."""
        return any(len(part) > 1 for part in self.given)


def fold(text: str) -> str:
    """Lower case without diacritics, straight apostrophes and hyphens, single spaces."""
    lowered = text.lower()
    if not lowered.isascii():
        lowered = unicodedata.normalize("NFKD", lowered.translate(_LETTERS))
        lowered = "".join(c for c in lowered if not unicodedata.combining(c))
    return " ".join(lowered.split())


def strip_possessive(name: str) -> str:
    """``Kato's`` and ``Reuters'`` without the ending."""
    return _POSSESSIVE.sub("", name)


def split_titles(name: str) -> tuple[tuple[str, ...], str]:
    """Leading titles and honorifics, and what follows them; a name that is nothing but a title keeps its last word."""
    words = name.split()
    count = 0
    while count < len(words) - 1 and fold(words[count]).rstrip(".") in _TITLE_KEYS:
        count += 1
    return tuple(words[:count]), " ".join(words[count:])


@lru_cache(maxsize=1 << 15)
def parse_name(name: str) -> PersonName:
    """Parts of a person's name as printed: ``Dr. Juan de la Cruz Jr.`` is dr | juan | de la cruz | jr."""
    titles, rest = split_titles(strip_possessive(name.strip()))
    words = [word for word in re.split(r"[\s,]+", fold(rest)) if word.strip(".'-")]
    words = _split_initials(words)
    generation = ""
    while len(words) > 1 and words[-1].replace(".", "") in (*GENERATIONS, *DEGREES):
        ending = words.pop().replace(".", "")
        generation = ending if ending in GENERATIONS else generation
    words = [word.strip(".") or word for word in words]
    if not words:
        return PersonName(tuple(fold(title).rstrip(".") for title in titles), (), "")
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    if start == 1 and words[0] in PARTICLES:
        start = 0
    return PersonName(
        tuple(fold(title).rstrip(".") for title in titles), tuple(words[:start]), " ".join(words[start:]), generation
    )


def _split_initials(words: list[str]) -> list[str]:
    """``J.K.`` as two initials."""
    parts: list[str] = []
    for word in words:
        if re.fullmatch(r"(?:[a-z]\.){2,}", word):
            parts.extend(word.replace(".", ""))
        else:
            parts.append(word)
    return parts


_SPELLING_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"['-]", ""),
        (r"^(?:al|el)(?=[a-z]{4})", ""),
        (r"(?:skyy|skyi|skiy|skij|skii|skyj|skyy|sky|ski)$", "ski"),
        (r"(?:ii|iy|yi|yy|ij|ey|ei|ay|ie|y)$", "i"),
        (r"tsch|tch|tj", "ch"),
        (r"sch|shch", "sh"),
        (r"(?<=.{2})ch(?=.{2})", "c"),
        (r"kh", "h"),
        (r"ph", "f"),
        (r"dj", "j"),
        (r"ck|q", "k"),
        (r"ou|oo", "u"),
        (r"ee|ea", "i"),
        (r"^jo|ye|yo|yu|ya|je", lambda match: match.group()[1]),
        (r"y", "i"),
        (r"w", "v"),
        (r"x", "ks"),
        (r"([a-z])\1", r"\1"),
    )
)


@lru_cache(maxsize=1 << 15)
def spelling_key(word: str) -> str:
    """One key for the usual romanisations of a name: Zelensky, Zelenskyy and Zelenskiy share it."""
    key = fold(word).replace(" ", "")
    for pattern, replacement in _SPELLING_RULES:
        key = pattern.sub(replacement, key)
    return key


@cache
def name_variants() -> dict[str, dict[str, str]]:
    """``seeds/reference/name_variants.csv`` by kind: folded variant to name."""
    frame = pl.read_csv(REFERENCE / "name_variants.csv", columns=["variant", "name", "kind"])
    tables: dict[str, dict[str, str]] = {kind: {} for kind in ("given", "place", "organisation", "person")}
    for variant, name, kind in frame.iter_rows():
        if kind not in tables:
            raise ValueError(f"name_variants.csv: kind {kind!r} of {variant!r} is none of {', '.join(tables)}")
        tables[kind].setdefault(fold(variant), name)
    return tables


@lru_cache(maxsize=1 << 14)
def given_name_key(name: str) -> str:
    """One key for a given name, its nicknames and its romanisations: Bill and William share it."""
    return spelling_key(name_variants()["given"].get(fold(name), name))


@cache
def _genders() -> dict[str, str]:
    frame = pl.read_csv(GIVEN_NAMES)
    return dict(zip(frame["name"].str.to_lowercase(), frame["gender"], strict=True))


def given_name_gender(name: str) -> str | None:
    """``m``, ``f``, ``u`` (either), or None where the list (Faker's locales, MIT) does not know the given name."""
    genders = _genders()
    return genders.get(name.lower()) or genders.get(fold(name)) or genders.get(fold(name).split("-")[0])


def gender(name: str) -> str | None:
    """Gender that a person's name as printed tells, by its title, else by its given name; None where neither does."""
    parsed = parse_name(name)
    for title in parsed.titles:
        if title in _TITLE_GENDER:
            return _TITLE_GENDER[title]
    found = given_name_gender(parsed.given[0]) if parsed.given else None
    return found if found in ("m", "f") else None


def surname(name: str) -> str:
    """Folded surname with its particles."""
    return parse_name(name).surname


def given_name(name: str) -> str | None:
    """Folded first given name, None where the name has none."""
    parsed = parse_name(name)
    return parsed.given[0] if parsed.given else None


def same_surname(a: PersonName, b: PersonName) -> bool:
    """Whether two surnames are spellings of one, also where one of them leaves out particles or a second surname."""
    left, right = spelling_key(a.surname), spelling_key(b.surname)
    if left == right:
        return True
    last_left, last_right = spelling_key(a.surname.split()[-1]), spelling_key(b.surname.split()[-1])
    return (" " in a.surname) != (" " in b.surname) and last_left == last_right


def same_given(a: str, b: str) -> bool:
    """Whether two given names can be one: equal, an initial of the other, a nickname, a spelling."""
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return given_name_key(a) == given_name_key(b)


def same_person(a: str, b: str) -> bool:
    """Whether two names as printed can be one person's, by their form alone.

    A surname alone fits every full name with it; titles of different gender, generations and middle names may contradict.
    """
    left, right = parse_name(a), parse_name(b)
    if not left.surname or not right.surname or not same_surname(left, right):
        return _is_part(left, right) or _is_part(right, left)
    if left.generation != right.generation and left.generation and right.generation:
        return False
    if not left.given or not right.given:
        return _genders_agree(a, b)
    if not same_given(left.given[0], right.given[0]):
        return False
    middle_left, middle_right = left.given[1:], right.given[1:]
    return (
        all(same_given(x, y) for x, y in zip(middle_left, middle_right, strict=False))
        if middle_left and middle_right
        else True
    )


def _is_part(short: PersonName, long: PersonName) -> bool:
    """A given name alone: ``David`` within ``David Kato``."""
    return (
        not short.given
        and bool(long.given)
        and bool(short.surname)
        and not short.titles
        and short.surname in long.given
        and len(short.surname) > 1
    )


def _genders_agree(a: str, b: str) -> bool:
    left, right = gender(a), gender(b)
    return left is None or right is None or left == right


def is_person_like(name: str) -> bool:
    """Whether a capitalised name looks like a person's: a title or a listed given name before one to four more words."""
    parsed = parse_name(name)
    words = [*parsed.given, *parsed.surname.split()]
    if not parsed.surname or len(words) > 6 or any(character.isdigit() for character in name):
        return False
    if parsed.titles:
        return True
    return bool(parsed.given) and given_name_gender(parsed.given[0]) is not None


@cache
def _common_names() -> frozenset[str]:
    surnames = pl.read_csv(SURNAMES)["name"].str.to_lowercase()
    return frozenset(fold(name) for name in surnames) | frozenset(fold(name) for name in _genders())


def is_common_name(name: str) -> bool:
    """Whether a name alone is a listed given name or surname, so that different people are likely to have it."""
    return fold(name) in _common_names()
