"""Which words the record uses for the details of entries about visits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from facility_app.services.rule_data import rules

_ANSWERS = (
    "registered",
    "wishes_registration",
    "disability_certified",
    "card_has_photo",
    "phone_certificates",
    "phone_needs_pin",
    "consents_face",
    "consents_visual",
    "first_visit",
    "pmh",
    "livelihood_ready",
    "phone_ready",
)

TERMS: Mapping[str, str] = {
    "device": "house-call-device",
    "income": "income-class",
    "pin_known_by": "pin-known-by",
    "portal": "portal-screen",
    "visual_mode": "visual-mode",
    "overrides": "check-code",
    **dict.fromkeys(_ANSWERS, "answer"),
}
"""Which enum's words a detail's value has."""

_CHECKS = ("pouch", "pieces", "card-check", "paper", "ratio", "return-time", "escort")
"""The lines of the check before a visit; each says its state, or what it found."""


def names_of_value(key: str, slug: str) -> Iterator[str]:
    """Catalogue keys that may tell the value `slug` of the detail `key`."""
    if key == "fields":
        yield f"log-detail-{slug}"
        yield f"term-field-{slug}"
    if key in _CHECKS:
        yield f"term-check-state-{slug}"
        yield f"term-check-why-{slug}"
    if key in ("accepted", "ways"):
        yield f"ladder-way-{slug}"


def choice_names(language: str) -> dict[str, dict[str, str]]:
    """Name by code of what is ticked after a visit, by the detail's key."""
    choices = rules().visit_choices
    return {
        "troubles": {each.code: each.name(language) for each in choices.troubles},
        "papers": {each.code: each.name(language) for each in choices.papers},
    }
