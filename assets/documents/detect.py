"""What a source is, by its first bytes; the name decides only between what the bytes leave open."""

from assets.documents.decode import decode
from assets.documents.format import Format
from assets.documents.head import Head
from assets.documents.source import Source, SourceError

# Files that aren't news text, by their first bytes: what they are and what to do about them.
KNOWN_BINARIES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"ID3", "an MP3 sound file"),
    (b"OggS", "an Ogg media file"),
    (b"\x1aE\xdf\xa3", "a Matroska video"),
    (b"SQLite format 3", "a SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
UNSUPPORTED: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office file; save it as .docx or as text"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive; pack it as .zip or .tar.gz"),
    (b"Rar!", "a RAR archive; pack it as .zip or .tar.gz"),
)


def detect(source: Source, formats: tuple[Format, ...]) -> Format:
    """The first format of the registry that knows these bytes; raises ``SourceError`` where there is none."""
    head = Head(source.head, source.name)
    if not head.data:
        # An error of the stream at its very first byte is reported rather than "empty".
        source.stream.peek(1)
        raise SourceError("empty", "the file is empty; remove it or fetch it again")
    for magic, what in KNOWN_BINARIES:
        # Few bytes of an image may pass for text; a magic of letters may open a sentence, so it is asked after the formats.
        if not magic.isalnum() and head.data.startswith(magic):
            raise SourceError("binary", f"this is {what}, no text; remove it")
    for found in formats:
        if found.matches(head):
            return found
    for magic, what in UNSUPPORTED:
        if head.data.startswith(magic):
            raise SourceError("unsupported", f"this is {what}")
    for magic, what in KNOWN_BINARIES:
        if head.data.startswith(magic):
            raise SourceError("binary", f"this is {what}, no text; remove it")
    if head.root:
        raise SourceError(
            "unsupported", f"XML with the root element <{head.root}> is not a known news format; convert it to JSONL"
        )
    if not head.text:
        decode(head.data)
    raise SourceError("unsupported", "no reader knows this format; convert it to text, HTML or JSONL")
