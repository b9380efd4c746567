"""Hand-back and correction: what is missing, what differs."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.domain.clock import JST
from facility_app.i18n import Words
from facility_app.services.desk import DeskWarning, Level, WarningKind, look_up
from facility_app.services.hand_back import hand_back
from facility_app.services.loans import open_loans
from facility_app.ui.viewmodels.desk import warning_text
from facility_app.ui.viewmodels.receipts import CorrectionForm, HandBackForm
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    return build(engine, work, clock)


def test_a_hand_back_lists_what_lies_in_the_safe_and_what_is_missing(desk: DeskWorld) -> None:
    desk.signed_out(item_ids=tuple(desk.items["hanako"][:1]))
    form = HandBackForm(desk.ask("custodian", look_up, desk.residents["hanako"]))
    assert [item.id for item in form.items()] == desk.items["hanako"][1:]
    assert form.missing() == ["items", "receiver", "relation", "proof_seen"]
    form.tick(desk.items["hanako"][1], on=True)
    form.receiver, form.relation, form.proof_seen = "見本 一郎", "長男", "運転免許証"
    assert form.missing() == []
    desk.do("custodian", hand_back, form.command(desk.witness("second")))
    assert desk.actions()[-1] == "item.handed_back"


def test_a_correction_names_only_what_differs(desk: DeskWorld) -> None:
    loan_id = desk.signed_out()
    (loan,) = desk.ask("custodian", open_loans)
    form = CorrectionForm(loan)
    assert form.changed() == set()
    form.reason = "聞き違えました"
    assert not form.ready()
    form.destination = "例示眼科"
    form.due_time = time(18, 0)
    assert form.changed() == {"destination", "due"}
    command = form.command()
    assert (command.loan_id, command.destination, command.holder_id) == (loan_id, "例示眼科", None)
    assert command.due_at == datetime(2026, 11, 20, 18, 0, tzinfo=JST)
    form.due_time = None
    assert not form.ready()


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("kind", list(WarningKind))
def test_every_warning_has_a_title_and_a_sentence(language: str, kind: WarningKind) -> None:
    warning = DeskWarning(kind, Level.WARN, item="お薬手帳", until=date(2027, 1, 31), other="見本")
    said = warning_text(Words(language), warning)
    assert said.level == "warn"
    assert said.title
    assert said.text
