"""Dates as people write them in Japan (和暦 and Gregorian), and the month arithmetic the law uses.

Rules: issue #2 and domain ruling "和暦".  A date that never existed is refused, and the right one
offered.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from facility_app.errors import Refused


@dataclass(frozen=True)
class Era:
    """One era name (元号).  `first` and `last` both belong to it; `last` is None while it runs."""

    name: str
    letter: str
    first: date
    last: date | None


ERAS: tuple[Era, ...] = (
    Era("明治", "M", date(1868, 10, 23), date(1912, 7, 30)),
    Era("大正", "T", date(1912, 7, 30), date(1926, 12, 25)),
    Era("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
    Era("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    Era("令和", "R", date(2019, 5, 1), None),
)
"""Oldest first.  30 July 1912 and 25 December 1926 belong to two eras: the new one began that
day."""

EARLIEST = date(1873, 1, 1)
"""明治6年1月1日: the first day of the Gregorian calendar in Japan; earlier dates are lunar."""

LATEST = date(2199, 12, 31)
WEEKDAYS = "月火水木金土日"


@dataclass(eq=False)
class DateNotUnderstood(Refused):
    """The text is no date in any accepted form."""

    key: ClassVar[str] = "dates.not_understood"
    given: str


@dataclass(eq=False)
class DateIncomplete(Refused):
    """The day (or the month and the day) is missing."""

    key: ClassVar[str] = "dates.incomplete"
    given: str


@dataclass(eq=False)
class EraMissing(Refused):
    """A year of one to three digits without an era: 20年 may be 昭和, 平成 or a Gregorian year."""

    key: ClassVar[str] = "dates.era_missing"
    given: str


@dataclass(eq=False)
class DateDoesNotExist(Refused):
    """No calendar has this day (30 February, month 13)."""

    key: ClassVar[str] = "dates.does_not_exist"
    given: str


@dataclass(eq=False)
class DateOutOfRange(Refused):
    """Before 明治6年 (1873) or after 2199: a slip of the finger."""

    key: ClassVar[str] = "dates.out_of_range"
    given: str


@dataclass(eq=False)
class EraDateNeverExisted(Refused):
    """The era did not run on that day.  `offered` is the day meant; its era is the right one."""

    key: ClassVar[str] = "dates.era_never_reached"
    given: str
    offered: date


@dataclass(eq=False)
class YearsDisagree(Refused):
    """Both years were written and they are not the same year (昭和20年(1946年))."""

    key: ClassVar[str] = "dates.years_disagree"
    given: str


@dataclass(frozen=True)
class ParsedDate:
    """A day, and the key of a note for the person where the writing was accepted but unusual."""

    day: date
    note_key: str | None = None


_ERA_WORDS = {name: era for era in ERAS for name in (era.name, era.name[0], era.letter)}
_SEP = r"[./,・·\-]"
_ERA = "|".join(sorted(_ERA_WORDS, key=len, reverse=True))
_YEAR = r"(?P<year>\d{1,4}|元)"
_BESIDE = r"年?\((?P<beside>[^()]+?)年?\)年?"
_FULL = re.compile(
    rf"(?P<era>{_ERA})?{_YEAR}(?:{_BESIDE}|{_SEP}|年)"
    rf"(?P<month>\d{{1,2}})(?:{_SEP}|月)(?P<day>\d{{1,2}})日?"
)
_DIGITS = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)")
_ERA_DIGITS = re.compile(r"(?P<era>[MTSHR])(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_PARTIAL = re.compile(rf"(?:{_ERA})?(?:\d{{1,4}}|元)年?(?:{_SEP}?\d{{1,2}}月?)?{_SEP}?")
_SHORT_DIGITS = re.compile(r"\d{6}")
_TAIL = re.compile(r"(?:\([月火水木金土日](?:曜日?)?\)|T?0?0:00(?::00(?:\.0+)?)?)$")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−ー─〜~"), "-")
_KANJI = re.compile("[〇一二三四五六七八九十]+")
_KANJI_DIGITS = dict(zip("〇一二三四五六七八九", range(10), strict=True))


def parse_date(text: str) -> date:
    """The day that `text` names; see `parse_date_noting` for the forms and the refusals."""
    return parse_date_noting(text).day


def parse_date_noting(text: str) -> ParsedDate:
    """The day that `text` names, with a note where two eras share it.

    Takes ``S20.3.5``, ``昭和20年3月5日``, ``昭和20年(1945年)3月5日``, ``1945/3/5``, ``1945-03-05``,
    ``19450305``, ``S200305``, full width, 元年, kanji numerals, a weekday in brackets and a
    midnight time at the end.  Refuses (`Refused`) whatever leaves a doubt: a year of two digits,
    a missing era or day, a day that never existed.
    """
    given = text.strip()
    plain = _plain(text)
    match = _FULL.fullmatch(plain) or _DIGITS.fullmatch(plain) or _ERA_DIGITS.fullmatch(plain)
    if match is None:
        raise _why_not(plain, given)
    found = match.groupdict()
    era = _ERA_WORDS[found["era"]] if found.get("era") else None
    year = 1 if found["year"] == "元" else int(found["year"])
    if era is None and len(found["year"]) < 4:
        raise EraMissing(given)
    month, day = int(found["month"]), int(found["day"])
    parsed = (
        _in_era(era, year, month, day, given) if era else ParsedDate(_day(year, month, day, given))
    )
    if not EARLIEST <= parsed.day <= LATEST:
        raise DateOutOfRange(given)
    if found.get("beside") and not _same_year(found["beside"], parsed.day):
        raise YearsDisagree(given)
    return parsed


def _plain(text: str) -> str:
    """NFKC (full width, ㍼, ㋿), one kind of dash, Arabic figures, no blanks, no weekday or
    midnight."""
    plain = "".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split())
    plain = _TAIL.sub("", plain.upper())
    return _KANJI.sub(lambda match: _kanji_number(match.group()), plain)


def _kanji_number(figures: str) -> str:
    """二十 = 20, 十一 = 11, 二〇 = 20; up to 99 with 十, else place by place; nonsense stays."""
    if "十" not in figures:
        return "".join(str(_KANJI_DIGITS[figure]) for figure in figures)
    tens, _, ones = figures.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return figures
    return str((_KANJI_DIGITS[tens] if tens else 1) * 10 + (_KANJI_DIGITS[ones] if ones else 0))


def _why_not(plain: str, given: str) -> Refused:
    if _SHORT_DIGITS.fullmatch(plain):
        return EraMissing(given)
    if _PARTIAL.fullmatch(plain):
        return DateIncomplete(given)
    return DateNotUnderstood(given)


def _day(year: int, month: int, day: int, given: str) -> date:
    if not 1 <= year <= 9999:
        raise DateOutOfRange(given)
    try:
        return date(year, month, day)
    except ValueError as exc:
        raise DateDoesNotExist(given) from exc


def _in_era(era: Era, year: int, month: int, day: int, given: str) -> ParsedDate:
    if year == 0:
        raise DateDoesNotExist(given)
    named = _day(era.first.year + year - 1, month, day, given)
    if era.first <= named <= (era.last or LATEST):
        return ParsedDate(named, None if era_of(named) is era else "dates.two_eras")
    if named < ERAS[0].first or named > LATEST:
        raise DateOutOfRange(given)
    raise EraDateNeverExisted(given, named)


def _same_year(beside: str, day: date) -> bool:
    """Whether the year in brackets, Gregorian or of an era, is the year of `day`."""
    if beside.isdigit():
        return int(beside) == day.year
    names = {name for era in ERAS for name in _year_names(era, day)}
    return beside in names


def _year_names(era: Era, day: date) -> list[str]:
    year = day.year - era.first.year + 1
    if not (era.first <= day <= (era.last or LATEST)):
        return []
    figures = [str(year), "元"] if year == 1 else [str(year)]
    return [word + figure for word in (era.name, era.letter) for figure in figures]


def era_of(day: date) -> Era | None:
    """The era of `day`; the newer one on the two shared days; None before 明治."""
    return next((era for era in reversed(ERAS) if era.first <= day), None)


def format_wareki(day: date, *, weekday: bool = False, gregorian: bool = False) -> str:
    """``令和8年11月20日``; with the weekday ``…(金)``; with the Gregorian year
    ``令和8年(2026年)11月20日``.

    Before 1873 (lunar calendar) the Gregorian year stands alone.
    """
    beside = f"({day.year}年)" if gregorian and day >= EARLIEST else ""
    return f"{format_wareki_year(day)}{beside}{format_month_day(day, weekday=weekday)}"


def format_wareki_year(day: date) -> str:
    """``令和8年``, ``令和元年``; ``1872年`` before the Gregorian calendar came to Japan."""
    era = era_of(day)
    if era is None or day < EARLIEST:
        return f"{day.year}年"
    year = day.year - era.first.year + 1
    return f"{era.name}{'元' if year == 1 else year}年"


def format_wareki_short(day: date, *, weekday: bool = False) -> str:
    """``R8.11.20``; with the weekday ``R8.11.20(金)``; ``1872.3.5`` before 1873."""
    era = era_of(day)
    old = era is None or day < EARLIEST
    year = str(day.year) if era is None or old else f"{era.letter}{day.year - era.first.year + 1}"
    return f"{year}.{day.month}.{day.day}{_weekday(day) if weekday else ''}"


def format_month_day(day: date, *, weekday: bool = False) -> str:
    """``11月20日``; with the weekday ``11月20日(金)``."""
    return f"{day.month}月{day.day}日{_weekday(day) if weekday else ''}"


def _weekday(day: date) -> str:
    return f"({WEEKDAYS[day.weekday()]})"


def add_months(day: date, months: int) -> date:
    """The same day `months` later (earlier when negative), clamped to that month's end."""
    years, month0 = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month0 + 1, min(day.day, calendar.monthrange(year, month0 + 1)[1]))


def end_of_month(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def birthday_in(birth: date, year: int) -> date:
    """The birthday in `year`; born on 29 February: 28 February in common years (never 1 March)."""
    if (birth.month, birth.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 2, 28)
    return birth.replace(year=year)


def nth_birthday(birth: date, age: int) -> date:
    """The day somebody born on `birth` turns `age`."""
    return birthday_in(birth, birth.year + age)


def age_on(birth: date, day: date) -> int:
    """Completed years on `day` (満年齢), counted from the birthday itself.  Negative before
    birth."""
    return day.year - birth.year - (day < birthday_in(birth, day.year))


def day_before(day: date) -> date:
    """The day before `day`."""
    return day - timedelta(days=1)
