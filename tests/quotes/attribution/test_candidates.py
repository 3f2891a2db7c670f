"""Who may be the speaker: names, pronouns and nominal phrases, with the verb whose subject they may be."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.quotes.attribution.candidates import Candidates, find_candidates
from assets.quotes.attribution.ranker import ranker
from assets.quotes.tokens.stream import Stream
from tests.quotes.token_streams import stream_of, text_of, words_of

TYPES = ("name", "name's", "he", "him", "his", "who", "noun", "some")  # in the order of mention_types


def candidates_of(*bodies: str) -> tuple[Stream, Candidates]:
    stream = stream_of(*bodies)
    return stream, find_candidates(stream, ranker().common)[0]


def printed(stream: Stream, found: Candidates) -> list[str]:
    places = zip(stream.starts[found.starts].tolist(), stream.ends[found.ends - 1].tolist(), strict=True)
    return [text_of(stream, start, end) for start, end in places]


FOUND = [
    ("a name", "Then Ida Roe left.", ["Ida Roe: name"]),
    ("a title belongs to the name", "Then Sen. Ida Roe Jr. left.", ["Sen. Ida Roe Jr.: name"]),
    ("particles within a name", "Then Ines de la Varga left.", ["Ines de la Varga: name"]),
    ("a post with its department", "Then Secretary of State Ida Roe left.", ["Secretary of State Ida Roe: name"]),
    ("two names joined by a sign", "Then Hull & Bay left.", ["Hull & Bay: name"]),
    ("a genitive", "Then Ida Roe's ship left.", ["Ida Roe: name's"]),
    ("no name at a sentence's head in common words", "Bridges closed.", []),
    ("capitals among small letters are a name", "That the WHO left.", ["WHO: name"]),
    ("pronouns", "Then she met him, whose ship left.", ["she: he", "him: him", "whose: who"]),
    ("a possessive may open a phrase", "Then her critics left.", ["her: his", "her critics: noun"]),
    ("a noun of a person with its article", "Then the former mayor left.", ["the former mayor: noun"]),
    ("a group", "Police said no.", ["Police: noun"]),
    ("a noun before a verb of saying", "The old welder said no.", ["The old welder: noun"]),
    ("after said, an unlisted noun with its article", "So said the harbour welder today.", ["the harbour welder today: noun"]),
    ("somebody unnamed before a verb of saying", "Everyone said no.", ["Everyone: some"]),
    ("days and months are no names", "Then on Monday in March it closed.", ["it: he"]),
    ("nobody", "Nothing; but then it rained = 3.", ["it: he"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), [case[1:] for case in FOUND], ids=[case[0] for case in FOUND])
def test_what_may_be_a_speaker(body: str, expected: list[str]) -> None:
    stream, found = candidates_of(body)
    types = [TYPES[kind] for kind in found.types.tolist()]
    assert [f"{text}: {kind}" for text, kind in zip(printed(stream, found), types, strict=True)] == expected


# body, candidate, the verb after it, the verb before it
VERBS = [
    ("subject and verb", "Then Ida Roe said no.", "Ida Roe", "said", None),
    ("auxiliaries and adverbs between", "Then Ida Roe has also often said no.", "Ida Roe", "said", None),
    ("an apposition between", "Ida Roe, the mayor of the port, said no.", "Ida Roe", "said", None),
    ("brackets between", "Then Ida Roe (D-Ore.) said no.", "Ida Roe", "said", None),
    ("a phrase of the noun between", "Then a spokesman for the port said no.", "a spokesman", "said", None),
    ("the verb before its subject", "So said Ida Roe.", "Ida Roe", None, "said"),
    ("nouns between verb and name", "So said the actor Ida Roe.", "Ida Roe", None, "said"),
    ("who is told", "Quill told Ida Roe no.", "Ida Roe", None, "told"),
    ("the next sentence's verb is not its own", "Then came Ida Roe. Said nobody.", "Ida Roe", None, "came"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "candidate", "after", "before"), [case[1:] for case in VERBS], ids=[case[0] for case in VERBS]
)
def test_the_verb_whose_subject_it_may_be(body: str, candidate: str, after: str | None, before: str | None) -> None:
    stream, found = candidates_of(body)
    words = words_of(stream)
    row = printed(stream, found).index(candidate)
    verbs = [int(column[row]) for column in (found.verb_after, found.verb_before)]
    assert [words[verb] if verb >= 0 else None for verb in verbs] == [after, before]


def test_mentions_of_one_surname_are_counted_within_their_article() -> None:
    _, found = candidates_of("Then Ida Roe met Quill. Roe left.", "Then Roe left.")
    assert found.named.tolist() == [2, 1, 2, 1]
    assert found.order.tolist() == [0, 0, 1, 0]


@pytest.mark.parametrize(
    "body", ["", "=" * 500, "Roe " * 500, "Ida Roe, Jr., of & de la " * 100, "said the " * 200, "I " * 500]
)
def test_there_is_room_for_whatever_may_be_a_speaker(body: str) -> None:
    stream, found = candidates_of(body, "Then Ida Roe left.")
    assert printed(stream, found)[-1] == "Ida Roe"


WORDS = st.sampled_from(
    ["Ida", "Roe", "de", "of", "said", "the", "mayor", ",", ".", "who", "&", "Jr.", "“No”", "'s", "船", "\n", "="]
)


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_candidates_are_ranges_of_tokens_around_their_heads(body: str) -> None:
    stream, found = candidates_of(body, "Then Ida Roe left.")
    assert ((found.starts <= found.heads) & (found.heads < found.ends) & (found.ends <= len(stream.starts))).all()
    assert (stream.article[found.starts] == stream.article[found.ends - 1]).all()
    assert (np.diff(found.heads) > 0).all()
