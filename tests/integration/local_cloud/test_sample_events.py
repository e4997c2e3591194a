"""Every file in events/, sent to the running cloud as `make invoke` sends it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from local.commands.invoke import main
from tests.support.running_cloud import RunningCloud
from tests.support.visitor import Visitor, wait_for_next_second

ROOT = Path(__file__).parents[3]
EVENTS = ROOT / "events"
PATHS = yaml.safe_load((ROOT / "docs/openapi.yaml").read_text())["paths"]
FORMS = {
    "aws": "stytch",
    "aws-identity": "netlify",
    "netlify": "netlify",
    "netlify-stytch": "stytch",
    "rest": "stytch",
}


def needs_credentials(file: Path) -> bool:
    """Whether the sample asks for something for which somebody has to be signed in."""
    content = json.loads(file.read_text())
    event = content.get("event", content)
    method = event.get("httpMethod") or event["requestContext"]["http"]["method"]
    path = event.get("rawPath") or event["path"]
    function = file.name.partition("-")[0]
    resource = re.sub(r"^(/api|/\.netlify/functions/\w+)", "", path)
    return any(
        operation.get("security") != []
        for pattern, operations in PATHS.items()
        for verb, operation in operations.items()
        if verb == method.lower() and operation["x-function"] == function
        if re.fullmatch(re.sub(r"{\w+}", "[^/]+", pattern), resource)
        or (resource == "" and operation.get("x-bare-url"))
    )


TO_KNOWN_CALLERS = [
    (file.name, FORMS[file.stem.partition("-")[2]])
    for file in sorted(EVENTS.glob("*.json"))
    if needs_credentials(file)
    and file.name != "invite-netlify.json"  # its operator token is not a real one
]


@dataclass(frozen=True)
class Answer:
    """What the function gave back, and what `make invoke` showed of its log."""

    status: int
    request: dict[str, Any]
    log: str


class Invoke:
    """`make invoke` against one cloud."""

    def __init__(self, cloud: RunningCloud, capsys: pytest.CaptureFixture[str]) -> None:
        self._endpoint = cloud.address("Lambda API")
        self._capsys = capsys

    def __call__(self, file: str) -> Answer:
        function = file.partition("-")[0]
        main([function, str(EVENTS / file), "--endpoint", self._endpoint])
        out, err = self._capsys.readouterr()
        request = next(line for line in err.splitlines() if line.startswith('{"level"'))
        return Answer(json.loads(out)["statusCode"], json.loads(request), err)


@pytest.fixture(scope="module")
def identity_token(cloud: RunningCloud) -> str:
    ada = Visitor(cloud.url, "ada@example.com")
    ada.sign_in("latchkey")
    assert ada.bearer
    return ada.bearer


@pytest.fixture
def invoke(
    cloud: RunningCloud,
    identity_token: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Invoke:
    monkeypatch.setenv("NETLIFY_IDENTITY_TOKEN", identity_token)
    return Invoke(cloud, capsys)


@pytest.mark.parametrize(("file", "provider"), TO_KNOWN_CALLERS)
def test_sample_reaches_its_function_with_its_credential(
    invoke: Invoke, file: str, provider: str
) -> None:
    answer = invoke(file)

    assert answer.request["function"] == file.partition("-")[0]
    assert answer.request["provider"] == provider


@pytest.mark.parametrize("form", ["aws", "aws-identity", "netlify", "netlify-stytch"])
def test_samples_of_create_create_a_row(invoke: Invoke, form: str) -> None:
    assert invoke(f"create-{form}.json").status == 201


@pytest.mark.parametrize("file", sorted(EVENTS.glob("get-*.json")), ids=lambda path: path.stem)
def test_samples_of_get_list_rows(invoke: Invoke, file: Path) -> None:
    assert invoke(file.name).status == 200


@pytest.mark.parametrize("form", ["aws", "netlify"])
def test_samples_of_login_send_a_magic_link(invoke: Invoke, form: str) -> None:
    assert invoke(f"login-{form}.json").status == 200


@pytest.mark.parametrize("form", ["aws", "netlify"])
def test_samples_of_authenticate_land(invoke: Invoke, form: str) -> None:
    assert invoke(f"authenticate-{form}.json").status == 303


@pytest.mark.parametrize("form", ["aws", "aws-identity", "netlify", "netlify-stytch"])
def test_samples_of_logout_end_the_session(invoke: Invoke, form: str) -> None:
    assert invoke(f"logout-{form}.json").status == 200


@pytest.mark.parametrize(
    ("form", "status"),
    [("aws", 403), ("aws-identity", 200), ("netlify", 503), ("netlify-stytch", 403)],
)
def test_samples_of_invite_are_for_an_admin_whom_identity_knows(
    invoke: Invoke, form: str, status: int
) -> None:
    wait_for_next_second()

    assert invoke(f"invite-{form}.json").status == status


def test_port_of_the_running_cloud_is_known(
    cloud: RunningCloud, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LAMBDA_PORT", raising=False)

    status = main(["login", str(EVENTS / "login-aws.json"), "--state", str(cloud.state)])

    assert status == 0
    assert json.loads(capsys.readouterr().out)["statusCode"] == 200


def test_billed_time_is_shown(invoke: Invoke) -> None:
    assert "Billed Duration: " in invoke("get-aws.json").log
