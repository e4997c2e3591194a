"""`template.yaml`: the function, or one more event of a function that is there."""

from __future__ import annotations

from scaffold.checkout import Checkout, Refused
from scaffold.new.names import event_name, logical_id
from scaffold.new.wanted import Wanted
from scaffold.template import FILE, all_routes, logical_ids, routes_of
from scaffold.yaml_text import YamlText

_FUNCTION = """
  {logical_id}:
    Type: AWS::Serverless::Function
    Metadata: {{BuildMethod: makefile, WorkingDirectory: .}}
    Properties:
      Description: {description}
      Handler: functions.{name}.handler
      Policies: [!Ref ReadSecrets]
      Events:
{events}"""
_EVENT = (
    "        {name}: {{Type: HttpApi, "
    "Properties: {{ApiId: !Ref Api, Method: {method}, Path: {path}}}}}\n"
)
_NAMES_OF_BARE_URL = {"Function", "FunctionResource"}


def write(checkout: Checkout, wanted: Wanted) -> None:
    """Write the entry; raises Refused where the template does not know the function."""
    template = YamlText(FILE, checkout.read(FILE))
    if wanted.is_new_function:
        checkout.write(FILE, _with_function(checkout, template, wanted))
        return
    method = _method(checkout, wanted)
    if method is not None:
        checkout.write(FILE, _with_event(checkout, template, wanted, method))


def _with_function(checkout: Checkout, template: YamlText, wanted: Wanted) -> str:
    name = wanted.route.function
    if logical_id(name) in template.entry("Resources").keys:
        raise Refused(f"{FILE} has a {logical_id(name)} already; choose another FN.")
    bare, path = f"/.netlify/functions/{name}", wanted.route.path
    events = [
        _event(event_name(path), _method(checkout, wanted), f"/api{path}"),
        _event("Function", "ANY", bare),
        _event("FunctionResource", "ANY", f"{bare}/{{proxy+}}"),
    ]
    text = _FUNCTION.format(
        logical_id=logical_id(name),
        name=name,
        description=str(wanted.route),
        events="".join(events),
    )
    last = list(logical_ids(checkout).values())[-1]
    return template.inserted(template.entry("Resources", last).end, text)


def _with_event(checkout: Checkout, template: YamlText, wanted: Wanted, method: str) -> str:
    logical = logical_ids(checkout).get(wanted.route.function)
    if logical is None:
        raise Refused(f"{FILE} has no function with the handler functions.{wanted.route.function}.")
    events = template.entry("Resources", logical, "Properties", "Events")
    wished = event_name(wanted.route.path)
    numbered = (f"{wished}{number}" for number in range(2, 100))
    name = next(free for free in (wished, *numbered) if free not in events.keys)
    path = ("Resources", logical, "Properties", "Events")
    lines = [template.entry(*path, key).line for key in events.keys if key in _NAMES_OF_BARE_URL]
    line = min(lines, default=events.end)
    return template.inserted(line, _event(name, method, f"/api{wanted.route.path}"))


def _method(checkout: Checkout, wanted: Wanted) -> str | None:
    """ANY for a path that is new, so that a wrong method is a function's 405; else the method.

    None where the function has the path with ANY already.
    """
    path = f"/api{wanted.route.path}"
    if ("ANY", path) not in all_routes(checkout):
        return "ANY"
    is_there = ("ANY", path) in routes_of(checkout, wanted.route.function)
    return None if is_there else wanted.route.method


def _event(name: str, method: str | None, path: str) -> str:
    quoted = f'"{path}"' if "{" in path else path
    return _EVENT.format(name=name, method=method, path=quoted)
