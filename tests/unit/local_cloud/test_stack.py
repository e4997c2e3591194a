"""Names of stacks, and the folder that each has."""

from __future__ import annotations

import platform
from pathlib import Path

import pytest

from local.settings import load_settings
from local.stack import BadStackName, chosen_folder, chosen_name, folder_of, known_folders, name_of


@pytest.mark.parametrize("name", ["second", "a", "a1", "my-stack", "x" * 20])
def test_name_chooses_a_folder_of_its_own(tmp_path: Path, name: str) -> None:
    assert chosen_folder(tmp_path, {"NAME": name}) == tmp_path / "stacks" / name


@pytest.mark.parametrize("environ", [{}, {"NAME": ""}, {"NAME": "main"}])
def test_without_a_name_the_main_stack_is_meant(tmp_path: Path, environ: dict[str, str]) -> None:
    assert chosen_folder(tmp_path, environ) == tmp_path


@pytest.mark.parametrize(
    "name", ["Second", "1st", "-a", "a-", "a b", "a/b", "..", "../../etc", "x" * 21, "zwölf", "a\n"]
)
def test_name_that_cannot_be_used_is_refused_with_what_can(name: str) -> None:
    with pytest.raises(BadStackName, match="1 to 20 of the characters a-z, 0-9 and -") as refusal:
        chosen_name({"NAME": name})

    assert f"NAME={name!r}" in str(refusal.value)


def test_name_of_the_machine_that_wsl_exports_is_no_choice() -> None:
    environ = {"NAME": platform.node().upper(), "WSL_DISTRO_NAME": "Debian"}

    assert chosen_name(environ) == "main"


@pytest.mark.parametrize("name", ["main", "second"])
def test_folder_tells_the_name(tmp_path: Path, name: str) -> None:
    assert name_of(folder_of(tmp_path, name)) == name


def test_folders_that_are_there_are_known(tmp_path: Path) -> None:
    for name in ("third", "second"):
        folder_of(tmp_path, name).mkdir(parents=True)

    assert [name_of(folder) for folder in known_folders(tmp_path)] == ["main", "second", "third"]


def test_no_folder_is_known_before_the_first_start(tmp_path: Path) -> None:
    assert list(known_folders(tmp_path / "nowhere")) == []


def test_each_stack_has_cookies_of_its_own(tmp_path: Path) -> None:
    def cookie_name(name: str) -> str | None:
        settings = load_settings(tmp_path, folder_of(tmp_path, name), {})
        return settings.function_environment(None).get("COOKIE_NAME")

    assert (cookie_name("main"), cookie_name("second")) == (None, "stytch_session_second")
