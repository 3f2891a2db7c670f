"""Packages of parts, written by hand as the formats' specifications say: spreadsheets and e-books."""

import io
import zipfile
from datetime import date, datetime
from html import escape
from textwrap import dedent

Cell = str | int | float | date | datetime | None

_DAY_ZERO = datetime(1899, 12, 30)


def package(parts: dict[str, str | bytes], mimetype: str | None = None) -> bytes:
    """A zip of parts; its type comes first and uncompressed, where the format asks for it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        if mimetype is not None:
            packed.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def xlsx(sheets: dict[str, list[list[Cell]]]) -> bytes:
    """A workbook; a row may be empty, a date is a number with a date's style."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in zip(numbers, sheets, strict=True)
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{relations}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    styles = (
        f'<styleSheet xmlns="{main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
        '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs>'
        "</styleSheet>"
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        "</Types>",
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'{related}<Relationship Id="rId99" Type="{relations}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": styles,
    }
    for number, rows in zip(numbers, sheets.values(), strict=True):
        lines = "".join(_row(position, row) for position, row in enumerate(rows, start=1) if row)
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>'
        )
    return package(parts)


def _row(number: int, row: list[Cell]) -> str:
    cells = "".join(
        _cell(f"{chr(65 + column)}{number}", value) for column, value in enumerate(row) if value is not None
    )
    return f'<row r="{number}">{cells}</row>'


def _cell(place: str, value: Cell) -> str:
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value, quote=False)}</t></is></c>'
    if isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        days = (moment - _DAY_ZERO).total_seconds() / 86400
        return f'<c r="{place}" s="1"><v>{days}</v></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def ods(rows: list[list[str | date]]) -> bytes:
    """An OpenDocument spreadsheet of one sheet."""
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="date" office:date-value="{cell.isoformat()}"><text:p>{cell}</text:p></table:table-cell>'
            if isinstance(cell, date)
            else f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    schema = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{schema}:office:1.0" xmlns:table="{schema}:table:1.0" xmlns:text="{schema}:text:1.0" '
        f'office:version="1.2"><office:body><office:spreadsheet><table:table table:name="Export">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{schema}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    return package(
        {"content.xml": content, "META-INF/manifest.xml": manifest}, "application/vnd.oasis.opendocument.spreadsheet"
    )


def epub(pages: dict[str, str], metadata: str, guide: str = "", nav: str = "nav.xhtml") -> bytes:
    """An e-book whose spine is the pages in their order; the page named ``nav`` is its contents."""
    container = (
        '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"{" properties=" + chr(34) + "nav" + chr(34) if name == nav else ""}/>'
        for n, name in enumerate(pages)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(pages)))
    opf = dedent(
        f"""\
        <package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
        <metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">{metadata}</metadata>
        <manifest>{items}<item id="css" href="s.css" media-type="text/css"/></manifest><spine>{spine}</spine>{guide}</package>
        """
    )
    parts: dict[str, str | bytes] = {
        "META-INF/container.xml": container,
        "OEBPS/content.opf": opf,
        "OEBPS/s.css": "p {}",
    }
    parts |= {
        f"OEBPS/{name}": f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>{name}</title></head><body>{body}</body></html>'
        for name, body in pages.items()
    }
    return package(parts, "application/epub+zip")
