"""Tables about the PIN vault: where its file is, who its officers are, and for whom what is held.

Never a PIN, a key or a share: those are in the vault's own file (design §7).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, SmallInteger, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from facility_app.db.models.base import Base, EnumText, UtcDateTime
from facility_app.domain.pins import Doubt, EntryState, EraseReason


class VaultRow(Base):
    """暗証番号保管庫: one row while it is switched on, none else.

    `folder`: absolute path; `vault_id` and `key_id` hexadecimal, as in the file's header;
    `generation`: the last known one, an older file is refused.
    """

    __tablename__ = "vault"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    folder: Mapped[str] = mapped_column(Text)
    vault_id: Mapped[str] = mapped_column(String(32))
    key_id: Mapped[str] = mapped_column(String(32))
    threshold: Mapped[int] = mapped_column(SmallInteger)
    generation: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recovery_checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class VaultOfficerRow(Base):
    """暗証番号管理者 with a slot in the vault; wrong passphrases are counted like passwords."""

    __tablename__ = "vault_officer"

    staff_id: Mapped[int] = mapped_column(
        ForeignKey("staff.id"), primary_key=True, autoincrement=False
    )
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    failures: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class VaultEntryRow(Base):
    """項目: that a PIN of a kind is held for a resident, for which card; never the PIN.

    `entry_id`: 32 hexadecimal figures, the entry's name in the file; `kind`: a code of
    ``pin_kinds.toml``; `version` grows with every replacement.
    """

    __tablename__ = "vault_entry"
    __table_args__ = (
        Index(
            "uq_vault_entry_held",
            "resident_id",
            "kind",
            unique=True,
            sqlite_where=text("state IN ('depositing', 'held')"),
            postgresql_where=text("state IN ('depositing', 'held')"),
        ),
        Index(
            "ix_vault_entry_erase_due",
            "state",
            sqlite_where=text("state IN ('depositing', 'erase-due')"),
            postgresql_where=text("state IN ('depositing', 'erase-due')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(String(32), unique=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[EntryState] = mapped_column(EnumText(EntryState))
    deposited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deposited_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    doubt: Mapped[Doubt | None] = mapped_column(EnumText(Doubt))
    doubt_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    erase_reason: Mapped[EraseReason | None] = mapped_column(EnumText(EraseReason))
    erase_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    erased_seq: Mapped[int | None]
