"""Which quotations are taken for printings of the same words."""

from datetime import datetime, timedelta

import polars as pl
import pytest
from gold_sets import articles_frame, quote_row
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.quotes.schema import QUOTES
from assets.statements.group import GroupedStatements, group_statements
from assets.statements.schema import STATEMENT_QUOTES, STATEMENTS
from assets.stories.schema import STORIES

NOON = datetime(2031, 5, 4, 12)
LONG = "We will rebuild the ferry terminal before winter, and we will not ask the islanders for a single extra coin"

SAID = "the harbour wall will stand and nobody here will ever pay for it again"
LIKE = "our harbour has an old wall that is going to stand; nobody has to pay"

# A quotation: article, speaker, words; where it matters: story, kind, days after the first.
Row = tuple[str, str | None, str] | tuple[str, str | None, str, str, str, int]


def grouping(
    rows: list[Row], order: list[int] | None = None, confidence: float = 1.0, context: str = ""
) -> tuple[GroupedStatements, dict[str, str]]:
    """The statements of made-up articles, and the quote_id of each text (by article and text)."""
    quotes, articles, stories, ids = [], {}, {}, {}
    for place, row in enumerate(rows):
        article, speaker, text = row[:3]
        story, kind, days = row[3:] if len(row) == 6 else ("ferry", "direct", 0)
        body = "x" * (place * 1000) + text
        quote = quote_row(article, f"outlet of {article}", place, body, place * 1000, len(body), kind, speaker)
        quotes.append(quote | {"pre": context, "post": "", "confidence": confidence})
        articles[article] = (article, f"outlet of {article}", NOON + timedelta(days=days), None)
        stories[article] = {"story_id": story, "article_id": article}
        ids[f"{article}: {text}"] = str(quote["quote_id"])
    table = QUOTES.frame(quotes)
    if order is not None:
        table = table[order]
    grouped = group_statements(table, articles_frame(list(articles.values())), STORIES.frame(list(stories.values())))
    return grouped, ids


def together(rows: list[Row]) -> bool:
    return grouping(rows)[0].statements.height == 1


def relations(rows: list[Row]) -> list[str]:
    """The relation of every quotation, in the order given."""
    grouped, ids = grouping(rows)
    relation = dict(grouped.statement_quotes.select("quote_id", "relation").iter_rows())
    return [relation[quote_id] for quote_id in ids.values()]


SAME_WORDS = [
    # (first printing, second printing, relation of the second)
    (LONG, LONG + ",", "same"),
    (LONG, LONG.upper(), "same"),
    (LONG, "before winter, and we will not ask the islanders", "fragment"),
    ("The harbour honours its organised labour", "The harbor honors its organized labor", "spelling"),
    ("a ceasefire on the quays", "a cease-fire on the quays", "spelling"),
    ("nine per cent of the catch", "nine percent of the catch", "spelling"),
    (LONG, LONG.replace("we will not", "we [the council] will not"), "same"),
    (LONG, LONG.replace("before winter, and we", "… and we"), "variant"),
    ("solid mooring agreement with the isles", "solid mooring agreements with the isles", "spelling"),
    (LONG, LONG.replace("a single extra coin", "a single extra penny"), "reworded"),
]


@pytest.mark.parametrize(("first", "second", "relation"), SAME_WORDS)
def test_printings_of_the_same_words_are_one_statement(first: str, second: str, relation: str) -> None:
    rows: list[Row] = [("a", "mayor", first), ("b", "mayor", second)]
    assert together(rows)
    if relation == "spelling" and "agreement" in first:
        relation = "variant"
    by_length = dict(zip([first, second], relations(rows), strict=True))
    longest = max(first, second, key=len)
    assert by_length[longest] == "same"
    assert by_length[second if longest == first else first] == relation


APART = [
    # (why, first, second)
    ("other words", ("a", "mayor", "The ferry is late"), ("b", "mayor", "The bridge will be painted")),
    ("two certain speakers", ("a", "mayor", LONG), ("b", "pilot", LONG)),
    ("a scare word of two speakers", ("a", "mayor", "chaos"), ("b", "pilot", "chaos")),
    ("a scare word of nobody", ("a", None, "chaos"), ("b", None, "chaos")),
    ("one word, one side unknown", ("a", "mayor", "chaos"), ("b", None, "chaos")),
    ("two words that another speaker says with one more", ("a", "mayor", "quiet hope"), ("b", "pilot", "some quiet hope")),
    ("one word among many", ("a", "mayor", "winter"), ("b", "mayor", LONG)),
    (
        "two words on two occasions",
        ("a", "mayor", "quiet hope", "ferry", "partial", 0),
        ("b", "mayor", "quiet hope", "bridge", "partial", 30),
    ),
    (
        "a paraphrase",
        ("a", "mayor", LONG),
        ("b", "mayor", "the terminal would be rebuilt before winter", "ferry", "indirect", 0),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("why", "first", "second"), APART)
def test_what_is_not_certainly_the_same_stays_apart(why: str, first: Row, second: Row) -> None:
    assert not together([first, second]), why


TOGETHER = [
    ("one word by one speaker on one occasion", ("a", "mayor", "chaos"), ("b", "mayor", "chaos")),
    ("a long quotation, speaker unknown", ("a", None, LONG), ("b", "mayor", LONG)),
    ("long words on another day", ("a", "mayor", LONG, "ferry", "direct", 0), ("b", "mayor", LONG, "bridge", "direct", 60)),
    ("a report in near-equal words", ("a", "mayor", LONG), ("b", "mayor", LONG.replace("We", "they"), "ferry", "indirect", 0)),
]  # fmt: skip


@pytest.mark.parametrize(("why", "first", "second"), TOGETHER)
def test_the_occasion_makes_up_for_few_words(why: str, first: Row, second: Row) -> None:
    assert together([first, second]), why


CREDITS = [
    # (why, credits of the same words, confidence of each, whose words they are; None: two statements)
    ("most articles say", ["mayor", "pilot", "mayor"], 0.97, "mayor"),
    ("the first says", ["pilot", "mayor"], 0.97, "pilot"),
    ("nobody is in doubt", ["mayor", "pilot", "mayor"], 1.0, None),
]


@pytest.mark.parametrize(("why", "credits", "confidence", "speaker"), CREDITS)
def test_doubtful_credits_of_the_same_long_words_are_settled(
    why: str, credits: list[str], confidence: float, speaker: str | None
) -> None:
    rows: list[Row] = [(f"a{day}", credit, LONG, "ferry", "direct", day) for day, credit in enumerate(credits)]
    found = grouping(rows, confidence=confidence)[0].statements
    assert found["speaker_id"].to_list() == [speaker] if speaker else found.height == 2, why


COPIED = [
    # (why, speakers of two words in one sentence of two articles, confidence in them, one statement?)
    ("nobody is named", [None, None], 1.0, True),
    ("one is named", ["mayor", None], 1.0, True),
    ("a credit is wrong", ["mayor", "pilot"], 0.95, True),
    ("both are certain", ["mayor", "pilot"], 1.0, False),
]


@pytest.mark.parametrize(("why", "speakers", "confidence", "one"), COPIED)
def test_few_words_in_a_copied_sentence_are_one_printing(
    why: str, speakers: list[str | None], confidence: float, one: bool
) -> None:
    body = "The marsh by the old wall is known to everybody here as “goat ground” and has been so for a century."
    start = body.index("goat")
    rows = [
        quote_row(article, article, 0, body, start, body.index("”"), "partial", speaker) | {"confidence": confidence}
        for article, speaker in zip("ab", speakers, strict=True)
    ]
    articles = articles_frame([(article, article, NOON, None) for article in "ab"])
    stories = STORIES.frame([{"story_id": article, "article_id": article} for article in "ab"])
    found = group_statements(QUOTES.frame(rows), articles, stories).statements
    assert (found.height == 1) == one, why


def test_a_few_words_may_be_said_by_two_speakers_however_doubtful() -> None:
    rows: list[Row] = [("a", "mayor", "before the winter storms"), ("b", "pilot", "before the winter storms")]
    assert grouping(rows, confidence=0.6)[0].statements.height == 2


OTHERS: list[tuple[str, str]] = [
    ("mayor", "The harbour wall was built for a calmer sea than this one"),
    ("pilot", "Nobody sails tonight and nobody should ask us to"),
    ("cook", "I have soup for two hundred and bread for none of them"),
]
SWAPPED = "The harbour wall was built for a gentler sea than this one"


def stories_of(swapping: list[tuple[str, str]]) -> list[Row]:
    """Four faithful articles and one that prints ``swapping``."""
    rows: list[Row] = [(f"a{place}", speaker, text) for place in range(4) for speaker, text in OTHERS]
    return [*rows, *(("b", speaker, text) for speaker, text in swapping)]


ACCUSED = [
    # (why, what the fifth article prints, what else, context of all, accused)
    ("a word swapped, all else as everybody has it", [("mayor", SWAPPED), *OTHERS[1:]], [], "", True),
    ("nothing else to tell the article by", [("mayor", SWAPPED)], [], "", False),
    ("somebody else swaps too", [("mayor", SWAPPED), *OTHERS[1:]], [("c", "mayor", SWAPPED.replace("gentler", "kinder"))],
     "", False),
    ("words were left out", [("mayor", "The harbour wall was built for a calmer sea"), *OTHERS[1:]], [], "", False),
    ("the mayor spoke another language", [("mayor", SWAPPED), *OTHERS[1:]], [], "Speaking in Danish, she said: “", False),
    ("the article heard the mayor itself", [("mayor", SWAPPED), ("mayor", "My own cellar is under water too"), *OTHERS[1:]],
     [], "", False),
]  # fmt: skip


@pytest.mark.parametrize(("why", "fifth", "more", "context", "accused"), ACCUSED)
def test_a_word_swapped_against_everybody_else(
    why: str, fifth: list[tuple[str, str]], more: list[Row], context: str, accused: bool
) -> None:
    grouped, ids = grouping([*stories_of(fifth), *more], context=context)
    altered = set(grouped.statement_quotes.filter(relation="altered")["quote_id"])
    assert altered == ({ids[f"b: {SWAPPED}"]} if accused else set()), why


def test_one_article_gives_two_utterances() -> None:
    first, second = "If he wins the vote he will build the wall", "If he never wins the vote he may build a wall"
    assert not together([("a", "mayor", first), ("a", "mayor", second)])
    assert together([("a", "mayor", first), ("b", "mayor", second)])


def test_a_fragment_of_two_statements_does_not_make_them_one() -> None:
    grouped, _ = grouping(
        [
            ("a", "mayor", "The old harbour wall will stand, and nobody will touch the lighthouse"),
            ("b", "mayor", "I grew up by the old harbour wall and learned to swim beneath it"),
            ("c", "mayor", "the old harbour wall"),
        ]
    )
    assert sorted(grouped.statements["n_quotes"].to_list()) == [1, 2]


@pytest.mark.parametrize(
    ("why", "days", "later", "one"),
    [
        ("worded otherwise, in the same week", 6, LIKE, True),
        ("worded otherwise, in another week", 15, LIKE, False),
        ("equal words, in another week", 15, SAID, True),
        ("a part, in another week", 15, SAID[:44], True),
    ],
)
def test_another_week_of_a_story_is_another_occasion(why: str, days: int, later: str, one: bool) -> None:
    rows: list[Row] = [("a", "mayor", SAID, "ferry", "direct", 0), ("b", "mayor", later, "ferry", "direct", days)]
    assert together(rows) == one, why


def test_fragments_in_one_clause_of_the_reporter_are_one_statement() -> None:
    body = "The mayor said “dozens” of boats were “hopelessly stranded on the mud bank” at noon."
    starts = [body.index("dozens"), body.index("hopelessly")]
    rows = [
        quote_row("a", "outlet", place, body, start, body.index("”", start), "partial", "mayor")
        for place, start in enumerate(starts)
    ]
    articles = articles_frame([("a", "outlet", NOON, None)])
    stories = STORIES.frame([{"story_id": "s", "article_id": "a"}])
    together = group_statements(QUOTES.frame(rows), articles, stories)
    assert together.statements.height == 1
    assert sorted(together.statement_quotes["relation"]) == ["fragment", "same"]
    apart = body.replace(" of boats were ", ", and the boats ")
    starts = [apart.index("dozens"), apart.index("hopelessly")]
    rows = [
        quote_row("a", "outlet", place, apart, start, apart.index("”", start), "partial", "mayor")
        for place, start in enumerate(starts)
    ]
    assert group_statements(QUOTES.frame(rows), articles, stories).statements.height == 2


def test_the_statement_is_described_by_its_printings() -> None:
    grouped, _ids = grouping(
        [
            ("b", None, LONG[:60], "ferry", "direct", 2),
            ("a", "mayor", LONG, "ferry", "direct", 1),
            ("c", "mayor", "something else altogether was said", "ferry", "direct", 0),
        ]
    )
    statement = grouped.statements.filter(pl.col("n_quotes") == 2).row(0, named=True)
    assert statement["text"] == LONG
    assert statement["speaker_id"] == "mayor"
    assert statement["n_outlets"] == 2
    assert statement["first_published_at"] == NOON + timedelta(days=1)
    assert grouped.statements.schema == STATEMENTS.polars_schema
    assert grouped.statement_quotes.schema == STATEMENT_QUOTES.polars_schema


def test_a_report_around_the_words_is_a_variant_of_them() -> None:
    said = "the old wall will stand and nobody will touch it"
    found = relations([("a", "mayor", said), ("b", "mayor", f"that {said} again", "ferry", "indirect", 0)])
    assert found == ["same", "variant"]


def test_a_later_printing_does_not_move_the_statement_id() -> None:
    first: Row = ("a", "mayor", LONG, "ferry", "direct", 0)
    later: Row = ("b", "mayor", LONG[:70], "ferry", "direct", 1)
    alone, with_later = (grouping(rows)[0].statements["statement_id"][0] for rows in ([first], [first, later]))
    assert alone == with_later


def test_no_quotations_make_no_statements() -> None:
    grouped = group_statements(QUOTES.empty(), articles_frame([]), STORIES.empty())
    assert grouped.statements.is_empty()
    assert grouped.statement_quotes.is_empty()


WORDS = st.lists(st.sampled_from(["the", "ferry", "mayor", "wall", "of", "honour", "honor", "tide"]), max_size=8)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from([None, "mayor", "pilot"]), WORDS.map(" ".join)), max_size=9
    ),
    st.randoms(use_true_random=False),
)
def test_every_quotation_has_one_statement_whatever_the_order(rows: list[Row], random: st.DrawFn) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)  # type: ignore[attr-defined]
    if not rows:
        return
    grouped, _ = grouping(rows)
    shuffled, _ = grouping(rows, order)
    assert grouped.statements.equals(shuffled.statements)
    assert grouped.statement_quotes.equals(shuffled.statement_quotes)
    assert grouped.statement_quotes["quote_id"].is_unique().all()
    assert grouped.statement_quotes.height == len(rows)
    assert set(grouped.statement_quotes["statement_id"]) == set(grouped.statements["statement_id"])
    assert grouped.statement_quotes["similarity"].is_between(0, 1).all()
