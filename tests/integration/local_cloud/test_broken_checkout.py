"""What `make dev` says when a file that it reads cannot be used: one sentence, no traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from local.aws import TemplateError, load_template
from local.netlify import SiteConfigError, load_site_config
from local.settings import SettingsError, load_settings
from local.state_dir import StateDir, StateDirError, check_version
from tests.support.running_cloud import Starter


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a-file"


def test_template_that_is_not_yaml_is_named_with_the_line(file: Path) -> None:
    file.write_text("Resources:\n  bad: [\n")

    with pytest.raises(TemplateError, match=r"(?s)a-file is not YAML: .*line 3"):
        load_template(file)


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "",
        "Parameters: {}",
        "Resources: {F: {}}",
        "Resources: {F: {Type: 'AWS::Serverless::Function', Properties: {}}}",
        "Resources: {F: {Type: 'AWS::Serverless::Function', Properties: {Handler: handler}}}",
    ],
)
def test_yaml_that_is_no_template_is_named(file: Path, text: str) -> None:
    file.write_text(text)

    with pytest.raises(TemplateError, match="a-file is not a SAM template"):
        load_template(file)


def test_site_configuration_that_is_not_toml_is_named_with_the_line(file: Path) -> None:
    file.write_text("[build]\n[[[")

    with pytest.raises(SiteConfigError, match=r"a-file is not TOML: .*line 2"):
        load_site_config(file)


def test_env_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe=1\n")

    with pytest.raises(SettingsError, match=r"\.env is not a text in UTF-8"):
        load_settings(tmp_path, tmp_path, {})


def test_state_that_is_a_file_is_not_a_folder(file: Path) -> None:
    file.touch()

    with pytest.raises(StateDirError, match="a-file is not a folder"):
        check_version(file)


def test_state_that_cannot_be_made_is_named_with_the_reason(file: Path) -> None:
    file.touch()

    with pytest.raises(StateDirError, match="state cannot hold state: Not a directory"):
        StateDir(file / "state").acquire()


def test_refusal_is_one_line_without_a_traceback(start_cloud: Starter, file: Path) -> None:
    file.touch()

    refused = start_cloud(file)

    assert refused.process.wait(20) == 1
    assert refused.text == f"The local cloud cannot run: {file} cannot hold state: File exists.\n"
