"""Writes a workbook of one sheet whose cells are all texts, so that none is a formula."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"

# The same rows are the same file, whenever they are written.
_MOMENT = (2000, 1, 1, 0, 0, 0)
_NARROW, _WIDE = 12, 40
_LONG = 20

# What XML can't hold, and what would be read as the sign for it.
_ODD = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")

_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
)
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/>'
    '<name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    "<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0"'
    ' applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def workbook(rows: Iterable[Sequence[str]], *, name: str) -> bytes:
    """The first row holds the names of the columns; it stays in sight."""
    table = [list(row) for row in rows]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in _parts(table, name):
            archive.writestr(zipfile.ZipInfo(path, _MOMENT), text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _parts(table: list[list[str]], name: str) -> Iterator[tuple[str, str]]:
    yield "[Content_Types].xml", _CONTENT_TYPES
    yield "_rels/.rels", _links(("officeDocument", "xl/workbook.xml"))
    yield "xl/workbook.xml", _contents(name)
    yield (
        "xl/_rels/workbook.xml.rels",
        _links(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")),
    )
    yield "xl/styles.xml", _STYLES
    yield "xl/worksheets/sheet1.xml", "".join(_sheet(table))


def _contents(name: str) -> str:
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name={quoteattr(name[:31])} sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _links(*targets: tuple[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _sheet(table: list[list[str]]) -> Iterator[str]:
    yield (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        "</sheetView></sheetViews><cols>"
    )
    for number, column in enumerate(_columns(table), start=1):
        width = _WIDE if any(len(text) > _LONG for text in column) else _NARROW
        yield f'<col min="{number}" max="{number}" width="{width}" style="0" customWidth="1"/>'
    yield "</cols><sheetData>"
    for line, row in enumerate(table, start=1):
        yield f'<row r="{line}">'
        yield from (_cell(letters(place), line, text) for place, text in enumerate(row) if text)
        yield "</row>"
    yield "</sheetData></worksheet>"


def _columns(table: list[list[str]]) -> Iterator[list[str]]:
    for place in range(max(map(len, table), default=1)):
        yield [row[place] for row in table if place < len(row)]


def _cell(column: str, line: int, text: str) -> str:
    style = ' s="1"' if line == 1 else ""
    words = escape(_ODD.sub(_escaped, text))
    return (
        f'<c r="{column}{line}"{style} t="inlineStr">'
        f'<is><t xml:space="preserve">{words}</t></is></c>'
    )


def _escaped(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"


def letters(place: int) -> str:
    """0 is “A”, 26 is “AA”."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
