"""`make types`: write `public/latchkey.d.ts`, the types of `public/latchkey.js` and of every route.

It has three parts: what openapi-typescript makes of `docs/openapi.yaml`; `calls.d.ts`, beside this
module; and what tsc reads in the comments of `latchkey.js`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.clients.front_end import node

SOURCE = node.ROOT / "public" / "latchkey.js"
FILE = node.ROOT / "public" / "latchkey.d.ts"
HEAD = """\
// The types of latchkey.js and of every route. `make types` writes this file, from
// docs/openapi.yaml, tests/clients/front_end/calls.d.ts and the comments of latchkey.js.

"""
NODE_IS_MISSING = (
    "Node is not installed, so public/latchkey.d.ts was not written. "
    "Install Node 20 or newer (nodejs.org), then type `make types`."
)
# What the programs write at the top of a file, and the imports of one part from another.
OWN_HEAD = re.compile(r"\A/\*\*.*?\*/\n+", re.DOTALL)
OWN_IMPORT = re.compile(r'^import .* from "\./latchkey\.d\.ts";\n', re.MULTILINE)


def main() -> int:
    """Write the file; without Node, say that it was not written."""
    if not node.install():
        print(NODE_IS_MISSING)
        return 0
    FILE.write_text(declarations(), encoding="utf-8")
    return 0


def declarations() -> str:
    """What `public/latchkey.d.ts` should hold; raises CalledProcessError."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        types = folder / FILE.name
        _run("openapi-typescript/bin/cli.js", node.ROOT / "docs/openapi.yaml", "--output", types)
        routes = OWN_HEAD.sub("", types.read_text(encoding="utf-8"))
        routes += "\n" + (node.FOLDER / "calls.d.ts").read_text(encoding="utf-8")
        types.write_text(routes, encoding="utf-8")
        return f"{HEAD}{routes}\n{_functions(folder)}"


def _functions(folder: Path) -> str:
    """The declarations of the module, beside whose copy the types of the routes are."""
    copy = shutil.copy(SOURCE, folder)
    _run("tsc/bin/tsc", "--project", _configuration(folder, Path(copy)))
    emitted = (folder / "emitted" / FILE.name).read_text(encoding="utf-8")
    return OWN_IMPORT.sub("", OWN_HEAD.sub("", emitted))


def _configuration(folder: Path, module: Path) -> Path:
    file = folder / "tsconfig.json"
    file.write_text(
        f"""{{
          "extends": "{node.FOLDER / "tsconfig.json"}",
          "compilerOptions": {{
            "noEmit": false, "declaration": true, "emitDeclarationOnly": true,
            "outDir": "{folder / "emitted"}"
          }},
          "include": [],
          "files": ["{module}"]
        }}"""
    )
    return file


def _run(program: str, *words: str | Path) -> None:
    done = node.run(program, *words)
    if done.returncode:
        print(done.stdout, file=sys.stderr)
        done.check_returncode()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as error:
        sys.exit(f"{error.cmd[0]} failed; public/latchkey.d.ts was not written.")
