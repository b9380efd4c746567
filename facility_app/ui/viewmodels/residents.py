"""What the page 利用者 says in words: the list, the head of one resident, the tabs.

Knows no Qt.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from facility_app.domain.agreements import Standing
from facility_app.domain.clock import local_date, local_time
from facility_app.domain.dates import age_on
from facility_app.domain.expiry import ExpiryState
from facility_app.domain.items import FaceAuthentication
from facility_app.i18n import Words
from facility_app.services.resident_data import (
    AgreementView,
    ItemView,
    LoanHistory,
    ProxyView,
    ResidentView,
)
from facility_app.services.search import Findings, FoundResident, Presence
from facility_app.services.visits import VisitView

LONGEST_LINE = 36
"""Half-width characters of a name that stand in one line of the head."""

EXPIRY_LEVEL = {
    ExpiryState.VALID: "ok",
    ExpiryState.RENEWABLE: "notice",
    ExpiryState.SOON: "warn",
    ExpiryState.GRACE: "late",
    ExpiryState.UNUSABLE: "danger",
}
"""How a state of dates is shown; names of levels."""

PRESENCE_LEVEL = {
    Presence.IN_SAFE: "ok",
    Presence.OUT: "notice",
    Presence.PARTLY_OUT: "notice",
    Presence.LOST: "danger",
    Presence.NOTHING: "notice",
}
PRESENCE_ICON = {
    Presence.IN_SAFE: "lock-fill",
    Presence.OUT: "output",
    Presence.PARTLY_OUT: "output",
    Presence.LOST: "",
    Presence.NOTHING: "",
}


@dataclass(frozen=True)
class Mark:
    """A state with its level (empty = nothing to notice) and icon (empty = the level's own)."""

    words: str
    level: str
    icon: str = ""


@dataclass(frozen=True)
class ListRow:
    """One row of the list."""

    id: int
    name: str
    kana: str
    room: str
    slot: str
    presence: Mark
    expiry: Mark | None


def list_rows(words: Words, findings: Findings) -> list[ListRow]:
    """The rows of a search, in its order."""
    return [
        ListRow(
            row.id, row.name, row.kana, row.room, row.slot,
            presence_mark(words, row), expiry_mark(words, row.expiry),
        )
        for row in findings.rows
    ]  # fmt: skip


def presence_mark(words: Words, row: FoundResident) -> Mark:
    """Where the things are: in the safe, out until when, late, left."""
    if row.discharged_on is not None:
        return Mark(words("residents-left"), "warn", "logout")
    if row.presence is Presence.NOTHING:
        return Mark(words.term(row.presence), "")
    level = "late" if row.late else PRESENCE_LEVEL[row.presence]
    text = words.term(row.presence)
    if row.due_at is not None:
        text = words("residents-out-until", state=text, time=words.clock(row.due_at))
    return Mark(text, level, "" if row.late else PRESENCE_ICON[row.presence])


def expiry_mark(words: Words, state: ExpiryState | None) -> Mark | None:
    """The gravest state of dates; nothing where there is nothing to say."""
    if state is None or state is ExpiryState.VALID:
        return None
    return Mark(words.term(state), EXPIRY_LEVEL[state])


def count_text(words: Words, findings: Findings) -> str:
    """How many were found, and how many of them are shown."""
    if findings.total > len(findings.rows):
        shown, total = str(len(findings.rows)), f"{findings.total:,}"
        return words("residents-count-part", shown=shown, total=total)
    return words("residents-count", total=str(findings.total))


def is_long(name: str) -> bool:
    """Whether a name does not fit in one large line; it is then written smaller, and whole."""
    wide = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in name)
    return wide > LONGEST_LINE


def face_lines(words: Words, view: ResidentView) -> tuple[str, str, str]:
    """Beside the name: room, place, and birth date with age (and the day they left)."""
    form = view.form
    parts = []
    if form.birth_date is not None:
        age = str(age_on(form.birth_date, view.today))
        parts.append(words("residents-born", day=words.day(form.birth_date), age=age))
    if view.discharged_on is not None:
        key = "residents-deceased-on" if view.deceased_on else "residents-left-on"
        parts.append(words(key, day=words.day(view.discharged_on)))
    room = words("residents-room", room=form.room) if form.room else words("residents-no-room")
    slot = words("residents-slot", slot=view.slot) if view.slot else ""
    return room, slot, words("residents-dot").join(parts)


def state_mark(words: Words, view: ResidentView) -> Mark:
    """The chip of the head."""
    if view.due_at is not None:
        text = words(
            "residents-out-until", state=words.term(view.presence), time=words.clock(view.due_at)
        )
        return Mark(text, PRESENCE_LEVEL[view.presence], PRESENCE_ICON[view.presence])
    return Mark(
        words.term(view.presence), PRESENCE_LEVEL[view.presence], PRESENCE_ICON[view.presence]
    )


def kind_name(words: Words, item: ItemView) -> str:
    """The kind's name in the language of the screen."""
    return item.kind_en if words.language == "en" and item.kind_en else item.kind


def item_detail(words: Words, item: ItemView) -> str:
    """The small line under a thing's name: mark, ratio, colour, pieces, face note."""
    form, parts = item.form, []
    if form.label:
        parts.append(form.label)
    if form.ratio is not None:
        parts.append(words("residents-ratio", ratio=str(form.ratio)))
    if form.colour:
        parts.append(form.colour)
    if form.pieces > 1:
        parts.append(words("residents-pieces", count=str(form.pieces)))
    if form.face_authentication is FaceAuthentication.NOTED:
        parts.append(words("residents-face-card"))
    return words("residents-dot").join(parts)


def next_step(item: ItemView) -> str:
    """What the button of a thing does next: ``renew``, ``dates`` or ``edit``."""
    if item.has_dates and not item.lines:
        return "dates"
    grave = (ExpiryState.RENEWABLE, ExpiryState.SOON, ExpiryState.GRACE, ExpiryState.UNUSABLE)
    return "renew" if item.is_card and item.expiry in grave else "edit"


def uncovered(view: ResidentView) -> list[ItemView]:
    """Things in custody that no agreement carries today."""
    return [item for item in view.items if item.agreed is not Standing.VALID]


def agreement_title(words: Words, view: AgreementView) -> str:
    """Who agreed when, in what capacity."""
    return words(
        "residents-agreement-title",
        day=words.day(view.signed_on),
        name=view.consented_by,
        capacity=words.term(view.capacity),
    )


def agreement_lines(words: Words, view: AgreementView) -> list[str]:
    """What it covers, how the will was confirmed, its clauses, its dates."""
    kinds = words("list-separator").join(view.kinds) or words("residents-agreement-all-kinds")
    clauses = [
        words(f"residents-clause-{name}-{'yes' if value else 'no'}")
        for name, value in (("emergency", view.emergency_clause), ("pin", view.pin_clause))
    ]
    if view.recognition_clause:
        clauses.append(words("residents-clause-recognition-yes"))
    lines = [
        words("residents-agreement-kinds", kinds=kinds),
        words("residents-agreement-will", will=words.term(view.will), note=view.will_note).strip(),
        words("residents-dot").join(clauses),
    ]
    if view.withdrawn_on is not None:
        day, reason = words.day(view.withdrawn_on), view.withdrawn_reason
        lines.append(words("residents-agreement-withdrawn", day=day, reason=reason))
    elif view.review_on is not None:
        lines.append(words("residents-agreement-review", day=words.day(view.review_on)))
    return lines


def standing_mark(words: Words, stands: Standing) -> Mark:
    """Whether an agreement carries, as a chip."""
    level = {Standing.VALID: "ok", Standing.REVIEW_PASSED: "warn", Standing.NOT_YET: "notice"}
    return Mark(words.term(stands), level.get(stands, "danger"))


def proxy_lines(words: Words, view: ProxyView) -> list[str]:
    """Telephone, proofs seen, until when."""
    form = view.form
    lines = [form.phone] if form.phone else []
    if form.proofs:
        proofs = words("list-separator").join(words.term(each) for each in sorted(
            form.proofs, key=lambda proof: proof.value))  # fmt: skip
        seen = words.day(form.proof_seen_on) if form.proof_seen_on else ""
        lines.append(words("residents-proxy-proofs", proofs=proofs, day=seen))
    else:
        lines.append(words("residents-proxy-no-proof"))
    if view.ended_on is not None:
        lines.append(words("residents-proxy-ended", day=words.day(view.ended_on)))
    elif form.valid_until is not None:
        lines.append(words("residents-proxy-until", day=words.day(form.valid_until)))
    return lines


def visit_title(words: Words, visit: VisitView, today: date) -> str:
    """When and where."""
    on = local_date(visit.starts_at)
    day = words("residents-today") if on == today else words.short_day(on)
    return words(
        "residents-visit-title", day=day, time=words.clock(visit.starts_at), place=visit.destination
    )


def visit_detail(words: Words, visit: VisitView) -> str:
    """Purpose, escort, expected back."""
    parts = [visit.purpose]
    if visit.escort:
        parts.append(words("residents-visit-escort", name=visit.escort))
    if visit.returns_at is not None:
        parts.append(words("residents-visit-back", time=words.clock(visit.returns_at)))
    return words("residents-dot").join(parts)


def loan_cells(words: Words, loan: LoanHistory) -> tuple[str, str, str, str, str]:
    """Out, back, purpose, destination, who carried it."""
    out = local_time(loan.out_at)
    when = words("residents-day-time", day=words.short_day(out.date()), time=out.strftime("%H:%M"))
    if loan.back_at is None:
        back = words("residents-still-out")
    else:
        home = local_time(loan.back_at)
        same = home.date() == out.date()
        day = "" if same else words.short_day(home.date())
        back = words("residents-day-time", day=day, time=home.strftime("%H:%M")).strip()
    purpose = words("residents-emergency") if loan.emergency else loan.purpose
    return when, back, purpose, loan.destination, loan.holder
