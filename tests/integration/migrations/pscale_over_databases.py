"""Stands on PATH as `pscale`: a PlanetScale whose branches are databases of a real server.

A new branch gets the tables of its parent and none of their rows, a deploy request carries tables
and no rows, and `connect --execute` runs the command with the branch's URL.
"""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pymysql

SERVER = json.loads(os.environ["FAKE_PSCALE_SERVER"])  # arguments of pymysql.connect
URL = os.environ["FAKE_PSCALE_URL"]  # with {database} in it
FILE = Path(os.environ["FAKE_PSCALE_FILE"])


def database_of(branch):
    return f"planetscale_{branch.replace('-', '_')}"


def run(branch, *statements):
    with pymysql.connect(**SERVER, autocommit=True) as connection, connection.cursor() as cursor:
        for statement in (f"USE {database_of(branch)}", *statements):
            cursor.execute(statement)
        return cursor.fetchall()


def tables(branch):
    return [name for (name,) in run(branch, "SHOW TABLES")]


def copy_tables(names, source, target):
    run(target, *(run(source, f"SHOW CREATE TABLE {name}")[0][1] for name in names))


def check_login(_world, _words):
    return 0


def list_branches(world, _words):
    return [{"name": name, "safe_migrations": True} for name in world["branches"]]


def create_branch(world, words):
    branch, parent = words[3], words[words.index("--from") + 1]
    with pymysql.connect(**SERVER) as connection, connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {database_of(branch)}")
    copy_tables(tables(parent), parent, branch)
    world["branches"].append(branch)


def connect(_world, words):
    url = URL.format(database=database_of(words[2]))
    command = shlex.split(words[words.index("--execute") + 1])
    return subprocess.call(command, env={**os.environ, "DATABASE_URL": url})


def list_requests(world, _words):
    return world["requests"]


def create_request(world, words):
    branch, into = words[3], words[words.index("--into") + 1]
    request = {
        "number": len(world["requests"]) + 1,
        "branch": branch,
        "into_branch": into,
        "notes": words[words.index("--notes") + 1],
        "deployment": {"state": "ready"},
        "tables": [name for name in tables(branch) if name not in tables(into)],
    }
    world["requests"].append(request)
    return request


def show_request(world, words):
    return world["requests"][int(words[3]) - 1]


def diff_request(_world, _words):
    return 0


def deploy_request(world, words):
    request = show_request(world, words)
    copy_tables(request["tables"], request["branch"], request["into_branch"])
    request["deployment"]["state"] = "complete_pending_revert"


def revert_request(world, words):
    request = show_request(world, words)
    run(request["into_branch"], *(f"DROP TABLE {name}" for name in request["tables"]))
    request["deployment"]["state"] = "complete_revert"


COMMANDS = {
    "auth check": check_login,
    "branch list": list_branches,
    "branch create": create_branch,
    "connect latchkey": connect,
    "deploy-request list": list_requests,
    "deploy-request create": create_request,
    "deploy-request show": show_request,
    "deploy-request diff": diff_request,
    "deploy-request deploy": deploy_request,
    "deploy-request revert": revert_request,
}


def main(words):
    world = json.loads(FILE.read_text())
    answer = COMMANDS[" ".join(words[:2])](world, words)
    FILE.write_text(json.dumps(world))
    if isinstance(answer, int):
        return answer
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
