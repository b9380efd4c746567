"""What a use case holds while it works: `Reading`, or `Tx` where it writes."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from facility_app.audit import log
from facility_app.audit.checkpoint import Signer, Trust
from facility_app.audit.entry import Details, Entry, item_ids, moment_text, seal, vouch
from facility_app.audit.keyed import KEY_BYTES
from facility_app.audit.tree import Head
from facility_app.db.models import GrantRow, IntentRow, ResidentKeyRow, table_of
from facility_app.domain.access import Actor, Grant, Identified, NotPermitted, Permission, StaffId

_KEYS = table_of(ResidentKeyRow).c
_KEY = select(_KEYS.key).where(_KEYS.resident_id == bindparam("resident"))
_G = table_of(GrantRow).c
_GRANTS = select(_G.role, _G.valid_from, _G.valid_until, _G.shift, _G.deputy_for).where(
    _G.revoked_at.is_(None), _G.staff_id == bindparam("staff")
)


class UnguardedUse(RuntimeError):
    """A use case touched the database before it asked for a permission: a bug."""


@dataclass(frozen=True)
class LogKeys:
    """The keys that stay inside: the one that vouches for entries, and the signer if any."""

    head_key: bytes = field(repr=False)
    signer: Signer | None = None


class Reading:
    """A unit that only reads.  `now` is the aware UTC moment it began; `keys` verify the log."""

    def __init__(self, session: Session, actor: Actor, now: datetime, keys: LogKeys) -> None:
        self._session = session
        self._permitted = False
        self._connection: Connection | None = None
        self._rights: frozenset[Permission] | None = None
        self._keys = keys
        self.actor = actor
        self.now = now

    @property
    def trust(self) -> Trust:
        """What this log is verified with.  Raises RuntimeError where the program cannot sign."""
        return Trust(self._keys.head_key, self.signer.verifier)

    @property
    def signer(self) -> Signer:
        """Signs checkpoints.  Raises RuntimeError where the program cannot sign."""
        if self._keys.signer is None:
            raise RuntimeError("this unit of work cannot sign")
        return self._keys.signer

    @property
    def session(self) -> Session:
        """The SQLAlchemy session.  Raises UnguardedUse before `require`."""
        if not self._permitted:
            raise UnguardedUse
        return self._session

    @property
    def connection(self) -> Connection:
        """The session's connection, for hot paths: half the cost of the session's own statements.

        Raises UnguardedUse before `require`.
        """
        session = self.session
        if self._connection is None:
            self._connection = session.connection()
        return self._connection

    @property
    def staff_id(self) -> StaffId:
        """The acting member of staff.  Raises NotPermitted where the program acts by itself."""
        if self.actor.staff_id is None:
            raise NotPermitted(Permission.IDENTIFY)
        return self.actor.staff_id

    def may(self, permission: Permission) -> bool:
        """Whether the actor has `permission` now, by the grants as they stand in the database."""
        if self._rights is None:
            self._rights = current(self._session, self.actor).rights(self.now)
        return permission in self._rights

    def require(self, permission: Permission) -> None:
        """Open the session to a use case that `permission` allows.

        Raises NotPermitted otherwise.
        """
        if not self.may(permission):
            raise NotPermitted(permission)
        self._permitted = True


def current(session: Session, actor: Actor) -> Actor:
    """`actor` with the grants that stand in the database now.

    A right taken away is gone at once.
    """
    if actor.identified is Identified.SYSTEM or actor.staff_id is None:
        return actor
    rows = session.connection().execute(_GRANTS, {"staff": actor.staff_id})
    grants = tuple(
        Grant(role, since, until, shift, None if deputy is None else StaffId(deputy))
        for role, since, until, shift, deputy in rows
    )
    return Actor(actor.staff_id, actor.name, actor.identified, grants, actor.night)


@dataclass(frozen=True)
class Known:
    """A head to append to, the moment of its newest entry, and its root where it is known."""

    head: Head
    last_moment: str
    root: bytes = b""


class Tx(Reading):
    """A unit that writes.  `head` is the tree as this transaction leaves it."""

    def __init__(
        self,
        session: Session,
        actor: Actor,
        now: datetime,
        keys: LogKeys,
        known: Known,
    ) -> None:
        super().__init__(session, actor, now, keys)
        self.head = known.head
        self.last_moment = known.last_moment
        self.recorded = 0

    def record(
        self,
        action: str,
        subject: str,
        *,
        resident: int | None = None,
        items: Sequence[int] = (),
        plain: Details | None = None,
        **sealed: Any,
    ) -> int:
        """Append one entry to the tree in this transaction; gives its number (第 n 号).

        `plain` must identify no resident; all other details are sealed under the resident's key,
        and are refused with ValueError where no resident is named.  Inside a savepoint it raises
        RuntimeError: a part of the log cannot be rolled back.
        """
        if sealed and resident is None:
            raise ValueError("sealed details need a resident")
        session = self.session
        if session.in_nested_transaction():
            raise RuntimeError("an entry cannot be written inside a savepoint")
        at = moment_text(self.now)
        if at < self.last_moment:
            self._append("clock.set_back", "clock", plain={"from": self.last_moment, "to": at})
        session.flush()
        return self._append(
            action, subject, resident=resident, items=items, plain=plain or {}, sealed=sealed
        )

    def _append(
        self,
        action: str,
        subject: str,
        *,
        plain: Details,
        resident: int | None = None,
        items: Sequence[int] = (),
        sealed: Details | None = None,
    ) -> int:
        connection = self.connection
        seq = self.head.size + 1
        text = ""
        if sealed and resident is not None:
            text = seal(sealed, resident_key(connection, resident), seq, resident)
        entry = Entry(
            seq=seq,
            at=moment_text(self.now),
            monotonic_ns=time.monotonic_ns(),
            actor=self.actor.staff_id,
            identified=self.actor.identified.value,
            action=action,
            subject=subject,
            resident=resident,
            items=item_ids(items),
            plain=plain,
            sealed=text,
        )
        self.head = log.append(connection, self.head, vouch(entry, self._keys.head_key)[1])
        self.last_moment = entry.at
        self.recorded += 1
        return seq

    def intend(self, action: str, subject: str, **kwargs: Any) -> int:
        """Announce an act that cannot be rolled back (ADR 0007); gives the entry's number."""
        plain = {**(kwargs.pop("plain", None) or {}), "phase": "intent"}
        seq = self.record(action, subject, plain=plain, **kwargs)
        self.session.connection().execute(insert(IntentRow), {"seq": seq, "action": action})
        return seq

    def conclude(self, intent: int, result: str, **plain: Any) -> int:
        """Record the outcome of an announced act: ``done``, ``failed`` or ``unknown``.

        `plain`: what else is to be said of it; it must identify no resident.
        """
        connection = self.session.connection()
        action = connection.scalar(select(IntentRow.action).where(IntentRow.seq == intent))
        if action is None:
            raise ValueError("this act has its outcome already")
        connection.execute(delete(IntentRow).where(IntentRow.seq == intent))
        outcome = {"phase": "outcome", "of": intent, "result": result, **plain}
        return self.record(action, f"entry:{intent}", plain=outcome)


def resident_key(connection: Connection, resident: int) -> bytes:
    """The resident's 32-byte key, made now where there is none (a new resident, or one whose older
    details were erased by destroying the key)."""
    key: bytes | None = connection.scalar(_KEY, {"resident": resident})
    if key is None:
        key = os.urandom(KEY_BYTES)
        connection.execute(insert(ResidentKeyRow), {"resident_id": resident, "key": key})
    return key
