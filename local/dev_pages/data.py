"""Data: the tables of the database, read-only, a page at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from local import database
from local.database import Table, TablePage
from local.dev_pages.dev_cloud import DevCloud
from local.dev_pages.forms import refused
from local.dev_pages.markup import Html, el, join, scrolling
from local.dev_pages.page import DevPage, Frame

PATH = "/data"
HERE = f"/_dev{PATH}"
LONGEST_VALUE = 120  # characters that are shown
ELSEWHERE = "The database is on another machine: its tables are not shown here."
SILENT = "The database does not answer at the moment. If it was killed, it comes back in a second."


def routes(cloud: DevCloud, frame: Frame) -> Sequence[BaseRoute]:
    """The list of tables, and one table."""

    async def show_all(_: Request) -> Response:
        if not database.is_local(cloud.database.url):
            return frame.page("Data", el("p", ELSEWHERE, class_="empty"), path=PATH)
        try:
            tables = await asyncio.to_thread(database.tables, cloud.database.url)
        except database.Unreadable:
            return frame.page("Data", el("p", SILENT, class_="empty"), path=PATH)
        return frame.page("Data", _tables(tables), path=PATH)

    async def show_one(request: Request) -> Response:
        name = request.path_params["table"]
        number = request.query_params.get("page", "1")
        if not database.is_local(cloud.database.url):
            return refused(ELSEWHERE, HTTPStatus.NOT_FOUND)
        if not number.isdecimal() or int(number[:9]) < 1:
            return refused("A page is a number from 1.")
        try:
            page = await asyncio.to_thread(
                database.read_page, cloud.database.url, name, int(number[:9])
            )
        except database.Unreadable:
            return frame.page(name, el("p", SILENT, class_="empty"), path=PATH)
        if page is None:
            return refused("There is no such table.", HTTPStatus.NOT_FOUND)
        return frame.page(name, _one(page), path=PATH)

    return [Route(PATH, show_all), Route(f"{PATH}/{{table}}", show_one)]


PAGE = DevPage("Data", PATH, routes)


def _tables(tables: Sequence[Table]) -> Html:
    rows = [
        el(
            "tr",
            el("th", el("a", table.name, href=f"{HERE}/{table.name}"), scope="row"),
            el("td", f"{table.rows:,}", class_="number"),
        )
        for table in tables
    ]
    head = el("tr", el("th", "Table", scope="col"), el("th", "Rows", scope="col", class_="number"))
    return el("table", el("thead", head), el("tbody", *rows), id="tables", data_live="requests")


def _one(page: TablePage) -> Html:
    whole = _rows(page) if page.rows else el("p", "There are no rows here.", class_="empty")
    return el("div", whole, _pages(page), id="rows", class_="stack", data_live="requests")


def _rows(page: TablePage) -> Html:
    head = el("tr", *(el("th", column, scope="col") for column in page.columns))
    body = [el("tr", *(el("td", _value(value)) for value in row)) for row in page.rows]
    table = el("table", el("thead", head), el("tbody", *body))
    return scrolling(table, f"Rows of {page.table}")


def _value(value: object) -> Html:
    if value is None:
        return el("span", "NULL", class_="muted")
    text = f"{len(value)} bytes" if isinstance(value, bytes) else str(value)
    return join(text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…")


def _pages(page: TablePage) -> Html:
    links: Mapping[str, int | None] = {
        "Newer rows": page.number - 1 if page.number > 1 else None,
        "Older rows": page.number + 1 if page.has_more else None,
    }
    return el(
        "nav",
        el("a", "All tables", class_="button secondary small", href=HERE),
        *(
            el("a", label, class_="button secondary small", href=f"{HERE}/{page.table}?page={to}")
            for label, to in links.items()
            if to is not None
        ),
        el("span", f"Page {page.number}", class_="muted"),
        class_="actions",
        aria_label="Pages",
    )
