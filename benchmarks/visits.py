"""Planning a day of 200 visits (at most 50 ms), and the way from a card that was read to the sheet
that goes along (at most 2 s), against their limits (issue #6).

Real encrypted file, residents with their things and insurance, two years of earlier visits behind
the day.  Medians of repeated runs, and their ratio to the limits.  `python -m benchmarks.visits`.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.engine import Connection

from benchmarks.sign_out import _office
from facility_app.cards.chip import CardKind, Certificate, ChipFacts
from facility_app.db.models import (
    ClinicRow,
    ItemRow,
    ResidentInsuranceRow,
    ResidentRow,
    VisitOutcomeRow,
    VisitRow,
)
from facility_app.demo.sample import Sample
from facility_app.domain.clock import JST
from facility_app.domain.coverage import (
    Answer,
    Coverage,
    IncomeClass,
    PinKnownBy,
    PortalScreen,
    VisualMode,
)
from facility_app.domain.items import Condition, FaceAuthentication, ItemState
from facility_app.domain.people import Sex
from facility_app.domain.visits import Transport
from facility_app.i18n import Words
from facility_app.services.card_checks import StoreCheck, store_check
from facility_app.services.day_plan import day_plan
from facility_app.services.departure import Depart, depart, departure
from facility_app.services.office import Office
from facility_app.services.visit_papers import visit_sheet_paper
from facility_app.services.visits import PlanVisit, VisitForm, plan_visit

LIMIT_S = 0.050
SHEET_LIMIT_S = 2.0
LEAVING = 12
"""Residents who leave: those of the sample with a card, each once."""

VISITS = 200
ROUNDS = 30
HISTORY_DAYS = 730
DAY = date(2026, 11, 20)
_FIRST = 10_000


def _fill(connection: Connection) -> None:
    """200 residents with four things each, insurance facts, 20 clinics, the day and the history."""
    ids = range(_FIRST, _FIRST + VISITS)
    connection.execute(insert(ClinicRow), [_clinic(number) for number in range(20)])
    connection.execute(insert(ResidentRow), [_resident(number) for number in ids])
    connection.execute(insert(ItemRow), [item for number in ids for item in _items(number)])
    connection.execute(insert(ResidentInsuranceRow), [_insurance(number) for number in ids])
    for back in range(HISTORY_DAYS, 0, -1):
        day = DAY - timedelta(days=back)
        visits = list(_visits(day, ids[back % 7 :: 7], loan=None, first_id=back * 1000))
        connection.execute(insert(VisitRow), visits)
        connection.execute(insert(VisitOutcomeRow), [_outcome(visit) for visit in visits])
    connection.execute(insert(VisitRow), list(_visits(DAY, ids, loan=None, first_id=900_000_000)))


def _clinic(number: int) -> dict[str, object]:
    return {
        "id": _FIRST + number,
        "name": f"見本医院{number}",
        "visual_mode": VisualMode.WORKS,
        "pmh": Answer.UNKNOWN,
        "livelihood_ready": Answer.UNKNOWN,
        "phone_ready": Answer.NO,
    }


def _resident(number: int) -> dict[str, object]:
    return {
        "id": number,
        "name": f"見本 {number}",
        "kana": "みほん",
        "birth_date": date(1930 + number % 25, 1 + number % 12, 3),
        "sex": Sex.FEMALE,
        "room": str(number),
        "search_text": "",
        "created_at": datetime(2026, 4, 1, tzinfo=JST),
    }


def _items(resident: int) -> Iterator[dict[str, object]]:
    kinds = ("my-number-card", "eligibility-notice", "patient-card", "medicine-book")
    for kind in kinds:
        yield {
            "resident_id": resident,
            "kind_code": kind,
            "state": ItemState.IN_SAFE,
            "card_expires_on": date(2033, 3, 5) if kind == kinds[0] else None,
            "certificate_expires_on": date(2028, 3, 5) if kind == kinds[0] else None,
            "face_authentication": FaceAuthentication.NOT_NOTED,
            "condition": Condition.GOOD,
            "received_on": date(2026, 4, 1),
        }


def _insurance(resident: int) -> dict[str, object]:
    return {
        "resident_id": resident,
        "coverage": Coverage.KOUKI,
        "registered": Answer.YES,
        "wishes_registration": Answer.UNKNOWN,
        "pin_known_by": PinKnownBy.NOBODY,
        "income": IncomeClass.GENERAL,
        "disability_certified": Answer.NO,
        "card_has_photo": Answer.YES,
        "phone_certificates": Answer.NO,
        "phone_needs_pin": Answer.UNKNOWN,
        "portal": PortalScreen.NONE,
        "consents_face": Answer.YES,
        "consents_visual": Answer.YES,
        "ratio": 1,
        "ratio_source": "保険者",
        "ratio_as_of": date(2026, 8, 1),
    }


def _visits(
    day: date, residents: range, *, loan: int | None, first_id: int
) -> Iterator[dict[str, object]]:
    for number, resident in enumerate(residents):
        starts = datetime.combine(day, datetime.min.time(), JST) + timedelta(
            hours=8, minutes=3 * number
        )
        yield {
            "id": first_id + number,
            "resident_id": resident,
            "purpose_code": "clinic",
            "starts_at": starts,
            "returns_at": starts + timedelta(hours=2),
            "destination": f"見本医院{number % 20}",
            "clinic_id": _FIRST + number % 20,
            "loan_id": loan,
            "transport": Transport.FACILITY_CAR,
            "first_visit": Answer.UNKNOWN,
        }


def _outcome(visit: dict[str, object]) -> dict[str, object]:
    return {"visit_id": visit["id"], "way": "face", "by": 1, "at": visit["returns_at"]}


def measure() -> tuple[float, float, int]:
    """(median seconds of reading the day, the quickest, visits in the store)."""
    with tempfile.TemporaryDirectory() as name:
        office, sample = _office(Path(name))
        with office.work.engine.execution_options(writes=True).begin() as connection:
            _fill(connection)
        actor = sample.actors["1002"]
        assert len(office.ask(actor, day_plan, DAY).visits) == VISITS
        times = []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            office.ask(actor, day_plan, DAY)
            times.append(time.perf_counter() - started)
        with office.work.engine.connect() as connection:
            count = connection.exec_driver_sql("SELECT count(*) FROM visit").scalar_one()
        office.work.engine.dispose()
    return statistics.median(times), min(times), int(count)


def measure_leaving() -> float:
    """Median seconds from what the chip said to the sheet as a PDF: check, departure, paper.

    The reader's own time stands in benchmarks/cards.py; drawing on the screen is not in it.
    """
    words = Words("ja")
    with tempfile.TemporaryDirectory() as name:
        office, sample = _office(Path(name))
        actor = sample.actors["1002"]
        times = []
        with_card = [n for n in range(len(sample.residents)) if sample.somebody(n).has_card]
        for index in with_card[:LEAVING]:
            visit = _visit_of(office, sample, sample.residents[index])
            codes = {line.code: "計測" for line in office.ask(actor, departure, visit).lines}
            started = time.perf_counter()
            office.do(actor, store_check, StoreCheck(_CHIP, DAY, sample.residents[index]))
            found = office.ask(actor, departure, visit)
            cmd = Depart(visit, found.usual, found.holder_id, found.due_at, overrides=codes)
            office.do(actor, depart, cmd)
            assert visit_sheet_paper(office, actor, words, visit).startswith(b"%PDF")
            times.append(time.perf_counter() - started)
        office.work.engine.dispose()
    return statistics.median(times[1:])


def _visit_of(office: Office, sample: Sample, resident: int) -> int:
    starts = datetime.combine(DAY, datetime.min.time(), JST) + timedelta(hours=14)
    form = VisitForm(
        "clinic",
        starts,
        returns_at=starts + timedelta(hours=2),
        clinic_id=next(iter(sample.clinics.values())),
        escort_id=sample.staff[8],
    )
    return office.do(sample.actors["1002"], plan_visit, PlanVisit(resident, form))


_CHIP = ChipFacts(
    CardKind.MY_NUMBER_CARD,
    Certificate.READ,
    certificate_from=date(2023, 3, 5),
    certificate_until=date(2028, 3, 5),
    card_expires_on=date(2033, 3, 5),
)


def main() -> bool:
    """Print the figures; gives whether they keep their limits."""
    took, quickest, stored = measure()
    print(
        f"planning a day of {VISITS} visits among {stored}: {took * 1e3:.1f} ms,"
        f" ratio to the limit {took / LIMIT_S:.2f} (limit {LIMIT_S * 1e3:.0f} ms);"
        f" quickest {quickest * 1e3:.1f} ms"
    )
    left = measure_leaving()
    print(
        f"from a card that was read to the sheet: {left * 1e3:.0f} ms,"
        f" ratio to the limit {left / SHEET_LIMIT_S:.2f} (limit {SHEET_LIMIT_S:.0f} s)"
    )
    return took <= LIMIT_S and left <= SHEET_LIMIT_S


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)
