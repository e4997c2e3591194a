"""The fields of a JSON object, taken out by name and type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from local.kit.store import Document

Value = TypeVar("Value")


class InvalidField(ValueError):
    """A field is missing or cannot be used; the message names it."""


class Fields:
    """Holds fields by name; null counts as absent. A value of the wrong type raises InvalidField.

    `context` begins the message, such as `Could not read Signup params: `.
    """

    def __init__(self, values: Mapping[str, Any], context: str = "") -> None:
        self._values = {name: value for name, value in values.items() if value is not None}
        self._context = context

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str) -> str:
        """Return a string, "" when absent."""
        return self.optional_text(name) or ""

    def optional_text(self, name: str) -> str | None:
        return self._typed(name, str, "a string")

    def required_text(self, name: str) -> str:
        value = self.optional_text(name)
        if value is None:
            raise self.invalid(name, "is required")
        return value

    def optional_integer(self, name: str) -> int | None:
        return self._typed(name, int, "an integer")

    def optional_number(self, name: str) -> float | None:
        whole = type(self._values.get(name)) is int
        return self.optional_integer(name) if whole else self._typed(name, float, "a number")

    def flag(self, name: str) -> bool:
        """Return a boolean, False when absent."""
        return self._typed(name, bool, "a boolean") or False

    def mapping(self, name: str) -> Document | None:
        """Return an object; None, unlike `{}`, tells that the field was not sent."""
        return self._typed(name, dict, "an object")

    def nested(self, name: str) -> Self | None:
        """Return an object as fields of its own, None when absent."""
        value = self.mapping(name)
        return None if value is None else self._nested(value)

    def texts(self, name: str) -> list[str] | None:
        values = self._typed(name, list, "an array of strings")
        if values is not None and not all(isinstance(value, str) for value in values):
            raise self.invalid(name, "must be an array of strings")
        return values

    def several(self, name: str) -> list[Self]:
        """Return the objects of an array as fields each; none when absent."""
        values = self._typed(name, list, "an array of objects") or []
        if not all(isinstance(value, dict) for value in values):
            raise self.invalid(name, "must be an array of objects")
        return [self._nested(value) for value in values]

    def value(self, name: str) -> Any:
        """Return what was sent, of whatever type; None when absent."""
        return self._values.get(name)

    def invalid(self, name: str, reason: str) -> InvalidField:
        """Return the error for a field; `reason` ends the sentence, such as `must be …`."""
        return InvalidField(f"{self._context}{name} {reason}.")

    def _nested(self, values: Document) -> Self:
        return type(self)(values, self._context)

    def _typed(self, name: str, expected: type[Value], words: str) -> Value | None:
        value = self._values.get(name)
        if value is None or type(value) is expected:  # a bool is an int in Python, not in JSON
            return value
        raise self.invalid(name, f"must be {words}")
