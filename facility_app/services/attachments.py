"""Scanned papers: attached to an agreement, a hand-back, a register's entry or a loss.

Kept in the store, sealed under the resident's key where there is a resident.  A scan may show an
individual number or the back of a card, which a facility may not keep (番号法20条): whoever
attaches it says to have looked at every page, and text that can be read in it is checked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import ClassVar, NewType

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.audit.blobs import seal_for, unseal_for
from facility_app.audit.work import Reading, Tx
from facility_app.db.models import (
    AgreementRow,
    AttachmentRow,
    HandBackRow,
    LostCaseRow,
    RegisterEntryRow,
    StaffRow,
)
from facility_app.domain.access import NotPermitted, Permission
from facility_app.domain.individual_number import refuse_individual_number
from facility_app.errors import IntegrityError, Refused
from facility_app.services.commitments import new_salt
from facility_app.services.fields import Field, line, lines

AttachmentId = NewType("AttachmentId", int)

LARGEST = 5 * 1024 * 1024
"""Bytes of one scan: about ten pages of A4 at 150 dpi."""

MOST = 20
"""Scans that belong to one thing."""


class Media(Enum):
    """What may be attached, known by its first bytes and not by its name."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"


_FIRST = {b"%PDF-": Media.PDF, b"\x89PNG\r\n\x1a\n": Media.PNG, b"\xff\xd8\xff": Media.JPEG}


class Belongs(Enum):
    """What a scan belongs to."""

    AGREEMENT = "agreement"
    HAND_BACK = "hand_back"
    REGISTER = "register"
    LOST = "lost"


_WRITE = {
    Belongs.AGREEMENT: Permission.MANAGE_AGREEMENTS,
    Belongs.HAND_BACK: Permission.HAND_BACK,
    Belongs.REGISTER: Permission.WRITE_REGISTERS,
    Belongs.LOST: Permission.REPORT_LOST,
}
_READ = {
    Belongs.AGREEMENT: Permission.VIEW_RESIDENTS,
    Belongs.HAND_BACK: Permission.VIEW_RESIDENTS,
    Belongs.REGISTER: Permission.VIEW_REGISTERS,
    Belongs.LOST: Permission.VIEW_LOST,
}


@dataclass(eq=False)
class NotAPaper(Refused):
    """The file is neither a PDF nor a PNG or JPEG picture; `name` is the file's."""

    key: ClassVar[str] = "attachments.not_a_paper"
    name: str


@dataclass(eq=False)
class PaperTooLarge(Refused):
    """The file is larger than `largest` megabytes."""

    key: ClassVar[str] = "attachments.too_large"
    name: str
    largest: int


@dataclass(eq=False)
class NotLookedThrough(Refused):
    """Nobody said to have looked whether a page shows an individual number or a card's back."""

    key: ClassVar[str] = "attachments.not_looked_through"
    name: str


@dataclass(eq=False)
class TooManyPapers(Refused):
    """More scans than `most` belong to this already."""

    key: ClassVar[str] = "attachments.too_many"
    most: int


@dataclass(eq=False)
class PaperDamaged(IntegrityError):
    """The scan is not the one that was attached, or its key was destroyed."""

    key: ClassVar[str] = "attachments.damaged"
    name: str


@dataclass(frozen=True)
class AttachPaper:
    """A scan.  text: what a preview could read in it; looked_through: see NotLookedThrough."""

    belongs: Belongs
    id: int
    name: str
    content: bytes = field(repr=False)
    looked_through: bool = False
    text: str = field(default="", repr=False)


@dataclass(frozen=True)
class PaperView:
    """A scan in a list; size in bytes."""

    id: int
    name: str
    media: Media
    size: int
    added_at: datetime
    added_by: str


def media_of(name: str, content: bytes) -> Media:
    """What a file is.  Raises NotAPaper, PaperTooLarge."""
    for first, media in _FIRST.items():
        if content.startswith(first):
            if len(content) > LARGEST:
                raise PaperTooLarge(name, LARGEST // 2**20)
            return media
    raise NotAPaper(name)


def attach_paper(tx: Tx, cmd: AttachPaper) -> AttachmentId:
    """Attach a scan.

    Raises NotAPaper, PaperTooLarge, NotLookedThrough, IndividualNumberRefused, TooManyPapers.
    """
    _refuse_without_any(tx, _WRITE)
    tx.require(_WRITE[cmd.belongs])
    name = line(Field.NAME, cmd.name, required=True)
    media = media_of(name, cmd.content)
    refuse_individual_number(Field.NAME, cmd.text)
    if not cmd.looked_through:
        raise NotLookedThrough(name)
    resident = _resident(tx.session, cmd.belongs, cmd.id)
    subject = f"{cmd.belongs.value}:{cmd.id}"
    if len(_ids(tx.session, subject)) >= MOST:
        raise TooManyPapers(MOST)
    salt = new_salt()
    digest = hashlib.sha256(salt + cmd.content).digest()
    content = cmd.content
    if resident is not None:
        content = seal_for(tx, resident, content, digest.hex())
    row = AttachmentRow(
        subject=subject,
        resident_id=resident,
        name=name,
        media=media.value,
        size=len(cmd.content),
        salt=salt,
        digest=digest,
        content=content,
        added_at=tx.now,
        added_by=tx.staff_id,
    )
    tx.session.add(row)
    tx.session.flush()
    plain = {"attachment": row.id, "media": media.value, "bytes": row.size, "sha256": digest.hex()}
    if resident is None:
        tx.record("paper.attached", subject, plain=plain)
    else:
        tx.record("paper.attached", subject, resident=resident, plain=plain, name=name)
    return AttachmentId(row.id)


def _refuse_without_any(unit: Reading, rights: Mapping[Belongs, Permission]) -> None:
    """Before it is looked at what the scan belongs to.  Raises NotPermitted."""
    if not any(unit.may(right) for right in rights.values()):
        raise NotPermitted(next(iter(rights.values())))


def papers_attached(reading: Reading, belongs: Belongs, id_: int) -> tuple[PaperView, ...]:
    """The scans of one thing, oldest first."""
    _refuse_without_any(reading, _READ)
    reading.require(_READ[belongs])
    query = (
        select(
            AttachmentRow.id,
            AttachmentRow.name,
            AttachmentRow.media,
            AttachmentRow.size,
            AttachmentRow.added_at,
            StaffRow.name.label("by"),
        )
        .join(StaffRow, StaffRow.id == AttachmentRow.added_by)
        .where(AttachmentRow.subject == f"{belongs.value}:{id_}")
        .order_by(AttachmentRow.id)
    )
    return tuple(
        PaperView(row.id, row.name, Media(row.media), row.size, row.added_at, row.by)
        for row in reading.session.execute(query)
    )


def read_paper(reading: Reading, attachment_id: int) -> bytes:
    """The scan as it was attached.  Raises PaperDamaged."""
    reading.require(Permission.VIEW_RESIDENTS)
    row = reading.session.get_one(AttachmentRow, attachment_id)
    reading.require(_READ[_belongs(row)])
    content = row.content
    if row.resident_id is not None:
        try:
            content = unseal_for(reading, row.resident_id, content, row.digest.hex())
        except ValueError as exc:
            raise PaperDamaged(row.name) from exc
    if hashlib.sha256(row.salt + content).digest() != row.digest:
        raise PaperDamaged(row.name)
    return content


def remove_paper(tx: Tx, attachment_id: int, reason: str) -> None:
    """Delete a scan beyond recovery, for example one that shows an individual number."""
    tx.require(Permission.VIEW_RESIDENTS)
    row = tx.session.get_one(AttachmentRow, attachment_id)
    tx.require(_WRITE[_belongs(row)])
    said = lines(Field.REASON, reason, required=True)
    subject, resident = row.subject, row.resident_id
    plain = {"attachment": row.id, "sha256": row.digest.hex()}
    tx.session.delete(row)
    if resident is None:
        tx.record("paper.removed", subject, plain=plain)
    else:
        tx.record("paper.removed", subject, resident=resident, plain=plain, reason=said)


def _belongs(row: AttachmentRow) -> Belongs:
    return Belongs(row.subject.partition(":")[0])


def _ids(session: Session, subject: str) -> Sequence[int]:
    return session.scalars(select(AttachmentRow.id).where(AttachmentRow.subject == subject)).all()


def _resident(session: Session, belongs: Belongs, id_: int) -> int | None:
    """Whose key seals it; None where it is about nobody alone.  Raises where there is no such
    thing."""
    match belongs:
        case Belongs.AGREEMENT:
            return session.get_one(AgreementRow, id_).resident_id
        case Belongs.HAND_BACK:
            return session.get_one(HandBackRow, id_).resident_id
        case Belongs.REGISTER:
            return session.get_one(RegisterEntryRow, id_).resident_id
        case Belongs.LOST:
            session.get_one(LostCaseRow, id_)
            return None
