"""The rule file about PINs: which kinds there are, how long they are, and which are never held."""

from __future__ import annotations

from facility_app.domain.pins import CardPin, Characters, NotStorable, PinKind
from facility_app.rules.table import Table, require_unique_codes

LONGEST = 32
"""Characters; an entry of the vault has room for 64 bytes."""


def pin_kinds(root: Table) -> tuple[PinKind, ...]:
    """``pin_kinds.toml``."""
    rows = root.tables("kind")
    require_unique_codes(rows)
    return tuple(_kind(row) for row in rows)


def _kind(row: Table) -> PinKind:
    lowest = row.count("lowest", low=1, high=LONGEST)
    kind = PinKind(
        code=row.get("code", str),
        ja=row.get("ja", str),
        en=row.get("en", str),
        lowest=lowest,
        highest=row.count("highest", low=lowest, high=LONGEST),
        characters=row.one("characters", Characters),
        card_pin=row.one("card_pin", CardPin) if "card_pin" in row.values else None,
        not_storable=row.one("not_storable", NotStorable) if "not_storable" in row.values else None,
    )
    row.require(kind.storable or kind.card_pin is None, "card_pin")
    return kind
