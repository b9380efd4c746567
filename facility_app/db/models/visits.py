"""Tables of visits (受診): clinics, planned visits and series, house calls, how each went, and what
is known of a resident's insurance.

What a desk at a clinic showed is a fact of that day; nothing here says what a ratio ought to be.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, SmallInteger, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from facility_app.db.models.base import Base, EnumText, UtcDateTime
from facility_app.domain.coverage import (
    Answer,
    Coverage,
    HouseCallDevice,
    IncomeClass,
    PinKnownBy,
    PortalScreen,
    VisualMode,
)
from facility_app.domain.visits import Repeat, Transport

_QUESTION = text("question AND settled_at IS NULL")
_IN_SERIES = text("series_id IS NOT NULL")
_IN_ROUND = text("round_id IS NOT NULL")


class ClinicRow(Base):
    """医療機関 as the facility knows it from earlier visits."""

    __tablename__ = "clinic"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    kana: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    visual_mode: Mapped[VisualMode] = mapped_column(EnumText(VisualMode))
    pmh: Mapped[Answer] = mapped_column(EnumText(Answer))
    livelihood_ready: Mapped[Answer] = mapped_column(EnumText(Answer))
    phone_ready: Mapped[Answer] = mapped_column(EnumText(Answer))
    house_calls: Mapped[bool] = mapped_column(default=False)
    notes: Mapped[str] = mapped_column(Text, default="")
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # so declared by SQLAlchemy


class VisitSeriesRow(Base):
    """A visit that comes again and again; the fields of domain/visits.Recurrence, and a form.

    `starts_minute`: minutes after midnight in Japan; `planned_through`: the last day whose visits
    are rows already.
    """

    __tablename__ = "visit_series"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    purpose_code: Mapped[str] = mapped_column(ForeignKey("purpose.code"))
    clinic_id: Mapped[int | None] = mapped_column(ForeignKey("clinic.id"))
    destination: Mapped[str] = mapped_column(String(200))
    escort_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    transport: Mapped[Transport] = mapped_column(EnumText(Transport))
    note: Mapped[str] = mapped_column(Text, default="")
    repeat: Mapped[Repeat] = mapped_column(EnumText(Repeat))
    every: Mapped[int] = mapped_column(SmallInteger)
    weekday: Mapped[int] = mapped_column(SmallInteger)
    nth: Mapped[int] = mapped_column(SmallInteger)
    day: Mapped[int] = mapped_column(SmallInteger)
    first: Mapped[date]
    until: Mapped[date | None]
    starts_minute: Mapped[int] = mapped_column(SmallInteger)
    length_minutes: Mapped[int | None] = mapped_column(SmallInteger)
    planned_through: Mapped[date] = mapped_column(index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class HouseCallRow(Base):
    """訪問診療の回: a doctor comes to the house; its visits hang on it."""

    __tablename__ = "house_call"

    id: Mapped[int] = mapped_column(primary_key=True)
    clinic_id: Mapped[int] = mapped_column(ForeignKey("clinic.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    device: Mapped[HouseCallDevice] = mapped_column(EnumText(HouseCallDevice))
    note: Mapped[str] = mapped_column(Text, default="")
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class VisitRow(Base):
    """受診予定: fills in the sign-out of the day.

    `series_on`: the day its series meant, which stays when the visit is moved; `first_visit`: 初診
    as the facility knows it; `booked`: the clinic has confirmed it.
    """

    __tablename__ = "visit"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    purpose_code: Mapped[str] = mapped_column(ForeignKey("purpose.code"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    returns_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    destination: Mapped[str] = mapped_column(String(200))
    escort_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    loan_id: Mapped[int | None] = mapped_column(ForeignKey("loan.id"), index=True)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    clinic_id: Mapped[int | None] = mapped_column(ForeignKey("clinic.id"))
    transport: Mapped[Transport] = mapped_column(EnumText(Transport), default=Transport.UNKNOWN)
    first_visit: Mapped[Answer] = mapped_column(EnumText(Answer), default=Answer.UNKNOWN)
    booked: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(Text, default="")
    series_id: Mapped[int | None] = mapped_column(ForeignKey("visit_series.id"))
    series_on: Mapped[date | None]
    round_id: Mapped[int | None] = mapped_column(ForeignKey("house_call.id"))

    __table_args__ = (
        Index(
            "uq_visit_series_id_series_on",
            "series_id",
            "series_on",
            unique=True,
            sqlite_where=_IN_SERIES,
            postgresql_where=_IN_SERIES,
        ),
        Index("ix_visit_round_id", "round_id", sqlite_where=_IN_ROUND, postgresql_where=_IN_ROUND),
        Index("ix_visit_resident_id_clinic_id_starts_at", "resident_id", "clinic_id", "starts_at"),
    )


class VisitOutcomeRow(Base):
    """受診結果: how acceptance at the desk went, once per visit.

    `way`: a value of domain/ladder.Way, empty where none worked; `troubles` and `papers`: codes of
    resources/rules/visit_choices.toml; `ratio_noted` is ours of that day.  `question`: the clinic's
    reader showed another ratio, so the insurer is to be asked; open until settled.
    """

    __tablename__ = "visit_outcome"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    way: Mapped[str] = mapped_column(String(32), default="")
    minutes: Mapped[int | None] = mapped_column(SmallInteger)
    troubles: Mapped[list[str]] = mapped_column(JSON, default=list)
    ratio_seen: Mapped[int | None] = mapped_column(SmallInteger)
    ratio_noted: Mapped[int | None] = mapped_column(SmallInteger)
    papers: Mapped[list[str]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    question: Mapped[bool] = mapped_column(default=False)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    settled_note: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        Index(
            "ix_visit_outcome_question",
            "at",
            sqlite_where=_QUESTION,
            postgresql_where=_QUESTION,
        ),
    )


class ResidentInsuranceRow(Base):
    """What is known of a resident's insurance; what nobody said is "unknown", never guessed.

    `welfare_told_on`: the day on which the 福祉事務所 was told of visits; `consents_…`: whether the
    person wants that way at the desk.
    """

    __tablename__ = "resident_insurance"

    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), primary_key=True)
    coverage: Mapped[Coverage] = mapped_column(EnumText(Coverage))
    insurer: Mapped[str] = mapped_column(String(200), default="")
    registered: Mapped[Answer] = mapped_column(EnumText(Answer))
    wishes_registration: Mapped[Answer] = mapped_column(EnumText(Answer))
    pin_known_by: Mapped[PinKnownBy] = mapped_column(EnumText(PinKnownBy))
    income: Mapped[IncomeClass] = mapped_column(EnumText(IncomeClass))
    disability_certified: Mapped[Answer] = mapped_column(EnumText(Answer))
    card_has_photo: Mapped[Answer] = mapped_column(EnumText(Answer))
    phone_certificates: Mapped[Answer] = mapped_column(EnumText(Answer))
    phone_needs_pin: Mapped[Answer] = mapped_column(EnumText(Answer))
    portal: Mapped[PortalScreen] = mapped_column(EnumText(PortalScreen))
    consents_face: Mapped[Answer] = mapped_column(EnumText(Answer))
    consents_visual: Mapped[Answer] = mapped_column(EnumText(Answer))
    ratio: Mapped[int | None] = mapped_column(SmallInteger)
    ratio_source: Mapped[str] = mapped_column(String(200), default="")
    ratio_as_of: Mapped[date | None]
    welfare_office: Mapped[str] = mapped_column(String(200), default="")
    welfare_phone: Mapped[str] = mapped_column(String(40), default="")
    welfare_told_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # so declared by SQLAlchemy
