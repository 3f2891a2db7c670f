"""Hard-wrapped text becomes paragraphs again; text that is not wrapped stays as it is."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.articles.lines.clean import clean_text
from assets.articles.lines.wrap import join_lines, paragraph_spans, unwrapped

SENTENCE = (
    "The harbour council of Velm voted on Tuesday to rebuild the old ferry pier before the winter storms arrive. "
)
PARAGRAPHS = [SENTENCE * 3, SENTENCE * 2 + "Nobody objected.", SENTENCE * 4]


def paragraphs(text: str) -> list[str]:
    lines = text.splitlines()
    return [join_lines(lines[start:end]) for start, end in paragraph_spans(lines)]


@pytest.mark.parametrize("width", [60, 66, 72, 78, 80, 90])
def test_wrapped_paragraphs_are_rejoined(width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS)
    assert paragraphs(wrapped) == [paragraph.strip() for paragraph in PARAGRAPHS]


def test_indented_paragraphs_are_told_apart_without_blank_lines() -> None:
    wrapped = "\n".join(textwrap.fill(paragraph, 72, initial_indent="   ") for paragraph in PARAGRAPHS)
    assert paragraphs(wrapped) == [paragraph.strip() for paragraph in PARAGRAPHS]


def test_a_line_a_paragraph_stays_so() -> None:
    assert paragraphs("\n".join(PARAGRAPHS)) == [paragraph.strip() for paragraph in PARAGRAPHS]


def test_a_menu_is_not_joined() -> None:
    menu = ["Home", "World", "Politics", "Sport and weather", "Our harbour in pictures", "Sign in", "Contact", "About"]
    assert paragraphs("\n".join(menu)) == menu


def test_a_hyphen_at_the_end_of_a_line_keeps_its_word_together() -> None:
    assert join_lines(["a long-", "term plan"]) == "a long-term plan"
    assert join_lines(["ten years -", "or more"]) == "ten years - or more"


@given(st.text(alphabet=st.sampled_from("ab .-\n\t\u3000é「」"), max_size=400))
def test_every_line_that_is_not_blank_is_in_one_paragraph(text: str) -> None:
    lines = text.splitlines()
    covered = [number for start, end in paragraph_spans(lines) for number in range(start, end) if lines[number].strip()]
    assert covered == [number for number, line in enumerate(lines) if line.strip()]


SYLLABLES = (
    "The har|bour coun|cil of Velm vo|ted on Tues|day to re|build the old fer|ry pier be|fore the win|ter storms ar|rive, "
    'and to ask the mi|nis|try for half of the mo|ney that the work will cost. "We have wai|ted long e|nough," said the '
    'chair|wo|man, Mar|ta Il|ves. "The pier was good e|nough for our grand|mo|thers, and it will be good e|nough for us." '
    "The far-off is|lands have had no boat since a barge struck the pier in a fog. "
)
DEUTSCH = (
    "Der Ha|fen|rat von Velm hat am Diens|tag be|schlos|sen, den al|ten Fähr|an|le|ger noch vor den Win|ter|stür|men neu "
    'zu bau|en. "Wir ha|ben lan|ge ge|nug ge|war|tet", sag|te Mar|ta Il|ves, die dem Rat seit dem Früh|jahr vor|sitzt. '
    "Der An|le|ger ist ge|sperrt, seit ihn im Ne|bel ein Last|kahn ge|rammt hat. "
)


def set_in_column(text: str, width: int) -> list[str]:
    """Lines of a column, filled with hyphens at the marked places as a press fills them."""
    lines = [""]
    for word in text.split():
        pieces = word.split("|")
        for number, piece in enumerate(pieces):
            space = " " if number == 0 and lines[-1] else ""
            hyphen = "-" if number < len(pieces) - 1 else ""
            if len(lines[-1]) + len(space + piece + hyphen) > width:
                if number:
                    lines[-1] += "-"
                lines.append(piece)
            else:
                lines[-1] += space + piece
    return lines


@pytest.mark.parametrize("between", ["", "\n"], ids=["unparted", "blank lines"])
@pytest.mark.parametrize("width", [28, 34, 40, 46, 52, 58])
@pytest.mark.parametrize("text", [SYLLABLES, DEUTSCH], ids=["English", "German"])
def test_a_newspaper_column_becomes_paragraphs(text: str, width: int, between: str) -> None:
    parts = [text, text.replace("Tues", "Thurs"), text]
    column = f"\n{between}".join("\n".join(set_in_column(part, width)) for part in parts)
    whole = " ".join(part.replace("|", "").strip() for part in parts)
    assert " ".join(unwrapped(column.splitlines())[1]) == whole


def test_a_masthead_wider_than_the_column_does_not_hide_it() -> None:
    column = ["THE VELM COURIER. TUESDAY, MAY 4, 1897. PRICE ONE PENNY. THE PIER AND THE FERRY.", ""]
    column += set_in_column(SYLLABLES * 2, 40)
    assert unwrapped(column)[1][1] == (SYLLABLES * 2).replace("|", "").strip()


def test_a_narrow_column_is_the_story() -> None:
    column = "\n".join(set_in_column(SYLLABLES, 36))
    assert clean_text(f"{column}\n\n{column.replace('Velm', 'Karsund')}").body.count("grandmothers") == 2


RUSSIAN = "Портовый совет города Вельм решил во вторник заново построить старый паромный причал до начала зимних штормов, завершив четырёхлетний спор о деньгах."
ARABIC = "قرر مجلس ميناء فيلم يوم الثلاثاء إعادة بناء رصيف العبّارات القديم قبل وصول عواصف الشتاء، منهيًا بذلك جدلًا دام أربع سنوات حول من يدفع التكاليف."
KOREAN = "벨름 항만위원회는 화요일 겨울 폭풍이 오기 전에 낡은 여객선 부두를 다시 짓기로 결정하여 누가 비용을 낼 것인지를 둘러싼 4년간의 논쟁을 끝냈다."


@pytest.mark.parametrize("width", [25, 30])
@pytest.mark.parametrize(
    "text", [SENTENCE.strip(), RUSSIAN, ARABIC, KOREAN], ids=["English", "Russian", "Arabic", "Korean"]
)
def test_a_single_sentence_in_a_column_is_one_paragraph(text: str, width: int) -> None:
    assert paragraphs(textwrap.fill(text, width)) == [text]


def test_a_column_with_a_blank_line_below_each_line_is_one_too() -> None:
    lines = "\n\n".join(textwrap.wrap(PARAGRAPHS[0], 40))
    assert paragraphs(lines) == [PARAGRAPHS[0].strip()]
    cleaned = clean_text(lines)
    assert cleaned.body == PARAGRAPHS[0].strip()
    assert [role.role for role in cleaned.roles if not role.text] == ["blank"] * lines.count("\n\n")


VERSE = """The morning came over the water
And nobody stood on the quay,
The lamps had gone out in the harbour,
The boats had gone out on the sea.

And I, who had promised to wake them,
Had slept through the bell and the gun,
The tide was a road to the islands,
The road was a road to the sun."""
FREE_VERSE = """you asked me
what the harbour was like in winter
and i said
cold
colder than the key in your hand
when you came back from the boat
and there was
no one
in the house and no light on the stair
that we painted green"""
RECIPE = """200 g of flour
two eggs from the market
a pinch of salt
some butter for the tin
a cup of milk
three apples, peeled
sugar to taste
cinnamon, if you like it"""
TABLE = """Velm      12    4    3    5
Lenster   12    6    3    3
Karsund   12    7    1    4
Averley   12    2    2    8
Ostra     12    1    0   11
Brack     12    9    2    1
Marl      12    5    5    2"""
HEADLINES = """Storm takes the roof of the grain hall
Fishermen ask for a longer season
Ten years of the lighthouse museum
Who pays for the pier? A short guide
Mayor of Velm says she is not for sale
Ferry company looks for a new owner
Why the coal quay has no shelter yet
Four ways to cross the river in winter"""


@pytest.mark.parametrize(
    "text",
    [VERSE, FREE_VERSE, f"{FREE_VERSE}.", RECIPE, TABLE, HEADLINES],
    ids=["verse", "free verse", "free verse with a stop", "recipe", "table", "headlines"],
)
def test_lines_that_are_meant_as_lines_stay_so(text: str) -> None:
    assert unwrapped(text.splitlines())[1] == [line.strip() for line in text.splitlines() if line]


@pytest.mark.parametrize(
    ("lines", "words", "joined"),
    [
        (["the secre-", "tary"], "", "the secretary"),
        (["a well-", "known man"], "a well-known face", "a well-known man"),
        (["the ferry-", "boat"], "the ferry and the boat", "the ferry-boat"),
        (["the ferry-", "boat"], "the ferryboat, the ferry and the boat", "the ferryboat"),
        (["Anglo-", "French"], "", "Anglo-French"),
        (["COR-", "RESPONDENT"], "", "CORRESPONDENT"),
        (["soft\u00ad", "ware"], "", "software"),
        (["ten years -", "or more"], "", "ten years - or more"),
    ],
)  # fmt: skip
def test_a_hyphen_goes_where_the_press_put_it(lines: list[str], words: str, joined: str) -> None:
    own = frozenset(words.replace(",", "").split())
    assert join_lines(lines, own) == joined
