"""The documentation says what the code says: settings, routes, error codes, commands, links."""

from __future__ import annotations

import ast
import importlib.util
import inspect
import re
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

import dev
from shared import errors
from shared.auth.stytch.client import LINK_FAILURES
from shared.http.problems import _STATUSES, status_of
from shared.http.resources import METHODS

ROOT = Path(__file__).parents[2]
PAGES = [
    *sorted(ROOT.glob("*.md")),
    ROOT / "benchmarks/README.md",
    ROOT / "events/README.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
FUNCTIONS = sorted((ROOT / "functions").glob("[a-z]*.py"))
OPENAPI = yaml.safe_load((ROOT / "docs/openapi.yaml").read_text())
VERBS = {"get", "post", "patch", "delete"}


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def text_of(page: str) -> str:
    return (ROOT / page).read_text()


def section(page: str, title: str) -> str:
    """The part of a page below one of its headings."""
    parts = re.split(r"^#+ (.+)\n", text_of(page), flags=re.MULTILINE)
    return parts[parts.index(title) + 1]


def rows(table: str) -> list[list[str]]:
    """The cells of a table's rows, without its head."""
    lines = [line for line in table.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def in_backticks(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def calls(module: Path, *names: str) -> Iterator[ast.Call]:
    """The calls in a module of these functions."""
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) in names:
            yield node


# Settings


def settings_of_the_code() -> set[str]:
    modules = sorted(path.relative_to(ROOT) for path in (ROOT / "shared/settings").glob("*.py"))
    source = "".join(text_of(str(module)) for module in modules)
    read = re.findall(r'(?:reader\.\w+|values\.get|environ\.get)\(\s*"([A-Z_]+)"', source)
    return {*read, *re.findall(r"PLANETSCALE_[A-Z]+", source)}


def test_every_setting_of_a_function_is_documented_and_no_other():
    table = text_of("docs/configuration.md").partition("\n## ")[0]
    documented = {name for row in rows(table) for name in in_backticks(row[0])}

    assert documented == settings_of_the_code()


def test_every_setting_of_the_local_cloud_alone_is_documented_and_no_other():
    table = section("docs/configuration.md", "Settings of the local cloud alone")
    documented = {name for row in rows(table) for name in in_backticks(row[0])}
    modules = [path for path in (ROOT / "local").rglob("*.py") if path.parent.name != "build"]
    source = "".join(path.read_text() for path in modules)
    read = set(re.findall(r'environ\.get\(\s*"([A-Z_]+)"', source))
    ports = set(re.findall(r'\("([A-Z_]*PORT)", \d+\)', source))

    assert documented == (read | ports) - settings_of_the_code() - {"PATH", "AWS_REGION"}


def test_every_setting_of_the_gateway_is_documented_and_no_other():
    documented = set(re.findall(r"LATCHKEY_[A-Z_]+", text_of("docs/deploy.md")))
    read = set(re.findall(r"LATCHKEY_[A-Z_]+", text_of("netlify/settings.js")))

    assert documented == read


# Routes


def routes_of_the_code() -> set[tuple[str, str, str]]:
    return {
        (ast.literal_eval(call.args[0]), method, module.stem)
        for module in FUNCTIONS
        for call in calls(module, "Route")
        for method in methods_of(call)
    }


def methods_of(route: ast.Call) -> list[str]:
    given = {word.arg: ast.literal_eval(word.value) for word in route.keywords}
    return given.get("methods", ["GET"])


def operations() -> Iterator[tuple[str, str, dict]]:
    """Path, method and description of every operation, under all of its names."""
    for path, item in OPENAPI["paths"].items():
        for verb in VERBS & set(item):
            for name in (path, *item[verb].get("x-also-at", [])):
                yield name, verb.upper(), item[verb]


def test_the_openapi_description_has_every_route_of_every_function_and_no_other():
    documented = {(path, verb, operation["x-function"]) for path, verb, operation in operations()}

    assert documented == routes_of_the_code()


def test_the_openapi_description_tells_which_resource_answers_at_the_bare_url():
    documented = {
        (operation["x-function"], path)
        for path, item in OPENAPI["paths"].items()
        for operation in item.values()
        if isinstance(operation, dict) and operation.get("x-bare-url")
    }
    bare = {
        (module.stem, ast.literal_eval(word.value))
        for module in FUNCTIONS
        for call in calls(module, "application")
        for word in call.keywords
        if word.arg == "default"
    }

    assert documented == bare


def test_the_openapi_description_has_every_method_that_a_resource_names_as_allowed():
    documented = {(path, verb) for path, verb, _ in operations()}
    allowed = {(path, verb) for path, verbs in METHODS.items() for verb in verbs}

    assert documented == {(path, verb) for path, verb in allowed if verb != "HEAD"}


# What any route can answer: an event or a context that cannot be read, and what the platforms say.
ANY_ROUTE = {"400", "413", "429", "431", "500", "502", "503", "504"}
WHO = ["anyone", "provider", "member", "assignee", "admin"]
# Who is not known by a credential: a provider's events are known by their signature.
WITHOUT_CREDENTIALS = {"anyone", "provider"}


@pytest.mark.parametrize(
    ("path", "verb", "operation"), sorted(operations(), key=lambda one: one[:2])
)
def test_every_operation_lists_who_may_call_and_what_it_can_answer(path, verb, operation):
    who = operation["x-who"]
    refusals = set() if who == "anyone" else {"401"}
    refusals |= {"403"} if who not in WITHOUT_CREDENTIALS and verb != "GET" else set()
    refusals |= {"422"} if who != "provider" and "requestBody" in operation else set()

    assert who in WHO
    assert (who in WITHOUT_CREDENTIALS) == (operation.get("security") == [])
    assert (ANY_ROUTE | refusals) - set(operation["responses"]) == set()


def test_every_route_that_the_readme_names_is_in_the_openapi_description():
    table = section("README.md", "Routes")
    named = {tuple(route.split()) for row in rows(table) for route in in_backticks(row[0])}

    assert named
    assert named - {(verb, path) for path, verb, _ in operations()} == set()


# Code


def test_the_function_in_the_readme_calls_what_exists():
    snippet = ast.parse(text_of("README.md").partition("```python\n")[2].partition("```")[0])
    called = [node for node in ast.walk(snippet) if isinstance(node, ast.Call)]
    names = imported_names(ROOT / "functions/create.py")

    assert called
    assert [ast.unparse(call) for call in called if not is_accepted(call, names)] == []


def imported_names(module: Path) -> SimpleNamespace:
    """What a module imports; the module itself would read the settings."""
    body = ast.parse(module.read_text()).body
    imports = [ast.unparse(node) for node in body if isinstance(node, ast.ImportFrom)]
    names: dict[str, object] = {}
    exec("\n".join(imports), names)
    return SimpleNamespace(**names)


def is_accepted(call: ast.Call, names: SimpleNamespace) -> bool:
    """Whether there is such a function, and it takes so many arguments."""
    function = attrgetter(ast.unparse(call.func))(names)
    keywords = {word.arg: word.value for word in call.keywords if word.arg}
    try:
        inspect.signature(function).bind(*call.args, **keywords)
    except TypeError:
        return False
    return True


# Errors


def codes_of_the_code() -> set[tuple[str, int]]:
    """Each code, with its status: where a failure is raised, or answered as a problem."""
    kinds = {kind.__name__: status for kind, status in _STATUSES.items()}
    modules = [*sorted((ROOT / "shared").rglob("[a-z]*.py")), *FUNCTIONS]
    raised = {
        (call.args[0].value, kinds[call.func.id])
        for module in modules
        for call in calls(module, *kinds)
        if call.args and isinstance(call.args[0], ast.Constant)
    }
    answered = {
        (call.args[1].value, call.args[0].value)
        for module in modules
        for call in calls(module, "problem")
        if isinstance(call.args[0], ast.Constant)
    }
    of_links = {(code, 401) for code, _ in LINK_FAILURES.values()}
    return raised | answered | of_links | codes_of_classes()


def codes_of_classes() -> set[tuple[str, int]]:
    """The codes of errors whose class fixes them, each with its status."""
    made = [errors.Invalid([])] + [
        kind()
        for kind in vars(errors).values()
        if inspect.isclass(kind)
        and issubclass(kind, errors.LatchkeyError)
        and can_be_made_without_arguments(kind)
    ]
    return {(error.code, status_of(error)) for error in made}


def can_be_made_without_arguments(kind: type) -> bool:
    parameters = inspect.signature(kind).parameters.values()
    return kind is not errors.UpstreamUnavailable and all(
        parameter.default is not parameter.empty for parameter in parameters
    )


def documented_codes(title: str) -> set[tuple[str, int]]:
    table = rows(section("docs/errors.md", title))
    return {(in_backticks(code)[0], int(status)) for code, status, _ in table}


def test_every_error_code_of_the_functions_is_documented_and_no_other():
    assert documented_codes("From the functions") == codes_of_the_code()


def test_every_error_code_of_the_gateway_is_documented_and_no_other():
    source = text_of("netlify/problems.js")
    answered = re.findall(r'status: (\d+),\s+code: "(\w+)"', source)

    assert documented_codes("From the gateway on Netlify") == {
        (code, int(status)) for status, code in answered
    }


# Commands


def commands_in(page: Path) -> set[str]:
    """The make targets in a page's code."""
    return set(re.findall(r"(?:`|^|&& )make ([a-z][a-z-]+)", page.read_text(), re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_make_target_that_a_page_names_exists(page):
    assert commands_in(page) - {*dev.TARGETS, "help"} == set()


def test_make_knows_the_targets_of_dev_py_and_no_other():
    named = re.search(r"^TARGETS := ((?:.+\\\n)*.+)", text_of("Makefile"), re.MULTILINE)

    assert set(named[1].replace("\\", "").split()) == {*dev.TARGETS, "help"}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_module_that_a_page_runs_exists(page):
    modules = set(re.findall(r"python3? -m ([a-z_.]+[a-z])", page.read_text()))

    assert [name for name in modules if importlib.util.find_spec(name) is None] == []


# Links


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_relative_link_leads_to_a_file(page):
    assert [link for link in relative_links(page) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=name_of)
def test_every_page_is_linked_from_another(page):
    links = {
        (other.parent / target).resolve()
        for other in PAGES
        for target in relative_links(other)
        if other != page
    }

    assert page in links


def relative_links(page: Path) -> list[str]:
    return re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text())
