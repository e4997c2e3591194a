"""What `template.yaml` says of all functions: the gateway's right to invoke, and their names."""

from __future__ import annotations

from scaffold.checkout import Checkout
from scaffold.template import FILE, logical_ids
from scaffold.yaml_text import YamlText

_RIGHTS = ("Resources", "InvokeFunctions")
_NAMES = ("Outputs", "NetlifyFunctions", "Value")


def update(checkout: Checkout) -> None:
    """Name every function of the template, in its order."""
    template = YamlText(FILE, checkout.read(FILE))
    functions = logical_ids(checkout)
    arns = "".join(f"              - !GetAtt {logical}.Arn\n" for logical in functions.values())
    names = ",".join(f'"{name}":"${{{logical}}}"' for name, logical in functions.items())
    output = template.entry(*_NAMES)
    template = YamlText(
        FILE, template.replaced(output.line + 1, output.end, f"      {{{names}}}\n")
    )
    rights = template.entry(*_RIGHTS)
    first = template.line_of("            Resource:\n", rights) + 1
    checkout.write(FILE, template.replaced(first, rights.end, arns))
