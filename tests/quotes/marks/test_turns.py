"""Transcripts and interviews: whose turn it is."""

import pytest

from assets.quotes.marks.blocks import find_blocks

TRANSCRIPT = (
    "Interview With Harbour Chief Ida Holm. Aired 10-11a ET\n\nTHIS IS A RUSH TRANSCRIPT.\n\n"
    "CLARA PENN, HOST: Good morning. How long will it last?\n\n"
    "IDA HOLM, HARBOUR CHIEF: A week, Clara, maybe longer.\n\nThe pumps were under water.\n\n"
    "PENN: A week?\n\nHOLM: At least.\n\n(BEGIN VIDEO CLIP)\n\n"
    "GOV. CONRAD LUND (I), HULL BAY: We are doing all we can.\n\n(END VIDEO CLIP)\n\n"
    "NORA VALE, LIVES IN HULL BAY (via telephone): Nobody has come.\n\nPENN: Thank you both.\n\n"
    "TO ORDER A COPY, PLEASE CALL."
)


def test_a_post_after_the_name_opens_a_turn_and_the_surname_alone_is_the_same_person() -> None:
    found = [(TRANSCRIPT[b.start : b.end], b.name) for b in find_blocks(TRANSCRIPT)]
    assert found == [
        ("Good morning. How long will it last?", "Clara Penn"),
        ("A week, Clara, maybe longer.", "Ida Holm"),
        ("The pumps were under water.", "Ida Holm"),
        ("A week?", "Clara Penn"),
        ("At least.", "Ida Holm"),
        ("We are doing all we can.", "Conrad Lund"),
        ("Nobody has come.", "Nora Vale"),
        ("Thank you both.", "Clara Penn"),
    ]


INTERVIEW = (
    "Ida Holm, 58, leaves the harbour in May. We met on the quay.\n\n"
    "You said you would stay two years. What happened?\n\nThe silt happened. I could not leave.\n\n"
    "And the strike?\n\nThat was the worst month of my life.\n\nIt ended.\n\n"
    "Do you regret anything?\n\nThe dredger. We bought the wrong one.\n\n"
    "Conrad Lund, what will you change?\n\nConrad Lund: The dredger.\n\n"
    "This interview has been edited for length."
)


def test_questions_on_lines_of_their_own_make_an_interview() -> None:
    found = [
        (INTERVIEW[b.start : b.end], INTERVIEW[b.speaker_start : b.speaker_end] if b.speaker_start >= 0 else None)
        for b in find_blocks(INTERVIEW)
    ]
    assert found == [
        ("The silt happened. I could not leave.", None),
        ("That was the worst month of my life.", None),
        ("It ended.", None),
        ("The dredger. We bought the wrong one.", None),
        ("The dredger.", "Conrad Lund"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "What is a gate?\n\nA gate shuts.\n\nWhat is a lock?\n\nA lock lifts.\n\nWhat is silt?\n\nSilt sinks.",
        "Where were you?\n\nThe port met on Monday. It will meet again.\n\nI was there.",
        "Ida Holm: 1,200\nConrad Lund: 900\nHolm: 40\nLund: 12",
    ],
    ids=["answers to readers", "one question", "a list of figures"],
)
def test_no_conversation(body: str) -> None:
    assert find_blocks(body) == []


@pytest.mark.parametrize(
    "line", ["The mayor deleted her post, and Holm wrote another one later:", "Holm was angry that the bridge was shut"]
)
def test_the_reporters_sentence_above_a_signature_is_no_post(line: str) -> None:
    assert find_blocks(f"The bridge was shut.\n{line}\n— Ida Holm (@idaholm) March 3, 2031\nThe port met.") == []
