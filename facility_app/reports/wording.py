"""Values of a paper for people and for programs."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Any

from facility_app.domain.chart import Label, Month, Word, Year
from facility_app.domain.clock import local_time
from facility_app.domain.dates import era_of
from facility_app.i18n import Words, message_id
from facility_app.reports.paper import Column, Named, Span, Text, Value

_HOUR, _DAY = 60, 24 * 60


class Wording:
    """Values in the words of one language.  years: whether moments are shown with their year."""

    def __init__(self, words: Words, years: bool = True) -> None:
        self.words = words
        self._years = years
        self._days: dict[date, tuple[str, str]] = {}
        self._separator = words("list-separator")

    def text(self, value: Value) -> str:
        """For paper: dates with their era, moments in Japanese time, lists joined."""
        kind = type(value)
        if kind is str:
            return value  # type: ignore[return-value]  # most cells; a test for type is cheapest
        if kind is datetime:
            return self.moment(value)  # type: ignore[arg-type]
        if value is None:
            return ""
        match value:
            case bool():
                return self.words("reports-yes" if value else "reports-no")
            case int():
                return f"{value:,}"
            case date():
                return self.day(value)
            case tuple():
                return self._separator.join(filter(None, map(self.text, value)))
        return self._named(value)

    def cell(self, value: Value) -> str | int:
        """For a spreadsheet: numbers stay numbers, dates and moments sort as text."""
        match value:
            case bool():
                return self.text(value)
            case int():
                return value
            case Span(minutes):
                return minutes
            case datetime():
                return f"{local_time(value):%Y-%m-%d %H:%M}"
            case date():
                return value.isoformat()
            case Month():
                return self.name(value)
        return self.text(value)

    def plain(self, value: Value) -> Any:
        """For a program: ISO 8601 with the offset of Japan, names of enums, minutes, keys."""
        match value:
            case datetime():
                return local_time(value).isoformat(timespec="seconds")
            case date():
                return value.isoformat()
            case Enum():
                return value.value
            case Word() | Month():
                return self.name(value)
            case Span(minutes):
                return minutes
            case Named():
                return value.name
            case Text():
                return self.text(value)
            case tuple():
                return [self.plain(each) for each in value]
        return value

    def heading(self, column: Column) -> str:
        """What stands above a column."""
        return self.words(f"reports-column-{column.key}")

    def label(self, label: Label, *, short: bool = False) -> str:
        """What a category or a series of a chart is called; `short` at an axis."""
        match label:
            case Word(key):
                return self.words(key)
            case Month(first):
                key = "date-report-month-short" if short else "date-month-of-year"
                return self._dated(key, first)
            case Year(number):
                return self._dated("date-report-year", date(number, 12, 31))
            case date():
                if short:
                    return self._dated("date-report-day-in-year", label)
                return self.words.short_day(label)
        return label

    def name(self, label: Label) -> str:
        """The same for a program."""
        match label:
            case Word(key):
                return key
            case Month(first):
                return first.isoformat()[:7]
            case Year(number):
                return str(number)
            case date():
                return label.isoformat()
        return label

    def day(self, on: date) -> str:
        """A day with its era, short: R8.11.20."""
        return self._dated("date-report-day", on)

    def moment(self, at: datetime) -> str:
        """A moment in Japanese time, short: R8.11.20 14:05, or 11/20(金) 14:05 without the year."""
        here = local_time(at)
        day = here.date()
        found = self._days.get(day)
        if found is None:
            if len(self._days) > 4096:  # ten years have fewer days
                self._days.clear()
            found = self._days[day] = self._day_of(day)
        return f"{found[0]}{here.hour:02d}:{here.minute:02d}{found[1]}"

    def _day_of(self, day: date) -> tuple[str, str]:
        """What stands before and after the time of day; looked up once for each day."""
        key = "date-report-moment" if self._years else "date-report-moment-in-year"
        before, _, after = self._dated(key, day, time="\0").partition("\0")
        return before, after

    def _dated(self, key: str, on: date, **facts: str) -> str:
        """A message about a day: each language takes the parts that it writes."""
        era = era_of(on)
        year = on.year - era.first.year + 1 if era else on.year
        letter = era.letter if era else ""
        return self.words(
            key,
            letter=letter,
            era=self.words(f"date-era-{letter.lower() or 'common'}"),
            year=self.words("date-first-year") if era and year == 1 else str(year),
            gregorian=str(on.year),
            month=str(on.month),
            day=str(on.day),
            name=self.words(f"date-month-{on.month}"),
            weekday=self.words(f"date-weekday-{on.isoweekday()}"),
            month2=f"{on.month:02d}",
            day2=f"{on.day:02d}",
            **facts,
        )

    def _named(self, value: Any) -> str:
        match value:
            case Enum():
                return self.words.term(value)
            case Word() | Month():
                return self.label(value)
            case Span(minutes):
                return self._span(minutes)
            case Named(area, name):
                key = f"{area}-{message_id(name)}"
                return self.words(key) if key in self.words else name
            case Text(key, facts):
                return self.words(key, **{name: self._fact(each) for name, each in facts.items()})
        raise TypeError(type(value).__name__)

    def _fact(self, value: object) -> object:
        return self.text(value) if isinstance(value, Month | Word | Span | Named | Text) else value

    def _span(self, minutes: int) -> str:
        if minutes < _HOUR:
            return self.words("reports-span-minutes", minutes=str(minutes))
        if minutes < _DAY:
            hours, rest = divmod(minutes, _HOUR)
            return self.words("reports-span-hours", hours=str(hours), minutes=str(rest))
        days, rest = divmod(minutes, _DAY)
        return self.words("reports-span-days", days=str(days), hours=str(rest // _HOUR))
