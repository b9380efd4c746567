"""代理人.

Who acts for a resident, with the proof that was seen and until when the power holds (domain §9).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, ClassVar, NewType

from facility_app.audit.work import Tx
from facility_app.db.models import ProxyRow, ResidentRow
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.people import ProofKind, ProxyKind, person_name
from facility_app.errors import Refused
from facility_app.services.fields import Field, FieldMissing, in_order, line, lines, not_after
from facility_app.services.history import changes

ProxyId = NewType("ProxyId", int)


@dataclass(eq=False)
class ProxyEnded(Refused):
    """The proxy's power has been ended already."""

    key: ClassVar[str] = "proxies.ended"


@dataclass(frozen=True)
class ProxyForm:
    """What is known of a proxy.

    `proofs` are the papers seen, on `proof_seen_on`; numbers are never kept.
    """

    kind: ProxyKind
    name: str
    phone: str = ""
    proofs: frozenset[ProofKind] = frozenset()
    proof_seen_on: date | None = None
    valid_until: date | None = None
    note: str = ""


@dataclass(frozen=True)
class AddProxy:
    """A proxy of one resident."""

    resident_id: int
    form: ProxyForm


@dataclass(frozen=True)
class ChangeProxy:
    """What a proxy's record should say from now on."""

    proxy_id: int
    form: ProxyForm


@dataclass(frozen=True)
class EndProxy:
    """The power ended on a day (death, end of guardianship, revoked)."""

    proxy_id: int
    on: date


def add_proxy(tx: Tx, cmd: AddProxy) -> ProxyId:
    """Add a proxy.  Raises the refusals of the fields; proofs need the day they were seen."""
    tx.require(Permission.MANAGE_RESIDENTS)
    tx.session.get_one(ResidentRow, cmd.resident_id)
    row = ProxyRow(resident_id=cmd.resident_id, **_values(cmd.form, local_date(tx.now)))
    tx.session.add(row)
    tx.session.flush()
    tx.record(
        "proxy.added",
        f"proxy:{row.id}",
        resident=cmd.resident_id,
        plain={"kind": row.kind.value},
        **told(cmd.form),
    )
    return ProxyId(row.id)


def change_proxy(tx: Tx, cmd: ChangeProxy) -> None:
    """Change a proxy's record; nothing is recorded where nothing differs.  Raises ProxyEnded."""
    tx.require(Permission.MANAGE_RESIDENTS)
    row = tx.session.get_one(ProxyRow, cmd.proxy_id)
    if row.ended_on is not None:
        raise ProxyEnded
    before, after = changes(row, _values(cmd.form, local_date(tx.now)))
    if not after:
        return
    tx.record(
        "proxy.changed",
        f"proxy:{row.id}",
        resident=row.resident_id,
        plain={"fields": sorted(after)},
        before=before,
        after=after,
    )


def end_proxy(tx: Tx, cmd: EndProxy) -> None:
    """Note that a power has ended.

    Agreements given while it held stay; they should be looked at again.
    """
    tx.require(Permission.MANAGE_RESIDENTS)
    row = tx.session.get_one(ProxyRow, cmd.proxy_id)
    if row.ended_on is not None:
        raise ProxyEnded
    not_after(Field.ENDED_ON, cmd.on, local_date(tx.now))
    row.ended_on = cmd.on
    tx.record("proxy.ended", f"proxy:{row.id}", resident=row.resident_id, on=cmd.on.isoformat())


def proofs_text(proofs: Iterable[ProofKind]) -> str:
    """Proofs as the column keeps them: values with blanks between, in the enum's order."""
    seen = set(proofs)
    return " ".join(proof.value for proof in ProofKind if proof in seen)


def proofs_of(values: Iterable[str]) -> frozenset[ProofKind]:
    """The proofs that a column's values name; words of a later version are left out."""
    named = set(values)
    return frozenset(proof for proof in ProofKind if proof.value in named)


def form_of(row: ProxyRow) -> ProxyForm:
    """A row as the form shows it."""
    return ProxyForm(
        row.kind,
        row.name,
        row.phone,
        proofs_of(row.proof.split()),
        row.proof_seen_on,
        row.valid_until,
        row.note,
    )


def told(form: ProxyForm) -> dict[str, Any]:
    """The details of a proxy as an entry keeps them (sealed)."""
    facts = asdict(form) | {"kind": form.kind.value, "proofs": proofs_text(form.proofs)}
    return {name: str(value) for name, value in facts.items() if value not in (None, "")}


def _values(form: ProxyForm, today: date) -> dict[str, Any]:
    if form.proofs and form.proof_seen_on is None:
        raise FieldMissing(Field.PROOF_SEEN_ON)
    not_after(Field.PROOF_SEEN_ON, form.proof_seen_on, today)
    in_order(Field.PROOF_SEEN_ON, form.proof_seen_on, Field.VALID_UNTIL, form.valid_until)
    return {
        "kind": form.kind,
        "name": person_name(Field.NAME, form.name),
        "phone": line(Field.PHONE, form.phone, limit=40),
        "proof": proofs_text(form.proofs),
        "proof_seen_on": form.proof_seen_on,
        "valid_until": form.valid_until,
        "note": lines(Field.NOTES, form.note),
    }
