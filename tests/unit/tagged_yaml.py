"""YAML with tags of its own, as CloudFormation's templates have them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


class AnyTagLoader(yaml.SafeLoader):
    """Reads `!Ref Name` as `{"!Ref": "Name"}`."""


def tagged(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        return {f"!{suffix}": loader.construct_scalar(node)}
    if isinstance(node, yaml.SequenceNode):
        return {f"!{suffix}": loader.construct_sequence(node, deep=True)}
    return {f"!{suffix}": loader.construct_mapping(node, deep=True)}


AnyTagLoader.add_multi_constructor("!", tagged)


def load_with_tags(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = yaml.load(path.read_text(), AnyTagLoader)
    return document
