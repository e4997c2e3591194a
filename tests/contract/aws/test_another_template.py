"""Another template takes the place of the first while the functions run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from local.aws import Functions, Template, load_template

ANSWER = "def handler(event, context):\n    return 'added'\n"


@pytest.fixture
def template(aws) -> Template:
    return load_template(aws.code_root / "template.yaml")


async def use(functions: Functions, template: Template) -> None:
    functions.use(template)


async def use_and_stop(functions: Functions, template: Template) -> None:
    functions.use(template)
    await functions.stop()


def test_an_added_function_can_be_invoked(aws, template):
    (aws.code_root / "functions" / "added.py").write_text(ANSWER)
    echo = template.function("echo")
    added = replace(
        echo, logical_id="AddedFunction", name="added", handler="functions.added.handler"
    )

    aws.run(use(aws.functions, replace(template, functions=(*template.functions, added))))

    assert aws.invoke("added")["Payload"] == "added"


def test_a_function_that_is_as_before_keeps_its_process(aws, template):
    before = aws.invoke("echo")["Payload"]["pid"]

    aws.run(use(aws.functions, replace(template, routes=())))

    assert aws.invoke("echo")["Payload"]["pid"] == before


def test_a_function_that_has_changed_starts_anew(aws, template):
    before = aws.invoke("echo")["Payload"]["pid"]
    changed = replace(template.function("echo"), timeout=2.0)

    aws.run(use(aws.functions, replace(template, functions=(changed,))))

    assert aws.invoke("echo")["Payload"]["pid"] != before


def test_a_function_that_is_gone_is_unknown(aws, template):
    echo = template.function("echo")

    aws.run(use(aws.functions, replace(template, functions=(echo,))))

    with pytest.raises(aws.client.exceptions.ResourceNotFoundException):
        aws.invoke("answer")


def test_functions_that_stop_wait_for_the_end_of_one_that_is_gone(aws, template):
    answer = template.function("answer")
    pid = aws.invoke("echo")["Payload"]["pid"]

    aws.run(use_and_stop(aws.functions, replace(template, functions=(answer,))))

    assert not Path(f"/proc/{pid}").exists()
