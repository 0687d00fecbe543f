"""Tables become lists: a lesson has none, and a list can be read on a phone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.importers.content.handbook.inline import BREAK, line_of
from knowledge.importers.content.handbook.page import Page
from knowledge.importers.content.handbook.tree import Node

MOST_COLUMNS = 100
# A text that spans rows is repeated in each, until a table has grown by as many signs.
MOST_REPEATED = 200_000


@dataclass(slots=True)
class Cell:
    html: str
    is_head: bool
    rows_left: int = 0


def table_html(table: Node, page: Page) -> str:
    """One point for each row, with one line “Column: value” for each of its cells."""
    page.notes.count("table")
    rows = [row for row in _Rows(table, page) if any(cell.html for cell in row)]
    heads: list[str] = []
    if len(rows) > 1 and all(cell.is_head or not cell.html for cell in rows[0]):
        heads = [cell.html for cell in rows.pop(0)]
    points = "".join(f"<li>{_point(row, heads)}</li>" for row in rows)
    title = "".join(f"<p>{line_of([caption], page)}</p>" for caption in table.elements("caption"))
    return f"{title}<ul>{points}</ul>" if points else title


def _point(row: Sequence[Cell], heads: Sequence[str]) -> str:
    lines = []
    for place, cell in enumerate(row):
        head = heads[place] if place < len(heads) else ""
        if cell.html:
            lines.append(f"{head}: {cell.html}" if head else cell.html)
    return BREAK.join(lines)


class _Rows:
    """The rows with all their cells, those among them that reach down from the row above."""

    def __init__(self, table: Node, page: Page) -> None:
        self.table = table
        self.page = page
        self.repeats_left = MOST_REPEATED

    def __iter__(self) -> Iterator[list[Cell]]:
        above: list[Cell] = []
        for row in _row_nodes(self.table):
            above = list(self.cells(row, above))
            yield above

    def cells(self, row: Node, above: Sequence[Cell]) -> Iterator[Cell]:
        own = iter(list(row.elements("td", "th")))
        place = 0
        while place < MOST_COLUMNS:
            if place < len(above) and above[place].rows_left:
                yield self.reaching_down(above[place])
                place += 1
                continue
            node = next(own, None)
            if node is None:
                break
            for cell in _cells(node, self.page):
                yield cell
                place += 1
        for node in own:
            yield from _cells(node, self.page)

    def reaching_down(self, cell: Cell) -> Cell:
        self.repeats_left -= len(cell.html)
        html = cell.html if self.repeats_left > 0 else ""
        return Cell(html, cell.is_head, cell.rows_left - 1)


def _row_nodes(table: Node) -> Iterator[Node]:
    for part in table.elements("thead", "tbody", "tfoot", "tr"):
        if part.tag == "tr":
            yield part
        else:
            yield from part.elements("tr")


def _cells(node: Node, page: Page) -> Iterator[Cell]:
    html = line_of(node.children, page)
    is_head = node.tag == "th" or _is_all_bold(html)
    rows_left = _span(node, "rowspan") - 1
    yield Cell(html, is_head, rows_left)
    for _column in range(_span(node, "colspan") - 1):
        yield Cell("", is_head, rows_left)


def _is_all_bold(html: str) -> bool:
    return html.startswith("<b>") and html.endswith("</b>") and html.count("<b>") == 1


def _span(node: Node, name: str) -> int:
    text = node.attrs.get(name, "")
    return min(int(text), MOST_COLUMNS) if text.isdecimal() and len(text) < 5 and int(text) else 1
