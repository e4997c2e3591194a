"""The lists that follow from functions/*.py and template.yaml say what these say."""

from __future__ import annotations

import re
from pathlib import Path

from local.netlify.gateway import API_FUNCTIONS
from scaffold import lists
from scaffold.checkout import Checkout
from scaffold.routes import FUNCTION_OF_METHOD

ROOT = Path(__file__).parents[2]


def test_every_list_of_functions_and_routes_is_up_to_date():
    checkout = Checkout(ROOT)

    lists.update(checkout)

    assert checkout.changes() == {}, "type `make routes`, which writes these files anew"


def test_both_gateways_send_a_method_to_the_function_that_the_lists_suppose():
    source = (ROOT / "netlify/gateway.js").read_text()
    of_netlify = dict(re.findall(r'^  \["([A-Z]+)", "(\w+)"\],$', source, re.MULTILINE))

    assert of_netlify == dict(API_FUNCTIONS) == {"HEAD": "get", **FUNCTION_OF_METHOD}
