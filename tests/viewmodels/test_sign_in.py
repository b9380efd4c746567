"""The form of a return: nothing is back before somebody says so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.domain.items import Condition
from facility_app.i18n import Words
from facility_app.services.loans import lines_out, open_loans
from facility_app.services.returns import Returned
from facility_app.ui.viewmodels import desk as desk_words
from facility_app.ui.viewmodels.sign_in import BackForm, BackProblem
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    return build(engine, work, clock)


@pytest.fixture
def form(desk: DeskWorld) -> BackForm:
    loan_id = desk.signed_out()
    (loan,) = desk.ask("custodian", open_loans)
    return BackForm(loan, desk.ask("custodian", lines_out, loan_id))


def test_nothing_is_back_at_first(form: BackForm) -> None:
    assert form.problem() is BackProblem.NOTHING_TICKED
    assert len(form.missing()) == 4
    with pytest.raises(ValueError, match="complete"):
        form.command()


def test_everything_there_and_in_its_place(form: BackForm) -> None:
    form.tick_all()
    assert form.problem() is BackProblem.SLOT_MISSING
    form.slot = "A-12"
    assert form.problem() is None
    assert form.missing() == []
    assert [returned.pieces for returned in form.command().returned] == [1, 1, 3, 1]


def test_pieces_are_counted_and_kept_within_what_left(desk: DeskWorld, form: BackForm) -> None:
    patient = desk.items["hanako"][2]
    form.set_count(patient, 2)
    assert [row.missing for row in form.missing() if row.item_id == patient] == [1]
    form.set_count(patient, 9)
    assert form.rows[2].complete
    form.set_count(patient, -1)
    form.tick(desk.items["hanako"][0], on=True)
    form.set_condition(desk.items["hanako"][0], Condition.DAMAGED)
    form.slot = " A-12 "
    command = form.command(accept_missing=True)
    assert command.returned == (Returned(desk.items["hanako"][0], 1, Condition.DAMAGED),)
    assert (command.slot, command.accept_missing) == ("A-12", True)


def test_words_on_the_button(form: BackForm) -> None:
    words = Words("ja")
    assert desk_words.back_reason(words, form) == "戻ったものに印を付けてください"
    form.tick_all()
    assert desk_words.back_reason(words, form) == "しまう場所を読み取ってください"
    form.slot = "A-12"
    assert desk_words.back_reason(words, form) == ""
    assert desk_words.back_button(words, form) == "4点を返却する"


@given(
    acts=st.lists(
        st.tuples(
            st.sampled_from(["tick", "untick", "count", "all"]),
            st.integers(0, 3),
            st.integers(-2, 5),
        ),
        max_size=15,
    )
)
def test_back_and_missing_always_make_what_left(acts: list[tuple[str, int, int]]) -> None:
    from facility_app.services.loans import LineView

    lines = [LineView(n, f"kind {n}", "", n + 1) for n in range(4)]
    form = BackForm.__new__(BackForm)
    form.lines, form.slot = lines, ""
    form.__post_init__()
    for act, item, count in acts:
        if act == "all":
            form.tick_all()
        elif act == "count":
            form.set_count(item, count)
        else:
            form.tick(item, act == "tick")
        assert all(0 <= row.count <= row.expected for row in form.rows)
        back = sum(row.count for row in form.rows)
        assert back + sum(row.missing for row in form.missing()) == 1 + 2 + 3 + 4
