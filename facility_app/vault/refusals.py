"""Errors across the pipe: the same class with the same facts on the other side."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from facility_app import keystore
from facility_app.cards import attributes, protocol
from facility_app.errors import FacilityError
from facility_app.vault import channel, errors, present

_MODULES = (errors, present, channel, protocol, attributes, keystore)
"""Whose errors the vault's process may answer with."""


@cache
def _known() -> dict[str, type[FacilityError]]:
    found: dict[str, type[FacilityError]] = {}
    for module in _MODULES:
        for each in vars(module).values():
            own = isinstance(each, type) and each.__module__ == module.__name__
            if own and issubclass(each, FacilityError):
                found.setdefault(each.key, each)
    return found


def error_facts(error: FacilityError) -> dict[str, Any]:
    """An error as facts; errors hold no secrets."""
    return {"key": error.key, "facts": error.facts()}


def error_of(facts: Mapping[str, Any]) -> FacilityError:
    """The error again; AgentGone for one that this side does not know."""
    known = _known().get(str(facts.get("key")))
    try:
        return known(**facts["facts"]) if known is not None else channel.AgentGone()
    except (KeyError, TypeError):
        return channel.AgentGone()
