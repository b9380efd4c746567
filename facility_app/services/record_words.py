"""What an entry of the record says, in words: for the log page, and for papers about a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from facility_app.i18n import Words, message_id
from facility_app.services.record_visit_words import TERMS, choice_names, names_of_value

_PEOPLE = (
    "holder",
    "holder_id",
    "witness",
    "from",
    "to",
    "deputy_for",
    "escort",
    "escort_id",
    "counter",
    "counters",
    "staff",
    "officer",
    "officers",
    "approvers",
)
_TERMS = {
    "capacity": "capacity",
    "card_kind": "card-kind",
    "condition": "condition",
    "conditions": "condition",
    "face_authentication": "face-authentication",
    "findings": "code",
    "role": "role",
    "shift": "shift",
    "outcome": "pin-outcome",
    "permission": "permission",
    "state": "item-state",
    "will_confirmed": "will-confirmed",
    "happened": "lost-where",
    "out_of_hand": "leak-answer",
    "decision": "leak-decision",
    "which": "lost-review",
    "lost_paper": "lost-paper",
    **TERMS,
}
_NONE: Mapping[str, str] = {}
_NOBODY: Mapping[int, str] = {}
_HIDDEN = ("corrects", "lost_step", "kind_code")  # the kind is told by its own detail
_HASHES = ("root", "sha256", "commitment")


def action_word(words: Words, action: str) -> str:
    """The word for an act; its own name where a newer version wrote it."""
    key = f"action-{message_id(action)}"
    return words(key) if key in words else action


class DetailWords:
    """Turns the details of entries into words.

    people: the names of staff by id; purposes, kinds: names of master data by code; items: what
    things are called, by id.
    """

    def __init__(
        self,
        words: Words,
        people: Mapping[int, str],
        purposes: Mapping[str, str] = _NONE,
        kinds: Mapping[str, str] = _NONE,
        items: Mapping[int, str] = _NOBODY,
    ) -> None:
        self._words = words
        self._people = people
        self._items = items
        coded = dict.fromkeys(("purpose", "purpose_code"), purposes)
        self._coded = {
            **coded,
            **dict.fromkeys(("kind", "kind_code", "kinds", "codes"), kinds),
            **choice_names(words.language),
        }

    def details(self, details: Mapping[str, Any]) -> list[tuple[str, str]]:
        """(label, value) of each detail but those that say what was changed."""
        return [
            (self.label(key), self.value(key, value))
            for key, value in details.items()
            if key not in _HIDDEN and not self._is_change(details, key)
        ]

    def _is_change(self, details: Mapping[str, Any], key: str) -> bool:
        pair = isinstance(details.get("before"), dict) and isinstance(details.get("after"), dict)
        return pair and key in ("before", "after")

    def changed(self, details: Mapping[str, Any]) -> list[tuple[str, str, str]]:
        """(label, before, after) of a correction or change; none for other acts."""
        if not self._is_change(details, "before"):
            return []
        before, after = details["before"], details["after"]
        return [
            (self.label(key), self.value(key, before.get(key)), self.value(key, after.get(key)))
            for key in dict.fromkeys([*before, *after])
        ]

    def label(self, key: str) -> str:
        """The word for a detail; its own name where a newer version wrote it."""
        slug = "kind" if key == "kind_code" else key.replace("_", "-")
        for name in (
            f"log-detail-{slug}",
            f"term-field-{slug}",
            f"term-pin-{slug}",
            f"term-check-code-{slug}",
        ):
            if name in self._words:
                return self._words(name)
        return key

    def value(self, key: str, value: Any) -> str:
        """A detail's value in words."""
        words = self._words
        if value is None or value in ("", [], {}):
            return words("log-nothing")
        if isinstance(value, bool):
            return words("log-yes" if value else "log-no")
        if key == "conditions" and isinstance(value, dict):
            return "\n".join(self._returned(item, told) for item, told in value.items())
        if isinstance(value, dict):
            return "\n".join(
                f"{self.label(str(k))} {self.value(str(k), v)}" for k, v in value.items()
            )
        if isinstance(value, list):
            return words("list-separator").join(self.value(key, each) for each in value)
        return self._single(key, value)

    def _returned(self, item: str, told: Any) -> str:
        """How many pieces of one thing came back, and in which condition."""
        name = self._items.get(int(item), f"#{item}") if item.isdigit() else item
        pieces, condition = told if isinstance(told, list) and len(told) == 2 else (told, "")
        return f"{name} ×{pieces} {self._single('condition', condition)}".rstrip()

    def _single(self, key: str, value: Any) -> str:
        words, text = self._words, str(value)
        if key in _PEOPLE and text.isdigit() and int(text) in self._people:
            return self._people[int(text)]
        if text in self._coded.get(key, _NONE):
            return self._coded[key][text]
        if key in _HASHES:
            return in_groups(text[:32])
        slug = text.replace("_", "-").replace(".", "-")
        for name in (
            f"log-value-{key.replace('_', '-')}-{slug}",
            f"term-{_TERMS.get(key, key)}-{slug}",
            f"term-finding-kind-{slug}" if key == "found" else "",
            f"action-{slug}" if key == "for" else "",
            *names_of_value(key, slug),
        ):
            if name and name in words:
                return words(name)
        return self._moment(text) or text

    def _moment(self, text: str) -> str:
        """`text` as day or moment where it is one in ISO 8601."""
        try:
            if len(text) == len("2026-11-20"):
                return self._words.day(date.fromisoformat(text))
            at = datetime.fromisoformat(text)
        except ValueError:
            return ""
        return self._words.moment(at) if at.tzinfo is not None else ""


def in_groups(text: str) -> str:
    """Hexadecimal figures in groups of four, to be read out."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))
