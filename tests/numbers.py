"""An individual number for tests that need one: built from its rule, never written out."""

from __future__ import annotations

from facility_app.domain.individual_number import check_digit


def individual_number(eleven: str = "1234" + "5678" + "901") -> str:
    """Twelve digits with the right check digit."""
    return f"{eleven}{check_digit(eleven)}"
