"""Speech without marks where the verb of saying comes last, after a clause that a word with an ending closes: … kaldığını söyledi."""

from collections.abc import Iterator

from assets.quotes.attribution.attribute import IN_REPORT
from assets.quotes.languages.phrases import Phrase
from assets.quotes.languages.reports.clauses import ClauseReports
from assets.quotes.languages.reports.reports import Report
from assets.quotes.languages.verbs import Credit
from assets.text.languages.press import SAID, SOURCE


class VerbLastReports(ClauseReports):
    """Finds the reports of such a language: Turkish."""

    def in_sentence(self, begin: int, end: int, classes: int) -> Iterator[Report]:
        w = self.w
        verb = next((j for j in range(end - 1, max(begin, end - 3), -1) if w.bits[j] & SAID), None)
        if verb is not None and w.words[verb - 1].endswith(self.press.report_endings):
            named = self.subjects.first(begin, verb)
            if named is not None and named.first == begin and self._is_apart(named) and not self._is_anybody(named):
                first = named.after + (w.words[named.after] == ",")
                yield Report(Phrase(first, verb), Credit(named, Phrase(verb, verb + 1), IN_REPORT))
            return
        if classes & SOURCE:
            yield from self._according(begin, end)

    def _is_apart(self, named: Phrase) -> bool:
        """Whether a subject is set apart from the report: by a comma, or as a name is."""
        w = self.w
        comma = named.after < len(w.words) and w.words[named.after] == ","
        return comma or (self.subjects.names(named) and all(self.subjects.capital(j) for j in range(*named)))
