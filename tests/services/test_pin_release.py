"""A PIN is asked for, approved by several people, and sent to its card or shown; or refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from facility_app.cards.chip import Pin
from facility_app.cards.reading import read_card
from facility_app.cards.simulator.profiles import CardProfile, good
from facility_app.db.models import AgreementRow, GrantRow, VaultEntryRow
from facility_app.domain.access import NotPermitted, Permission, StaffId
from facility_app.domain.pins import (
    APPROVAL_LASTS,
    Act,
    AlreadyApproved,
    Approval,
    ApprovalLapsed,
    ApprovalsMissing,
    Doubt,
    HoldsTheCard,
    OwnRequestAlone,
    SecondApproverNeeded,
    Way,
)
from facility_app.errors import FacilityError, Refused
from facility_app.services import pin_approval, pin_register, pin_release, recognition
from facility_app.services.access import MustWait, WrongPassword
from facility_app.services.agreements import WithdrawAgreement, withdraw_agreement
from facility_app.services.card_checks import StoreCheck, store_check
from facility_app.services.custody import SignOut, sign_out
from facility_app.services.fields import FieldMissing
from facility_app.services.grants import revoke_grant
from facility_app.services.items import ChangeItem, change_item
from facility_app.services.pin_acts import PinNotHeld
from facility_app.services.pin_approval import (
    NotAnOfficer,
    PinDoubted,
    WrongOfficerPassphrase,
)
from facility_app.services.pin_release import (
    CardNotCheckedYet,
    FaceNotConfirmed,
    ReleaseOver,
)
from facility_app.services.pin_views import PinView, Release, WithoutPin
from facility_app.services.resident_view import view_resident
from facility_app.vault.channel import AgentGone
from facility_app.vault.errors import NotEnoughOfficers
from facility_app.vault.present import CounterNotFull, OtherCardLies
from tests.services import registry
from tests.services.accounts import PASSWORD
from tests.services.pin_world import CARD, DAY, OTHER_PIN, PIN, PinWorld, passphrase, pin_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PinWorld]:
    """The vault is on: two of three officers open it."""
    with pin_world(tmp_path) as world:
        world.switch_on()
        yield world


def codes_sent(world: PinWorld, profile: CardProfile = CARD) -> Callable[[], int]:
    """Put a card on the reader; gives a count of what it was sent to compare."""
    card = world.card_reader.insert(profile)
    return lambda: sum(sent[1] == 0x20 and len(sent) > 5 for sent in card.sent)


def out_to(world: PinWorld, word: str) -> None:
    """The card is signed out to somebody."""
    now = world.office.work.clock()
    world.office.do(
        world.actor("second"),
        sign_out,
        SignOut(
            resident_id=world.hanako,
            item_ids=(world.card,),
            purpose_code="clinic",
            holder_id=world.ids[word],
            destination="みほん内科",
            due_at=now + timedelta(hours=2),
        ),
    )


def ready(world: PinWorld, act: Act = Act.PRESENT, who: str = "custodian") -> Release:
    """A release that two officers have approved."""
    pin = world.deposit()
    release = world.begin(who, act, pin.id, "通院のため")
    return world.approve(release, "officer", "deputy")


def test_a_pin_reaches_its_card_when_two_officers_approve(world: PinWorld) -> None:
    sent = codes_sent(world)
    release = ready(world)
    told = world.present(release)
    assert told.outcome.value == "accepted"
    assert sent() == 1
    (outcome,) = world.outcomes("vault.presented")
    assert (outcome["result"], outcome["outcome"], outcome["sent"]) == ("done", "accepted", True)
    assert world.actions()[-5:] == [
        "vault.requested",
        "vault.approved",
        "vault.approved",
        "vault.presented",
        "vault.presented",
    ]
    approved = world.logged("vault.approved")
    assert [each["way"] for each in approved] == ["officer", "officer"]
    assert not world.office.work.close_open_intents()


def test_a_release_is_good_for_one_try(world: PinWorld) -> None:
    sent = codes_sent(world)
    release = ready(world)
    world.present(release)
    with pytest.raises(ReleaseOver):
        world.present(release)
    assert sent() == 1


def test_a_wrong_pin_is_flagged_and_never_sent_again(world: PinWorld) -> None:
    sent = codes_sent(world)
    pin = world.deposit(OTHER_PIN)
    release = world.approve(world.begin("custodian", Act.PRESENT, pin.id), "officer", "deputy")
    told = world.present(release)
    assert (told.outcome.value, told.tries_left) == ("wrong", 2)
    assert world.entry().doubt is Doubt.WRONG
    (outcome,) = world.outcomes("vault.presented")
    assert (outcome["result"], outcome["outcome"], outcome["tries"]) == ("failed", "wrong", 2)
    for act in (Act.PRESENT, Act.CHECK, Act.REVEAL):
        with pytest.raises(PinDoubted):
            world.begin("officer", act, pin.id, "通院のため")
    assert sent() == 1


def test_a_flag_that_came_after_the_approvals_counts_too(world: PinWorld) -> None:
    release = ready(world)
    with world.office.work.begin(world.actor("custodian")) as tx:
        tx.require(Permission.PRESENT_PIN)
        row = tx.session.get_one(VaultEntryRow, release.entry)
        row.doubt = Doubt.WRONG
        tx.record("test.noted", "test")
    sent = codes_sent(world)
    with pytest.raises(PinDoubted):
        world.present(release)
    assert sent() == 0


def test_nothing_is_sent_to_another_card(world: PinWorld) -> None:
    sent = codes_sent(world, good(DAY - timedelta(days=40), number=9))
    release = ready(world)
    with pytest.raises(OtherCardLies):
        world.present(release)
    assert sent() == 0
    assert world.entry().doubt is None
    (outcome,) = world.outcomes("vault.presented")
    assert (outcome["result"], outcome["why"]) == ("failed", "vault.other_card")


def test_whether_it_fits_is_tried_with_all_tries_only(world: PinWorld) -> None:
    sent = codes_sent(world)
    release = ready(world, Act.CHECK)
    assert world.present(release).outcome.value == "accepted"
    assert world.outcomes("vault.checked_fit")[-1]["result"] == "done"
    fewer = replace(CARD, tries={**CARD.tries, Pin.USER_AUTH: 2})
    again = codes_sent(world, fewer)
    release = world.begin("custodian", Act.CHECK, release.entry)
    release = world.approve(release, "officer", "deputy")
    with pytest.raises(CounterNotFull):
        world.present(release)
    assert (sent(), again()) == (1, 0)


@pytest.mark.parametrize("missing", ["card_expires_on", "certificate_expires_on"])
def test_a_card_that_the_register_does_not_know_is_checked_first(
    world: PinWorld, missing: str
) -> None:
    resident = world.resident("仮名 正", "かめい ただし")
    world.receive(resident, **{missing: None})
    pin = world.deposit(resident_id=resident)
    assert not pin.for_card
    with pytest.raises(CardNotCheckedYet):
        world.begin("custodian", Act.PRESENT, pin.id)


def test_dates_that_went_meanwhile_stop_it_too(world: PinWorld) -> None:
    release = ready(world)
    _without_dates(world)
    with pytest.raises(CardNotCheckedYet):
        world.present(release)


def _without_dates(world: PinWorld) -> None:
    (item,) = world.office.ask(world.actor("manager"), view_resident, world.hanako).items
    form = replace(item.form, certificate_expires_on=None)
    world.office.do(world.actor("manager"), change_item, ChangeItem(item.id, item.version, form))


def test_the_name_on_the_face_is_confirmed_by_a_person(world: PinWorld) -> None:
    sent = codes_sent(world)
    release = ready(world)
    with pytest.raises(FaceNotConfirmed):
        world.present(release, face=False)
    assert sent() == 0
    assert world.present(release).outcome.value == "accepted"


def test_too_few_officers_let_nothing_out(world: PinWorld) -> None:
    pin = world.deposit()
    release = world.approve(world.begin("custodian", Act.PRESENT, pin.id), "officer")
    with pytest.raises(ApprovalsMissing):
        world.present(release)
    assert world.logged("vault.presented") == []


def test_a_forged_list_of_approvals_opens_nothing(world: PinWorld) -> None:
    """The vault opens with passphrases, not with what the program says about them."""
    sent = codes_sent(world)
    pin = world.deposit()
    release = world.begin("custodian", Act.PRESENT, pin.id)
    now = world.office.work.clock()
    made_up = tuple(
        Approval(world.ids[each], each, now, Way.OFFICER) for each in ("officer", "deputy")
    )
    with pytest.raises(NotEnoughOfficers):
        world.present(replace(release, approvals=made_up))
    assert sent() == 0
    assert world.outcomes("vault.presented")[-1]["result"] == "failed"


def test_approvals_lapse_after_five_minutes(world: PinWorld) -> None:
    release = ready(world)
    world.clock.now += APPROVAL_LASTS
    with pytest.raises(ApprovalLapsed):
        world.present(release)
    assert world.logged("vault.presented") == []


def test_an_officer_may_be_one_of_two_for_their_own_request(world: PinWorld) -> None:
    pin = world.deposit()
    release = world.approve(
        world.begin("officer", Act.PRESENT, pin.id), "officer", "deputy", unlocked="officer"
    )
    assert world.present(release, "officer").outcome.value == "accepted"


def test_nobody_approves_twice(world: PinWorld) -> None:
    pin = world.deposit()
    release = world.approve(world.begin("custodian", Act.PRESENT, pin.id), "officer")
    with pytest.raises(AlreadyApproved):
        world.approve(release, "officer")


@pytest.mark.parametrize("who", ["custodian", "manager", "auditor"])
def test_who_is_no_officer_approves_nothing(world: PinWorld, who: str) -> None:
    pin = world.deposit()
    release = world.begin("custodian", Act.PRESENT, pin.id)
    with pytest.raises(NotAnOfficer):
        world.approve(release, who)


def test_an_officer_without_the_role_approves_no_more(world: PinWorld) -> None:
    pin = world.deposit()
    with world.office.work.engine.connect() as connection:
        query = select(GrantRow.id).where(GrantRow.staff_id == world.ids["deputy"])
        grant = connection.execute(query).scalar_one()
    world.office.do(world.actor("manager"), revoke_grant, grant)
    release = world.approve(world.begin("custodian", Act.PRESENT, pin.id), "officer")
    with pytest.raises(NotAnOfficer):
        world.approve(release, "deputy")


def wrong(world: PinWorld, release: Release, who: str = "officer") -> int:
    with pytest.raises(WrongOfficerPassphrase) as refused:
        pin_release.approve(
            world.office,
            world.actor("custodian"),
            release,
            world.ids[who],
            passphrase("somebody else"),
        )
    return refused.value.wait_s


def test_wrong_passphrases_are_counted_delayed_and_recorded(world: PinWorld) -> None:
    pin = world.deposit()
    release = world.begin("custodian", Act.PRESENT, pin.id)
    waits = [wrong(world, release) for _ in range(3)]
    assert waits[0] == 0
    assert waits[-1] > 0
    with pytest.raises(MustWait):
        world.approve(release, "officer")
    refused = world.logged("vault.refused")
    assert [each["waiting"] for each in refused] == [False, False, False, True]
    world.approve(release, "deputy")  # the others need not wait
    world.clock.now += timedelta(seconds=waits[-1])
    world.approve(release, "officer")
    assert wrong(world, world.begin("custodian", Act.PRESENT, pin.id)) == 0


def test_unlocking_the_program_forgives_no_guess_at_a_passphrase(world: PinWorld) -> None:
    pin = world.deposit()
    release = world.begin("custodian", Act.PRESENT, pin.id)
    for _ in range(3):
        wrong(world, release)
    world.office.unlock("1004", PASSWORD)
    with pytest.raises(MustWait):
        world.approve(release, "officer")


def test_a_passphrase_is_wiped_whatever_comes_of_it(world: PinWorld) -> None:
    pin = world.deposit()
    release = world.begin("custodian", Act.PRESENT, pin.id)
    actor, officer = world.actor("custodian"), world.ids["officer"]
    for typed, staff_id in (
        (passphrase("officer"), officer),
        (passphrase("wrong"), officer),
        (passphrase("officer"), world.ids["manager"]),
    ):
        with suppress(Refused):
            pin_release.approve(world.office, actor, release, staff_id, typed)
        assert typed.wiped


# --- who has the card -------------------------------------------------------------------------


def test_who_has_the_card_out_neither_reveals_nor_approves(world: PinWorld) -> None:
    pin = world.deposit()
    out_to(world, "officer")
    with pytest.raises(HoldsTheCard):
        world.begin("officer", Act.REVEAL, pin.id, "通院のため")
    release = world.begin("deputy", Act.REVEAL, pin.id, "通院のため")
    with pytest.raises(HoldsTheCard):
        world.approve(release, "officer", unlocked="deputy")
    refused = [each["refusal"] for each in world.logged("act.refused")]
    assert refused == ["pins.holds_the_card"] * 2
    presented = world.begin("custodian", Act.PRESENT, pin.id)
    with pytest.raises(HoldsTheCard):
        world.approve(presented, "officer")
    seen = world.office.ask(world.actor("deputy"), pin_approval.approvers, Act.REVEAL, pin.id)
    assert world.ids["officer"] not in {each.staff_id for each in seen}


def test_who_took_the_card_after_approving_spoils_the_release(world: PinWorld) -> None:
    sent = codes_sent(world)
    release = ready(world)
    out_to(world, "deputy")
    with pytest.raises(HoldsTheCard):
        world.present(release)
    assert sent() == 0


def test_who_carries_the_card_may_ask_for_it_to_be_sent(world: PinWorld) -> None:
    pin = world.deposit()
    out_to(world, "custodian")
    release = world.approve(world.begin("custodian", Act.PRESENT, pin.id), "officer", "deputy")
    assert world.present(release).outcome.value == "accepted"


# --- a card that is recognised ----------------------------------------------------------------


def recognised(world: PinWorld) -> None:
    """Recognition is on, the agreement has the clause, and the register knows the card's mark."""
    manager = world.actor("manager")
    recognition.switch_recognition(world.office, manager, True)
    registry.agree(
        world.office.work, manager, world.hanako, pin_clause=True, recognition_clause=True
    )
    make = recognition.marker(world.office, manager)
    facts = read_card(world.card_reader(), "Reader", marker=make).facts
    check = world.office.do(manager, store_check, StoreCheck(facts, resident_id=world.hanako))
    world.office.do(manager, recognition.remember_card, check.id, facts)


def test_a_card_that_is_recognised_needs_no_look_at_its_face(world: PinWorld) -> None:
    recognised(world)
    sent = codes_sent(world)
    release = ready(world)
    (view,) = world.office.ask(world.actor("officer"), pin_register.held_pins)
    assert (view.marked, view.needs_face) == (True, False)
    assert world.present(release, face=False).outcome.value == "accepted"
    assert sent() == 1


def test_another_card_of_the_same_dates_is_not_the_one(world: PinWorld) -> None:
    recognised(world)
    sent = codes_sent(world, replace(CARD, number=77))
    with pytest.raises(OtherCardLies):
        world.present(ready(world))
    assert sent() == 0


def test_where_this_computer_has_no_key_a_person_looks_at_the_face(world: PinWorld) -> None:
    recognised(world)
    world.keys.forget(f"{world.office.keys.store_id}:recognition")
    release = ready(world)
    with pytest.raises(FaceNotConfirmed):
        world.present(release, face=False)
    assert world.present(release).outcome.value == "accepted"


# --- showing ----------------------------------------------------------------------------------


def test_two_officers_show_a_pin_as_a_picture(world: PinWorld) -> None:
    release = ready(world, Act.REVEAL, "officer")
    picture = world.reveal(release)
    assert picture.height == 64
    assert len(picture.grey) == picture.width * picture.height
    assert len(set(picture.grey)) > 2
    (outcome,) = world.outcomes("vault.revealed")
    assert outcome["result"] == "done"
    with pytest.raises(ReleaseOver):
        world.reveal(release)


def test_a_reveal_says_why(world: PinWorld) -> None:
    pin = world.deposit()
    with pytest.raises(FieldMissing):
        world.begin("officer", Act.REVEAL, pin.id, "  ")


def test_a_release_is_for_what_it_was_asked_for(world: PinWorld) -> None:
    release = ready(world, Act.PRESENT, "officer")
    with pytest.raises(ReleaseOver):
        world.reveal(release)
    shown = world.begin("officer", Act.REVEAL, release.entry, "通院のため")
    shown = world.approve(shown, "officer", "deputy")
    with pytest.raises(ReleaseOver):
        world.present(shown, "officer")


@pytest.mark.parametrize(
    ("who", "act"),
    [
        ("custodian", Act.REVEAL),
        ("manager", Act.PRESENT),
        ("auditor", Act.PRESENT),
        ("officer", Act.OFFICERS),
    ],
)
def test_who_may_not_ask_is_refused_and_recorded(world: PinWorld, who: str, act: Act) -> None:
    pin = world.deposit()
    with pytest.raises(NotPermitted):
        world.begin(who, act, pin.id, "通院のため")
    assert world.actions()[-1] == "act.refused"


class TestOneOfficerIsEnough:
    """Where the threshold is one, a second person stands in for the second officer."""

    @pytest.fixture
    def alone(self, tmp_path: Path) -> Iterator[PinWorld]:
        with pin_world(tmp_path) as world:
            world.switch_on("officer", "deputy", threshold=1)
            yield world

    def manager_approves(self, world: PinWorld, release: Release, who: str = "1001") -> Release:
        return pin_release.approve_as_manager(
            world.office, world.actor("officer"), release, who, PASSWORD
        )

    def test_an_officer_and_a_manager_show_a_pin(self, alone: PinWorld) -> None:
        pin = alone.deposit()
        release = alone.begin("officer", Act.REVEAL, pin.id, "通院のため")
        release = alone.approve(release, "officer", unlocked="officer")
        with pytest.raises(OwnRequestAlone):
            alone.reveal(release)
        release = self.manager_approves(alone, release)
        assert alone.reveal(release).width > 0
        assert [each["way"] for each in alone.logged("vault.approved")] == ["officer", "manager"]

    def test_two_officers_show_it_too(self, alone: PinWorld) -> None:
        pin = alone.deposit()
        release = alone.begin("manager", Act.REVEAL, pin.id, "通院のため")
        release = alone.approve(release, "officer", unlocked="manager")
        with pytest.raises(SecondApproverNeeded):
            alone.reveal(release, "manager")
        release = alone.approve(release, "deputy", unlocked="manager")
        assert alone.reveal(release, "manager").width > 0

    def test_a_manager_alone_opens_nothing(self, alone: PinWorld) -> None:
        pin = alone.deposit()
        release = alone.begin("officer", Act.REVEAL, pin.id, "通院のため")
        release = self.manager_approves(alone, release)
        with pytest.raises(ApprovalsMissing):
            alone.reveal(release)

    def test_only_a_manager_stands_in_and_only_for_a_reveal(self, alone: PinWorld) -> None:
        pin = alone.deposit()
        release = alone.begin("officer", Act.REVEAL, pin.id, "通院のため")
        with pytest.raises(NotPermitted):
            self.manager_approves(alone, release, "1002")
        with pytest.raises(WrongPassword):
            pin_release.approve_as_manager(
                alone.office, alone.actor("officer"), release, "1001", "not this one"
            )
        present = alone.begin("officer", Act.PRESENT, pin.id)
        with pytest.raises(NotPermitted):
            self.manager_approves(alone, present)

    def test_an_officer_does_not_send_a_pin_alone(self, alone: PinWorld) -> None:
        pin = alone.deposit()
        release = alone.approve(
            alone.begin("officer", Act.PRESENT, pin.id), "officer", unlocked="officer"
        )
        with pytest.raises(OwnRequestAlone):
            alone.present(release, "officer")
        release = alone.approve(alone.begin("custodian", Act.PRESENT, pin.id), "officer")
        assert alone.present(release).outcome.value == "accepted"


# --- what ends a release ----------------------------------------------------------------------


def test_a_lock_ends_the_process_and_everything_approved(world: PinWorld) -> None:
    release = ready(world)
    assert world.office.vault.running
    world.office.lock(world.actor("custodian"), "person")
    assert not world.office.vault.running
    with pytest.raises(AgentGone):
        world.present(release)
    with pytest.raises(AgentGone):
        world.begin("custodian", Act.PRESENT, release.entry)
    world.office.unlock("1002", PASSWORD)
    with pytest.raises(AgentGone):
        world.present(release)
    assert world.logged("vault.presented") == []


def test_a_new_request_forgets_the_approvals_of_the_one_before(world: PinWorld) -> None:
    release = ready(world)
    world.begin("custodian", Act.PRESENT, release.entry)
    with pytest.raises(NotEnoughOfficers):
        world.present(release)


def test_a_release_given_up_is_over(world: PinWorld) -> None:
    release = ready(world)
    pin_release.withdraw(world.office, world.actor("custodian"), release)
    assert not world.office.vault.running
    with pytest.raises(FacilityError):
        world.present(release)
    assert world.logged("vault.given_up")[0]["act"] == "present"
    pin_release.withdraw(world.office, world.actor("custodian"), release)
    assert len(world.logged("vault.given_up")) == 1


def test_consent_that_ends_meanwhile_ends_the_release(world: PinWorld) -> None:
    release = ready(world)
    with world.office.work.engine.connect() as connection:
        query = select(AgreementRow.id).where(AgreementRow.resident_id == world.hanako)
        agreement = connection.execute(query).scalar_one()
    world.office.do(
        world.actor("manager"), withdraw_agreement, WithdrawAgreement(agreement, DAY, "本人の申出")
    )
    with pytest.raises(PinNotHeld):
        world.present(release)


# --- what is held -----------------------------------------------------------------------------


def test_the_page_says_what_is_held_and_never_the_pin(world: PinWorld) -> None:
    world.deposit()
    (view,) = world.office.ask(world.actor("officer"), pin_register.held_pins)
    assert isinstance(view, PinView)
    assert (view.name, view.code, view.usable, view.for_card) == (
        "見本 花子",
        "user-auth",
        True,
        True,
    )
    assert view.needs_face
    assert PIN not in repr(view)
    state = world.office.ask(world.actor("officer"), pin_register.vault_state)
    assert (state.on, state.held, state.threshold, state.reachable) == (True, 1, 2, True)
    assert [each.may_approve for each in state.officers] == [True] * 3
    with pytest.raises(NotPermitted):
        world.office.ask(world.actor("auditor"), pin_register.held_pins)


def test_uses_are_counted_by_month(world: PinWorld) -> None:
    world.present(ready(world))
    release = world.begin("officer", Act.REVEAL, world.entry().id, "通院のため")
    world.reveal(world.approve(release, "officer", "deputy"))
    months = world.office.ask(world.actor("manager"), pin_register.pin_month_counts)
    assert len(months) == 12
    assert (months[-1].month, months[-1].presented, months[-1].revealed) == (
        DAY.replace(day=1),
        1,
        1,
    )
    assert sum(each.presented + each.revealed for each in months[:-1]) == 0


def test_the_ways_without_a_pin_are_told_for_everybody_whose_pin_is_held(world: PinWorld) -> None:
    world.deposit()
    (ways,) = world.office.ask(world.actor("manager"), pin_register.ways_without_pin)
    assert [each.way for each in ways.ways] == list(WithoutPin)
    assert {each.way: each.has for each in ways.ways} == {
        WithoutPin.FACE_CARD: None,
        WithoutPin.VISUAL: True,
        WithoutPin.CERTIFICATE: False,
    }


def test_who_may_approve_is_told(world: PinWorld) -> None:
    pin = world.deposit()
    seen = world.office.ask(world.actor("officer"), pin_approval.approvers, Act.REVEAL, pin.id)
    ways = {(each.staff_id, each.way) for each in seen}
    officers = {(world.ids[each], Way.OFFICER) for each in ("officer", "deputy", "third")}
    assert ways == officers | {(world.ids["manager"], Way.MANAGER)}
    assert [each.staff_id for each in seen if each.requester] == [StaffId(world.ids["officer"])]
