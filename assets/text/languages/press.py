"""What the press of a language other than English writes around a quotation: one file of words each, ``de.toml``.

A word is of one class or of several; classes are bits. Verbs are stems with endings, or whole forms. Adding a language is adding
a file here (docs/languages.md).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from assets.text.languages.calendar import names
from assets.text.languages.registry import languages
from assets.text.languages.word_files import press_languages, refuse_unknown, word_file

(
    SAID, SPOKEN, SAYING, WHO_SAID, SEPARABLE, AUXILIARY, ARTICLE, POSSESSIVE, PREPOSITION, GENITIVE, CONJUNCTION, ADVERSATIVE,
    SUBORDINATOR, THAT, RELATIVE, ADVERB, OBJECT, HE, SHE, THEY, IT, SOMEBODY, MASCULINE, FEMININE, WORK, ABBREVIATION, SUBJUNCTIVE, NEVER_SUBJECT, HEARSAY, REPORT_NOUN, SOURCE,
) = (1 << bit for bit in range(31))  # fmt: skip
PRONOUN = HE | SHE | THEY | IT | SOMEBODY
VERB = SAID | SPOKEN | SAYING | WHO_SAID | SEPARABLE
# What holds a sentence together or reports, and tells nothing of what a text is about.
SMALL_WORD = (
    VERB | AUXILIARY | ARTICLE | POSSESSIVE | PREPOSITION | GENITIVE | CONJUNCTION | ADVERSATIVE | SUBORDINATOR | THAT | RELATIVE
    | ADVERB | OBJECT | PRONOUN
)  # fmt: skip

_FORMS = {"finite": SAID, "participle": SPOKEN, "gerund": SAYING, "relative": WHO_SAID}
_CLASSES = {
    "articles": ARTICLE,
    "possessives": POSSESSIVE,
    "prepositions": PREPOSITION,
    "of": GENITIVE,
    "conjunctions": CONJUNCTION,
    "adversatives": ADVERSATIVE,
    "subordinators": SUBORDINATOR,
    "that": THAT,
    "relatives": RELATIVE,
    "adverbs": ADVERB,
    "objects": OBJECT,
    "auxiliaries": AUXILIARY,
    "he": HE,
    "she": SHE,
    "they": THEY,
    "it": IT,
    "others": SOMEBODY,
    "masculine": MASCULINE,
    "feminine": FEMININE,
    "works": WORK,
    "abbreviations": ABBREVIATION,
    "subjunctives": SUBJUNCTIVE,
    "never_subject": NEVER_SUBJECT,
    "hearsay": HEARSAY,
    "report_nouns": REPORT_NOUN,
}
_PHRASES = ("according", "according_weak", "according_after", "according_next")
_HABITS = (
    "verb_second", "verb_last", "verb_first", "nouns_capital", "no_case", "null_subject", "inflected_names", "dashes", "single_marks",
    "suffix_mark",
)  # fmt: skip
_TEXTS = (
    "name", "elisions", "inversions", "ignored", "word_prefixes", "place_as_source", "plural_verbs",
    "feminine_surnames", "as_reported", "infinitives", "prefixes",
    "conditions", "sources_after", "source_endings", "reflexives", "wishes", "hearsay_ends",
    "passives", "indefinite", "oblique_adjectives", "reported_that", "negations", "beliefs", "other_that", "impersonal", "report_endings",
)  # fmt: skip
_TABLES = ("verbs", "forms", "separable", "classes", "phrases", "letters", "page")

_COMPOUNDED = 4
"""Letters of a title that may end a compound."""

Phrase = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Press:
    """The words of a language; all in the letters that ``folded`` gives."""

    code: str
    name: str
    classes: Mapping[str, int]
    """A word to the bits of its classes."""
    particles: Mapping[str, frozenset[str]]
    """A verb to the words at the end of its clause that make it report: gab … bekannt."""
    according: Mapping[Phrase, tuple[Phrase, ...]]
    """The first two words of "according to", or the only one, to the phrases that begin with them, the longest first."""
    according_weak: frozenset[str]
    """First words of what names a source only at the head of a sentence: for the minister, …"""
    according_next: frozenset[str]
    """Their first words where they may begin the sentence after the quotation: "…" Così Ida Roe."""
    according_after: frozenset[str]
    """Words that follow the source: … zufolge."""
    elisions: tuple[str, ...]
    inversions: tuple[str, ...]
    habits: frozenset[str]
    letters: Mapping[int, str | None]
    place_as_source: frozenset[str]
    """Prepositions before the place whose people, unnamed, are said to have spoken: they said *at the office*."""
    plural_verbs: tuple[str, ...]
    """Endings of the verbs that are said of those people."""
    feminine_surnames: tuple[str, ...]
    as_reported: frozenset[str]
    """As: before "X reported" after a report."""
    infinitives: frozenset[str]
    """To: before the infinitive of a report."""
    prefixes: tuple[str, ...]
    """Parts of a verb that stand before that word within it: an|zu|greifen."""
    sources_after: frozenset[str]
    """Prepositions before a word that ends as one of ``source_endings``: nach Polizei|angaben."""
    source_endings: tuple[str, ...]
    reflexives: frozenset[str]
    wishes: frozenset[str]
    """Subjunctives that also say what would be."""
    hearsay_ends: frozenset[str]
    """Last words of a sentence of hearsay: soll gesehen worden sein."""
    passives: frozenset[str]
    """Verbs in the passive, whose subject is what was said: ifadelere yer verildi."""
    indefinite: frozenset[str]
    """Words before somebody whom the article has not named: *a* spokesman, *two* ministers."""
    oblique_adjectives: tuple[str, ...]
    """Endings of adjectives that agree with what a preposition governs: na konferencji prasow|ej."""
    conditions: frozenset[str]
    """If: at the head of a sentence whose subjunctive reports nothing."""
    feminine_titles: tuple[str, ...]
    masculine_titles: tuple[str, ...]
    """Titles that end a compound, where the language writes compounds as one word."""
    subjunctive: bool
    """Whether verbs have a form for speech without marks."""
    reported_that: frozenset[str]
    """The conjunctions that open a report: said *that*. Some open relative clauses, too."""
    negations: frozenset[str]
    beliefs: tuple[str, ...]
    """Beginnings of verbs whose clause is no speech: thinks that, wants that."""
    other_that: frozenset[str]
    """Words that make another conjunction of it: ya que, bien que."""
    impersonal: tuple[str, ...]
    """Endings of verbs that nobody is the subject of: сообщает|ся."""
    report_endings: tuple[str, ...]
    """Endings of the word before the verb of saying that make a clause of it a report: kaldı|ğını söyledi."""
    joining: frozenset[str]
    """And, but: between two verbs with one subject."""

    @property
    def reports(self) -> bool:
        """Whether speech without marks is found."""
        return self.subjunctive or bool(self.reported_that or self.report_endings)

    def has(self, habit: str) -> bool:
        """Whether the language has one of the habits that a file may name."""
        return habit in self.habits

    def sources(self, word: str, following: str) -> tuple[Phrase, ...]:
        """The phrases that mean "according to" and may begin with two words, the longest first."""
        return *self.according.get((word, following), ()), *self.according.get((word,), ())

    def title_bits(self, word: str) -> int:
        """The gender of a compound that ends in a title: Wasser|ministerin."""
        if word.endswith(self.feminine_titles):
            return FEMININE
        return MASCULINE if word.endswith(self.masculine_titles) else 0

    def folded(self, text: str) -> str:
        """Small letters, as the words of the file are compared."""
        return text.translate(self.letters).lower() if self.letters else text.lower()


@cache
def supported_languages() -> frozenset[str]:
    """Codes of the languages in which quotations are read, English included."""
    return frozenset((*languages(), *press_languages()))


@cache
def press(code: str) -> Press:
    """The words of a language; raises LookupError for one without a file here."""
    if code not in press_languages():
        raise LookupError(f"no words of the press of language {code!r}: known are {', '.join(press_languages())}")
    return read_press(code, word_file(code))


def read_press(code: str, fields: Mapping[str, Any]) -> Press:
    """The words in the fields of a file. Raises :class:`assets.text.languages.word_files.WordFileError` for one that no class, habit or table has."""
    refuse_unknown(code, fields, (*_HABITS, *_TEXTS, *_TABLES))
    refuse_unknown(f"{code} classes", fields["classes"], _CLASSES)
    refuse_unknown(f"{code} forms", fields["forms"], _FORMS)
    refuse_unknown(f"{code} phrases", fields["phrases"], _PHRASES)
    letters: dict[int, str | None] = {ord(old): new for old, new in fields.get("letters", {}).items()}
    letters |= {ord(sign): None for sign in fields.get("ignored", "")}

    def fold(text: str) -> str:
        return text.translate(letters).lower()

    def listed(field: str) -> tuple[str, ...]:
        return tuple(fields.get(field, "").split())

    classes: dict[str, int] = {}
    for name, bit in _CLASSES.items():
        _add(classes, fold(fields["classes"].get(name, "")).split(), bit)
    for name, bit in _FORMS.items():
        _add(classes, fold(fields["forms"].get(name, "")).split(), bit)
        for group in fields["verbs"]:
            _add(classes, map(fold, _conjugated(group, name)), bit)
    separable = {
        verb: frozenset(fold(ends).split())
        for forms, ends in fields.get("separable", {}).items()
        for verb in fold(forms).split()
    }
    _add(classes, separable, SEPARABLE)
    _add(classes, [fold(day) for day in names("weekday", code) if len(day) > 2], ADVERB)
    for prefix in fields.get("word_prefixes", "").split():
        for word, bits in [*classes.items()]:
            if bits & VERB:
                classes.setdefault(prefix + word, bits & VERB)
    phrases = fields["phrases"]
    according: dict[Phrase, list[Phrase]] = {}
    for phrase in (*phrases["according"], *phrases.get("according_weak", ()), *phrases.get("according_next", ())):
        words = tuple(fold(phrase).split())
        according.setdefault(words[:2], []).append(words)
    _add(
        classes,
        (*(words[0] for words in according), *listed("sources_after"), *map(fold, phrases["according_after"])),
        SOURCE,
    )
    return Press(
        code=code,
        name=fields["name"],
        classes=classes,
        particles=separable,
        according={
            words: tuple(sorted(set(found), key=lambda phrase: (-len(phrase), phrase)))
            for words, found in according.items()
        },
        according_weak=frozenset(fold(phrase).split()[0] for phrase in phrases.get("according_weak", ())),
        according_next=frozenset(fold(phrase).split()[0] for phrase in phrases.get("according_next", ())),
        according_after=frozenset(map(fold, phrases["according_after"])),
        elisions=listed("elisions"),
        inversions=listed("inversions"),
        habits=frozenset(habit for habit in _HABITS if fields.get(habit)),
        letters=letters,
        feminine_titles=tuple(word for word, bits in classes.items() if bits & FEMININE and len(word) >= _COMPOUNDED),
        masculine_titles=tuple(word for word, bits in classes.items() if bits & MASCULINE and len(word) >= _COMPOUNDED),
        subjunctive=any(bits & SUBJUNCTIVE for bits in classes.values()),
        joining=frozenset(fold(fields["classes"]["conjunctions"]).split()),
        plural_verbs=listed("plural_verbs"),
        feminine_surnames=listed("feminine_surnames"),
        prefixes=listed("prefixes"),
        source_endings=listed("source_endings"),
        place_as_source=frozenset(listed("place_as_source")),
        as_reported=frozenset(listed("as_reported")),
        infinitives=frozenset(listed("infinitives")),
        oblique_adjectives=listed("oblique_adjectives"),
        indefinite=frozenset(map(fold, listed("indefinite"))),
        conditions=frozenset(listed("conditions")),
        passives=frozenset(listed("passives")),
        sources_after=frozenset(listed("sources_after")),
        reflexives=frozenset(listed("reflexives")),
        wishes=frozenset(listed("wishes")),
        hearsay_ends=frozenset(listed("hearsay_ends")),
        reported_that=frozenset(map(fold, listed("reported_that"))),
        negations=frozenset(map(fold, listed("negations"))),
        beliefs=tuple(map(fold, listed("beliefs"))),
        other_that=frozenset(map(fold, listed("other_that"))),
        impersonal=listed("impersonal"),
        report_endings=listed("report_endings"),
    )


def _conjugated(group: Mapping[str, str], form: str) -> Iterable[str]:
    """The forms of a group of verbs, each made of a prefix, a stem and an ending."""
    endings = group.get(form)
    if endings is None:
        return ()
    prefixes = group.get("prefixes", "").split() or [""]
    # An ending list that begins with a space has the bare stem among its forms.
    ends = [*([""] if endings.startswith(" ") else []), *endings.split()]
    return (prefix + stem + end for prefix in prefixes for stem in group["stems"].split() for end in ends)


def _add(classes: dict[str, int], words: Iterable[str], bit: int) -> None:
    for word in words:
        classes[word] = classes.get(word, 0) | bit
