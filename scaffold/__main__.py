"""`python -m scaffold new FN=… ROUTE=… WHO=…`, `… drop ROUTE=…` and `… routes`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from scaffold import drop, lists, new
from scaffold.checkout import Checkout, Refused
from scaffold.new.route_test import file_of
from scaffold.new.wanted import Wanted, read_existing, read_wanted

ROOT = Path(__file__).resolve().parent.parent
NEXT = """
Next:
  1. Write in functions/{function}.py, {endpoint}, what it does.
  2. Describe that in docs/openapi.yaml, {path}.
  3. Say in the test what has to hold, and run it:
     make test ARGS={test}
A local cloud that is running serves it now; else start one with make dev. To try it:
  curl -i http://localhost:8888/api{example}
docs/extending.md shows how to go on, for instance with a table of your own."""


def main(arguments: Sequence[str]) -> int:
    """Run a command; answers 0, or 2 with a sentence on standard error and nothing written."""
    command, words = (arguments[0], arguments[1:]) if arguments else ("", [])
    try:
        if command == "new":
            write_new(Checkout(ROOT), words)
        elif command == "drop":
            drop_route(Checkout(ROOT), words)
        else:
            update_lists(Checkout(ROOT))
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 2
    return 0


def update_lists(checkout: Checkout) -> None:
    """Write what follows from the functions; raises Refused."""
    lists.update(checkout)
    _save(checkout)


def write_new(checkout: Checkout, words: Sequence[str]) -> None:
    """Write the function or the route that the words ask for; raises Refused."""
    wanted = read_wanted(checkout, words)
    test = file_of(checkout, wanted)
    new.write(checkout, wanted)
    _save(checkout)
    print(_next_steps(wanted, test))


def drop_route(checkout: Checkout, words: Sequence[str]) -> None:
    """Take the route that the words name out of the project; raises Refused."""
    drop.remove(checkout, read_existing(checkout, words))
    _save(checkout)


def _save(checkout: Checkout) -> None:
    changes = checkout.changes()
    checkout.save()
    print("\n".join(f"  {how:<8} {path}" for path, how in changes.items()) or "All is up to date.")


def _next_steps(wanted: Wanted, test: str) -> str:
    return NEXT.format(
        function=wanted.route.function,
        endpoint=wanted.endpoint,
        path=wanted.route.path,
        example=wanted.example_path,
        test=test,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
