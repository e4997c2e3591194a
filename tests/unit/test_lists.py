"""The lists that follow from functions/*.py and template.yaml say what these say."""

from __future__ import annotations

from pathlib import Path

from scaffold import lists
from scaffold.checkout import Checkout

ROOT = Path(__file__).parents[2]


def test_every_list_of_functions_and_routes_is_up_to_date():
    checkout = Checkout(ROOT)

    lists.update(checkout)

    assert checkout.changes() == {}, "type `make routes`, which writes these files anew"
