"""Text comes out right whatever it was written in."""

import codecs
from collections.abc import Callable

import pytest
from document_reading import Outcome
from hypothesis import given
from hypothesis import strategies as st

from assets.documents.decode import decode, sniff_encoding
from assets.documents.source import SourceError

Read = Callable[..., Outcome]
ENGLISH = (
    "“We have waited four winters – no, five,” Ada Brennick said; she’d paid £20 at the Café Möwe.\nNobody answered.\n"
)
RUSSIAN = (
    "Мэр Нортгейта заявил в пятницу, что мост через гавань откроется в мае. «Мы ждали четыре зимы», — сказала она.\n"
    * 3
)
GREEK = "Ο δήμαρχος είπε την Παρασκευή ότι η γέφυρα του λιμανιού θα ανοίξει τον Μάιο, μετά από τέσσερις χειμώνες.\n" * 3
POLISH = (
    "Burmistrz powiedział w piątek, że most zostanie otwarty w maju. „Czekaliśmy cztery zimy na tę chwilę”, dodała pani Łęcka.\n"
    * 3
)
JAPANESE = "市長は金曜日、港の橋が五月に開通すると述べた。「四度の冬を待った」と市役所で記者団に語った。\n" * 3


@pytest.mark.parametrize(
    ("text", "written_in", "told"),
    [
        (ENGLISH, "utf-8", "utf-8"),
        (ENGLISH, "utf-8-sig", "utf-8"),
        (ENGLISH, "utf-16", "utf-16-le"),
        (ENGLISH, "utf-16-le", "utf-16-le"),
        (ENGLISH, "utf-16-be", "utf-16-be"),
        (ENGLISH, "utf-32", "utf-32-le"),
        (ENGLISH, "cp1252", "cp1252"),
        (RUSSIAN, "utf-16-le", "utf-16-le"),
        (RUSSIAN, "cp1251", "cp1251"),
        (GREEK, "cp1253", "cp1253"),
        (POLISH, "cp1250", "cp1250"),
        (JAPANESE, "utf-8", "utf-8"),
    ],
)
def test_encodings(text: str, written_in: str, told: str) -> None:
    decoded = decode(text.encode(written_in))
    assert (decoded.text, decoded.encoding) == (text, told)


@pytest.mark.parametrize("encoding", ["shift_jis", "euc_jp", "iso2022_jp", "gb18030", "koi8-r", "cp1251", "iso8859-7"])
def test_what_a_document_declares_goes_before_statistics(encoding: str) -> None:
    text = {
        "koi8-r": RUSSIAN.replace("«", "").replace("»", "").replace("—", "-"),
        "cp1251": RUSSIAN,
        "iso8859-7": GREEK,
    }.get(encoding, JAPANESE)
    assert decode(text.encode(encoding), encoding).text == text


def test_a_wrong_declaration_of_utf8_does_no_harm() -> None:
    assert decode(ENGLISH.encode("cp1252"), "utf-8").text == ENGLISH
    assert decode(ENGLISH.encode(), "iso-8859-1").text == ENGLISH


def test_pieces_in_two_encodings_are_both_read() -> None:
    mixed = ENGLISH.encode() * 3 + ENGLISH.encode("cp1252")
    decoded = decode(mixed)
    assert (decoded.text, decoded.encoding) == (ENGLISH * 4, "utf-8+cp1252")


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_head_cut_within_a_character_is_still_utf8(cut: int) -> None:
    assert sniff_encoding((JAPANESE.encode() * 5)[:-cut]) == "utf-8"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    text = text.removeprefix("\ufeff")
    assert decode(text.encode()).text == text


@given(st.binary())
def test_any_bytes_are_text_or_a_reason(data: bytes) -> None:
    decoded, reason = None, None
    try:
        decoded = decode(data)
    except SourceError as error:
        reason = error.reason
    assert reason in ("binary", "unreadable") if decoded is None else codecs.lookup(decoded.encoding.partition("+")[0])


def test_a_page_in_the_encoding_of_its_meta_element(read: Read) -> None:
    page = f'<!DOCTYPE html><html><head><meta charset="windows-1251"></head><body><p>{RUSSIAN}</p></body></html>'
    outcome: Outcome = read("a.html", page.encode("cp1251"))
    assert RUSSIAN.split("\n")[0] in str(outcome.document["content"])
    assert outcome.document["encoding"] == "cp1251"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.json"])
def test_records_in_any_encoding(read: Read, name: str, encoding: str) -> None:
    line = ENGLISH.strip().replace("\n", " ")
    written = {"a.csv": f'title,text\nBrücke,"{line}"\n', "a.jsonl": f'{{"title": "Brücke", "text": "{line}"}}\n'}
    content = written.get(name, "[" + written["a.jsonl"] + "]")
    outcome: Outcome = read(name, content.encode(encoding))
    assert (outcome.document["title_hint"], outcome.document["content"]) == ("Brücke", line)
