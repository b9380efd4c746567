"""`Work`: the only door to the database.

A change and its entry are one transaction, or neither is.

Inside a unit of work the session opens only after a permission was asked for (refuse by default),
and a unit that changed rows without writing an entry does not commit.  A refusal that is evidence
is itself recorded.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from facility_app.audit import changes, log
from facility_app.audit.changes import WriteWhileReading as WriteWhileReading
from facility_app.audit.checkpoint import Signer
from facility_app.audit.keyed import KEY_BYTES
from facility_app.audit.unit import Known, LogKeys
from facility_app.audit.unit import Reading as Reading
from facility_app.audit.unit import Tx as Tx
from facility_app.audit.unit import UnguardedUse as UnguardedUse
from facility_app.audit.unit import current as current
from facility_app.db.models import IntentRow
from facility_app.domain.access import PROGRAM, Actor, NotPermitted, Permission
from facility_app.domain.clock import Clock, utc_now
from facility_app.errors import Refused


class UnauditedWrite(RuntimeError):
    """Rows were changed and no entry was written: a bug; the transaction is rolled back."""


class _Unit(Session):
    """The session of a writing unit, whoever commits it."""


_CLOSE = "close_unit"


@event.listens_for(_Unit, "before_commit")
def _before_commit(session: Session) -> None:
    session.info[_CLOSE](session)


class Work:
    """Opens units of work.  One per process; its units may run on several threads, writes in turn.

    head_key: 32 bytes from `keyed.head_key`; signer: signs checkpoints, None where none are made.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Clock = utc_now,
        head_key: bytes = b"",
        signer: Signer | None = None,
    ) -> None:
        if len(head_key) != KEY_BYTES:
            raise ValueError("the head key has 32 bytes")
        self.engine = engine
        self.clock = clock
        self.head_key = head_key
        self.signer = signer
        self._keys = LogKeys(head_key, signer)
        self._writer = engine.execution_options(writes=True)
        self._reader = engine.execution_options(reads_only=True)
        self._known: Known | None = None
        changes.watch(engine)

    @contextmanager
    def begin(self, actor: Actor) -> Iterator[Tx]:
        """A writing unit: committed and on disk when the block ends, rolled back when it raises.

        Raises UnauditedWrite where rows changed without an entry, and LogTampered where the log was
        changed behind the program's back.  A refusal that is evidence is recorded in a unit of its
        own and raised again.
        """
        try:
            with self._transaction(actor) as tx:
                yield tx
        except Refused as refusal:
            self._record_refusal(actor, refusal)
            raise

    @contextmanager
    def _transaction(self, actor: Actor) -> Iterator[Tx]:
        root = b""
        with _Unit(self._writer, expire_on_commit=False) as session, session.begin():
            connection = session.connection()
            changes.forget(connection)
            known = self._head(connection)
            tx = Tx(session, actor, self.clock(), self._keys, known)

            def close_unit(session: Session) -> None:
                nonlocal root
                if not session.in_nested_transaction():
                    root = self._close(tx, session)

            session.info[_CLOSE] = close_unit
            yield tx
        if tx.recorded:
            self._known = Known(tx.head, tx.last_moment, root)

    def _close(self, tx: Tx, session: Session) -> bytes:
        """The last act before a commit: refuse what nobody recorded, and vouch for the new head."""
        session.flush()
        connection = session.connection()
        if changes.changed(connection) and not tx.recorded:
            raise UnauditedWrite
        return log.keep_head(connection, tx.head, self.head_key) if tx.recorded else b""

    @contextmanager
    def read(self, actor: Actor) -> Iterator[Reading]:
        """A reading unit: one consistent view.  Raises WriteWhileReading where it tries to write.

        A refusal that is evidence is recorded and raised again.
        """
        try:
            with Session(self._reader, expire_on_commit=False) as session:
                yield Reading(session, actor, self.clock(), self._keys)
        except Refused as refusal:
            self._record_refusal(actor, refusal)
            raise

    def _head(self, connection: Connection) -> Known:
        kept = log.kept_head(connection, lock=True)
        known = self._known
        if (
            known is not None
            and kept is not None
            and (kept.size, kept.newest, kept.root)
            == (known.head.size, known.head.size, known.root)
        ):
            return known
        head = log.trusted_head(connection, kept, self.head_key)
        return Known(head, log.moment_of(connection, head.size))

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
            seqs = list(tx.session.scalars(select(IntentRow.seq).order_by(IntentRow.seq)))
            for seq in seqs:
                tx.conclude(seq, "unknown")
        return len(seqs)
