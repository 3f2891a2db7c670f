"""Texts in, an inverted index out: which terms stand in which text, how often, and which words stand for a term."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from assets.search.schema import SEARCH_DOCUMENTS, SEARCH_POSTINGS, SEARCH_WORDS
from assets.search.terms import fold, stems
from assets.text.tokens import tokenise

BATCH_BYTES = 1 << 24


@dataclass(frozen=True)
class Index:
    """The three tables of the schema ``search``."""

    documents: pl.DataFrame
    words: pl.DataFrame
    postings: pl.DataFrame


@dataclass
class _Terms:
    """The terms met so far, numbered as they come, and the words that stand for them."""

    numbers: dict[str, int] = field(default_factory=dict)
    words: set[tuple[str, int]] = field(default_factory=set)

    def of(self, forms: list[str], language: str) -> list[int]:
        terms = []
        for form, stem in zip(forms, stems(forms, language), strict=True):
            term = self.numbers.setdefault(stem, len(self.numbers))
            self.words |= {(fold(form), term), (stem, term)}
            terms.append(term)
        return terms


def build_index(parts: Mapping[str, pl.DataFrame]) -> Index:
    """The index of the texts of each part (id, language, text), in their order."""
    terms, documents, postings = _Terms(), [SEARCH_DOCUMENTS.empty()], [SEARCH_POSTINGS.empty()]
    n_documents = 0
    for part, texts in parts.items():
        for batch in _batches(texts):
            counted, n_tokens = _count(batch, n_documents, terms)
            postings.append(counted)
            rows = batch.select(
                document=pl.int_range(pl.len()) + n_documents, part=pl.lit(part), id="id", n_tokens=n_tokens
            )
            documents.append(SEARCH_DOCUMENTS.frame(rows))
            n_documents += batch.height
    words = pl.DataFrame(sorted(terms.words), schema=SEARCH_WORDS.polars_schema, orient="row")
    return Index(pl.concat(documents), words, pl.concat(postings).sort(SEARCH_POSTINGS.key))


def _batches(texts: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The rows, about ``BATCH_BYTES`` of text at a time."""
    numbered = texts.with_columns(batch=pl.col("text").str.len_bytes().cum_sum() // BATCH_BYTES)
    yield from numbered.partition_by("batch", maintain_order=True, include_key=False)


def _count(texts: pl.DataFrame, first: int, terms: _Terms) -> tuple[pl.DataFrame, pl.Series]:
    """How often each term stands in each text, the first of which has the number ``first``; and each text's words."""
    tokens = tokenise(texts["text"])
    forms = tokens.vocabulary.forms()
    # One number for a form in a language: languages cut it in different places.
    spoken = texts["language"].unique().sort()
    language = texts["language"].replace_strict(spoken, np.arange(len(spoken))).to_numpy().astype(np.int64)
    worded = np.repeat(language, np.diff(tokens.text_offsets)) * len(forms) + tokens.codes
    met = np.unique(worded)
    term_of = np.zeros(len(spoken) * len(forms), np.int64)
    for number, name in enumerate(spoken):
        own = met[(met >= number * len(forms)) & (met < (number + 1) * len(forms))]
        term_of[own] = terms.of([forms[code] for code in own - number * len(forms)], name)
    places, n = np.unique(term_of[worded] * texts.height + tokens.article, return_counts=True)
    postings = pl.DataFrame({"term": places // texts.height, "document": places % texts.height + first, "n": n})
    return SEARCH_POSTINGS.frame(postings), pl.Series(np.diff(tokens.text_offsets))
