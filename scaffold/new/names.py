"""Names that follow from a route: of its endpoint, and of its event in the template."""

from __future__ import annotations

_VERBS = {"GET": "get", "POST": "create", "PATCH": "update", "DELETE": "delete"}


def endpoint_name(method: str, path: str) -> str:
    """Such as `list_exports`, `create_export`, `get_issue_history`."""
    *before, last = words_of(path)
    verb = _VERBS[method]
    if verb == "get" and singular(last) != last:
        verb = "list"
    if verb == "create":
        last = singular(last)
    return "_".join([verb, *before, last])


def event_name(path: str) -> str:
    """Such as `Exports`, `Export`, `IssueHistory`."""
    return "".join(part.capitalize() for word in words_of(path) for part in word.split("_"))


def logical_id(function: str) -> str:
    """The function's name in the template, such as `ExportFunction`."""
    return "".join(part.capitalize() for part in function.split("_")) + "Function"


def words_of(path: str) -> list[str]:
    """The literal parts of a path; before a parameter in the singular, as it names one thing."""
    parts = path.strip("/").split("/")
    following = [*parts[1:], ""]
    return [
        (singular(part) if after.startswith("{") else part).replace("-", "_")
        for part, after in zip(parts, following, strict=True)
        if not part.startswith("{")
    ]


def parameter_variable(path: str) -> str:
    """What an endpoint calls the id in its path, such as `issue_id`."""
    parts = path.strip("/").split("/")
    before = parts[parts.index("{id}") - 1]
    return f"{singular(before).replace('-', '_')}_id" if not before.startswith("{") else "row_id"


def singular(word: str) -> str:
    """English well enough for names: `exports` becomes `export`."""
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
