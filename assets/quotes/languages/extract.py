"""Articles in other languages than English: their quotations with speakers by rules, or without where no words are known."""

from collections.abc import Iterable, Iterator

import polars as pl

from assets.quotes.attribution.attribute import ACCORDING_TO, COLON, IN_REPORT, RUN, SAID_AFTER, SAID_BEFORE, UNREAD
from assets.quotes.attribution.kinds import DIRECT, INDIRECT, PARTIAL
from assets.quotes.attribution.mention_types import NAME, NOMINAL
from assets.quotes.languages.attribution import Attribution
from assets.quotes.languages.marks import Speech
from assets.quotes.languages.naming import Named, Naming
from assets.quotes.languages.people import Tagged
from assets.quotes.languages.reports.clauses import ClauseReports
from assets.quotes.languages.reports.reports import Reports
from assets.quotes.languages.reports.subjunctive import SubjunctiveReports
from assets.quotes.languages.reports.verb_last import VerbLastReports
from assets.quotes.languages.speech import find_speech
from assets.quotes.languages.subjects import Subjects
from assets.quotes.languages.verbs import Credit
from assets.quotes.languages.words import Words, read_words
from assets.quotes.rows import NO_SPAN, FoundQuote, Mention, Span, frame_of
from assets.quotes.tokens.stream import joined
from assets.text.languages.press import press
from assets.text.languages.word_files import press_languages

# The share of right speakers by rule, over the ten languages and German (benchmarks/languages.py --rules): by the words in the
# quotation's own sentence, and by its place alone.
CHANCES = {SAID_BEFORE: 0.84, SAID_AFTER: 0.9, COLON: 0.95, ACCORDING_TO: 0.78, RUN: 0.69}
CHANCE_BY_PLACE = 0.5
CHANCE_OF_REPORT, CHANCE_OF_FREE_REPORT = 0.6, 0.5
# The share of right full names on the same sets (the same command), where the credit is sure and where it is by place alone: of who
# is named in full, of who is called by one word of a name, and of who is described or is a pronoun.
CHANCES_IN_FULL, CHANCES_BY_ONE_WORD, CHANCES_OF_OTHERS = (0.95, 0.8), (0.7, 0.5), (0.65, 0.45)
_FEWEST_WORDS_OF_SENTENCE = 4


def extract_by_rules(articles: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """Quotations of ``articles`` (article_id, source_id, body, language) as ``core.quotes``, as ``extract_quotes`` gives them."""
    bodies: list[str] = [body or "" for body in articles["body"]]
    ids: list[str] = articles["article_id"].to_list()
    tagged = _tagged(ids, mentions)
    found: list[FoundQuote] = []
    for language, numbers in _by_language(articles["language"]).items():
        if language is None:
            found.extend(quote for number in numbers for quote in _unread(number, bodies[number]))
            continue
        words_of = press(language)
        speech = [find_speech(bodies[number], words_of) for number in numbers]
        for number, words in zip(
            numbers, read_words([bodies[number] for number in numbers], speech, words_of), strict=True
        ):
            found.extend(_read(number, words, tagged.get(ids[number], Tagged([], []))))
    codes, offsets = joined(bodies)
    return frame_of(found, bodies, ids, articles["source_id"].to_list(), codes, offsets)


def _tagged(ids: list[str], mentions: pl.DataFrame) -> dict[str, Tagged]:
    """What the tagger found in each article."""
    found: dict[str, Tagged] = {}
    rows = mentions.filter(pl.col("article_id").is_in(ids)).sort("article_id", "start")
    for article_id, start, end, kind, name in rows.select("article_id", "start", "end", "kind", "name").iter_rows():
        tagged = found.setdefault(article_id, Tagged([], []))
        if kind == "person":
            tagged.people.append((start, end, name))
        else:
            tagged.others.append((start, end))
    return found


def _by_language(languages: Iterable[str | None]) -> dict[str | None, list[int]]:
    """The articles of each language by number; None stands for all languages that are not supported."""
    known = frozenset(press_languages())
    found: dict[str | None, list[int]] = {}
    for number, language in enumerate(languages):
        found.setdefault(language if language in known else None, []).append(number)
    return found


def _read(number: int, words: Words, tagged: Tagged) -> Iterator[FoundQuote]:
    """The credited quotations of one article."""
    subjects = Subjects(words)
    naming = Naming(words, subjects, tagged)
    attribution = Attribution(words, subjects)
    for one, place, credit in zip(words.speech, words.places, attribution.credits(), strict=True):
        if credit is None:
            continue
        named = naming.speaker(credit.phrase, place)
        chance = CHANCES[credit.rule] if credit.sure else CHANCE_BY_PLACE
        yield _row(number, (one.start, one.end), _kind(words, one, place), words, credit, named, credit.rule, chance)

    if words.press.reports:
        yield from _reports(number, words, attribution, naming)


def _reports(number: int, words: Words, attribution: Attribution, naming: Naming) -> Iterator[FoundQuote]:
    """Speech reported without marks."""
    for report in _finder(attribution).find():
        named = naming.speaker(report.credit.phrase, report.words.first)
        span = words.starts[report.words.first], words.ends[report.words.after - 1]
        chance = CHANCE_OF_FREE_REPORT if report.free else CHANCE_OF_REPORT
        yield _row(number, span, INDIRECT, words, report.credit, named, IN_REPORT, chance)


def _finder(attribution: Attribution) -> Reports:
    """What finds the reports of a language."""
    if attribution.press.subjunctive:
        return SubjunctiveReports(attribution)
    return VerbLastReports(attribution) if attribution.press.report_endings else ClauseReports(attribution)


def _row(
    number: int, span: Span, kind: int, words: Words, credit: Credit, named: Named, rule: int, chance: float
) -> FoundQuote:
    speaker = _span(words, credit)
    mention = Mention(*speaker, named.kind, 0, 0)
    return FoundQuote(
        number, span, kind, speaker, mention, 0, _cue(words, credit), rule, chance, named.name, _name_chance(named, chance)
    )  # fmt: skip


def _name_chance(named: Named, chance: float) -> float | None:
    """The chance that the full name is right; a credit that is no surer than its place gives no sure name."""
    if named.name is None:
        return None
    chances = CHANCES_OF_OTHERS if named.kind != NAME else CHANCES_IN_FULL if " " in named.name else CHANCES_BY_ONE_WORD
    return chances[chance <= CHANCE_OF_REPORT]


def _unread(number: int, body: str) -> Iterator[FoundQuote]:
    """What stands between marks in an article whose words are not known: nobody can say who is credited."""
    for one in find_speech(body, None):
        kind = DIRECT if one.outer_start == 0 or body[one.outer_start - 1] == "\n" else PARTIAL
        nobody = Mention(*NO_SPAN, NOMINAL, 0, 0)
        yield FoundQuote(number, (one.start, one.end), kind, NO_SPAN, nobody, 0, NO_SPAN, UNREAD, None)


def _kind(words: Words, one: Speech, place: int) -> int:
    """A sentence of its own, or a fragment in the reporter's."""
    begin, _ = words.sentence(place)
    opens = place == begin or words.words[place - 1] == ":" or one.dashed
    long = words.body.count(" ", one.start, one.end) + 1 >= _FEWEST_WORDS_OF_SENTENCE
    capital = words.body[one.start : one.start + 1].isupper() and not words.press.has("nouns_capital")
    return DIRECT if opens or (long and capital) else PARTIAL


def _span(words: Words, credit: Credit) -> tuple[int, int]:
    if credit.phrase is None:
        return NO_SPAN
    start, end = words.starts[credit.phrase.first], words.ends[credit.phrase.after - 1]
    if words.press.has("suffix_mark"):
        # Ankara'dan: the mark parts a name from its case.
        last = max(words.body.rfind(mark, start, end) for mark in "'’")
        if last > start and not any(char.isupper() for char in words.body[last:end]):
            end = last
    return start, end


def _cue(words: Words, credit: Credit) -> tuple[int, int]:
    if credit.cue is None:
        return NO_SPAN
    return words.starts[credit.cue.first], words.ends[credit.cue.after - 1]
