"""Several articles in one file, in a form that no reader knows, are reported; a lookalike stays one document."""

from collections.abc import Callable

import document_samples as samples
import pytest
from document_reading import Outcome

Read = Callable[..., Outcome]

PARAGRAPH = (
    "The harbour board of Northgate decided on Monday that the wall which fell in January will be rebuilt by the autumn, "
    "and that the town will pay for a third of it."
)
BODY = "\n\n".join([PARAGRAPH] * 4)
HEADLINES = [
    "Wall to be rebuilt",
    "Ferry strike ends",
    "Storm closes the quay",
    "Rates to climb in summer",
    "Bell cast anew",
]
DAYS = [f"{day} March 2026" for day in range(3, 8)]


def stories(between: str, head: str, n_stories: int = 3) -> str:
    return between.join(
        head.format(number=number, headline=headline, day=day, iso=f"2026-03-0{number + 2}") + f"\n\n{BODY}\n"
        for number, headline, day in zip(range(1, n_stories + 1), HEADLINES, DAYS, strict=False)
    )


BUNDLES = {
    "a rule between two": stories(f"\n{'-' * 40}\n\n", "{headline}\n\nQuay Post\n{day}", 2),
    "a rule between, the outlet with the date": stories(f"\n{'=' * 9}\n", "{headline}\nQuay Post, {day}, p. 4"),
    "a rule between, the date above": stories("\n* * *\n", "{day}\n{headline}\nBy Jo Halloran"),
    "marks of the wire": stories("\n###\n", "{headline}\nBy Jo Halloran\n{day}"),
    "labels": stories("\n", "Headline: {headline}\nSource: Quay Post\nDate: {iso}", 2),
    "labels in German": stories("\n", "Titel: {headline}\nQuelle: Quay Post\nDatum: {iso}"),
    "labels with the text": stories("\n", "TITLE: {headline}\nAUTHOR: Jo Halloran\nDATE: {iso}\nTEXT:"),
    "a count": stories("\n", "Article {number} of 3\n\n{headline}"),
    "a count in French": stories("\n", "Document {number} sur 3\n\n{headline}"),
    "nothing but headline, outlet and date": stories("\n", "{headline}\nQuay Post\n{day}"),
}
LIVE = "\n\n".join(f"{headline}\n4 March 2026, 10:1{n} GMT\n\n{BODY}" for n, headline in enumerate(HEADLINES))
SINGLE = {
    "an article": f"{HEADLINES[0]}\nBy Jo Halloran\n{DAYS[0]}\n\n{BODY}",
    "with related headlines": f"{HEADLINES[0]}\nQuay Post\n{DAYS[0]}\n\n{BODY}\n\nRelated\n\n"
    + "\n\n".join(f"{headline}\nQuay Post\n{day}" for headline, day in zip(HEADLINES, DAYS, strict=True)),
    "a live blog": "Storm: live\n\n" + "\n\n".join(f"10:1{n}\n{headline}\n{PARAGRAPH}\n{PARAGRAPH}" for n, headline in enumerate(HEADLINES)),
    "a live blog with dates": LIVE,
    "a live blog with rules": LIVE.replace(f"\n\n{HEADLINES[1]}", f"\n-----\n{HEADLINES[1]}").replace(f"\n\n{HEADLINES[2]}", f"\n-----\n{HEADLINES[2]}"),
    "a transcript": "\n".join(f"HOST: {PARAGRAPH}\nGUEST: {PARAGRAPH}" for _ in range(8)),
    "a newsletter": "Morning briefing\n4 March 2026\n\n" + "\n-----\n".join(f"{headline}\n\n{PARAGRAPH}" for headline in HEADLINES),
    "a long read": "\n\n* * *\n\n".join(f"{headline}\n\n{BODY}" for headline in HEADLINES),
    "a chronicle": "Five days in March\n\n" + "\n\n".join(f"{day}\n\n{BODY}" for day in DAYS),
    "a trial by its days": "\n\n".join(f"Day {n}: {headline}\n{day}\n\n{BODY}" for n, (headline, day) in enumerate(zip(HEADLINES, DAYS, strict=True))),
    "a ranking": "\n\n".join(f"{n}. {headline}\n\n{PARAGRAPH}" for n, headline in enumerate(HEADLINES, start=1)),
    "what is on": "\n\n".join(f"Title: {headline}\nDate: {day}\nPlace: Town hall" for headline, day in zip(HEADLINES, DAYS, strict=True)),
    "letters": "\n-----\n".join(f"{headline}\n\n{PARAGRAPH}\n\nJo Halloran, Northgate" for headline in HEADLINES),
    "a scan with its pages": "\n".join(f"Page {n} of 3\n{BODY}" for n in (1, 2, 3)),
}  # fmt: skip


def as_page(text: str) -> str:
    blocks = (f"<p>{line}</p>" if line.strip("-") else "<hr>" for line in text.split("\n") if line)
    return f"<html><head><title>Export</title></head><body>{''.join(blocks)}</body></html>"


@pytest.mark.parametrize("name", BUNDLES)
@pytest.mark.parametrize("kind", ["txt", "docx"])
def test_several_articles_in_one_file_are_reported_with_advice(read: Read, name: str, kind: str) -> None:
    text = BUNDLES[name]
    reject = read(f"export.{kind}", samples.word(text.split("\n")) if kind == "docx" else text).reject
    assert reject["reason"] == "unknown_bundle"
    assert "docs/formats.md" in str(reject["detail"])


@pytest.mark.parametrize("name", ["a rule between two", "labels", "a count"])
def test_several_articles_on_one_page_are_told(read: Read, name: str) -> None:
    assert read("export.html", as_page(BUNDLES[name])).reject["reason"] == "unknown_bundle"


@pytest.mark.parametrize("name", SINGLE)
@pytest.mark.parametrize("kind", ["txt", "html", "docx"])
def test_repeats_within_one_story_are_not_a_bundle(read: Read, name: str, kind: str) -> None:
    text = SINGLE[name]
    content = {"txt": text, "html": as_page(text), "docx": samples.word(text.split("\n"))}[kind]
    assert read(f"story.{kind}", content).document["format"] in ("text", "html", "docx")
