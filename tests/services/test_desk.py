"""What the desk shows of a resident after a scan, and that no sequence of acts loses a thing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from facility_app.audit.checkpoint import Signer
from facility_app.audit.verify import Trust, verify
from facility_app.audit.work import Work
from facility_app.db.engine import open_engine
from facility_app.db.models import (
    AgreementRow,
    AuditEntryRow,
    ItemRow,
    LoanLineRow,
    LoanRow,
    ResidentRow,
)
from facility_app.domain.access import NotPermitted
from facility_app.domain.agreements import Standing
from facility_app.domain.expiry import ExpiryState
from facility_app.domain.items import Condition, FaceAuthentication, ItemState
from facility_app.errors import Refused
from facility_app.secret import Secret
from facility_app.services.custody import LoanId
from facility_app.services.desk import DeskResident, Level, WarningKind, look_up
from facility_app.services.emergency import release_emergency
from facility_app.services.hand_back import HandBack, HandBackReason, hand_back
from facility_app.services.returns import HandOver, Returned, SignIn, hand_over, sign_in
from tests.conftest import HEAD_KEY, FakeClock, create_schema
from tests.desk_world import DeskWorld, build, visit_row


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    return build(engine, work, clock)


def _look(desk: DeskWorld, person: str = "hanako") -> DeskResident:
    return desk.ask("custodian", look_up, desk.residents[person])


def _change(desk: DeskWorld, number: int, **values: object) -> None:
    row = desk.one(ItemRow, ItemRow.id == desk.items["hanako"][number])
    for name, value in values.items():
        setattr(row, name, value)
    desk.add(row)


def _kinds(seen: DeskResident) -> list[tuple[WarningKind, Level]]:
    return [(warning.kind, warning.level) for warning in seen.warnings]


def test_who_where_and_what(desk: DeskWorld) -> None:
    seen = _look(desk)
    assert (seen.name, seen.kana, seen.room, seen.slot) == (
        "見本 花子",
        "みほん はなこ",
        "203",
        "A-12",
    )
    assert [(item.kind, item.pieces) for item in seen.items] == [
        ("マイナンバーカード", 1),
        ("資格情報のお知らせ", 1),
        ("診察券", 3),
        ("介護保険証", 1),
    ]
    assert seen.items[0].usual_for == {"clinic", "renewal"}
    assert {item.agreed for item in seen.items} == {Standing.VALID}
    assert (seen.warnings, seen.loan, seen.visit) == ((), None, None)


def test_an_auditor_does_not_stand_at_the_desk(desk: DeskWorld) -> None:
    with pytest.raises(NotPermitted):
        desk.ask("auditor", look_up, desk.residents["hanako"])


def test_the_next_visit_of_today_fills_the_form(desk: DeskWorld) -> None:
    visit_row(desk, starts_at=datetime(2026, 11, 20, 15, 30, tzinfo=UTC))  # 21st in Japan
    visit_row(desk, cancelled_at=desk.clock())
    later = visit_row(desk, starts_at=datetime(2026, 11, 20, 7, 0, tzinfo=UTC))
    first = visit_row(desk)
    seen = _look(desk).visit
    assert seen is not None
    assert (seen.id, seen.destination, seen.escort_id) == (
        first.id,
        "みほん内科",
        desk.id_of("escort"),
    )
    desk.signed_out(item_ids=tuple(desk.items["hanako"][:1]), visit_id=first.id)
    after = _look(desk)
    assert after.visit is not None
    assert after.visit.id == later.id
    assert after.loan is not None


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (
            {"card_expires_on": date(2030, 3, 5), "certificate_expires_on": date(2026, 12, 10)},
            [(WarningKind.CERTIFICATE_SOON, Level.WARN)],
        ),
        (
            {"card_expires_on": date(2030, 3, 5), "certificate_expires_on": date(2026, 10, 15)},
            [(WarningKind.CERTIFICATE_GRACE, Level.WARN)],
        ),
        (
            {"card_expires_on": date(2026, 11, 19), "certificate_expires_on": date(2026, 11, 19)},
            [(WarningKind.CARD_UNUSABLE, Level.DANGER)],
        ),
        ({"card_expires_on": date(2030, 3, 5), "certificate_expires_on": date(2029, 3, 5)}, []),
    ],
)
def test_a_card_s_dates_are_said(
    desk: DeskWorld, dates: dict[str, object], expected: list[tuple[WarningKind, Level]]
) -> None:
    _change(desk, 0, **dates)
    assert _kinds(_look(desk)) == expected


def test_a_certificate_in_grace_is_said_with_its_last_day(desk: DeskWorld) -> None:
    _change(desk, 0, card_expires_on=date(2030, 3, 5), certificate_expires_on=date(2026, 10, 15))
    seen = _look(desk)
    assert seen.items[0].expiry is ExpiryState.GRACE
    assert seen.warnings[0].until == date(2027, 1, 31)


def test_a_paper_that_has_ended(desk: DeskWorld) -> None:
    _change(desk, 1, paper_expires_on=date(2026, 11, 19))
    seen = _look(desk)
    assert _kinds(seen) == [(WarningKind.PAPER_EXPIRED, Level.DANGER)]
    assert (seen.warnings[0].item, seen.warnings[0].until) == (
        "資格情報のお知らせ",
        date(2026, 11, 19),
    )


def test_the_gravest_comes_first(desk: DeskWorld) -> None:
    _change(desk, 0, face_authentication=FaceAuthentication.NOTED)
    _change(desk, 1, paper_expires_on=date(2026, 12, 1))
    _change(desk, 2, state=ItemState.LOST)
    desk.add(
        ResidentRow(
            name="見本 華子",
            kana="みほん はなこ",
            birth_date=date(1945, 3, 5),
            sex=desk.rows(ResidentRow)[0].sex,
            created_at=desk.clock(),
        )
    )
    row = desk.one(AgreementRow, AgreementRow.resident_id == desk.residents["hanako"])
    row.withdrawn_on = date(2026, 11, 1)
    desk.add(row)
    assert _kinds(_look(desk)) == [
        (WarningKind.AGREEMENT_WITHDRAWN, Level.BLOCK),
        (WarningKind.ITEM_LOST, Level.DANGER),
        (WarningKind.PAPER_SOON, Level.WARN),
        (WarningKind.LOOKALIKE, Level.WARN),
        (WarningKind.FACE_CARD, Level.NOTICE),
    ]


def test_a_resident_who_has_left(desk: DeskWorld) -> None:
    row = desk.one(ResidentRow, ResidentRow.id == desk.residents["hanako"])
    row.discharged_on = date(2026, 11, 19)
    desk.add(row)
    assert _kinds(_look(desk)) == [(WarningKind.DISCHARGED, Level.WARN)]


# --- any sequence of acts --------------------------------------------------------------------

Act = Callable[[DeskWorld, int, int], object]


def _take(desk: DeskWorld, item: int, _count: int) -> object:
    return desk.signed_out(item_ids=(desk.items["hanako"][item],))


def _take_two(desk: DeskWorld, item: int, _count: int) -> object:
    ids = desk.items["hanako"]
    return desk.signed_out(item_ids=(ids[item], ids[(item + 1) % len(ids)]))


def _bring(desk: DeskWorld, item: int, count: int) -> object:
    loan = _open_loan(desk)
    returned = tuple(
        Returned(each, count, Condition.GOOD) for each in desk.items["hanako"][: item + 1]
    )
    return desk.do("custodian", sign_in, SignIn(loan, returned, "A-12", accept_missing=count > 1))


def _wrong_slot(desk: DeskWorld, item: int, count: int) -> object:
    returned = (Returned(desk.items["hanako"][item], count, Condition.GOOD),)
    return desk.do("custodian", sign_in, SignIn(_open_loan(desk), returned, "Z-99", True))


def _pass_on(desk: DeskWorld, item: int, _count: int) -> object:
    to = desk.id_of(("second", "escort", "manager", "custodian")[item])
    return desk.do("custodian", hand_over, HandOver(_open_loan(desk), to))


def _emergency(desk: DeskWorld, _item: int, _count: int) -> object:
    return desk.do("custodian", release_emergency, desk.residents["hanako"])


def _give_back(desk: DeskWorld, item: int, _count: int) -> object:
    receipt = HandBack(
        desk.residents["hanako"],
        (desk.items["hanako"][item],),
        HandBackReason.REQUEST,
        "見本 一郎",
        "長男",
        "運転免許証",
        witness=desk.witness("second"),
    )
    return desk.do("custodian", hand_back, receipt)


ACTS: tuple[Act, ...] = (
    _take, _take_two, _bring, _bring, _wrong_slot, _pass_on, _emergency, _give_back,
)  # fmt: skip


class NothingOut(Exception):
    """The act has nothing to act on yet."""


def _open_loan(desk: DeskWorld) -> LoanId:
    loans = sorted(row.id for row in desk.rows(LoanRow, LoanRow.closed_at.is_(None)))
    if not loans:
        raise NothingOut
    return LoanId(loans[0])


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A facility's file, to be copied for every example."""
    path = tmp_path_factory.mktemp("desk") / "blank.db"
    engine = open_engine(path, Secret(bytearray(range(32))))
    create_schema(engine)
    engine.dispose()
    return path


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    acts=st.lists(
        st.tuples(st.sampled_from(ACTS), st.integers(0, 3), st.integers(1, 3)), max_size=12
    )
)
def test_no_sequence_of_acts_loses_sight_of_a_thing(
    blank: Path, acts: list[tuple[Act, int, int]]
) -> None:
    """Open lines are exactly the items that are out; a closed loan has none; the log verifies."""
    path = blank.with_name("example.db")
    shutil.copy(blank, path)
    engine = open_engine(path, Secret(bytearray(range(32))))
    clock = FakeClock()
    signer = Signer("test-store", b"checkpoint seed of the tests 32b")
    desk = build(engine, Work(engine, clock, HEAD_KEY, signer), clock)
    done = 0
    try:
        for act, item, count in acts:
            clock.forward(minutes=1)
            try:
                act(desk, item, count)
            except (Refused, NothingOut):
                continue
            done += 1
            _nothing_lost(desk)
        _nothing_lost(desk)
        assert len([each for each in desk.actions() if each != "act.refused"]) == done
        with engine.connect() as connection:
            verdict = verify(connection, Trust(HEAD_KEY, signer.verifier))
        assert verdict.findings == ()
        assert verdict.size == len(desk.rows(AuditEntryRow))
    finally:
        engine.dispose()
        for leftover in blank.parent.glob("example.db*"):
            leftover.unlink()


def _nothing_lost(desk: DeskWorld) -> None:
    out = {row.id for row in desk.rows(ItemRow, ItemRow.state == ItemState.OUT)}
    lines = desk.rows(LoanLineRow, LoanLineRow.returned_at.is_(None))
    assert sorted(line.item_id for line in lines) == sorted(out)
    closed = {row.id for row in desk.rows(LoanRow, LoanRow.closed_at.is_not(None))}
    assert closed.isdisjoint(line.loan_id for line in lines)
    open_loans = {row.id for row in desk.rows(LoanRow, LoanRow.closed_at.is_(None))}
    assert open_loans == {line.loan_id for line in lines}
