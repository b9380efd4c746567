"""What a card gives, and what opens it, is found nowhere afterwards: not in the file's rows, the
log, errors or what anything prints of itself (domain §7.2, §7.3, ADR 0008).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from facility_app.audit.work import Work
from facility_app.cards.attributes import WrongCode
from facility_app.cards.chip import Pin
from facility_app.cards.reading import read_card
from facility_app.cards.simulator import SimulatedReaders
from facility_app.cards.simulator.profiles import NO_NUMBER, SECURITY_CODE, Holder, good
from facility_app.cards.simulator.reader import NAME
from facility_app.db.models import Base, ResidentKeyRow, SettingRow
from facility_app.domain.access import PROGRAM
from facility_app.domain.people import Sex
from facility_app.secret import Secret
from facility_app.services.card_attributes import (
    CodeOutcome,
    announce_code,
    compare_card,
    conclude_code,
)
from facility_app.services.card_checks import AssignCheck, StoreCheck, assign_check, store_check
from facility_app.services.recognition import remember_card
from tests.cards.codes import attributes_of
from tests.desk_world import DeskWorld, build
from tests.services.cards import agreed, noted, switched_on
from tests.services.registry import entries

SERIAL = 7_004_711
"""Number of the simulated certificate: 7 000 000 and the card's own."""

HOLDER = Holder("見本　花子", "秘密県秘密市一丁目２番３号", date(1945, 3, 5), Sex.FEMALE)
CARD = replace(good(date(2026, 11, 20), number=4_711), holder=HOLDER)
CODE = CARD.code(Pin.CODE_B)


@pytest.fixture
def desk(engine: Engine, work: Work, clock: Callable[[], datetime]) -> DeskWorld:
    desk = build(engine, work, clock)
    switched_on(desk)
    agreed(desk)
    noted(desk, card_expires_on=CARD.card_expires_on)
    desk.add(SettingRow(name="attribute_check", value=True))
    return desk


def everything_kept(engine: Engine) -> str:
    """Every value of every row, and what the log's seals hide."""
    kept: list[Any] = []
    with Session(engine) as session:
        for table in Base.metadata.sorted_tables:
            if table.name != ResidentKeyRow.__tablename__:
                kept += [tuple(row) for row in session.execute(select(table))]
    acts = ("card.checked", "card.check_assigned", "card.code_presented", "card.remembered")
    return repr((kept, [entries(engine, act) for act in acts]))


def test_a_whole_check_with_code_and_mark_leaves_neither(
    desk: DeskWorld, engine: Engine, caplog: pytest.LogCaptureFixture, capfd
) -> None:
    caplog.set_level(logging.DEBUG)
    readers, resident = SimulatedReaders(), desk.residents["hanako"]
    inserted = readers.insert(CARD)
    seen: list[bytes] = []

    def marker(key: bytes) -> bytes:
        seen.append(key)
        return b"M" * 32

    reading = read_card(readers, NAME, marker=marker)
    view = desk.do("custodian", store_check, StoreCheck(reading.facts, resident_id=resident))
    said = [repr(reading), repr(view)]
    for typed, outcome in ((b"9" * 14, CodeOutcome.FAILED), (CODE, CodeOutcome.DONE)):
        intent = desk.do("custodian", announce_code, view.id)
        with Secret(typed) as code:
            said.append(repr(code))
            try:
                found = attributes_of(readers, NAME, code)
            except WrongCode as exc:
                said += [repr(exc), str(exc.facts())]
            else:
                said.append(repr(found))
        with desk.work.begin(PROGRAM) as tx:
            conclude_code(tx, intent, outcome, sent=True)
    compared = desk.ask("custodian", compare_card, resident, found)
    facts = reading.facts
    command = AssignCheck(view.id, facts, resident, compared.result)
    said.append(repr(desk.do("custodian", assign_check, command)))
    desk.do("custodian", remember_card, view.id, facts)
    out, err = capfd.readouterr()
    kept = " ".join([everything_kept(engine), *said, caplog.text, out, err])
    assert "card.code_presented" in kept, "there is something to look into"
    certificate = inserted.applications[0].files[0x0A].data
    for name, secret in (
        ("the code", CODE.decode()),
        ("the code that was wrong", "9" * 14),
        ("the security code", SECURITY_CODE),
        ("the number", NO_NUMBER),
        ("the address", "秘密市"),
        ("the certificate's serial number", str(SERIAL)),
        ("the same in bytes", SERIAL.to_bytes(3, "big").hex()),
        ("the certificate", repr(certificate[40:80])[2:-1]),
        ("the public key", repr(seen[0][40:80])[2:-1]),
    ):
        assert secret not in kept, name
