"""How the closed phrases change when articles are added, changed or removed.

Whether a phrase is closed depends on the articles that it and its extensions by one token are in, and an extension is
only where the phrase is. So a phrase that is in no new article, and was in none that is gone, is what
it was. Where an article goes, none becomes closed: an extension that was in all articles of a phrase is in all
that remain. So these need another look: the phrases in new articles, and those that
were closed and in one that is gone. They are found as all phrases are, from the windows they begin with.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import polars as pl

from assets.phrases.closed import ClosedPhrases, described, encoded, located, named
from assets.phrases.corpus import Corpus
from assets.phrases.groups import Found, find_groups
from assets.phrases.schema import PHRASE_OCCURRENCES, PHRASES
from assets.phrases.windows import WINDOW, UInt64s, hashes_of_texts, window_hashes, windows_among


@dataclass(frozen=True)
class PhraseChanges:
    """How the tables change.

    The phrases in ``stale`` (phrase_id) give way to ``changed.phrases``. Places in articles that came, changed or went
    and those of ``vanished`` phrases give way to ``changed.occurrences``.
    """

    stale: pl.Series
    vanished: pl.Series
    changed: ClosedPhrases


def changed_phrases(articles: pl.DataFrame, come: pl.Series, stood: pl.DataFrame, known: pl.Series) -> PhraseChanges:
    """What to change in the closed phrases of some articles, given all ``articles`` that there are now.

    ``come`` are the ids of those that are new, or have other words or another outlet than before; ``stood`` holds the
    phrases (phrase_id, text) of articles as they were before; ``known`` are the ids of all phrases so far.
    The changed tables are those of ``closed_phrases(articles)``.
    """
    articles, corpus = encoded(articles)
    has_come = articles["article_id"].is_in(come.implode()).to_numpy()
    of_come = hashes_of_texts(corpus.codes, corpus.text_offsets, np.flatnonzero(has_come))
    hashes = np.concatenate([of_come, _beginnings(stood["text"], corpus)])
    found, ids = named(corpus, find_groups(corpus, windows_among(corpus.codes, hashes)))
    phrases = pl.concat([PHRASES.empty(), *described(corpus, found, ids)])

    phrase_of_place = np.repeat(np.arange(phrases.height), found.n_places)
    text_of_place = np.searchsorted(corpus.text_offsets, found.places.astype(np.int64), side="right") - 1
    in_come = has_come[text_of_place]
    concerned = np.bincount(phrase_of_place, in_come, phrases.height) > 0
    concerned |= phrases["phrase_id"].is_in(stood["phrase_id"].implode()).to_numpy()
    first_seen = ~phrases["phrase_id"].is_in(known.implode()).to_numpy()
    written = (in_come | first_seen[phrase_of_place]) & concerned[phrase_of_place]
    counts = found.counts.copy()
    counts[:, 3] = np.bincount(phrase_of_place[written], minlength=phrases.height)
    places = located(articles, corpus, Found(counts, found.places[written]), ids)
    occurrences = pl.concat([PHRASE_OCCURRENCES.empty(), *places])

    phrases = phrases.filter(concerned)
    stand = phrases["phrase_id"]
    return PhraseChanges(
        stale=pl.concat([stood["phrase_id"], stand]).unique().sort(),
        vanished=stood["phrase_id"].filter(~stood["phrase_id"].is_in(stand.implode())).sort(),
        changed=ClosedPhrases(phrases, occurrences),
    )


def _beginnings(texts: pl.Series, corpus: Corpus) -> UInt64s:
    """The hashes of the windows that these phrases begin with, as far as the corpus has their words."""
    if texts.is_empty():
        return np.empty(0, np.uint64)
    spelling = corpus.letters.tobytes()
    code_of = {
        spelling[first:after].decode(): code for code, (first, after) in enumerate(pairwise(corpus.bounds.tolist()))
    }
    windows = sorted({tuple(text.split(" ", WINDOW)[:WINDOW]) for text in texts})
    codes = [code_of[form] for window in windows if all(form in code_of for form in window) for form in window]
    hashes: UInt64s = window_hashes(np.array(codes, np.int32), np.arange(0, len(codes), WINDOW))
    return hashes
