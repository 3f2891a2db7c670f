"""Files as the world writes them, about an invented town; each is built after its format's public specification."""

import gzip
import io
import json
import tarfile
import zipfile
from textwrap import dedent

import docx
import pyarrow as pa
import pyarrow.parquet as pq
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

STORY = (
    "The mayor of Northgate said on Friday that the harbour bridge would open in May.\n"
    "“We have waited four winters for this,” Ada Brennick told reporters at the town hall."
)
FIRST, SECOND = STORY.split("\n")

PAGE = dedent(
    f"""\
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8"><title>Bridge to open in May</title></head>
    <body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
    <article><h1>Bridge to open in May</h1><p>{FIRST}</p><p>{SECOND}</p></article></body></html>
    """
)


def pdf(*pages: list[str]) -> bytes:
    """A PDF with these lines of text on each page, in a built-in font."""
    pages = pages or ([],)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for lines in pages:
        escaped = [line.replace("(", r"\(").replace(")", r"\)") for line in lines]
        shown = " ".join(f"({line}) Tj 0 -14 Td" for line in escaped)
        stream = f"BT /F1 11 Tf 50 780 Td {shown} ET".encode("cp1252")
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            % (len(objects) + 2),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    out, offsets = io.BytesIO(b""), []
    out.write(b"%PDF-1.4\n")
    for number, content in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def word(paragraphs: list[str]) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def warc(
    pages: dict[str, bytes], gz: bool = False, status: str = "200 OK", kind: str = "text/html; charset=utf-8"
) -> bytes:
    """A crawl: a warcinfo record, and a request and a response for each page."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gz)
    writer.write_record(writer.create_warcinfo_record("crawl.warc", {"software": "test"}))
    for url, page in pages.items():
        asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "northgate.example")], is_http_request=True)
        writer.write_record(writer.create_warc_record(url, "request", http_headers=asked))
        answered = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(page), http_headers=answered))
    return out.getvalue()


def arc(url: str, page: bytes) -> bytes:
    """Version 1 of the Internet Archive's ARC format."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    about = b"1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n"
    first = b"filedesc://crawl.arc 0.0.0.0 20250314101500 text/plain %d\n%s\n" % (len(about), about)
    return first + b"%s 192.0.2.1 20250314101500 text/html %d\n%s\n" % (url.encode(), len(answer), answer)


def archive(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return out.getvalue()


def tarball(members: dict[str, bytes], mode: str = "w:gz") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as packed:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            packed.addfile(info, io.BytesIO(content))
    return out.getvalue()


def parquet(rows: list[dict[str, object]]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out)
    return out.getvalue()


def jsonl(rows: list[dict[str, object]]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


MHTML = dedent(
    """\
    From: <Saved by Blink>
    Snapshot-Content-Location: https://northgate.example/bridge
    Subject: =?utf-8?Q?Bridge=20to=20open=20in=20May?=
    Date: Mon, 17 Mar 2025 09:00:00 +0000
    MIME-Version: 1.0
    Content-Type: multipart/related; type="text/html"; boundary="--cut--"


    ----cut--
    Content-Type: text/css
    Content-Location: https://northgate.example/site.css

    p { color: red }
    ----cut--
    Content-Type: text/html; charset=utf-8
    Content-Transfer-Encoding: 8bit
    Content-Location: https://northgate.example/bridge

    {page}
    ----cut----
    """
).replace("{page}", PAGE)

EMAIL = dedent(
    """\
    Return-Path: <news@herald.example>
    From: =?utf-8?B?Tm9ydGhnYXRlIEhlcmFsZA==?= <news@herald.example>
    To: reader@mail.example
    Subject: Morning briefing: bridge to open
    Date: Fri, 14 Mar 2025 06:30:00 +0100
    MIME-Version: 1.0
    Content-Type: multipart/alternative; boundary="b1"

    --b1
    Content-Type: text/plain; charset=utf-8

    Plain words for old readers.
    --b1
    Content-Type: text/html; charset=utf-8

    {page}
    --b1--
    """
).replace("{page}", PAGE)

RTF = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times;}}\f0\fs24 "
    + FIRST
    + r"\par \'93We have waited four winters for this,\'94 Ada Brennick told reporters at the town hall.\par}"
)

RSS = dedent(
    f"""\
    <?xml version="1.0" encoding="UTF-8"?>
    <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <channel><title>Northgate Herald</title><link>https://herald.example/</link><description>News</description>
    <item><title>Bridge to open in May</title><link>https://herald.example/bridge</link>
    <pubDate>Fri, 14 Mar 2025 10:15:00 GMT</pubDate><dc:creator>Jo Halloran</dc:creator>
    <description>The bridge opens.</description>
    <content:encoded><![CDATA[<p>{FIRST}</p><p>{SECOND}</p>]]></content:encoded></item>
    <item><title>Ferry fares rise</title><link>https://herald.example/ferry</link>
    <description>Fares rise &amp; rise from &lt;b&gt;Monday&lt;/b&gt;.</description></item>
    <item><title>Only a headline</title><link>https://herald.example/none</link></item>
    </channel></rss>
    """
)

ATOM = dedent(
    f"""\
    <?xml version="1.0" encoding="utf-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom"><title>Quay Post</title><id>urn:quay</id><updated>2025-03-17T00:00:00Z</updated>
    <entry><title>Bridge to open</title><id>urn:quay:1</id><link href="https://quay.example/1"/>
    <published>2025-03-14T10:15:00Z</published><updated>2025-03-16T08:00:00Z</updated><author><name>Mo Quill</name></author>
    <content type="html">&lt;p&gt;{FIRST}&lt;/p&gt;</content></entry>
    <entry><title>Old news</title><id>urn:quay:2</id><link href="https://quay.example/2"/>
    <updated>2025-03-16T08:00:00Z</updated><summary>Nothing new in {FIRST}</summary></entry></feed>
    """
)

NEWSML_REUTERS_HABIT = dedent(
    f"""\
    <?xml version="1.0" encoding="UTF-8"?>
    <newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2025-03-14T10:20:00Z</sent></header><itemSet>
    <newsItem guid="tag:wire.example,2025:newsml_1" version="2" standard="NewsML-G2" xml:lang="en">
    <itemMeta><itemClass qcode="ninat:text"/><provider literal="wire.example"><name>Harbour Wire</name></provider>
    <versionCreated>2025-03-14T10:18:00Z</versionCreated><firstCreated>2025-03-14T10:15:00Z</firstCreated>
    <pubStatus qcode="stat:usable"/></itemMeta>
    <contentMeta><located qcode="city:desk"><name>Eastport desk</name></located><by>By Jo Halloran and Mo Quill</by>
    <headline>Bridge to open in May</headline></contentMeta>
    <contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>
    <body><p>NORTHGATE, March 14 (Harbour Wire) - {FIRST}</p><p>{SECOND}</p></body></html></inlineXML></contentSet></newsItem>
    <newsItem guid="tag:wire.example,2025:newsml_2" version="1"><itemMeta><itemClass qcode="ninat:picture"/>
    <provider literal="wire.example"/></itemMeta></newsItem>
    <newsItem guid="tag:wire.example,2025:newsml_3" version="3"><itemMeta><itemClass qcode="ninat:text"/>
    <pubStatus qcode="stat:canceled"/></itemMeta><contentSet><inlineData>Withdrawn words</inlineData></contentSet></newsItem>
    </itemSet></newsMessage>
    """
)

NEWSML_AFP_HABIT = dedent(
    f"""\
    <?xml version="1.0" encoding="UTF-8"?>
    <newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="http://docs.coast.example/1" version="1">
    <itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:COAST"/><versionCreated>2025-03-14T11:00:00+01:00</versionCreated>
    </itemMeta><contentMeta><contentCreated>2025-03-14T11:00:00+01:00</contentCreated><creditline>COAST</creditline>
    <headline>Bridge to open in May</headline><dateline>Northgate, March 14, 2025 (COAST) -</dateline></contentMeta>
    <contentSet><inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.content>
    <p>{FIRST}</p><p>{SECOND}</p></body.content></body></nitf></inlineXML></contentSet></newsItem>
    """
)

NITF = dedent(
    f"""\
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE nitf SYSTEM "http://www.nitf.org/IPTC/NITF/3.3/specification/dtd/nitf-3-3.dtd">
    <nitf><head><title>Bridge to open in May</title><docdata><date.issue norm="20250314T101500Z"/>
    <doc.copyright holder="Northgate Herald" year="2025"/></docdata>
    <pubdata name="Northgate Herald" date.publication="20250314T101500Z" ex-ref="https://herald.example/bridge"/></head>
    <body><body.head><hedline><hl1>Bridge to open in May</hl1><hl2>After four winters</hl2></hedline>
    <byline>By <person>Jo Halloran</person></byline><dateline><location>NORTHGATE</location></dateline></body.head>
    <body.content><block><p>{FIRST}&nbsp;</p><media media-type="image"><media-caption><p>The old ferry.</p></media-caption></media>
    <p>{SECOND}</p></block></body.content></body></nitf>
    """
)

NINJS_1 = {
    "uri": "urn:newsml:wire.example:20250314:1", "type": "text", "versioncreated": "2025-03-14T10:18:00Z",
    "firstcreated": "2025-03-14T10:15:00Z", "pubstatus": "usable", "copyrightholder": "Harbour Wire", "located": "Eastport desk",
    "byline": "By Jo Halloran", "headline": "Bridge to open in May",
    "body_text": STORY.replace("\n", " "), "body_xhtml": f"<p>{FIRST}</p><p>{SECOND}</p>",
}  # fmt: skip
NINJS_3 = {
    "uri": "https://wire.example/items/1", "standard": {"name": "ninjs", "version": "3.0"}, "type": "text",
    "versionCreated": "2025-03-14T10:18:00Z", "firstCreated": "2025-03-14T10:15:00Z", "copyrightHolder": "Harbour Wire",
    "by": "Jo Halloran and Mo Quill", "headlines": [{"role": "short", "value": "Bridge"}, {"role": "main", "value": "Bridge to open in May"}],
    "bodies": [{"role": "main", "contentType": "text/plain", "value": STORY.replace("\n", " ")},
               {"role": "rich", "contentType": "application/xhtml+xml", "value": f"<p>{FIRST}</p> <p>{SECOND}</p>"}],
}  # fmt: skip

NEXIS = dedent(
    """\


                                   1 of 2 DOCUMENTS


                                 Northgate Herald

                            March 14, 2025 Friday
                                  Late Edition

    Bridge to open in May

    BYLINE: By Jo Halloran

    SECTION: NEWS; Pg. 3

    LENGTH: 31 words

    DATELINE: NORTHGATE

     The mayor of Northgate said on Friday that the harbour bridge would
    open in May.

     "We have waited four winters for this," Ada Brennick told reporters
    at the town hall.

    LOAD-DATE: March 17, 2025

    LANGUAGE: ENGLISH

                   Copyright 2025 Northgate Herald
                         All Rights Reserved


                                   2 of 2 DOCUMENTS


                                    Quay Post

                            March 15, 2025 Saturday

    Ferry fares rise

    LENGTH: 9 words

     Fares on the ferry rise by a tenth from Monday, the harbour board said.

    LOAD-DATE: March 18, 2025
    """
)

NEXIS_UNI = dedent(
    f"""\
    Page 1 of 2

    Bridge to open in May

    Northgate Herald
    March 14, 2025 Friday

    Copyright 2025 Northgate Herald All Rights Reserved

    Section: NEWS; Pg. 3
    Length: 31 words
    Byline: Jo Halloran

    Body


    {FIRST}

    {SECOND}


    Classification


    Language: ENGLISH

    Load-Date: March 17, 2025


    End of Document
    """
) + dedent(
    """\

    Ferry fares rise

    Quay Post
    March 15, 2025 Saturday

    Length: 9 words

    Body

    Fares on the ferry rise by a tenth from Monday, the harbour board said.

    Load-Date: March 18, 2025

    End of Document
    """
)

FACTIVA_CODED = dedent(
    f"""\
    HD  Bridge to open in May
    BY  By Jo Halloran
    WC  31 words
    PD  14 March 2025
    ET  10:15
    SN  Northgate Herald
    SC  NGH
    LA  English
    CY  Copyright 2025 Northgate Herald

    LP
    {FIRST}

    TD
    {SECOND}

    RE  nrthgt : Northgate
    PUB Herald Press
    AN  Document NGH0000020250314el3e00001

    HD  Ferry fares rise
    WC  9 words
    PD  15 March 2025
    SN  Quay Post
    LA  English
    LP
    Fares on the ferry rise by a tenth from Monday, the harbour board said.

    AN  Document QUAYP00020250315el3f00002

    Search Summary
    Text  bridge
    """
)

FACTIVA_DISPLAYED = dedent(
    f"""\
    Bridge to open in May

    By Jo Halloran
    31 words
    14 March 2025
    10:15
    Northgate Herald
    NGH
    English
    Copyright 2025 Northgate Herald

    {FIRST}

    {SECOND}

    Document NGH0000020250314el3e00001
    """
)

BILLION_LAUGHS = dedent(
    """\
    <?xml version="1.0"?>
    <!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
    """
)


def gz(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)
