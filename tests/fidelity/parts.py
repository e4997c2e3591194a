"""The real parts that judge the code: a row in docs/fidelity.md for each.

A run that says `-p tests.fidelity.plugin --real-part KEY` to pytest leaves a record of this part,
and `make fidelity` brings it into the page. CONTRIBUTING.md says how a part is added.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.fidelity import versions
from tests.fidelity.clients import CLIENTS
from tests.fidelity.part import Part
from tests.netlify.netlify_cli import NETLIFY_CLI
from tests.witnesses import gotrue
from tests.witnesses.planner import vitess_version
from tests.witnesses.plans import BEFORE_SHARDS


def _through_vitess(name: str) -> Part:
    return Part(
        name,
        "make test-vitess",
        "the suites of the database and of the functions, and what is vtgate's own",
        dict.fromkeys(
            ("tests/integration/database", "tests/integration/functions", "tests/vitess"), "tests"
        ),
        versions.vitess_over_mysql,
        vitess_version,
        "[below](#vitess-itself)",
    )


def _live(name: str, suite: str, account: str) -> Part:
    what = f"where somebody has [{account}](live.md)"
    return Part(name, "make test-live", what, {suite: "tests"}, versions.of_its_day)


PARTS: Mapping[str, Part] = {
    "vitess-planner": Part(
        "Vitess's planner",
        "make test-witnesses",
        "every statement, without shards and with four",
        {"tests/witnesses": "tests"},
        vitess_version,
        vitess_version,
        f"refused over shards: {', '.join(f'`{name}`' for name in sorted(BEFORE_SHARDS))}",
    ),
    "mysql": Part(
        "MySQL",
        "make test-mysql",
        "the suites of the attacks, the database, its engines, the functions and the migrations",
        {
            f"tests/integration/{folder}": "tests"
            for folder in ("attacks", "database", "database_engine", "functions", "migrations")
        },
        versions.mysql,
    ),
    "vitess": _through_vitess("Vitess itself, in one database: vtgate over a tablet"),
    "vitess-2-shards": _through_vitess("Vitess itself, over two shards: vtgate over tablets"),
    "gotrue": Part(
        "GoTrue, which is Netlify Identity",
        "make test-witnesses",
        "where there is one, with the contract of Identity, the same tests as for our emulator",
        {
            "tests/contract/identity": "tests of the contract",
            "tests/contract/identity/test_same_answers.py": "sequences of random requests",
            "tests/integration/live/test_identity.py": "tests of `make test-live` with it",
            "tests/e2e/whole_bundle/test_netlify_identity_alone.py": "tests of the whole story",
        },
        versions.gotrue_over_its_database,
        lambda: gotrue.VERSION,
        "[below](#identity-and-gotrue)",
    ),
    "pscale": Part(
        "pscale, PlanetScale's command",
        "make test-witnesses",
        "where there is one, `make deploy-db`, `revert`, and what [deploying](deploy.md) has one "
        "type, with a PlanetScale of our own",
        {"tests/planetscale": "tests"},
        versions.pscale_over_its_database,
        differences="[below](#pscale-and-planetscale)",
    ),
    "netlify-cli": Part(
        "Netlify's CLI, with Netlify's own code around modern functions",
        "make test-netlify",
        "the site with v1 and with v2 functions, built, under `netlify dev` and under "
        "`netlify functions:serve`; the whole story once for each form",
        {"tests/netlify": "tests"},
        versions.netlify_cli,
        lambda: NETLIFY_CLI.replace("@", " "),
        "[those of the two forms](deploy.md#modern-functions)",
    ),
    **CLIENTS,
    "aws-runtime-emulator": Part(
        "AWS's runtime interface emulator",
        "make test-aws",
        "the package, unpacked, under it and under the local cloud, with every sample event",
        {"tests/aws/runtime_emulator": "tests"},
        versions.sam_cli,
        versions.pinned_sam_cli,
    ),
    "live-stytch": _live("Stytch", "tests/contract/stytch", "an account"),
    "live-identity": _live("Netlify Identity", "tests/contract/identity", "a site"),
    "live-site": _live("A deployed site", "tests/e2e/whole_bundle", "one"),
}
