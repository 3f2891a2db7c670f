"""What the sentence around two quotations says about them: words interrupted by the reporter, speakers in doubt,
copied sentences, translations."""

import re

import numpy as np
import polars as pl

from assets.statements.printings import Printings
from assets.text.hashing import chained
from assets.text.tokens import tokenise

MARK = "[\"“”„‟«»‹›‘’']"
# Between two quotations: the closing mark, one to six of the reporter's words and nothing else, the opening mark.
INTERRUPTION = rf"^\s*{MARK}+((?:\s[\w’'-]+){{1,6}})\s{MARK}+\s*$"
NEW_CLAUSE = (
    r"(?i)\b(?:and|or|but|nor|then|yet|while|because|that|said|says|saying|added|adding|called|calling|told|as)\b"
)
CONTEXT = 100  # code points of context that a quotation carries on either side
SHARED_CONTEXT = 3  # words in a row that two contexts share when they report the same sentence
SENTENCE = 4  # words before and after that make two places the same sentence
MOST_PRINTED = 5  # quotations of a printing whose context is looked at

LANGUAGES = (
    "Albanian|Amharic|Arabic|Armenian|Azerbaijani|Basque|Bengali|Bosnian|Bulgarian|Burmese|Cantonese|Catalan|Chinese|"
    "Croatian|Czech|Danish|Dari|Dutch|English|Estonian|Farsi|Finnish|Flemish|French|Georgian|German|Greek|Hausa|Hebrew|"
    "Hindi|Hungarian|Icelandic|Indonesian|Italian|Japanese|Kazakh|Khmer|Korean|Kurdish|Latvian|Lithuanian|Macedonian|"
    "Malay|Mandarin|Mongolian|Nepali|Norwegian|Pashto|Persian|Polish|Portuguese|Punjabi|Romanian|Russian|Serbian|"
    "Sinhala|Slovak|Slovenian|Somali|Spanish|Swahili|Swedish|Tagalog|Tamil|Telugu|Thai|Tibetan|Tigrinya|Turkish|"
    "Ukrainian|Urdu|Uzbek|Vietnamese|Welsh|Zulu"
)
TRANSLATED = rf"\bin (?:{LANGUAGES})\b|(?i:\b(?:through (?:an |his |her |their )?(?:interpreter|translator)|translat(?:ed|ion|ing))\b)"
WORD = re.compile(r"\w+")


def interrupted(quotes: pl.DataFrame) -> pl.DataFrame:
    """Pairs of fragments between which the reporter only fills in words of the same clause: quote_id, next_quote_id.

    He said "thousands" of troops were "completely surrounded": what was said is one statement.
    """
    in_place = quotes.filter(pl.col("kind") == "partial").sort("article_id", "start")
    follows = (
        (pl.col("article_id") == pl.col("article_id").shift(-1))
        & (pl.col("speaker_id") == pl.col("speaker_id").shift(-1))
        & (pl.col("paragraph") == pl.col("paragraph").shift(-1))
    )
    length = (pl.col("start").shift(-1) - pl.col("end")).clip(0)
    return (
        in_place.with_columns(
            next_quote_id=pl.col("quote_id").shift(-1), follows=follows, gap=pl.col("post").str.slice(0, length)
        )
        .filter(
            pl.col("follows")
            & (length <= CONTEXT)
            & pl.col("gap").str.contains(INTERRUPTION)
            & ~pl.col("gap").str.contains(NEW_CLAUSE)
        )
        .select("quote_id", "next_quote_id")
    )


def sentences(printings: Printings, quotes: pl.DataFrame) -> pl.DataFrame:
    """The sentences that printings stand in: printing, sentence (a hash of their words and of the reporter's around them).

    Only those of two words and more between marks, with enough of the reporter's words on both sides.
    """
    places = (
        printings.of_quote.join(
            printings.table.select("printing", "letters", "n_tokens", "indirect"), on="printing", maintain_order="left"
        )
        .join(quotes.select("quote_id", "pre", "post"), on="quote_id", maintain_order="left")
        .filter((pl.col("n_tokens") >= 2) & ~pl.col("indirect"))
    )
    before, after = tokenise(places["pre"]), tokenise(places["post"])
    whole = (np.diff(before.text_offsets) >= SENTENCE) & (np.diff(after.text_offsets) >= SENTENCE)
    last, first = before.text_offsets[1:][whole] - SENTENCE, after.text_offsets[:-1][whole]
    found = places["letters"].to_numpy()[whole]
    for step in range(SENTENCE):
        found = chained(found, before.vocabulary.hashes[before.codes[last + step]])
    for step in range(SENTENCE):
        found = chained(found, after.vocabulary.hashes[after.codes[first + step]])
    return places.filter(pl.Series(whole)).select("printing", sentence=pl.Series(found)).unique()


def same_sentence(printings: Printings, found: pl.DataFrame) -> pl.DataFrame:
    """Pairs of printings in equal words within the same words of the reporter's, in one story: a (the first such), b.

    Copied text: however few the words, and whoever is credited, they are one printing. ``found`` is of ``sentences``.
    """
    return (
        found.join(printings.table.select("printing", "story"), on="printing")
        .with_columns(a=pl.col("printing").min().over("story", "sentence"))
        .filter(pl.col("a") < pl.col("printing"))
        .select("a", b="printing")
        .unique()
        .sort("a", "b")
    )


def spoken_in_another_language(printed: pl.DataFrame) -> pl.DataFrame:
    """Who is said to have spoken another language than is printed (story, speaker); ``printed`` has pre and post too."""
    cue = pl.col("pre").str.contains(TRANSLATED) | pl.col("post").str.contains(TRANSLATED)
    return printed.filter(cue).select("story", "speaker").unique()


def doubtful_speakers(compared: pl.DataFrame, printings: Printings, quotes: pl.DataFrame) -> pl.DataFrame:
    """Pairs of printings in like words and surroundings, credited to two speakers both of whom one sentence names: a, b,
    and doubtful, the one in that sentence.

    "The ministry said Mr X had expressed …" may be credited to either, so the two credits do not contradict each other.
    """
    table = printings.table.select("printing", "speaker", "story", "n_tokens")
    pairs = (
        compared.filter((pl.col("coverage") >= 0.75) & (pl.col("shared_stems") >= 2))
        .join(table.rename({"printing": "a"}), on="a")
        .join(table.rename({"printing": "b"}), on="b", suffix="_b")
        .filter(
            (pl.col("story") == pl.col("story_b"))
            & (pl.col("speaker") >= 0)
            & (pl.col("speaker_b") >= 0)
            & (pl.col("speaker") != pl.col("speaker_b"))
            & (pl.col("n_tokens_b") * 0.6 <= pl.col("n_tokens"))
        )
        .select("a", "b")
    )
    wanted = pl.concat([pairs["a"], pairs["b"]]).unique()
    seen: dict[int, list[tuple[str, str, str]]] = {}
    chosen = printings.of_quote.filter(pl.col("printing").is_in(wanted.implode())).join(quotes, on="quote_id")
    named = chosen.sort("quote_id").select(
        "printing", pl.coalesce("speaker_name", "speaker_text").fill_null(""), "pre", "post"
    )
    for printing, *context in named.iter_rows():
        seen.setdefault(printing, []).append((context[0], context[1], context[2]))
    rows = []
    for a, b in pairs.sort("a", "b").iter_rows():
        places = [(x, y) for x in seen[a][:MOST_PRINTED] for y in seen[b][:MOST_PRINTED]]
        places = [(x, y) for x, y in places if _alike(x[1], y[1]) or _alike(x[2], y[2])]
        if any(_names(x[1], y[0]) for x, y in places):
            rows.append((a, b, a))
        elif any(_names(y[1], x[0]) for x, y in places):
            rows.append((a, b, b))
    schema = {"a": pairs.schema["a"], "b": pairs.schema["b"], "doubtful": pairs.schema["a"]}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _names(pre: str, speaker: str) -> bool:
    """Whether the sentence that leads up to a quotation names the speaker (by the last word of the name)."""
    sentence = re.split(r"[.!?]\s", pre)[-1].casefold()
    words = WORD.findall(speaker.casefold())
    return bool(words) and words[-1] in WORD.findall(sentence)


def _alike(context: str, other: str) -> bool:
    """Whether two contexts share a run of words near the quotation."""
    return bool(_runs(context) & _runs(other))


def _runs(context: str) -> set[tuple[str, ...]]:
    words = WORD.findall(context.casefold())
    return {tuple(words[i : i + SHARED_CONTEXT]) for i in range(len(words) - SHARED_CONTEXT + 1)}
