"""A small facility for the tests of the desk: real rows, two people with things in the safe."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from facility_app.audit.work import Work
from facility_app.db.models import (
    AgreementRow,
    AuditEntryRow,
    GrantRow,
    ItemKindRow,
    ItemRow,
    LoanLineRow,
    LoanRow,
    PouchRow,
    PouchTagRow,
    PurposeRow,
    ResidentRow,
    SlotRow,
    StaffRow,
    VisitRow,
)
from facility_app.domain.access import Actor, Grant, Identified, Role, StaffId
from facility_app.domain.agreements import Capacity, WillConfirmed
from facility_app.domain.custody import DueKind, DueRule
from facility_app.domain.items import Condition, FaceAuthentication, ItemState
from facility_app.domain.people import Sex
from facility_app.services.access import Witness
from facility_app.services.custody import LoanId, SignOut, sign_out
from facility_app.services.passwords import PasswordCost, hash_password
from facility_app.services.purposes import due_values
from facility_app.services.search_text import stored_text
from facility_app.services.settings import Settings, change_settings

T = TypeVar("T")

OPENED = date(2026, 4, 1)
MADE = datetime(2026, 4, 1, tzinfo=UTC)
CHEAP = PasswordCost(memory_kib=32, passes=1, lanes=1)
PASSWORD = "wisteria over the gate"

KINDS: tuple[tuple[str, str, bool, list[str], list[str]], ...] = (
    ("my-number-card", "マイナンバーカード", True, ["clinic", "renewal"], []),
    ("eligibility-notice", "資格情報のお知らせ", False, ["clinic"], ["paper-expires"]),
    ("patient-card", "診察券", False, ["clinic"], []),
    ("medicine-book", "お薬手帳", False, ["clinic"], []),
    ("care-insurance", "介護保険証", False, ["hospital"], ["paper-expires"]),
)
PURPOSES = (
    ("clinic", "受診", DueRule(DueKind.RELATIVE, minutes=240), False),
    ("home-visit", "訪問診療", DueRule(DueKind.RELATIVE, minutes=120), True),
    ("renewal", "更新手続", DueRule(DueKind.ABSOLUTE, at=time(17)), False),
)


@dataclass
class DeskWorld:
    """Ids by a short word; everything is written directly, so the log is empty."""

    engine: Engine
    work: Work
    clock: Callable[[], datetime]
    staff: dict[str, Actor] = field(default_factory=dict)
    residents: dict[str, int] = field(default_factory=dict)
    items: dict[str, list[int]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def add(self, *rows: Any) -> None:
        """Write rows that nobody recorded."""
        with Session(self.engine.execution_options(writes=True), expire_on_commit=False) as session:
            session.add_all(rows)
            session.commit()

    def add_change(self, row: Any, **values: Any) -> None:
        """Change a row that nobody recorded."""
        for name, value in values.items():
            setattr(row, name, value)
        self.add(row)

    def forward(self, **by: float) -> None:
        """Move the clock."""
        forward = getattr(self.clock, "forward")  # noqa: B009  # only the tests' clock has it
        forward(**by)

    def rows(self, model: type[T], *where: Any) -> list[T]:
        """Rows of a table as they lie there."""
        with Session(self.engine, expire_on_commit=False) as session:
            return list(session.scalars(select(model).where(*where)))

    def one(self, model: type[T], *where: Any) -> T:
        """The only such row."""
        (row,) = self.rows(model, *where)
        return row

    def do(self, who: str, use_case: Callable[..., T], *args: Any) -> T:
        """A use case as one of the staff."""
        with self.work.begin(self.staff[who]) as tx:
            return use_case(tx, *args)

    def ask(self, who: str, query: Callable[..., T], *args: Any) -> T:
        """A query as one of the staff."""
        with self.work.read(self.staff[who]) as reading:
            return query(reading, *args)

    def id_of(self, who: str) -> StaffId:
        """The staff id."""
        staff_id = self.staff[who].staff_id
        assert staff_id is not None
        return staff_id

    def witness(self, who: str) -> Witness:
        """As if `who` had just confirmed."""
        return Witness(self.id_of(who), self.staff[who].name, self.clock())

    def out(self, person: str = "hanako", **changed: Any) -> SignOut:
        """A sign-out of everything that a person has, back in two hours."""
        values: dict[str, Any] = {
            "resident_id": self.residents[person],
            "item_ids": tuple(self.items[person]),
            "purpose_code": "clinic",
            "holder_id": self.id_of("escort"),
            "destination": "みほん内科",
            "due_at": self.clock() + timedelta(hours=2),
        }
        return SignOut(**(values | changed))

    def signed_out(self, person: str = "hanako", **changed: Any) -> LoanId:
        """Sign out as the custodian."""
        return self.do("custodian", sign_out, self.out(person, **changed))

    def settings(self, **changed: Any) -> None:
        """Settings as the manager changes them."""
        self.do("manager", change_settings, Settings(**changed))

    def states(self, person: str = "hanako") -> list[ItemState]:
        """The states of a person's things, by id."""
        ids = self.items[person]
        return [row.state for row in sorted(self.rows(ItemRow, ItemRow.id.in_(ids)), key=_id)]

    def open_items(self) -> set[int]:
        """Items with an open line."""
        return {row.item_id for row in self.rows(LoanLineRow, LoanLineRow.returned_at.is_(None))}

    def actions(self) -> list[str]:
        """The actions in the log, in order."""
        return [row.action for row in sorted(self.rows(AuditEntryRow), key=lambda row: row.seq)]

    def loan(self, loan_id: int) -> LoanRow:
        """A loan as it lies there."""
        return self.one(LoanRow, LoanRow.id == loan_id)


def _id(row: Any) -> int:
    return int(row.id)


def build(engine: Engine, work: Work, clock: Callable[[], datetime]) -> DeskWorld:
    """Hanako (203, A-12: four things, one of them in three pieces) and Tadashi (101, A-05: one)."""
    world = DeskWorld(engine, work, clock)
    for name, roles in (
        ("manager", [Role.MANAGER]),
        ("custodian", [Role.CUSTODIAN]),
        ("second", [Role.CUSTODIAN]),
        ("escort", [Role.ESCORT]),
        ("auditor", [Role.AUDITOR]),
    ):
        world.staff[name] = _staff(world, name, roles)
    world.add(*_masters())
    add_resident(world, "hanako", ("見本 花子", "みほん はなこ", "203"), ("A", 12), _HANAKO)
    add_resident(world, "tadashi", ("仮名 正", "かめい ただし", "101"), ("A", 5), _TADASHI)
    return world


_STAFF_NAMES = {
    "manager": ("1001", "架空 誠"),
    "custodian": ("1002", "例田 みつ子"),
    "second": ("1003", "控 直子"),
    "escort": ("2041", "仮屋 健"),
    "auditor": ("3001", "監査 薫"),
}
_HANAKO = (
    ("my-number-card", 1),
    ("eligibility-notice", 1),
    ("patient-card", 3),
    ("care-insurance", 1),
)
_TADASHI = (("medicine-book", 1),)


def _staff(world: DeskWorld, word: str, roles: list[Role]) -> Actor:
    number, name = _STAFF_NAMES[word]
    row = StaffRow(number=number, name=name, kana=name, active_from=OPENED)
    if roles != [Role.ESCORT]:
        row.password_hash = hash_password(PASSWORD, CHEAP)
    row.grants = [GrantRow(role=role, valid_from=OPENED, granted_at=MADE) for role in roles]
    world.add(row)
    grants = tuple(Grant(role, OPENED) for role in roles)
    return Actor(StaffId(row.id), name, Identified.PASSWORD, grants)


def _masters() -> list[Any]:
    kinds = [
        ItemKindRow(code=code, name=name, is_card=card, usual_for=usual, dates=dates, sort=n)
        for n, (code, name, card, usual, dates) in enumerate(KINDS, 1)
    ]
    purposes = [
        PurposeRow(code=code, name=name, due=due_values(due), in_house=in_house, sort=n)
        for n, (code, name, due, in_house) in enumerate(PURPOSES, 1)
    ]
    return [*kinds, *purposes]


def add_resident(
    world: DeskWorld,
    word: str,
    who: tuple[str, str, str],
    where: tuple[str, int],
    things: tuple[tuple[str, int], ...],
) -> None:
    """Somebody with a pouch in a slot, an agreement to everything, and things (kind, pieces)."""
    name, kana, room = who
    label = f"{where[0]}-{where[1]:02}"
    code = f"{len(world.residents) + 1:02}".ljust(26, "A")
    person = ResidentRow(
        name=name,
        kana=kana,
        room=room,
        sex=Sex.NOT_APPLICABLE,
        birth_date=date(1945, 3, 5 + len(world.residents)),
        search_text=stored_text(name, kana, room, label, f"{code[:3]}-{code[3:6]}"),
        created_at=MADE,
    )
    slot = SlotRow(cabinet=where[0], number=where[1], label=label)
    world.add(person, slot)
    pouch = PouchRow(resident_id=person.id, slot_id=slot.id)
    world.add(pouch)
    items = [item_row(person.id, kind, pieces=pieces) for kind, pieces in things]
    short = f"{code[:3]}-{code[3:6]}"
    world.add(
        PouchTagRow(pouch_id=pouch.id, code=code, short=short, issued_at=MADE),
        AgreementRow(
            resident_id=person.id,
            signed_on=OPENED,
            consented_by=name,
            capacity=Capacity.SELF,
            will=WillConfirmed.WRITTEN,
            all_kinds=True,
            emergency_clause=True,
        ),
        *items,
    )
    world.residents[word] = person.id
    world.items[word] = [row.id for row in items]
    world.codes[word] = code


def item_row(resident_id: int, kind: str, *, pieces: int = 1, **more: Any) -> ItemRow:
    """A thing in the safe."""
    values: dict[str, Any] = {
        "state": ItemState.IN_SAFE,
        "face_authentication": FaceAuthentication.UNKNOWN,
        "condition": Condition.GOOD,
        "received_on": OPENED,
    }
    return ItemRow(resident_id=resident_id, kind_code=kind, pieces=pieces, **(values | more))


def visit_row(world: DeskWorld, person: str = "hanako", **more: Any) -> VisitRow:
    """A visit to the clinic at 13:30 today, back at 15:30, with the escort."""
    values: dict[str, Any] = {
        "resident_id": world.residents[person],
        "purpose_code": "clinic",
        "starts_at": datetime(2026, 11, 20, 4, 30, tzinfo=UTC),
        "returns_at": datetime(2026, 11, 20, 6, 30, tzinfo=UTC),
        "destination": "みほん内科",
        "escort_id": world.id_of("escort"),
    }
    row = VisitRow(**(values | more))
    world.add(row)
    return row
