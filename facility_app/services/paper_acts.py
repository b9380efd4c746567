"""A paper that is announced before it is drawn and concluded afterwards (ADR 0007)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from facility_app.audit.work import Tx
from facility_app.domain.access import Actor, Permission
from facility_app.errors import FacilityError
from facility_app.services.office import Office


@dataclass(frozen=True)
class PaperMade:
    """A paper that was made: the PDF, a name to offer for its file, and the entry that says so."""

    content: bytes
    name: str
    entry: int


def drawn(
    office: Office,
    announced_by: Actor,
    right: Permission,
    intent: int,
    name: str,
    draw: Callable[[], bytes],
) -> PaperMade:
    """Draw a paper whose announcement is `intent`, and record how that ended.

    announced_by: asked for the right when it was announced; right: needed to conclude it too.
    """
    try:
        content = draw()
    except FacilityError:
        office.do(announced_by, _conclude, right, intent, "failed")
        raise
    return PaperMade(content, name, office.do(announced_by, _conclude, right, intent, "done"))


def _conclude(tx: Tx, right: Permission, intent: int, result: str) -> int:
    tx.require(right)
    return tx.conclude(intent, result)
