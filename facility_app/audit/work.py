"""`Work`: the only door to the database.  A change and its entry are one transaction, or neither is.

Inside a unit of work the session opens only after a permission was asked for (refuse by default), and a unit that
changed rows without writing an entry does not commit.  A refusal that is evidence is itself recorded.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete, event, insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from facility_app.audit import log
from facility_app.audit.entry import Details, Entry, item_ids, moment_text, seal
from facility_app.audit.tree import Head
from facility_app.db.models import GrantRow, IntentRow, ResidentKeyRow
from facility_app.domain.access import (
    PROGRAM,
    Actor,
    Grant,
    Identified,
    NotPermitted,
    Permission,
    StaffId,
)
from facility_app.domain.clock import Clock, utc_now
from facility_app.errors import Refused

_LOG_TABLES = ("audit_entry", "audit_node", "audit_checkpoint", "open_intent")
_KEY = select(ResidentKeyRow.key)
_GRANTS = select(
    GrantRow.role, GrantRow.valid_from, GrantRow.valid_until, GrantRow.shift, GrantRow.deputy_for
).where(GrantRow.revoked_at.is_(None))


class UnauditedWrite(RuntimeError):
    """Rows were changed and no entry was written: a bug; the transaction is rolled back."""


class UnguardedUse(RuntimeError):
    """A use case touched the database before it asked for a permission: a bug."""


class Reading:
    """A unit that only reads.  `now` is the aware UTC moment it began."""

    def __init__(self, session: Session, actor: Actor, now: datetime) -> None:
        self._session = session
        self._permitted = False
        self._rights: frozenset[Permission] | None = None
        self.actor = actor
        self.now = now

    @property
    def session(self) -> Session:
        """The SQLAlchemy session.  Raises UnguardedUse before `require`."""
        if not self._permitted:
            raise UnguardedUse
        return self._session

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
        """Open the session to a use case that `permission` allows.  Raises NotPermitted otherwise."""
        if not self.may(permission):
            raise NotPermitted(permission)
        self._permitted = True


def current(session: Session, actor: Actor) -> Actor:
    """`actor` with the grants that stand in the database now: a right taken away is gone at once."""
    if actor.identified is Identified.SYSTEM or actor.staff_id is None:
        return actor
    rows = session.execute(_GRANTS.where(GrantRow.staff_id == actor.staff_id))
    grants = tuple(
        Grant(role, since, until, shift, deputy) for role, since, until, shift, deputy in rows
    )
    return Actor(actor.staff_id, actor.name, actor.identified, grants, actor.night)


class Tx(Reading):
    """A unit that writes.  `head` is the tree as this transaction leaves it."""

    def __init__(
        self, session: Session, actor: Actor, now: datetime, head: Head, last: str
    ) -> None:
        super().__init__(session, actor, now)
        self.head = head
        self.last_moment = last
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

        `plain` must identify no resident; all other details are sealed under the resident's key, and are refused
        with ValueError where no resident is named.
        """
        if sealed and resident is None:
            raise ValueError("sealed details need a resident")
        at = moment_text(self.now)
        if at < self.last_moment:
            self._append("clock.set_back", "clock", plain={"from": self.last_moment, "to": at})
        self.session.flush()
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
        connection = self._session.connection()
        seq = self.head.size + 1
        text = ""
        if sealed and resident is not None:
            key = connection.scalar(_KEY.where(ResidentKeyRow.resident_id == resident))
            text = seal(sealed, key, seq, resident) if key else ""
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
        self.head = log.append(connection, self.head, entry.canonical())
        self.last_moment = entry.at
        self.recorded += 1
        return seq

    def intend(self, action: str, subject: str, **kwargs: Any) -> int:
        """Announce an act that cannot be rolled back, before it is done (ADR 0007).  Gives the number."""
        plain = {**kwargs.pop("plain", {}), "phase": "intent"}
        seq = self.record(action, subject, plain=plain, **kwargs)
        self.session.connection().execute(insert(IntentRow), {"seq": seq, "action": action})
        return seq

    def conclude(self, intent: int, result: str) -> int:
        """Record the outcome of an announced act: ``done``, ``failed`` or ``unknown``."""
        connection = self.session.connection()
        action = connection.scalar(select(IntentRow.action).where(IntentRow.seq == intent))
        if action is None:
            raise ValueError("this act has its outcome already")
        connection.execute(delete(IntentRow).where(IntentRow.seq == intent))
        return self.record(
            action, f"entry:{intent}", plain={"phase": "outcome", "of": intent, "result": result}
        )


@dataclass
class _Known:
    """The head after this process's last commit, to spare reading it back each time."""

    head: Head
    last_moment: str


class Work:
    """Opens units of work.  One per process; its units may run on different threads, writes one at a time."""

    def __init__(self, engine: Engine, clock: Clock = utc_now) -> None:
        self.engine = engine
        self.clock = clock
        self._writer = engine.execution_options(writes=True)
        self._known: _Known | None = None
        if not event.contains(engine, "after_cursor_execute", _count_change):
            event.listen(engine, "after_cursor_execute", _count_change)

    @contextmanager
    def begin(self, actor: Actor) -> Iterator[Tx]:
        """A writing unit: committed and on disk when the block ends, rolled back when it raises.

        Raises UnauditedWrite where rows changed without an entry.  A refusal that is evidence is recorded in a
        unit of its own and raised again.
        """
        try:
            with self._transaction(actor) as tx:
                yield tx
        except Refused as refusal:
            self._record_refusal(actor, refusal)
            raise

    @contextmanager
    def _transaction(self, actor: Actor) -> Iterator[Tx]:
        with Session(self._writer, expire_on_commit=False) as session, session.begin():
            connection = session.connection()
            connection.info["rows_changed"] = 0
            known = self._head(connection)
            tx = Tx(session, actor, self.clock(), known.head, known.last_moment)
            yield tx
            session.flush()
            if connection.info["rows_changed"] and not tx.recorded:
                raise UnauditedWrite
        if tx.recorded:
            self._known = _Known(tx.head, tx.last_moment)

    @contextmanager
    def read(self, actor: Actor) -> Iterator[Reading]:
        """A reading unit: one consistent view.  A refusal that is evidence is recorded and raised again."""
        try:
            with Session(self.engine, expire_on_commit=False) as session:
                yield Reading(session, actor, self.clock())
        except Refused as refusal:
            self._record_refusal(actor, refusal)
            raise

    def _head(self, connection: Connection) -> _Known:
        size = log.stored_size(connection)
        if self._known is not None and self._known.head.size == size:
            return self._known
        return _Known(log.stored_head(connection, size), log.last_moment(connection, size))

    def _record_refusal(self, actor: Actor, refusal: Refused) -> None:
        if not refusal.evidence:
            return
        with self._transaction(actor) as tx:
            tx._permitted = True  # a refusal is recorded whatever the actor may do
            plain: dict[str, Any] = {"refusal": refusal.key}
            if isinstance(refusal, NotPermitted):
                plain["permission"] = refusal.permission.value
            tx.record("act.refused", "refusal", plain=plain)

    def close_open_intents(self) -> int:
        """Close acts without outcome as ``unknown`` (a crash came between).  Gives how many."""
        with self.begin(PROGRAM) as tx:
            tx.require(Permission.MAKE_CHECKPOINT)
            seqs = list(tx.session.scalars(select(IntentRow.seq)))
            for seq in seqs:
                tx.conclude(seq, "unknown")
        return len(seqs)


def _count_change(
    connection: Connection,
    _cursor: object,
    statement: str,
    _parameters: object,
    _context: object,
    _executemany: bool,
) -> None:
    """Count statements that change rows outside the log, whatever way they came."""
    verb, _, rest = statement.lstrip().partition(" ")
    if verb.upper() not in ("INSERT", "UPDATE", "DELETE", "REPLACE"):
        return
    words = rest.replace("INTO ", "").replace("FROM ", "").split(None, 1)
    if words and words[0].strip('"') not in _LOG_TABLES:
        connection.info["rows_changed"] = connection.info.get("rows_changed", 0) + 1
