"""What stands in the page, the file and the data of the months' answers, line by line."""

import csv
import re
from html import unescape
from io import StringIO

from django.test import Client

PAGE, FILE, DATA = "/pulse/results/", "/pulse/results/export/", "/pulse/results/data/"
ROWS = re.compile(r'<tr>\s*<th scope="row">(.*?)</th>(.*?)</tr>', re.DOTALL)
CELLS = re.compile(r"<td[^>]*>(.*?)</td>", re.DOTALL)
TABLES = re.compile(r"<table.*?<caption[^>]*>(.*?)</caption>(.*?)</table>", re.DOTALL)

# A line of a table: the group, its size, and its three counts or words instead.
type Line = tuple[str, ...]


def in_page(client: Client) -> list[Line]:
    html = client.get(PAGE).content.decode()
    return [
        (unescape(name), *(unescape(cell.strip()) for cell in CELLS.findall(cells)))
        for caption, table in TABLES.findall(html)
        if "by department" in caption
        for name, cells in ROWS.findall(table)
    ]


def in_file(client: Client) -> list[Line]:
    text = b"".join(client.get(FILE)).decode("utf-8-sig")
    rows = [row for row in csv.reader(StringIO(text)) if row[3]][1:]
    return [(row[2], row[3], *(row[4:7] if row[4] else [row[7]])) for row in rows]


def in_data(client: Client) -> list[Line]:
    return [
        (
            group["name"],
            str(group["answers"]),
            *(map(str, group["counts"].values()) if group["counts"] else [group["words"]]),
        )
        for month in client.get(DATA).json()["months"]
        for group in month["groups"]
    ]
