"""訓練: a loss rehearsed on sample data that is gone afterwards (issue 7).

The rehearsal has a store of its own: a file in a temporary folder under a key that exists only in
memory.  The same use cases and the same page work on it, so that what is practised is what happens.
Of all that the real record gets one entry: who held a drill, for how long, and how many steps.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path

from facility_app.audit.checkpoint import Signer
from facility_app.audit.keyed import head_key
from facility_app.audit.work import Reading, Tx, Work
from facility_app.config import DataFolder
from facility_app.db import triggers
from facility_app.db.engine import open_engine
from facility_app.db.models import (
    AgreementRow,
    Base,
    FacilityRow,
    GrantRow,
    ItemRow,
    LostStepRow,
    PouchRow,
    ResidentRow,
    SlotRow,
    StaffRow,
)
from facility_app.domain.access import (
    PROGRAM,
    Actor,
    Grant,
    Identified,
    Permission,
    Role,
    StaffId,
)
from facility_app.domain.agreements import Capacity, WillConfirmed
from facility_app.domain.clock import local_date
from facility_app.domain.incidents import LostWhere, Stolen
from facility_app.domain.items import Condition, FaceAuthentication, ItemState
from facility_app.domain.people import Sex
from facility_app.i18n import Words
from facility_app.keystore import DerivedKeys
from facility_app.rules.keeper import LostBook
from facility_app.secret import Secret
from facility_app.services.custody import SignOut, sign_out
from facility_app.services.item_kinds import seed_kinds
from facility_app.services.lost_cases import LostCaseId, LostThing, OpenCase, open_case
from facility_app.services.office import Office
from facility_app.services.purposes import seed_purposes
from facility_app.services.rule_data import rules
from facility_app.services.search_text import stored_text

HELD = "training.drill_held"
_CARD, _PAPER = "my-number-card", "eligibility-certificate"
_PEOPLE = 3
_KEY_BYTES = 32
_NOTICED = timedelta(minutes=3)
_OUT = timedelta(hours=3)
_BORN = date(1942, 6, 1)


class DrillScenario(Enum):
    """What is rehearsed."""

    CARD_OUTSIDE = "card-outside"
    PAPER_LOST = "paper-lost"
    THREE_POUCHES = "three-pouches"
    THEFT = "theft"


@dataclass(frozen=True)
class DrillHeld:
    """What the real record says of it, and the number of that entry."""

    minutes: int
    steps: int
    seq: int


@dataclass
class Drill:
    """A rehearsal under way: `office` and `actor` are those of the sample store.

    Use them with every use case and query of a loss, never the real ones.
    """

    scenario: DrillScenario
    office: Office
    actor: Actor
    case_id: LostCaseId
    began_at: datetime
    folder: tempfile.TemporaryDirectory[str] = field(repr=False)
    ended: bool = False

    def discard(self) -> None:
        """Close the sample store and remove it; twice does no harm."""
        if not self.ended:
            self.ended = True
            self.office.close()
            self.folder.cleanup()


def begin_drill(
    office: Office, actor: Actor, words: Words, book: LostBook, scenario: DrillScenario
) -> Drill:
    """Begin a rehearsal: sample people, and a case that was noticed three minutes ago.

    Needs REPORT_LOST in the real store, where nothing is recorded yet.
    """
    office.ask(actor, _may_hold)
    folder = tempfile.TemporaryDirectory(prefix="facility-app-drill-")
    try:
        sample = _open(office, Path(folder.name))
        who = sample.do(PROGRAM, _fill, words, actor.name)
        case_id = sample.do(who, _lose, words, book, scenario)
    except BaseException:
        folder.cleanup()
        raise
    return Drill(scenario, sample, who, case_id, office.work.clock(), folder)


def end_drill(office: Office, actor: Actor, drill: Drill) -> DrillHeld:
    """End a rehearsal: the sample store is removed, and the real record says that it was held."""
    office.ask(actor, _may_hold)
    steps = drill.office.ask(drill.actor, _steps_done)
    drill.discard()
    minutes = max(1, round((office.work.clock() - drill.began_at).total_seconds() / 60))
    return office.do(actor, _held, drill.scenario, minutes, steps)


def _may_hold(reading: Reading) -> None:
    reading.require(Permission.REPORT_LOST)


def _steps_done(reading: Reading) -> int:
    reading.require(Permission.VIEW_LOST)
    return reading.session.query(LostStepRow).where(LostStepRow.done_at.is_not(None)).count()


def _held(tx: Tx, scenario: DrillScenario, minutes: int, steps: int) -> DrillHeld:
    tx.require(Permission.REPORT_LOST)
    plain = {"scenario": scenario.value, "drill_minutes": minutes, "drill_steps": steps}
    return DrillHeld(minutes, steps, tx.record(HELD, "training", plain=plain))


def _open(office: Office, folder: Path) -> Office:
    """An empty store in `folder` under keys that nobody keeps, on the clock of the real one."""
    with Secret.random(_KEY_BYTES) as key:
        engine = open_engine(folder / "drill.db", key)
    root = Secret.random(_KEY_BYTES)
    with engine.execution_options(writes=True).begin() as connection:
        Base.metadata.create_all(connection)
        for statement in triggers.statements(engine.dialect.name):
            connection.exec_driver_sql(statement)
    seed = root.copy_bytes()
    work = Work(engine, office.work.clock, head_key(bytes(seed)), Signer("drill", bytes(seed)))
    keys = DerivedKeys(root)
    root.wipe()

    def close() -> None:
        engine.dispose()
        keys.wipe()

    return Office(work, DataFolder(folder), keys, on_close=close)


def _fill(tx: Tx, words: Words, name: str) -> Actor:
    """Kinds, reasons, the person who practises with every role, and three residents."""
    tx.require(Permission.SET_UP)
    since = local_date(tx.now) - timedelta(days=30)
    roles = (Role.MANAGER, Role.CUSTODIAN)
    staff = StaffRow(number="1", name=name, kana=name, active_from=since)
    staff.grants = [GrantRow(role=role, valid_from=since, granted_at=tx.now) for role in roles]
    tx.session.add_all([staff, FacilityRow(id=1, name=words("drill-facility"), setup_step=9)])
    tx.record("store.created", "store")
    seed_kinds(tx, rules().item_kinds)
    seed_purposes(tx, rules().purposes)
    for number in range(1, _PEOPLE + 1):
        _resident(tx, words, number, since)
    tx.session.flush()
    grants = tuple(Grant(role, since) for role in roles)
    return Actor(StaffId(staff.id), name, Identified.PASSWORD, grants)


def _resident(tx: Tx, words: Words, number: int, since: date) -> None:
    name, kana = words(f"drill-resident-{number}"), words(f"drill-kana-{number}")
    room, label = f"10{number}", f"A-{number:02}"
    row = ResidentRow(
        name=name,
        kana=kana,
        room=room,
        sex=Sex.NOT_APPLICABLE,
        birth_date=_BORN + timedelta(days=400 * number),
        search_text=stored_text(name, kana, room, label, ""),
        created_at=tx.now,
    )
    slot = SlotRow(cabinet="A", number=number, label=label)
    tx.session.add_all([row, slot])
    tx.session.flush()
    tx.session.add_all(
        [
            PouchRow(resident_id=row.id, slot_id=slot.id),
            AgreementRow(
                resident_id=row.id,
                signed_on=since,
                consented_by=name,
                capacity=Capacity.SELF,
                will=WillConfirmed.WRITTEN,
                all_kinds=True,
                emergency_clause=True,
            ),
            *(_item(row.id, kind, since) for kind in (_CARD, _PAPER)),
        ]
    )


def _item(resident_id: int, kind: str, since: date) -> ItemRow:
    return ItemRow(
        resident_id=resident_id,
        kind_code=kind,
        state=ItemState.IN_SAFE,
        face_authentication=FaceAuthentication.NOT_NOTED,
        condition=Condition.GOOD,
        received_on=since,
    )


def _lose(tx: Tx, words: Words, book: LostBook, scenario: DrillScenario) -> LostCaseId:
    """The case as it is noticed: who reports it practises from the first call on."""
    tx.require(Permission.REPORT_LOST)
    items = tx.session.query(ItemRow).order_by(ItemRow.id).all()
    first = [row for row in items if row.resident_id == items[0].resident_id]
    lost = {
        DrillScenario.CARD_OUTSIDE: [row for row in first if row.kind_code == _CARD],
        DrillScenario.THEFT: [row for row in first if row.kind_code == _CARD],
        DrillScenario.PAPER_LOST: [row for row in first if row.kind_code == _PAPER],
        DrillScenario.THREE_POUCHES: items,
    }[scenario]
    outside = scenario in (DrillScenario.CARD_OUTSIDE, DrillScenario.THEFT)
    if outside:
        _take_out(tx, words, lost)
    stolen = {DrillScenario.THEFT: Stolen.YES, DrillScenario.THREE_POUCHES: Stolen.UNKNOWN}
    return open_case(
        tx,
        book,
        OpenCase(
            things=tuple(LostThing(item_id=row.id) for row in lost),
            noticed_at=tx.now - _NOTICED,
            noticed_by=tx.actor.name,
            last_seen=words(f"drill-last-seen-{scenario.value}"),
            happened=LostWhere.OUTSIDE if outside else LostWhere.INSIDE,
            place=words(f"drill-place-{scenario.value}"),
            stolen=stolen.get(scenario, Stolen.NO),
        ),
    )


def _take_out(tx: Tx, words: Words, lost: list[ItemRow]) -> None:
    sign_out(
        tx,
        SignOut(
            resident_id=lost[0].resident_id,
            item_ids=tuple(row.id for row in lost),
            purpose_code="clinic",
            holder_id=tx.staff_id,
            destination=words("drill-clinic"),
            due_at=tx.now + _OUT,
        ),
    )
    tx.session.expire_all()
