"""Tables of people: the facility, staff and their roles, residents, proxies, agreements."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facility_app.db.models.base import Base, EnumText, UtcDateTime
from facility_app.domain.access import Role, Shift
from facility_app.domain.agreements import Capacity, WillConfirmed
from facility_app.domain.people import ProxyKind, Sex


class FacilityRow(Base):
    """The facility itself; one row."""

    __tablename__ = "facility"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(Text, default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    setup_step: Mapped[int] = mapped_column(SmallInteger, default=0)


class SettingRow(Base):
    """One setting that differs from its default; typed in services/settings."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class StaffRow(Base):
    """職員.  Without `password_hash` there is no account (付添職員)."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    kana: Mapped[str] = mapped_column(String(200), default="")
    colour: Mapped[int] = mapped_column(SmallInteger, default=1)
    active_from: Mapped[date]
    active_until: Mapped[date | None]
    password_hash: Mapped[str | None] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=False)
    failures: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    zoom: Mapped[int] = mapped_column(SmallInteger, default=100)
    theme: Mapped[str] = mapped_column(String(16), default="light")
    grants: Mapped[list[GrantRow]] = relationship(
        back_populates="staff", foreign_keys="GrantRow.staff_id", order_by="GrantRow.id"
    )


class GrantRow(Base):
    """A role given to a member of staff for a time; ended by `revoked_at`, never deleted."""

    __tablename__ = "staff_grant"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    role: Mapped[Role] = mapped_column(EnumText(Role))
    shift: Mapped[Shift] = mapped_column(EnumText(Shift), default=Shift.ALWAYS)
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    deputy_for: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    staff: Mapped[StaffRow] = relationship(back_populates="grants", foreign_keys=[staff_id])


class ResidentRow(Base):
    """利用者.  `search_text` is what the tolerant search compares with (domain/names)."""

    __tablename__ = "resident"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    kana: Mapped[str] = mapped_column(String(200), index=True)
    birth_date: Mapped[date | None]
    sex: Mapped[Sex] = mapped_column(EnumText(Sex))
    room: Mapped[str] = mapped_column(String(32), default="", index=True)
    address: Mapped[str] = mapped_column(Text, default="")
    admitted_on: Mapped[date | None]
    discharged_on: Mapped[date | None] = mapped_column(index=True)
    deceased_on: Mapped[date | None]
    residence_expires_on: Mapped[date | None]
    notes: Mapped[str] = mapped_column(Text, default="")
    import_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    search_text: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # so declared by SQLAlchemy


class ResidentKeyRow(Base):
    """The key that seals what the log says about one resident; destroying it erases the details."""

    __tablename__ = "resident_key"

    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(32))


class ProxyRow(Base):
    """代理人, with the proof that was seen and until when the power holds."""

    __tablename__ = "proxy"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    kind: Mapped[ProxyKind] = mapped_column(EnumText(ProxyKind))
    name: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str] = mapped_column(String(40), default="")
    proof: Mapped[str] = mapped_column(String(200), default="")
    proof_seen_on: Mapped[date | None]
    valid_until: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    ended_on: Mapped[date | None]


class AgreementRow(Base):
    """預かり同意書: who consented, in what capacity, how the will was confirmed, to what.

    `proofs` are values of ProofKind; `kinds` counts unless `all_kinds` is set.
    """

    __tablename__ = "agreement"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    signed_on: Mapped[date]
    consented_by: Mapped[str] = mapped_column(String(200))
    capacity: Mapped[Capacity] = mapped_column(EnumText(Capacity))
    proxy_id: Mapped[int | None] = mapped_column(ForeignKey("proxy.id"))
    will: Mapped[WillConfirmed] = mapped_column(EnumText(WillConfirmed))
    will_note: Mapped[str] = mapped_column(Text, default="")
    proofs: Mapped[list[str]] = mapped_column(JSON, default=list)
    powers_name_card: Mapped[bool] = mapped_column(default=False)
    all_kinds: Mapped[bool] = mapped_column(default=False)
    witness: Mapped[str] = mapped_column(String(200), default="")
    pin_clause: Mapped[bool] = mapped_column(default=False)
    emergency_clause: Mapped[bool] = mapped_column(default=False)
    recognition_clause: Mapped[bool] = mapped_column(default=False)
    review_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    kinds: Mapped[list[AgreementKindRow]] = relationship(cascade="all, delete-orphan")


class AgreementKindRow(Base):
    """One kind of item that an agreement covers."""

    __tablename__ = "agreement_kind"
    __table_args__ = (UniqueConstraint("agreement_id", "kind_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    kind_code: Mapped[str] = mapped_column(ForeignKey("item_kind.code"))
