"""医療機関の登録: what is known of each clinic, in words.  Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from facility_app.domain.coverage import Answer, VisualMode
from facility_app.i18n import Words
from facility_app.services.clinics import ClinicView
from facility_app.ui.viewmodels.visits import folded


@dataclass(frozen=True)
class ClinicRow:
    """One clinic; `chips`: (words, level) of what its reader can do."""

    view: ClinicView
    name: str
    phone: str
    chips: tuple[tuple[str, str], ...]
    notes: str


_VISUAL = {
    VisualMode.WORKS: ("clinics-visual-works", "ok"),
    VisualMode.REFUSED: ("clinics-visual-refused", "warn"),
    VisualMode.UNKNOWN: ("clinics-visual-unknown", "notice"),
}


def clinic_rows(words: Words, clinics: Sequence[ClinicView], wanted: str = "") -> list[ClinicRow]:
    """The clinics that `wanted` finds by name, reading or telephone."""
    key = folded(wanted)
    return [
        _row(words, each)
        for each in clinics
        if not key
        or any(key in folded(part) for part in (each.form.name, each.form.kana, each.form.phone))
    ]


def _row(words: Words, view: ClinicView) -> ClinicRow:
    form = view.form
    visual, level = _VISUAL[form.visual_mode]
    chips = [(words(visual), level)]
    for name in ("pmh", "livelihood_ready", "phone_ready"):
        if getattr(form, name) is Answer.YES:
            chips.append((words(f"clinics-{name.replace('_', '-')}-yes"), "ok"))
    if form.house_calls:
        chips.append((words("clinics-comes"), "notice"))
    if not form.active:
        chips.insert(0, (words("clinics-resting"), "warn"))
    notes = " ".join(form.notes.split())
    return ClinicRow(view, form.name, form.phone, tuple(chips), notes)
