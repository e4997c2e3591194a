"""The HTML of the API page: Swagger UI, from the files that its Python package brings along."""

from __future__ import annotations

from local.dev_pages.layout import page

API_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Stricter than the site's policy in netlify.toml. Swagger UI's style sheet has `data:` images."""

HEAD = (
    '<link rel="icon" href="/_dev/swagger-ui/favicon-32x32.png">'
    '<link rel="stylesheet" href="/_dev/swagger-ui/swagger-ui.css">'
    '<link rel="stylesheet" href="/_dev/api.css">'
    '<script src="/_dev/swagger-ui/swagger-ui-bundle.js" defer></script>'
    '<script src="/_dev/api.js" type="module"></script>'
)


def api_page() -> str:
    """An empty place that `api.js` fills."""
    return page("API", '<div id="swagger-ui"></div>', HEAD)
