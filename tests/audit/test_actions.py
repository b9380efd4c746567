"""Every act that is recorded anywhere has its word in both languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import facility_app
from facility_app.i18n import LANGUAGES, Words

RECORDERS = ("record", "intend", "_append")
PACKAGE = Path(facility_app.__file__).parent


def constants(tree: ast.Module) -> dict[str, str]:
    """The module's own names of acts: ``VERIFIED = "log.verified"``."""
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value.value, str)
    }


def literals(node: ast.expr, names: dict[str, str]) -> Iterator[str]:
    """The texts that an expression can become: a literal, a constant, either side of a choice."""
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value
        if isinstance(part, ast.Name) and part.id in names:
            yield names[part.id]


def recorded() -> set[str]:
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = constants(tree)
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in RECORDERS
                and node.args
            ):
                found |= {text for text in literals(node.args[0], names) if "." in text}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_recorded_act_has_its_word(language: str) -> None:
    words = Words(language)
    acts = recorded()
    assert {"item.signed_out", "log.verified", "checkpoint.made", "clock.set_back"} <= acts
    missing = {
        act for act in acts if f"action-{act.replace('.', '-').replace('_', '-')}" not in words
    }
    assert not missing
