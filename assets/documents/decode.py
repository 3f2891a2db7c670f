"""From bytes to text: byte order marks, UTF-8, UTF-16, what the document declares, Windows-1252, then statistics."""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from assets.documents.source import SourceError

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Control characters that no text holds; tab, line feed, form feed, return and escape (ISO-2022) are left out.
_CONTROLS = bytes(i for i in range(32) if i not in b"\t\n\x0b\f\r\x1b") + b"\x7f"
_MAX_CONTROL_SHARE = 0.005
_FEW_CONTROLS, _MAX_FEW_SHARE = 8, 0.02  # strays in a short text
_SAMPLE_BYTES = 64 * 1024
# In Latin script, only a letter, an apostrophe, a hyphen or a dash comes between two letters; what decodes to anything
# else there was written in another encoding.
_IMPLAUSIBLE_LATIN = re.compile("[A-Za-z][^\x00-\x7fÀ-ÖØ-öø-ſƒ’‘“”„‚…–—\xa0\xad·´‹›«»•™®°ºª][A-Za-z]|[\x80-\x9f\ufffd]")
# Latin encodings in the order they are tried: western, central European (twice), Baltic.
_LATIN = ("cp1252", "cp1250", "iso8859-2", "cp1257")
_MAX_LATIN_HIGH_SHARE = 0.2
_MAX_IMPLAUSIBLE_SHARE = 0.05
_WESTERN = ("cp1252", "cp1258", "latin_1", "iso8859_15", "cp850", "cp437", "cp858", "mac_roman", "cp1254", "iso8859_9")
_FIRST_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_CHARACTER = re.compile("[^\x00-\x7f]")
# How Python marks a byte that is not UTF-8, and the character it is in Windows-1252.
_ESCAPED = re.compile("[\udc80-\udcff]")
_ESCAPED_TO_CP1252 = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding it was read in."""

    text: str
    encoding: str


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode a whole document; ``declared`` is what its header says (HTML meta, XML declaration, HTTP).

    Raises ``SourceError`` with reason ``binary`` where the bytes are not text. Stray NULs are dropped.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            return Decoded(_without_nul(text), encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    else:
        # A declared multi-byte encoding of escapes only (ISO-2022-JP) is valid ASCII too.
        if b"\x1b" not in data and _is_text(data):
            return Decoded(_without_nul(text), "utf-8")
    wide = _utf16_without_mark(data)
    if wide is not None:
        return wide
    if not _is_text(data):
        raise SourceError("binary", "the bytes are not text in any encoding; remove the file or convert it to text")
    for attempt in (_as_declared(data, declared), as_mixed(data), _as_latin(data), _as_statistics_say(data)):
        if attempt is not None:
            return attempt
    if text:
        return Decoded(_without_nul(text), "utf-8")
    raise SourceError("unreadable", "no character encoding fits these bytes; save the file as UTF-8")


def sniff_encoding(head: bytes) -> str:
    """The encoding of a stream by its first bytes (the end may be cut within a character); ``utf-8`` where in doubt."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return encoding
    wide = _utf16_without_mark(head[: len(head) // 2 * 2])
    if wide is not None:
        return wide.encoding
    if not _FIRST_HIGH.search(head):
        return "utf-8"
    try:
        encoding = decode(head[: len(head) - _cut_character(head)]).encoding.split("+")[0]
    except SourceError:
        return "utf-8"
    # Where a line is UTF-8, so is the file, and other lines were put into it.
    return "utf-8" if encoding in _LATIN and any(map(_is_beyond_ascii_utf8, head.split(b"\n"))) else encoding


def _is_beyond_ascii_utf8(line: bytes) -> bool:
    try:
        return not line.isascii() and bool(line.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _cut_character(head: bytes) -> int:
    """Bytes of an incomplete UTF-8 character at the end."""
    for back in range(1, min(4, len(head)) + 1):
        byte = head[-back]
        if byte < 0x80:
            return 0
        if byte >= 0xC0:
            return back if back < (2 if byte < 0xE0 else 3 if byte < 0xF0 else 4) else 0
    return 0


def is_text(data: bytes) -> bool:
    """Whether these bytes could be text in some encoding."""
    return (
        _is_text(data) or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or bool(_utf16_without_mark(data))
    )


def _is_text(data: bytes) -> bool:
    sample = data[:_SAMPLE_BYTES]
    n_controls = len(sample) - len(sample.translate(None, _CONTROLS))
    few = n_controls <= _FEW_CONTROLS and n_controls <= _MAX_FEW_SHARE * len(sample)
    return n_controls <= _MAX_CONTROL_SHARE * len(sample) or n_controls == 1 or few


def _without_nul(text: str) -> str:
    return text.replace("\x00", "") if "\x00" in text else text


def _utf16_without_mark(data: bytes) -> Decoded | None:
    sample = data[:_SAMPLE_BYTES]
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    many, few, encoding = (second, first, "utf-16-le") if second > first else (first, second, "utf-16-be")
    # Spaces and line ends alone put a NUL in every tenth character or so of any script that has them.
    if many < 0.03 * (len(sample) / 2) or few > 0.02 * many:
        return None
    try:
        text = data[: len(data) // 2 * 2].decode(encoding)
    except UnicodeDecodeError:
        return None
    n_odd = sum(not (c.isprintable() or c in "\n\r\t\f\ufeff") for c in text[:4000])
    return Decoded(text, encoding) if n_odd <= 0.01 * min(len(text), 4000) else None


def _as_declared(data: bytes, declared: str | None) -> Decoded | None:
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
        # What is called Latin-1 on the web is Windows-1252 (WHATWG Encoding Standard).
        name = "cp1252" if name in ("iso8859-1", "ascii") else name
        if name.startswith(("utf-8", "utf-16", "utf-32")):
            return None
        return Decoded(_without_nul(data.decode(name)), name)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def as_mixed(data: bytes) -> Decoded | None:
    """UTF-8 with some bytes of Windows-1252 between, as when files were pasted together."""
    text = data.decode("utf-8", "surrogateescape")
    n_wrong = len(_ESCAPED.findall(text))
    n_good = len(_HIGH_CHARACTER.findall(text)) - n_wrong
    return Decoded(_without_nul(mended(text)), "utf-8+cp1252") if n_good >= n_wrong else None


def mended(text: str) -> str:
    """UTF-8 that was decoded with ``surrogateescape``: bytes that fitted nowhere are read as Windows-1252."""
    return text.translate(_ESCAPED_TO_CP1252) if _ESCAPED.search(text) else text


def _as_latin(data: bytes) -> Decoded | None:
    sample = data[:_SAMPLE_BYTES]
    n_high = len(_FIRST_HIGH.findall(sample))
    if n_high > _MAX_LATIN_HIGH_SHARE * len(sample):
        return None
    for encoding in _LATIN:
        if len(_IMPLAUSIBLE_LATIN.findall(sample.decode(encoding, "replace"))) <= _MAX_IMPLAUSIBLE_SHARE * n_high:
            return Decoded(_without_nul(data.decode(encoding, "replace")), encoding)
    return None


def _as_statistics_say(data: bytes) -> Decoded | None:
    # Western encodings have been found implausible by now; statistics alone prefer them too often.
    best = from_bytes(data[: 4 * _SAMPLE_BYTES], cp_exclusion=list(_WESTERN)).best()
    if best is None:
        return None
    try:
        return Decoded(_without_nul(data.decode(best.encoding, "replace")), best.encoding.replace("_", "-"))
    except LookupError:
        return None
