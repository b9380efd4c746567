"""保険の情報: what is known of a resident's insurance beyond the papers in the pouch.

Nothing is filled in from anything else, and no ratio is decided: `domain/insurance` says which
ratios an age allows, the person says what the papers say (domain facts §5).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from facility_app.audit.work import Reading, Tx
from facility_app.db.models import ResidentInsuranceRow, ResidentRow
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.coverage import Answer, Coverage, IncomeClass, PinKnownBy, PortalScreen
from facility_app.services.clinics import PHONE_LENGTH
from facility_app.services.fields import Field, line, lines, not_after
from facility_app.services.history import changes, refuse_stale
from facility_app.services.items import dated_ratio


@dataclass(frozen=True)
class InsuranceFacts:
    """What is known.  `registered`: 健康保険証利用登録, and whether the person wishes for it where
    it was not made; `phone_certificates`: the certificates are in the person's phone, which may ask
    for a PIN; `portal`: their マイナポータル screen; `welfare_told_on`: when the 福祉事務所 was
    told of visits; `card_has_photo`: cards of infants have none; `consents_…`: whether the person
    wants that way; `ratio` in tenths where no paper in the pouch says it (the insurer on the
    telephone, the screen of a clinic's reader), with where it is from and of which day.
    """

    coverage: Coverage = Coverage.UNKNOWN
    insurer: str = ""
    registered: Answer = Answer.UNKNOWN
    wishes_registration: Answer = Answer.UNKNOWN
    pin_known_by: PinKnownBy = PinKnownBy.UNKNOWN
    income: IncomeClass = IncomeClass.UNKNOWN
    disability_certified: Answer = Answer.UNKNOWN
    card_has_photo: Answer = Answer.UNKNOWN
    phone_certificates: Answer = Answer.UNKNOWN
    phone_needs_pin: Answer = Answer.UNKNOWN
    portal: PortalScreen = PortalScreen.UNKNOWN
    consents_face: Answer = Answer.UNKNOWN
    consents_visual: Answer = Answer.UNKNOWN
    ratio: int | None = None
    ratio_source: str = ""
    ratio_as_of: date | None = None
    welfare_office: str = ""
    welfare_phone: str = ""
    welfare_told_on: date | None = None
    note: str = ""


NOTHING_KNOWN = InsuranceFacts()


@dataclass(frozen=True)
class InsuranceView:
    """The facts of one resident; `version` 0 where nothing was ever entered."""

    resident_id: int
    version: int
    facts: InsuranceFacts


@dataclass(frozen=True)
class NoteInsurance:
    """What the register should say; `version` is the one the form was filled from."""

    resident_id: int
    version: int
    facts: InsuranceFacts


def insurance_of(reading: Reading, resident_id: int) -> InsuranceView:
    """What is known of a resident's insurance.  Needs VIEW_RESIDENTS."""
    reading.require(Permission.VIEW_RESIDENTS)
    row = reading.session.get(ResidentInsuranceRow, resident_id)
    if row is None:
        return InsuranceView(resident_id, 0, NOTHING_KNOWN)
    return InsuranceView(resident_id, row.version, facts_of(row))


def note_insurance(tx: Tx, cmd: NoteInsurance) -> int:
    """Enter or change what is known; gives the new version.

    Raises ChangedMeanwhile and the refusals of the fields.
    """
    tx.require(Permission.MANAGE_RESIDENTS)
    tx.session.get_one(ResidentRow, cmd.resident_id)
    values = _checked(cmd.facts, local_date(tx.now))
    row = tx.session.get(ResidentInsuranceRow, cmd.resident_id)
    refuse_stale(tx.session, 0 if row is None else row.version, cmd.version, cmd.resident_id)
    if row is None:
        row = ResidentInsuranceRow(resident_id=cmd.resident_id, **_values(NOTHING_KNOWN))
        tx.session.add(row)
    before, after = changes(row, values)
    tx.session.flush()
    if after:
        tx.record(
            "insurance.noted",
            f"resident:{cmd.resident_id}",
            resident=cmd.resident_id,
            plain={"fields": sorted(after)},
            before=before,
            after=after,
        )
    elif cmd.version == 0:
        tx.record("insurance.noted", f"resident:{cmd.resident_id}", resident=cmd.resident_id)
    return row.version


def facts_of(row: Any) -> InsuranceFacts:
    """A row as the facts it holds."""
    return InsuranceFacts(
        **{name: getattr(row, name) for name in InsuranceFacts.__dataclass_fields__}
    )


def _values(facts: InsuranceFacts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in InsuranceFacts.__dataclass_fields__}


def _checked(facts: InsuranceFacts, today: date) -> dict[str, Any]:
    not_after(Field.WELFARE_TOLD_ON, facts.welfare_told_on, today)
    return _values(facts) | {
        **dated_ratio(facts, today),
        "insurer": line(Field.INSURER, facts.insurer),
        "welfare_office": line(Field.WELFARE_OFFICE, facts.welfare_office),
        "welfare_phone": line(Field.PHONE, facts.welfare_phone, limit=PHONE_LENGTH),
        "note": lines(Field.NOTES, facts.note),
    }
