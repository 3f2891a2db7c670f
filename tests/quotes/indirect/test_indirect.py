"""Indirect speech: the shapes in which a reporter tells what somebody said."""

import itertools
import json
import pickle
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.quotes.indirect.model import MODEL_PATH
from assets.quotes.indirect.spans import IndirectSpan, find_indirect, find_indirect_batch, trim
from assets.quotes.marks.spans import find_marked_spans
from benchmarks.indirect import by_tagger, score

# [content] <cue> {speaker}
SHAPES = {
    "subject and verb": "{Mayor Ida Holm} <said> [the harbour would stay open until May].",
    "that belongs to it": "{The ministry} <said> [that no more than forty boats may leave the port].",
    "at the end": "[The bridge will close for two weeks in August], {the county} <said>.",
    "at the end, verb first": "[The fire began in the kitchen of a bakery], <said> {Fire Chief Otto Brandt}.",
    "in the middle": "[The old car ferry], {officials} <said>, [was carrying more than 200 passengers when it sank].",
    "according to, first": "<According to> {the coroner}, [the skipper had been dead for two days].",
    "according to, last": "[Fish prices have doubled since last winter], <according to> {a report by the Port Council}.",
    "addressee": "{Nora Lund} <told> reporters on Tuesday [that she would not run again].",
    "to do": "{The company} <promised> [to repay every customer by the end of the year].",
    "calls for": "{The senator} has <called> for [an inquiry into the sale of the shipyard].",
    "passive": "{Mr. Lund} <was accused> of [taking money from the harbour fund].",
    "negated": "{She} <denied> [having met the contractor before the vote].",
    "noun": "The court rejected {Tarn’s} <claim> [that the vote was rigged].",
    "participle": "{The board} voted against the plan, <arguing> [that it would cost too much].",
    "question": "{Reporters} <asked> [whether the plant would reopen].",
    "fragment within": "{Anna Bright} <said> [the plan was “a disaster” for farmers in the valley].",
    "fragment at the end": "{The union} <warned> [that the cuts would be “felt in every home”].",
    "two in a row": "{Lund} <said> [the plan was dead]. {She} <added> [that no other would follow].",
    "long subject": "{Per Aasen, 61, a retired teacher who lives near the quay}, <said> [he had heard two shots].",
    "modal": "{The lawyer} <would> not <say> [whether the two had met].",
    "tweets": "{Governor Ruth Vance} <tweeted> [that schools would open on Monday].",
    "pronoun": "The road is closed. {He} <added> [that it would stay so for a week].",
}


def parse(marked: str) -> tuple[str, list[str], list[str], list[str]]:
    contents, cues, speakers = (re.findall(pattern, marked) for pattern in (r"\[(.*?)\]", r"<(.*?)>", r"\{(.*?)\}"))
    return re.sub(r"[\[\]<>{}]", "", marked), contents, cues, [re.sub("[<>]", "", speaker) for speaker in speakers]


def marks_of(text: str) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in find_marked_spans(text) if span.level == 0]


def found(text: str) -> list[IndirectSpan]:
    return find_indirect(text, marks_of(text))


def plain(text: str) -> str:
    return text.strip(" .,;:“”\"'’")


@pytest.mark.parametrize("marked", SHAPES.values(), ids=SHAPES)
def test_the_content_of_a_report(marked: str) -> None:
    text, contents, _, _ = parse(marked)
    assert [plain(text[span.start : span.end]) for span in found(text)] == [plain(content) for content in contents]


@pytest.mark.parametrize("marked", SHAPES.values(), ids=SHAPES)
def test_the_cue_and_who_speaks(marked: str) -> None:
    text, _, cues, speakers = parse(marked)
    for span in found(text):
        assert text[span.cue_start : span.cue_end] in " ".join(cues)
        assert span.speaker_start is not None
        assert set(text[span.speaker_start : span.speaker_end].split()) <= set(
            " ".join(speakers).replace(",", " ,").split()
        ) | {","}


NOT_REPORTED = {
    "direct": "“The harbour stays open,” the mayor said.",
    "direct, cue first": "Nora Lund said: “We shall see what the court decides.”",
    "narrative": "The boats left the port at dawn and came back with nothing.",
    "title of a work": "The museum will show “The Last Herring” until the end of June.",
    "empty": "",
    "blank": " \n\n ",
    "too short": "The mayor denied it.",
}


@pytest.mark.parametrize("text", NOT_REPORTED.values(), ids=NOT_REPORTED)
def test_what_is_not_indirect_speech(text: str) -> None:
    assert found(text) == []


def test_offsets_are_code_points() -> None:
    text = "😀 Ødegård sa lite. The mayor said the harbour would stay open."
    assert [text[span.start : span.end] for span in found(text)] == ["the harbour would stay open"]


def test_the_span_around_a_fragment_contains_it_whole() -> None:
    text = "The minister said the talks were “long, hard and, in the end, fruitful” and would go on."
    (span,), ((start, end),) = found(text), marks_of(text)
    assert span.start < start
    assert end <= span.end


WORDS = st.sampled_from(
    [
        *[
            "The",
            "mayor",
            "said",
            "that",
            "he",
            "told",
            "reporters",
            "according",
            "to",
            ",",
            ".",
            "“",
            "”",
            '"',
            "'",
            "’",
            ":",
            ";",
            "(",
            ")",
            "—",
            "it",
            "was",
            "not",
            "claims",
            "Mr.",
            "U.S.",
            "5,000",
            "$3",
            "and",
        ],
        *["but", "denied", "asking", "whether", "é", "日本", "😀", "’s", "‘", "…", "-", "Lund", "“a", "b”", "''", "``"],
        "\n",
        "\n\n",
        "\t",
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_gives_spans_inside_it_in_order_without_overlaps(text: str) -> None:
    marks = [trim(text, start, end) for start, end in marks_of(text)]
    spans = found(text)
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert 0 <= span.cue_start < span.cue_end <= len(text)
        assert 0 <= span.confidence <= 1
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        for start, end in marks:
            assert not (span.start < start < span.end < end)
            assert not (start < span.start < end < span.end)
        if span.speaker_start is not None and span.speaker_end is not None:
            assert 0 <= span.speaker_start < span.speaker_end <= len(text)
    for left, right in itertools.pairwise(spans):
        assert left.end <= right.start


@settings(max_examples=30, deadline=None)
@given(st.lists(TEXTS, max_size=5))
def test_a_batch_gives_what_each_text_gives_alone(texts: list[str]) -> None:
    marks = [marks_of(text) for text in texts]
    together = find_indirect_batch(texts, marks)
    assert together == [find_indirect(text, spans) for text, spans in zip(texts, marks, strict=True)]
    assert together[::-1] == find_indirect_batch(texts[::-1], marks[::-1])


def test_spans_in_any_order_give_the_same() -> None:
    text = "Lund said the “plan” was “a disaster” for farmers."
    assert find_indirect(text, marks_of(text)) == find_indirect(text, marks_of(text)[::-1])


def test_functions_and_results_can_be_pickled() -> None:
    text = "The mayor said the harbour would stay open."
    assert pickle.loads(pickle.dumps(find_indirect))(text, []) == pickle.loads(pickle.dumps(found(text)))


def test_a_marked_span_outside_the_text_is_named() -> None:
    with pytest.raises(ValueError, match="4:99 lies outside a text of 5"):
        find_indirect("short", [(4, 99)])


def test_the_model_file_is_small() -> None:
    assert MODEL_PATH.stat().st_size < 6_000_000


def test_labelled_reports_of_unseen_articles_are_found(shared: Path) -> None:
    folder = shared / "eval"
    gold = folder / "quotes" / "polnear_dev.jsonl"
    documents = [json.loads(line) for line in gold.open(encoding="utf-8")]
    predicted = {document["doc_id"]: by_tagger(document["text"]) for document in documents}
    result = score(folder / "score_quotes.py", gold, predicted, "--types", "mixed,indirect")
    assert result["overlap"]["F1"] >= 79
    assert result["exact"]["F1"] >= 68
    assert result["joint_mention"]["F1"] >= 74
