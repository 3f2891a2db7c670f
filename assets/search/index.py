"""Texts in, an inverted index out: which terms stand in which text, how often, and which words stand for a term."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from assets.search.postings import Counted, Int32s, by_term, counted
from assets.search.schema import SEARCH_DOCUMENTS, SEARCH_WORDS
from assets.search.terms import fold, stems
from assets.text.tokens import Tokens, tokenise

BATCH_BYTES = 1 << 24


@dataclass(frozen=True)
class Index:
    """The tables of the schema ``search``; that of the postings in parts that follow each other in the order of its key."""

    documents: pl.DataFrame
    words: pl.DataFrame
    postings: Iterator[pl.DataFrame]


@dataclass
class _Terms:
    """The terms met so far, numbered as they come, and the words that stand for them."""

    numbers: dict[str, int] = field(default_factory=dict)
    words: set[tuple[str, int]] = field(default_factory=set)
    of_form: dict[tuple[str, str], int] = field(default_factory=dict)

    def of(self, forms: list[str], language: str) -> list[int]:
        new = [form for form in forms if (form, language) not in self.of_form]
        for form, stem in zip(new, stems(new, language), strict=True):
            term = self.numbers.setdefault(stem, len(self.numbers))
            self.words |= {(fold(form), term), (stem, term)}
            self.of_form[form, language] = term
        return [self.of_form[form, language] for form in forms]


def build_index(parts: Iterable[tuple[str, pl.DataFrame]]) -> Index:
    """The index of the texts of each part (its name; id, language, text), in their order; one part is in memory at a time."""
    terms, documents = _Terms(), [SEARCH_DOCUMENTS.empty()]
    postings: list[Counted] = []
    n_documents = 0
    for part, texts in parts:
        for batch in _batches(texts):
            tokens = tokenise(batch["text"])
            of_tokens = _terms_of(tokens, batch["language"], terms)
            postings.append(counted(of_tokens, tokens.text_offsets, n_documents, len(terms.numbers)))
            rows = batch.select(
                document=pl.int_range(pl.len()) + n_documents,
                part=pl.lit(part),
                id="id",
                n_tokens=pl.lit(pl.Series(np.diff(tokens.text_offsets))),
            )
            documents.append(SEARCH_DOCUMENTS.frame(rows))
            n_documents += batch.height
    words = pl.DataFrame(sorted(terms.words), schema=SEARCH_WORDS.polars_schema, orient="row")
    return Index(pl.concat(documents), words, by_term(postings, len(terms.numbers)))


def _batches(texts: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The rows, about ``BATCH_BYTES`` of text at a time."""
    numbered = texts.with_columns(batch=pl.col("text").str.len_bytes().cum_sum() // BATCH_BYTES)
    yield from numbered.partition_by("batch", maintain_order=True, include_key=False)


def _terms_of(tokens: Tokens, languages: pl.Series, terms: _Terms) -> Int32s:
    """The term of every token, in the language of its text."""
    forms = tokens.vocabulary.forms()
    # One number for a form in a language: languages cut it in different places.
    spoken = languages.unique().sort()
    numbers = languages.replace_strict(spoken, np.arange(len(spoken))).to_numpy().astype(np.int32)
    worded = np.repeat(numbers, np.diff(tokens.text_offsets)) * np.int32(len(forms)) + tokens.codes
    is_met = np.zeros(len(spoken) * len(forms), np.bool_)
    is_met[worded] = True
    term_of = np.zeros(len(is_met), np.int32)
    for number, name in enumerate(spoken):
        own = np.flatnonzero(is_met[number * len(forms) : (number + 1) * len(forms)])
        term_of[own + number * len(forms)] = terms.of([forms[code] for code in own.tolist()], name)
    of_tokens: Int32s = term_of[worded]
    return of_tokens
