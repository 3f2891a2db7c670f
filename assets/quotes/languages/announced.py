"""Whom the words before a colon announce, without a verb of saying: Ida Roe: words."""

from assets.quotes.attribution.attribute import COLON
from assets.quotes.languages.phrases import Phrase
from assets.quotes.languages.subjects import Subjects
from assets.quotes.languages.verbs import Credit, Verbs
from assets.quotes.languages.vocabulary import CAPITAL, LINE_END
from assets.quotes.languages.words import Words
from assets.text.languages.press import (
    ADVERB,
    ADVERSATIVE,
    ARTICLE,
    CONJUNCTION,
    PREPOSITION,
    SUBJUNCTIVE,
    SUBORDINATOR,
)

_SHORT_LABEL = 4
_LABEL = 14
"""Tokens before a colon that name a speaker without a verb."""


class Announced:
    """Finds the names before the colons of one body."""

    def __init__(self, words: Words, subjects: Subjects) -> None:
        self.w = words
        self.press = words.press
        self.subjects = subjects
        self.verbs = Verbs(words, self.subjects)

    def _line_before(self, q: int) -> int | None:
        """The end of the paragraph before a quotation that begins one, where a colon announces it."""
        w = self.w
        k = q - 1
        while k >= 0 and w.bits[k] & LINE_END:
            k -= 1
        return k + 1 if k >= 0 and k < q - 1 and w.words[k] == ":" else None

    def _label(self, begin: int, colon: int) -> Credit | None:
        """Words before a colon without a verb of saying: Ida Roe: words; Ida Roe on the bridge: words."""
        if colon - begin > 2 * _LABEL or self._is_subjunctive(begin, colon):
            return None
        named = None
        if self.press.has("nouns_capital") and colon - begin > _SHORT_LABEL:
            named = self.subjects.first(begin, colon)
        elif not self.press.has("no_case"):
            runs = self._capitals(begin, colon)
            several = [run for run in runs if run.after - run.first > 1]
            if several and (colon - begin <= _LABEL or several[0].first == begin):
                named = several[0]
            elif runs and (runs[-1].first > begin or colon - begin <= 2) and colon - begin <= _LABEL:
                named = runs[-1]
        if named is None and colon - begin <= _LABEL:
            named = self.subjects.first(begin, colon)
        return Credit(named, None, COLON, False) if named else None

    def _capitals(self, begin: int, end: int) -> list[Phrase]:
        """Runs of words with capitals."""
        w = self.w
        runs: list[Phrase] = []
        first = -1
        small = ARTICLE | PREPOSITION | ADVERB | CONJUNCTION | ADVERSATIVE | SUBORDINATOR
        for j in range(begin, end + 1):
            inside = j < end and w.bits[j] & CAPITAL and not (j == begin and w.bits[j] & small)
            if inside and first < 0:
                first = j
            elif not inside and first >= 0:
                runs.append(Phrase(first, j))
                first = -1
        return runs

    def _is_subjunctive(self, begin: int, end: int) -> bool:
        """Whether the sentence reports without a verb of saying, as German does: es drohe …"""
        return any(self.w.bits[j] & SUBJUNCTIVE for j in range(begin, end))
