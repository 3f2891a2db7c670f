"""Which full name a speaker's mention stands for within its article: surnames, pronouns, posts and organisations."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from assets.entities.names import gender
from assets.quotes.candidates import (
    NAME,
    NAME_POSSESSIVE,
    NOMINAL,
    OBJECT_PRONOUN,
    POSSESSIVE_PRONOUN,
    RELATIVE_PRONOUN,
    SUBJECT_PRONOUN,
)
from assets.quotes.lexicon import FEMALE, GROUP, MALE, PLURAL, POST, ROLE, SOURCE, hash_word, lexicon
from assets.quotes.stream import look_up

HE = frozenset(("he", "him", "his"))
SHE = frozenset(("she", "her", "hers"))
IT = frozenset(("it", "its"))
THEY = frozenset(("they", "them", "their"))
WHO = frozenset(("who", "whom", "whose", "which"))
WE = frozenset(("i", "we", "you", "me", "us", "my", "our", "your"))
TITLE = re.compile(
    r"^(?:(?:the|a|an|former|ex|late|then|acting|incoming|outgoing|democratic|republican|labour|conservative|liberal|u\.?s\.?|us|uk|eu)[ -]+)*"
    r"(?:(?:mr|mrs|ms|miss|dr|sir|dame|lord|lady|sen|senator|rep|representative|gov|governor|president|vice|prime|minister|premier|chancellor|"
    r"secretary|general|gen|col|colonel|lt|capt|captain|sgt|sergeant|maj|major|judge|justice|chief|mayor|professor|prof|rev|reverend|pastor|father|"
    r"sister|brother|congressman|congresswoman|councillor|councilman|councilwoman|coach|director|chairman|chairwoman|chair|ceo|officer|detective|"
    r"det|const|constable|insp|inspector|supt|sheriff|attorney|commissioner|ambassador|leader|speaker|adm|admiral|deputy|of|state|defense|defence|foreign|"
    r"treasury|energy|spokesman|spokeswoman|spokesperson|analyst|strategist|mp|mpp|mla|candidate|nominee)\.?(?:[ -]+|$))+",
    re.I,
)
ROYAL = re.compile(r"(?:king|queen|pope|prince|princess|saint)\s+\S+(?:\s+[IVX]+)?$", re.I)
SPACES = re.compile(r"\s+")
GENDERED_TITLE = re.compile(
    r"\b(Mr|Mrs|Ms|Miss|Sir|Lord|Lady|Dame|[Ss]pokesman|[Ss]pokeswoman|Congressman|Congresswoman|[Cc]hairman|[Cc]hairwoman|King|Queen"
    r"|Prince|Princess|[Bb]usinessman|[Bb]usinesswoman|[Aa]ctor|[Aa]ctress|Father|Sister|husband|wife|son|daughter|brother|sister|father|mother)\.?\s"
)
MALE_TITLES = frozenset(
    (
        "mr",
        "sir",
        "lord",
        "spokesman",
        "congressman",
        "chairman",
        "king",
        "prince",
        "businessman",
        "actor",
        "father",
        "husband",
        "son",
        "brother",
    )
)
APPOSED = re.compile(r"(?P<of> (?:of|for|at|in|from|with) [^,.;:()“”\"\n]{1,60})?, ")
PEOPLE = frozenset(("name", "pronoun", "role"))
ISSUED = frozenset(("statement", "release", "email", "letter", "post", "tweet", "message"))
COMPOUND = frozenset(("prime", "vice", "deputy", "assistant"))
REACH = 14  # sentences that a pronoun may look back
ACRONYM = re.compile(r"[A-Z][A-Za-z&.-]{1,9}$")


@dataclass(slots=True)
class Named:
    """A name in the article: where, what, and for whom it stands."""

    start: int
    end: int
    sentence: int
    paragraph: int
    kind: str  # person, organisation, place
    name: str
    subject: bool
    possessive: bool
    first: bool  # the first candidate of its sentence
    said: bool  # subject of a verb of saying
    quoted: bool  # named within a quotation


@dataclass(slots=True)
class Article:
    """What the resolver knows of one article; offsets are code points of its body."""

    body: str
    named: list[Named]
    roles: "list[tuple[int, str, frozenset[str], str]] | None" = None  # place, role, words beside it, person
    starts: list[int] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    genders: dict[str, str] = field(default_factory=dict)
    titled: dict[str, str] | None = None

    def aside(self, named: "Named") -> bool:
        """Whether the name stands in brackets: a byline, a party, a credit."""
        opened = self.body.rfind("(", max(0, named.start - 40), named.start)
        return opened >= 0 and self.body.find(")", opened, named.start) < 0

    def titled_genders(self) -> dict[str, str]:
        """Gender by last name, from Mr, Mrs, spokeswoman and the like right before a name."""
        if self.titled is None:
            self.titled = {}
            for named in self.named:
                if named.kind == "person":
                    text = self.body[max(0, named.start - 16) : named.end]
                    match = GENDERED_TITLE.search(text)
                    if match:
                        self.titled.setdefault(
                            named.name.rsplit(" ", 1)[-1], "m" if match[1].lower() in MALE_TITLES else "f"
                        )
        return self.titled

    def __post_init__(self) -> None:
        self.starts = [named.start for named in self.named]
        for named in self.named:
            self.counts[named.name] = self.counts.get(named.name, 0) + 1


@dataclass(slots=True)
class Speaker:
    """A resolved speaker: the full name (None where it can't be known), how, and how sure (0 to 1)."""

    name: str | None
    how: str
    chance: float


def clean(text: str) -> str:
    """One line, without a possessive at the end or a stray mark."""
    text = SPACES.sub(" ", text).strip(" ,;:.—–-\"“”‘'’")
    return text[:-2] if text.endswith(("'s", "’s")) else text


@lru_cache(maxsize=100_000)
def without_title(name: str) -> str:
    """The name without titles before it; a lone royal or papal name keeps its title."""
    name = clean(name)
    if ROYAL.match(name):
        return name
    stripped = TITLE.sub("", name)
    return stripped if stripped and stripped[0].isupper() else name


def full_names(runs: list[tuple[str, str]]) -> list[str]:
    """The fullest form in the article for each (name, kind) of it, in order; for articles that come without mentions."""
    stripped = [without_title(name) if kind == "person" else clean(name) for name, kind in runs]
    by_last: dict[str, dict[str, int]] = {}
    by_first: dict[str, dict[str, int]] = {}
    for name in stripped:
        words = name.split(" ")
        if 1 < len(words) <= 5:
            last = (
                words[-2]
                if words[-1].rstrip(".").lower() in ("jr", "sr", "ii", "iii") and len(words) > 2
                else words[-1]
            )
            for table, word in ((by_last, last), (by_first, words[0])):
                forms = table.setdefault(word, {})
                forms[name] = forms.get(name, 0) + 1
    resolved: list[str] = []
    for name in stripped:
        if " " in name:
            resolved.append(name)
            continue
        known = by_last.get(name) or by_first.get(name) or {name: 1}
        resolved.append(max(known, key=lambda form: (known[form], len(form))))
    return resolved


class Resolver:
    """Resolves speakers of one article in reading order; remembers who spoke last."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.last: Speaker | None = None
        self.last_paragraph = -1

    def resolve(self, start: int, end: int, kind: int, sentence: int, paragraph: int) -> Speaker:
        """The speaker whose mention is ``body[start:end]``, of a candidate type of ``assets.quotes.candidates``."""
        text = self.article.body[start:end]
        word = text.lower().rstrip("'’s") if kind in (POSSESSIVE_PRONOUN,) and len(text) > 5 else text.lower()
        if kind in (NAME, NAME_POSSESSIVE):
            return self._name(start, end, text)
        if kind == RELATIVE_PRONOUN or word in WHO:
            return self._relative(start)
        if kind in (SUBJECT_PRONOUN, OBJECT_PRONOUN, POSSESSIVE_PRONOUN):
            if word in HE:
                return self._person(start, sentence, paragraph, "m")
            if word in SHE:
                return self._person(start, sentence, paragraph, "f")
            if word in IT or word in THEY:
                return self._thing(start, sentence, paragraph, word in THEY)
            return Speaker(None, "first_person", 0.0)
        return self._nominal(start, end, text, kind, sentence, paragraph)

    def spoke(self, speaker: Speaker, paragraph: int) -> None:
        """Remember who spoke the quotation in this paragraph."""
        if speaker.name is not None:
            self.last, self.last_paragraph = speaker, paragraph

    def _name(self, start: int, end: int, text: str) -> Speaker:
        named = self._named_within(start, end)
        if named is None or "," in named.name:
            name = self._spelled_out(clean(text))
            return Speaker(name, "name", 0.8)
        if named.kind != "person":
            return Speaker(self._spelled_out(named.name), "thing", 0.9)
        partner = self._coordinated(named)
        name = f"{partner} and {named.name}" if partner else named.name
        return Speaker(name, "name", 0.95 if " " in named.name else 0.85)

    def _named_within(self, start: int, end: int) -> Named | None:
        """The name in ``body[start:end]``: a person rather than a place, the last rather than the first."""
        article = self.article
        index = bisect_left(article.starts, end) - 1
        best: Named | None = None
        while index >= 0 and article.named[index].end > start:
            named = article.named[index]
            if best is None or (named.kind == "person") > (best.kind == "person"):
                best = named
            index -= 1
        return best

    def _coordinated(self, named: Named) -> str | None:
        """A and B said: the name of A, where both are the subject of the sentence."""
        article = self.article
        index = bisect_left(article.starts, named.start) - 1
        if index < 0 or not named.subject:
            return None
        before = article.named[index]
        joined = article.body[before.end : named.start] == " and " and before.kind == "person" and before.first
        return before.name if joined and before.name != named.name else None

    def _spelled_out(self, name: str) -> str:
        """The organisation an acronym stands for, where the article gives both: Ministry of Works (MoW)."""
        if not ACRONYM.match(name):
            return name
        body = self.article.body
        letters = [letter for letter in name if letter.isalpha()]
        place = body.find(f"({name})")
        if place < 0 or len(letters) < 2:
            return name
        words = body[max(0, place - 120) : place].rsplit("\n", 1)[-1].split()
        taken: list[str] = []
        wanted = len(letters) - 1
        for word in reversed(words):
            taken.append(word)
            initial = word[:1]
            if (
                initial.lower() == letters[wanted].lower()
                and initial.isalpha()
                and (initial.isupper() or len(word) > 3)
            ):
                wanted -= 1
                if wanted < 0:
                    return clean(" ".join(reversed(taken)))
            elif initial.isupper() or len(taken) > 12:
                break
        return name

    def _relative(self, start: int) -> Speaker:
        """Who: the name or phrase that ends right before it."""
        article = self.article
        index = bisect_left(article.starts, start) - 1
        if index >= 0 and start - article.named[index].end < 60:
            return Speaker(article.named[index].name, "name", 0.8)
        return Speaker(None, "relative", 0.0)

    def _gender(self, name: str) -> str:
        known = self.article.genders.get(name)
        if known is None:
            known = self._gender_of(name)
            self.article.genders[name] = known
        return known

    def _gender_of(self, name: str) -> str:
        """From titles beside the name, then the given name; empty where unknown."""
        titled = self.article.titled_genders()
        return titled.get(name.rsplit(" ", 1)[-1]) or (_given_gender(name) if " " in name else "")

    def _person(self, place: int, sentence: int, paragraph: int, wanted: str) -> Speaker:
        """The person a pronoun stands for: gender must not contradict; nearness, subjects and recent speakers count.

        ``wanted`` is m, f, or empty for a description that tells no gender.
        """
        article = self.article
        stop = bisect_left(article.starts, place)
        scores: dict[str, float] = {}
        seen: set[str] = set()
        last = self.last.name if self.last is not None and self.last.how in PEOPLE else None
        introduced = False
        index = stop - 1
        while index >= 0:
            named = article.named[index]
            index -= 1
            distance = sentence - named.sentence
            if distance > REACH:
                break
            if named.kind != "person" or named.quoted or named.name in seen or article.aside(named):
                continue
            seen.add(named.name)
            found = self._gender(named.name)
            if found and wanted and found != wanted:
                continue
            if distance == 0:
                value = 0.8 if named.subject and not named.possessive else -0.9
            else:
                value = -0.4 * min(distance, 6) - 0.3 * min(paragraph - named.paragraph, 4)
                value += 0.6 if named.subject else 0.0
                value += 0.4 if named.first else 0.0
                value += 0.8 if named.said else 0.0
                value += 0.7 if named.paragraph == paragraph and named.subject else 0.0
                value -= 0.3 if named.possessive else 0.0
            value += 0.9 if found and found == wanted else 0.0
            value += 0.25 * min(article.counts[named.name], 6) ** 0.5
            value += 0.3 if " " in named.name else 0.0
            introduced = introduced or (named.said and named.name != last and named.paragraph > self.last_paragraph)
            scores[named.name] = value
        if last in scores:
            # Who spoke last goes on speaking, unless the reporter has let somebody else speak since.
            scores[last] += 0.3 if introduced else 1.2
        if last is not None and last not in seen and self._gender(last) in ("", wanted):
            scores[last] = -1.0
        if not scores:
            for named in article.named[stop : stop + 6]:
                if wanted and named.kind == "person" and not named.quoted and self._gender(named.name) in ("", wanted):
                    return Speaker(named.name, "pronoun", 0.4)
            if self.last is not None and self.last.how == "nominal" and wanted:
                return Speaker(self.last.name, "nominal", 0.4)
            return Speaker(None, "pronoun", 0.0)
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        margin = ranked[0][1] - ranked[1][1] if len(ranked) > 1 else 2.0
        return Speaker(ranked[0][0], "pronoun", 1 / (1 + 2.718281828 ** -(0.6 + 1.2 * margin)))

    def _thing(self, place: int, sentence: int, paragraph: int, plural: bool) -> Speaker:
        """It, they: who spoke last if that was no person, else the nearest organisation that is a subject."""
        article = self.article
        index = bisect_left(article.starts, place) - 1
        best: tuple[float, str] | None = None
        while index >= 0:
            named = article.named[index]
            index -= 1
            distance = sentence - named.sentence
            if distance > 5:
                break
            if named.kind == "person" or named.quoted or article.aside(named):
                continue
            value = (
                -0.5 * distance
                + (1.0 if named.subject else 0.0)
                + (0.5 if named.first else 0.0)
                - (0.5 if named.possessive else 0.0)
            )
            value -= 1.0 if named.kind == "place" else 0.0
            if self.last is not None and self.last.name == named.name:
                value += 1.0
            if best is None or value > best[0]:
                best = (value, named.name)
        if self.last is not None and self.last.how in ("thing", "nominal") and (best is None or best[0] < 0.8):
            return Speaker(self.last.name, self.last.how, 0.6)
        if best is not None and best[0] > -2.5:
            return Speaker(self._spelled_out(best[1]), "thing", 0.5)
        if self.last is not None and plural:
            return Speaker(self.last.name, "thing", 0.3)
        return Speaker(None, "thing", 0.0)

    def _nominal(self, start: int, end: int, text: str, kind: int, sentence: int, paragraph: int) -> Speaker:
        """A phrase: the person in apposition or whose post it names, where the article tells; else the fullest phrase."""
        phrase = clean(text)
        words = re.findall(r"[\w’'.-]+", phrase)
        if not words:
            return Speaker(None, "nominal", 0.0)
        apposed = self._apposed(end)
        if apposed is not None:
            return Speaker(apposed, "name", 0.9)
        owner = words[0].lower()
        head = words[-1].lower()
        if owner in ("his", "her") and len(words) > 1:
            person = self._person(start, sentence, paragraph, "m" if owner == "his" else "f")
            if person.name:
                return Speaker(f"{person.name}'s {' '.join(words[1:])}", "nominal", person.chance * 0.9)
        if kind != NOMINAL or owner not in ("the", "that", "this"):
            return Speaker(phrase, "nominal", 0.7)
        person_name = self._by_role(start, words)
        if person_name:
            return Speaker(person_name, "role", 0.7)
        bits = article_words(head)
        recent = self.last if self.last is not None and paragraph - self.last_paragraph <= 2 else None
        if bits & SOURCE and head in ISSUED and recent is not None:
            return Speaker(recent.name, recent.how, 0.4)
        if bits & GROUP and recent is not None and recent.how == "thing":
            return Speaker(recent.name, "thing", 0.5)
        if (
            not bits & (GROUP | SOURCE | PLURAL)
            and not head.endswith("s")
            and (len(words) > 2 or not bits & (ROLE | POST))
        ):
            # The affable proprietor, the 39-year-old: a description of somebody the article has just spoken of.
            person = self._person(start, sentence, paragraph, "m" if bits & MALE else "f" if bits & FEMALE else "")
            if person.name and person.chance > 0.6:
                return Speaker(person.name, "pronoun", 0.5)
        return Speaker(self._fullest(phrase, words), "nominal", 0.7)

    def _apposed(self, end: int) -> str | None:
        """The person named in apposition to the phrase: the head of the union, Ida Roe, said."""
        article = self.article
        match = APPOSED.match(article.body, end)
        if match is None:
            return None
        index = bisect_left(article.starts, end)
        for named in article.named[index : index + 4]:
            if named.kind != "person" or named.start < match.end() or named.quoted:
                continue
            between = article.body[match.end() : named.start]
            if len(between) > 30 or any(mark in between for mark in ",.;:()\n"):
                return None
            closed = article.body[named.end : named.end + 1] in (",", ".", ";", "—")
            return named.name if closed or not (match["of"] or between) else None
        return None

    def _fullest(self, phrase: str, words: list[str]) -> str:
        """The first form of "the judge" in the article that says which judge, else the phrase as it stands."""
        if len(words) != 2:
            return phrase
        match = re.search(rf"\b(?:[Tt]he|[Aa]n?) ((?:[\w’'.-]+ ){{1,3}}{re.escape(words[1])})\b", self.article.body)
        if match is None:
            return phrase
        modifiers = match[1].split(" ")[:-1]
        if any(not word[0].isupper() for word in modifiers):
            return phrase
        return f"the {match[1]}"

    def _by_role(self, start: int, words: list[str]) -> str | None:
        article = self.article
        if article.roles is None:
            article.roles = _roles(article)
        head = words[-1].lower()
        beside = {word.lower().removesuffix("'s").removesuffix("’s") for word in words[1:-1]}
        best: tuple[float, int, str] | None = None
        for place, role, context, person in article.roles:
            if role != head:
                continue
            if context & COMPOUND - beside and not beside:
                continue  # the minister is not the prime minister
            shared = len(beside & context)
            # The Ruritanian president is not the one who stands beside other words, and hardly the one beside none.
            value = float(shared) if shared or not beside else (-1.0 if context else -0.3)
            value += 0.5 if place < start else -0.5
            candidate = (value, -abs(start - place), person)
            if best is None or candidate > best:
                best = candidate
        return best[2] if best is not None and best[0] >= -0.5 else None


ROLE_BEFORE = re.compile(r"((?:[\w’'.-]+ ){0,5}[\w’'.-]+) $")
ROLE_AFTER = re.compile(
    r",? (?:who (?:is|was|serves as) )?(?:the|a|an) ((?:[\w’'.-]+ ){0,5}?[\w’'.-]+)(?=,| of | for | at | in | from | who |\.|$)"
)


def _roles(article: Article) -> list[tuple[int, str, frozenset[str], str]]:
    """Posts and descriptions that stand right before or after a person's name, with the words beside them."""
    roles: list[tuple[int, str, frozenset[str], str]] = []
    body = article.body
    for named in article.named:
        if named.kind != "person":
            continue
        name_at = body.find(named.name.split(" ", 1)[0], named.start, named.end)
        before = body[max(0, named.start - 60) : name_at if name_at > 0 else named.start]
        before = re.split(r"[,.;:!?“”\"()\n]", before)[-1]
        tokens = [word for word in before.replace("\xa0", " ").split(" ") if word]
        if tokens:
            lowered = [word.lower().removesuffix("'s").removesuffix("’s") for word in tokens]
            roles.append((named.start, lowered[-1].rstrip("."), frozenset(lowered[-4:-1]), named.name))
            if len(lowered) > 1 and lowered[-1] in ("state", "defense", "defence"):
                roles.append((named.start, lowered[-3] if len(lowered) > 2 else "", frozenset(lowered), named.name))
        match = ROLE_AFTER.match(body, named.end)
        if match:
            lowered = [word.lower() for word in match[1].split(" ")]
            following = body[match.end() : match.end() + 30].lower().split()
            roles.append((named.start, lowered[-1], frozenset(lowered[:-1] + following[1:2]), named.name))
    return roles


@lru_cache(maxsize=10_000)
def article_words(word: str) -> int:
    """Classes of a lower-case word in the lexicon, 0 where it is not listed."""
    words = lexicon()
    return int(look_up(words.keys, words.bits, np.uint32(hash_word(word))))


@lru_cache(maxsize=100_000)
def _given_gender(name: str) -> str:
    found = gender(name)
    return found if found in ("m", "f") else ""
