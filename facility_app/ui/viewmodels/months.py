"""Calendar months as they are typed and shown.  Knows no Qt."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from facility_app.domain.dates import add_months, era_of, parse_date
from facility_app.errors import Refused
from facility_app.i18n import Words

_MONTH_SIGN = chr(0x6708)
_DAY_ONE = "1" + chr(0x65E5)
_SIX = re.compile(r"\d{6}")
_PARTS = re.compile(r"[A-Za-z]?\d{1,4}([./-])\d{1,2}")


def parse_month(text: str) -> date | None:
    """The first day of the month that was typed; None where it is none.

    ``R8.11``, ``2026/11``, ``202611``, year and month with their signs, or any day of the month.
    """
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if plain.endswith(_MONTH_SIGN):
        plain += _DAY_ONE
    elif _SIX.fullmatch(plain):
        plain += "01"
    elif parts := _PARTS.fullmatch(plain):
        plain += f"{parts[1]}1"
    try:
        return parse_date(plain).replace(day=1)
    except Refused:
        return None


def month_text(words: Words, first: date) -> str:
    """The month with its year, in Japanese with the era."""
    era = era_of(first)
    year = first.year - era.first.year + 1 if era else first.year
    return words(
        "date-month-of-year",
        era=words(f"date-era-{era.letter.lower() if era else 'common'}"),
        year=words("date-first-year") if era and year == 1 else str(year),
        gregorian=str(first.year),
        month=str(first.month),
        name=words(f"date-month-{first.month}"),
    )


def month_before(today: date, months: int = 1) -> date:
    """The first day of the month that lies so many months before that of `today`."""
    return add_months(today.replace(day=1), -months)
