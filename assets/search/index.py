"""Texts in, an inverted index out: which words stand in which text, how often, and which term each stands for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from assets.search.postings import Counted, Int32s, Int64s, by_entry, counted
from assets.search.schema import SEARCH_DOCUMENTS, SEARCH_WORDS
from assets.search.terms import fold, stems
from assets.text.tokens import Tokens, tokenise
from pipeline.ids import stable_ids

BATCH_BYTES = 1 << 24


@dataclass(frozen=True)
class Index:
    """The rows of the schema ``search``; those of the postings in parts that follow each other in the order of their entries."""

    documents: pl.DataFrame
    words: pl.DataFrame
    postings: Iterator[pl.DataFrame]


@dataclass
class _Entries:
    """The words with their terms met so far, numbered as they come."""

    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    of_form: dict[tuple[str, str], int] = field(default_factory=dict)

    def of(self, forms: list[str], language: str) -> list[int]:
        new = [form for form in forms if (form, language) not in self.of_form]
        for form, stem in zip(new, stems(new, language), strict=True):
            self.of_form[form, language] = self.numbers.setdefault((fold(form), stem), len(self.numbers))
        return [self.of_form[form, language] for form in forms]

    def hashes(self) -> Int64s:
        """What each is called in the index: positive numbers of 63 bits."""
        return np.array([int(name, 16) >> 1 for name in stable_ids(self.numbers)], np.int64)


def build_index(parts: Iterable[pl.DataFrame]) -> Index:
    """The index of texts (document, part, id, language, text, content); one part of them is in memory at a time."""
    entries, documents = _Entries(), [SEARCH_DOCUMENTS.empty()]
    postings: list[Counted] = []
    n_documents = 0
    for texts in parts:
        for batch in _batches(texts):
            tokens = tokenise(batch["text"])
            of_tokens = _entries_of(tokens, batch["language"], entries)
            postings.append(counted(of_tokens, tokens.text_offsets, n_documents, len(entries.numbers)))
            documents.append(
                SEARCH_DOCUMENTS.frame(batch.with_columns(n_tokens=pl.Series(np.diff(tokens.text_offsets))))
            )
            n_documents += batch.height
    found, hashes = pl.concat(documents), entries.hashes()
    words = pl.DataFrame(list(entries.numbers), schema=["word", "term"], orient="row").with_columns(entry=hashes)
    return Index(found, SEARCH_WORDS.frame(words), by_entry(postings, hashes, found["document"].to_numpy()))


def _batches(texts: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The rows, about ``BATCH_BYTES`` of text at a time."""
    numbered = texts.with_columns(batch=pl.col("text").str.len_bytes().cum_sum() // BATCH_BYTES)
    yield from numbered.partition_by("batch", maintain_order=True, include_key=False)


def _entries_of(tokens: Tokens, languages: pl.Series, entries: _Entries) -> Int32s:
    """The entry of every token, in the language of its text."""
    forms = tokens.vocabulary.forms()
    # One number for a form in a language: languages cut it in different places.
    spoken = languages.unique().sort()
    numbers = languages.replace_strict(spoken, np.arange(len(spoken))).to_numpy().astype(np.int32)
    worded = np.repeat(numbers, np.diff(tokens.text_offsets)) * np.int32(len(forms)) + tokens.codes
    is_met = np.zeros(len(spoken) * len(forms), np.bool_)
    is_met[worded] = True
    entry_of = np.zeros(len(is_met), np.int32)
    for number, name in enumerate(spoken):
        own = np.flatnonzero(is_met[number * len(forms) : (number + 1) * len(forms)])
        entry_of[own + number * len(forms)] = entries.of([forms[code] for code in own.tolist()], name)
    of_tokens: Int32s = entry_of[worded]
    return of_tokens
