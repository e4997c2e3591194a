"""`python -m tests.support.slow_cloud TIMEOUT STYTCH_PORT IDENTITY_PORT [ARGUMENT ...]`

The local cloud, but its functions have TIMEOUT seconds, and reach the providers at these ports.
"""

from __future__ import annotations

import sys
from dataclasses import replace

from local import aws
from local.aws.template import Template, load_template
from local.commands import dev
from local.settings import IDENTITY_PATH, Settings

if __name__ == "__main__":
    timeout, stytch_port, identity_port, *arguments = sys.argv[1:]

    def load_with_timeout(*path) -> Template:
        template = load_template(*path)
        functions = (replace(one, timeout=float(timeout)) for one in template.functions)
        return replace(template, functions=tuple(functions))

    aws.load_template = load_with_timeout
    Settings.stytch_url = f"http://127.0.0.1:{stytch_port}"
    Settings.identity_url = f"http://127.0.0.1:{identity_port}{IDENTITY_PATH}"
    sys.exit(dev.main(arguments))
