"""`python transform.py TEMPLATE`, run in SAM's environment: the template as CloudFormation gets it.

The translator cannot be installed beside the Stytch SDK: they pin different versions of pydantic.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class NoManagedPolicies:
    """The transform asks for AWS's own policies by name; the template names none."""

    def load(self) -> dict[str, str]:
        return {}


if __name__ == "__main__":
    template = yaml_parse(Path(sys.argv[1]).read_text())
    template["Globals"]["Function"]["CodeUri"] = "s3://artifacts/package.zip"  # as if uploaded
    json.dump(transform(template, {}, NoManagedPolicies()), sys.stdout)
