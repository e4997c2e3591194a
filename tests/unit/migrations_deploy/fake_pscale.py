"""Stands on PATH as `pscale`: a small PlanetScale in a JSON file, which keeps what it was told.

Its answers have the shape of planetscale/cli, August 2026. `connect --execute` runs nothing: it
does to the branch's history what our modules would do.
"""

import json
import os
import shlex
import sys
from pathlib import Path


def main(words):
    file = Path(os.environ["FAKE_PSCALE"])
    world = json.loads(file.read_text())
    world["told"].append(words)
    command = " ".join(words[:2]) if words[0] != "connect" else "connect"
    try:
        answer = refusal(world, command) or COMMANDS[command](world, words[2:], words)
    finally:
        file.write_text(json.dumps(world))
    if isinstance(answer, int):
        return answer
    if answer is not None:
        say(json.dumps(answer))
    return 0


def say(line):
    sys.stdout.write(f"{line}\n")


def refusal(world, command):
    """The status of a command that is told to fail."""
    if command not in world["failing"]:
        return None
    say(json.dumps({"status": "error", "error": f"{command} is down"}))
    sys.stderr.write(f"Error: {command} is down\n")
    return 2


def list_branches(world, _rest, _words):
    return [
        {"name": name, "ready": True, "safe_migrations": world["safe_migrations"]}
        for name in world["branches"]
    ]


def create_branch(world, rest, _words):
    world["branches"][rest[1]] = []  # a new branch has the schema, and no rows


def connect(world, _rest, words):
    applied = world["branches"][words[2]]
    module, *arguments = shlex.split(words[words.index("--execute") + 1])[2:]
    if module == "migrations":
        applied[:] = world["folder"]
    elif not arguments:
        say("\n".join(applied))
    elif arguments[0] == "add":
        applied[:] = sorted({*applied, *arguments[1:]})
    else:
        applied[:] = [name for name in applied if name not in arguments[1:]]


def list_requests(world, _rest, _words):
    return [shown(request) for request in world["requests"]]


def create_request(world, rest, words):
    world["requests"].append(
        {
            "number": len(world["requests"]) + 1,
            "branch": rest[1],
            "into_branch": words[words.index("--into") + 1],
            "notes": words[words.index("--notes") + 1],
            "html_url": "https://app.planetscale.com/deploy-requests/1",
            "states": list(world["states_when_opened"]),
        }
    )
    return shown(world["requests"][-1])


def show_request(world, rest, _words):
    request = world["requests"][int(rest[1]) - 1]
    if len(request["states"]) > 1:
        request["states"].pop(0)
    return shown(request)


def diff_request(_world, _rest, _words):
    say("-- issues --")


def deploy_request(world, rest, _words):
    world["requests"][int(rest[1]) - 1]["states"] = list(world["states_when_deployed"])


def revert_request(world, rest, _words):
    world["requests"][int(rest[1]) - 1]["states"] = list(world["states_when_reverted"])


def shown(request):
    complaint = {"lint_error": "NO_UNIQUE_KEY", "error_description": "table a has no unique key"}
    state = request["states"][0]
    lint_errors = [complaint] if state == "error" else []
    return {**request, "deployment": {"state": state, "lint_errors": lint_errors}}


COMMANDS = {
    "auth check": lambda world, _rest, _words: 0 if world["logged_in"] else 1,
    "branch list": list_branches,
    "branch create": create_branch,
    "connect": connect,
    "deploy-request list": list_requests,
    "deploy-request create": create_request,
    "deploy-request show": show_request,
    "deploy-request diff": diff_request,
    "deploy-request deploy": deploy_request,
    "deploy-request revert": revert_request,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
