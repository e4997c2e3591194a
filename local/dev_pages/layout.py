"""What all pages below `/_dev/` share."""

from __future__ import annotations


def page(title: str, main: str, head: str = "") -> str:
    """A whole document; `main` and `head` are HTML already, `title` is plain letters."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title} - Latchkey</title>"
        f'<link rel="stylesheet" href="/_dev/style.css">{head}</head><body>'
        '<header><a href="/">Web app</a><a href="/_dev/">Status</a>'
        '<a href="/_dev/outbox">Outbox</a><a href="/_dev/api">API</a></header>'
        f"<main><h1>{title}</h1>{main}</main></body></html>"
    )
