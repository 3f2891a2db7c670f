"""Quotations as what is compared: distinct wordings, in spelling-free word codes, with speaker, story and time.

What is called a story here is a week of one (``assets/statements/within.py``).
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.text.compiled import compiled
from assets.text.hashing import letters_hash, with_letters
from assets.text.tokens import Tokens, tokenise
from assets.text.words import is_content_word, spelling, stem

# Words in brackets are the reporter's; a bracketed letter only changes the case: "[w]e will".
BRACKETED_LETTER = r"\[(\w)\]"
BRACKETED = r"\([^()\[\]]*\)|\[[^()\[\]]*\]"

FUNCTION_WEIGHT = np.float32(0.35)
UNKNOWN = -1
DAY = 24.0  # hours
ANYBODYS = 3  # words from which equal words of unknown speakers in one story are one printing
COMPOUND = 3  # letters that each part of a compound has at least
LETTERS_START = np.uint64(1469598103934665603)

Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]
UInt64s = npt.NDArray[np.uint64]


class Letters(NamedTuple):
    """By token code: hash, base power and number of letters; and the hashes sorted, with the code of each."""

    hashes: UInt64s
    powers: UInt64s
    lengths: Int32s
    sorted_hashes: UInt64s
    sorted_codes: Int32s


class Vocabulary(NamedTuple):
    """By token code: spelling code, stem code, whether it is a content word; hash, base power and number of letters."""

    spellings: Int32s
    stems: Int32s
    content: npt.NDArray[np.bool_]
    hashes: UInt64s
    powers: UInt64s
    lengths: Int32s


@dataclass(frozen=True)
class Wording:
    """The words of some texts: those of ``t`` are ``offsets[t]`` to ``offsets[t + 1]``.

    ``codes`` and ``stems`` are the tokens' spelling and stem (int32), equal in texts that are read together;
    ``hashes`` are of the spelling's letters and always the same; ``weights`` are 1 for content words and less for function words.
    """

    codes: Int32s
    stems: Int32s
    hashes: UInt64s
    weights: npt.NDArray[np.float32]
    offsets: Int64s


@dataclass(frozen=True)
class Printings:
    """One printing per wording, speaker and story; its words are those of the same row of ``wording``.

    ``table`` has a row per printing: quote_id (its first quotation), speaker and story (dense codes, -1
    unknown), letters (hash of all letters), indirect, hours (first published, null unknown), doubt (the least chance of
    a wrong credit), n_articles, sole_article (the only one, null where there are more), n_tokens, n_content, n_stems (distinct content stems). ``of_quote`` gives quote_id and
    printing for every quotation. Printings are in order of quote_id.
    """

    wording: Wording
    table: pl.DataFrame
    of_quote: pl.DataFrame


def printings_of(quotes: pl.DataFrame) -> Printings:
    """``quotes``: quote_id, article_id, text, kind, speaker_id, confidence, chapter, published_at.

    A printing hangs on nothing but the quotations of its own chapter.
    """
    quotes = quotes.sort("quote_id")
    tokens = tokenise(spoken_words(quotes["text"]))
    known = _vocabulary(tokens)
    words, offsets = _closed_compounds(tokens, known, quotes.select(_dense("chapter")).to_series().to_numpy())
    n_tokens = np.diff(offsets)
    n_content = np.diff(np.concatenate([[0], np.cumsum(known.content[words])])[offsets])
    described = quotes.select(
        "quote_id",
        "article_id",
        speaker=_dense("speaker_id"),
        story=_dense("chapter"),
        indirect=pl.col("kind") == "indirect",
        hours=pl.col("published_at").dt.epoch("us") / 3.6e9,
        doubt=1 - pl.col("confidence"),  # nobody is credited where it is unknown
    ).with_columns(
        letters=_letters(words, offsets, known.hashes, known.powers),
        n_tokens=n_tokens.astype(np.int32),
        n_content=n_content.astype(np.int32),
        n_stems=_n_stems(words, offsets, known.stems, known.content),
        row=np.arange(quotes.height, dtype=np.int64),
    )
    # A quotation without a word ("…!") is like no other, and one or two words of nobody only like themselves.
    few_words = (pl.col("n_tokens") == 0) | ((pl.col("speaker") == UNKNOWN) & (pl.col("n_tokens") < ANYBODYS))
    alone = pl.when(few_words).then("row")
    table = (
        described.group_by("letters", "speaker", "story", "indirect", alone.alias("alone"))
        .agg(
            pl.col("quote_id", "n_tokens", "n_content", "n_stems", "row").sort_by("quote_id").first(),
            pl.col("hours").min(),
            pl.col("doubt").min(),
            n_articles=pl.col("article_id").n_unique(),
            article=pl.col("article_id").min(),
        )
        .with_columns(sole_article=pl.when(pl.col("n_articles") == 1).then("article"))
        .drop("article")
        .sort("quote_id")
        .with_row_index("printing")
    )
    of_quote = described.with_columns(alone.alias("alone")).join(
        table.select("letters", "speaker", "story", "indirect", "alone", "printing"),
        on=["letters", "speaker", "story", "indirect", "alone"],
        nulls_equal=True,
    )
    rows = table["row"].to_numpy()
    places, offsets = _gathered(offsets, rows)
    return Printings(
        _wording(words[places], offsets, known),
        table.drop("row", "alone"),
        of_quote.select("quote_id", "printing").sort("quote_id"),
    )


def worded(texts: pl.Series) -> tuple[Wording, pl.DataFrame]:
    """The words of each text as they are written; and n_tokens, n_content and letters of each."""
    tokens = tokenise(spoken_words(texts))
    known = _vocabulary(tokens)
    counted = pl.DataFrame(
        {
            "n_tokens": np.diff(tokens.text_offsets).astype(np.int32),
            "n_content": np.diff(
                np.concatenate([[0], np.cumsum(known.content[tokens.codes])])[tokens.text_offsets]
            ).astype(np.int32),
            "letters": _letters(tokens.codes, tokens.text_offsets, known.hashes, known.powers),
        }
    )
    return _wording(tokens.codes, tokens.text_offsets, known), counted


def _wording(words: Int32s, offsets: Int64s, known: Vocabulary) -> Wording:
    weights = np.where(known.content, np.float32(1), FUNCTION_WEIGHT).astype(np.float32)
    return Wording(known.spellings[words], known.stems[words], known.hashes[words], weights[words], offsets)


def spoken_words(texts: pl.Series) -> pl.Series:
    """Quotations without what is in brackets; whole where nothing else would be left."""
    spoken = texts.str.replace_all(BRACKETED_LETTER, "$1").str.replace_all(BRACKETED, " ")
    return pl.select(pl.when(spoken.str.contains(r"\w")).then(spoken).otherwise(texts).alias("text")).to_series()


def _vocabulary(tokens: Tokens) -> Vocabulary:
    forms = tokens.vocabulary.forms()
    spellings = [spelling(form) for form in forms]
    letters = pl.Series(spellings, dtype=pl.String)
    spelling_codes = letters.rank("dense").cast(pl.Int32).to_numpy()
    stem_codes = pl.Series([stem(form) for form in forms], dtype=pl.String).rank("dense").cast(pl.Int32).to_numpy()
    content = np.array([is_content_word(form) for form in forms], np.bool_)
    hashes, powers = np.zeros(len(forms), np.uint64), np.ones(len(forms), np.uint64)
    for code, word in enumerate(spellings):
        hashes[code], powers[code] = letters_hash(word)
    lengths = letters.str.len_chars().cast(pl.Int32).to_numpy()
    return Vocabulary(spelling_codes, stem_codes, content, hashes, powers, lengths)


def _closed_compounds(tokens: Tokens, known: Vocabulary, stories: Int32s) -> tuple[Int32s, Int64s]:
    """Two words in a row as one where somebody in the same story writes them as one: "cease fire" where "ceasefire" occurs."""
    codes, offsets = tokens.codes, tokens.text_offsets
    order = np.argsort(known.hashes, kind="stable")
    letters = Letters(known.hashes, known.powers, known.lengths, known.hashes[order], order.astype(np.int32))
    n_words = np.int64(len(known.hashes))
    # Of forms that are spelt alike the one that is found for their letters stands for all.
    alike = letters.sorted_codes[np.searchsorted(letters.sorted_hashes, known.hashes)]
    of_stories = (np.repeat(stories, np.diff(offsets)) + 1) * n_words + alike[codes]
    written = pl.Series(of_stories).unique().sort().to_numpy()
    return _close(codes, offsets, letters, (stories + np.int64(1)) * n_words, written)


def _dense(column: str) -> pl.Expr:
    return (pl.col(column).rank("dense").cast(pl.Int32) - 1).fill_null(UNKNOWN)


def _gathered(offsets: Int64s, rows: Int64s) -> tuple[Int64s, Int64s]:
    """Where the tokens of the given texts are, end to end, and the offsets of the new run."""
    lengths = np.diff(offsets)[rows]
    new = np.concatenate([[0], np.cumsum(lengths)])
    return np.arange(new[-1]) + np.repeat(offsets[:-1][rows] - new[:-1], lengths), new


@compiled
def _letters(codes: Int32s, offsets: Int64s, hashes: UInt64s, powers: UInt64s) -> UInt64s:
    """A hash of each text's letters, blind to where words begin: "cease fire" and "ceasefire" are one."""
    letters = np.zeros(len(offsets) - 1, np.uint64)
    for text in range(len(offsets) - 1):
        h = LETTERS_START
        for token in range(offsets[text], offsets[text + 1]):
            h = with_letters(h, hashes[codes[token]], powers[codes[token]])
        letters[text] = h
    return letters


@compiled
def _n_stems(codes: Int32s, offsets: Int64s, stems: Int32s, content: npt.NDArray[np.bool_]) -> Int32s:
    counts = np.zeros(len(offsets) - 1, np.int32)
    last_text = np.full(stems.max() + 1 if len(stems) else 0, -1, np.int32)
    for text in range(len(offsets) - 1):
        for token in range(offsets[text], offsets[text + 1]):
            stem_code = stems[codes[token]]
            if content[codes[token]] and last_text[stem_code] != text:
                last_text[stem_code] = text
                counts[text] += 1
    return counts


@compiled
def _one_word(code: int, after: int, letters: Letters, first_of_story: int, written: Int64s) -> int:
    """The word that the story has for two words, -1 where it has none."""
    hashes, powers, lengths, sorted_hashes, sorted_codes = letters
    if lengths[code] < COMPOUND or lengths[after] < COMPOUND:
        return -1
    both = with_letters(hashes[code], hashes[after], powers[after])
    place = np.searchsorted(sorted_hashes, both)
    if place == len(sorted_hashes) or sorted_hashes[place] != both:
        return -1
    one = sorted_codes[place]
    here = np.searchsorted(written, first_of_story + one)
    return one if here < len(written) and written[here] == first_of_story + one else -1


@compiled
def _close(
    codes: Int32s, offsets: Int64s, letters: Letters, first_of_story: Int64s, written: Int64s
) -> tuple[Int32s, Int64s]:
    """``written`` holds, sorted, ``first_of_story`` plus the code of each word that a story has."""
    closed = np.empty(len(codes), np.int32)
    closed_offsets = np.zeros(len(offsets), np.int64)
    n = 0
    for text in range(len(offsets) - 1):
        token = offsets[text]
        while token < offsets[text + 1]:
            code = codes[token]
            if token + 1 < offsets[text + 1]:
                one = _one_word(code, codes[token + 1], letters, first_of_story[text], written)
                if one >= 0:
                    code = one
                    token += 1
            closed[n] = code
            n += 1
            token += 1
        closed_offsets[text + 1] = n
    return closed[:n].copy(), closed_offsets
