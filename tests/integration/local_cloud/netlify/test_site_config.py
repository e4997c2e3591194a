"""What of netlify.toml the local cloud reads, and what it refuses to ignore in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from local.netlify import SiteConfigError, load_site_config


def written(folder: Path, redirect: str) -> Path:
    path = folder / "netlify.toml"
    path.write_text(f'[build]\npublish = "public"\n[[redirects]]\n{redirect}\n')
    return path


def test_publish_folder_lies_beside_the_file(tmp_path: Path) -> None:
    config = load_site_config(written(tmp_path, 'from = "/a"\nto = "/b"'))

    assert config.publish == tmp_path / "public"


def test_redirect_is_permanent_and_gives_way_to_files_unless_told_otherwise(tmp_path: Path) -> None:
    [redirect] = load_site_config(written(tmp_path, 'from = "/a"\nto = "/b"')).redirects

    assert (redirect.status, redirect.force) == (301, False)


@pytest.mark.parametrize(
    ("redirect", "message"),
    [
        (
            'from = "/a"\nto = "/b"\nsigned = "KEY"',
            "redirect /a: the local cloud does not know signed",
        ),
        ('from = "/a"\nto = "/b"\nconditions = {}', "does not know conditions"),
        ('from = "/.netlify/functions/*"\nto = "/b"', "Netlify ignores rules below /.netlify"),
        (
            'from = "/a"\nto = "https://b.example"\nstatus = 200',
            "does not proxy to https://b.example",
        ),
    ],
)
def test_rule_that_would_be_ignored_is_refused(tmp_path: Path, redirect: str, message: str) -> None:
    with pytest.raises(SiteConfigError, match=message):
        load_site_config(written(tmp_path, redirect))
