"""The settings of a facility: typed, with defaults; only what differs is stored."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from datetime import time
from typing import Any, ClassVar

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from facility_app.audit.work import Tx
from facility_app.db.models import FacilityRow, SettingRow
from facility_app.domain.access import NightHours, Permission
from facility_app.domain.individual_number import refuse_individual_number
from facility_app.errors import Refused
from facility_app.services.fields import Field

TWO_PERSON_ACTIONS = ("sign-out", "sign-in", "hand-over", "hand-back")
"""Actions for which a facility may ask for a second person (二人確認)."""

LOCK_AFTER_S = range(60, 601)
COVER_AFTER_S = range(15, 601)


@dataclass(eq=False)
class SettingOutOfRange(Refused):
    """A value lies outside its range; nothing was changed."""

    key: ClassVar[str] = "settings.out_of_range"
    name: str
    lowest: str
    highest: str


@dataclass(frozen=True)
class Settings:
    """What a facility decides.

    Times of night are JST; `cover_after_s`, `lock_after_s` in seconds without input;
    `backup_folders` and `checkpoint_folders` are absolute paths of up to two places each;
    `minimum_password` in characters; `review_target` in acts reviewed per quarter;
    `card_recognition` is switched by services/recognition, never here; `insurance_area`: a code of
    the areas in resources/rules/ladder.toml, empty = not chosen; `retention_years`: how long the
    data of somebody who left is kept (domain §8: 2 by national rule, 5 by many ordinances).
    """

    two_person: tuple[str, ...] = ("hand-back",)
    night_begins: str = "21:00"
    night_ends: str = "06:00"
    cover_after_s: int = 60
    lock_after_s: int = 180
    minimum_password: int = 13
    emergency_reason_hours: int = 24
    review_target: int = 30
    backup_folders: tuple[str, ...] = ()
    checkpoint_folders: tuple[str, ...] = ()
    hide_from_capture: bool = True
    alarm_sound: bool = True
    language: str = "ja"
    card_recognition: bool = False
    attribute_check: bool = False
    insurance_area: str = ""
    retention_years: int = 5

    def night(self) -> NightHours:
        """The night hours as the rules use them."""
        return NightHours(
            time.fromisoformat(self.night_begins), time.fromisoformat(self.night_ends)
        )

    def check(self) -> None:
        """Raise SettingOutOfRange for the first value that is out of its range."""
        for name, value, allowed in (
            ("lock-after", self.lock_after_s, LOCK_AFTER_S),
            ("cover-after", self.cover_after_s, COVER_AFTER_S),
            ("minimum-password", self.minimum_password, range(8, 65)),
            ("emergency-reason-hours", self.emergency_reason_hours, range(1, 25)),
            ("review-target", self.review_target, range(1, 1001)),
            ("retention-years", self.retention_years, range(2, 31)),
            ("backup-folders", len(self.backup_folders), range(3)),
            ("checkpoint-folders", len(self.checkpoint_folders), range(3)),
        ):
            if value not in allowed:
                raise SettingOutOfRange(name, str(allowed.start), str(allowed.stop - 1))
        for name, text in (("night-begins", self.night_begins), ("night-ends", self.night_ends)):
            try:
                time.fromisoformat(text)
            except ValueError:
                raise SettingOutOfRange(name, "00:00", "23:59") from None
        if not set(self.two_person) <= set(TWO_PERSON_ACTIONS):
            raise SettingOutOfRange("two-person", TWO_PERSON_ACTIONS[0], TWO_PERSON_ACTIONS[-1])


def load_settings(session: Session) -> Settings:
    """The settings as they stand; unknown names of a later version are left alone."""
    known = {field.name for field in fields(Settings)}
    rows = session.execute(select(SettingRow.name, SettingRow.value))
    stored: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in rows
        if name in known
    }
    return replace(Settings(), **stored)


def change_settings(tx: Tx, settings: Settings) -> Settings:
    """Store `settings` and record which values changed, from what to what.

    Raises SettingOutOfRange; ValueError where chip recognition would be switched, which takes a key
    (services/recognition).
    """
    tx.require(Permission.MANAGE_SETTINGS)
    if settings.card_recognition is not load_settings(tx.session).card_recognition:
        raise ValueError("recognition is switched together with its key")
    if changed := keep_settings(tx, settings):
        tx.record("settings.changed", "settings", plain={"changed": changed})
    return settings


def keep_settings(tx: Tx, settings: Settings) -> dict[str, list[Any]]:
    """Store `settings` for a use case that records it itself; gives what changed, from and to."""
    settings.check()
    before, after = asdict(load_settings(tx.session)), asdict(settings)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changed:
        tx.session.execute(delete(SettingRow).where(SettingRow.name.in_(changed)))
        tx.session.add_all(SettingRow(name=name, value=after[name]) for name in changed)
    return changed


@dataclass(frozen=True)
class Facility:
    """The facility's own name, address and telephone number, as they stand on paper."""

    name: str
    address: str = ""
    phone: str = ""
    setup_step: int = 0


def load_facility(session: Session) -> Facility:
    """The facility; an empty name before the first step of the set-up."""
    row = session.get(FacilityRow, 1)
    return Facility(row.name, row.address, row.phone, row.setup_step) if row else Facility("")


def name_facility(tx: Tx, facility: Facility) -> None:
    """Set the facility's name, address, telephone number and how far its set-up has come (0-9)."""
    tx.require(Permission.SET_UP if tx.actor.staff_id is None else Permission.MANAGE_SETTINGS)
    for field, text in ((Field.NAME, facility.name), (Field.ADDRESS, facility.address)):
        refuse_individual_number(field, text)
    row = tx.session.get(FacilityRow, 1)
    if row is None:
        row = FacilityRow(id=1)
        tx.session.add(row)
    row.name, row.address, row.phone = facility.name, facility.address, facility.phone
    row.setup_step = facility.setup_step
    tx.record("facility.changed", "facility", plain={"name": facility.name, "step": row.setup_step})
