"""The tasks as a calendar file (iCalendar, RFC 5545) for another program: without any name.

One whole-day event per kind of task and last open day; no resident, no room, no number, so that the
file may lie where a telephone or another office reads it.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from facility_app.audit.work import Reading
from facility_app.config import replacing
from facility_app.domain.access import Actor, Permission
from facility_app.domain.clock import local_date
from facility_app.domain.duties import DutyKind, DutyPlace
from facility_app.i18n import Words
from facility_app.services.duties import DutyView, duties
from facility_app.services.export_place import faults, refuse_data_folder
from facility_app.services.office import Office
from facility_app.services.rule_data import rules

AHEAD = (0, 30, 60, 90)
"""Days from today on which it is looked what will be to do; a task is shown for weeks."""

_OCTETS = 75
"""Of one line, the blank at a continuation's beginning counted (RFC 5545 3.1)."""


def calendar_text(reading: Reading, words: Words) -> str:
    """The file: tasks of today and of the next three months by their last open day.

    Needs VIEW_DESK.
    """
    return _file(reading, words)[0]


def export_calendar(office: Office, actor: Actor, words: Words, place: Path) -> int:
    """Write the file to `place`, over an earlier one; gives the number of events.

    Raises ExportPlaceInside, ExportPlaceUnusable, DiskFull.  Needs VIEW_DESK.
    """
    office.ask(actor, _may_see)
    refuse_data_folder(office.data, place)
    with office.work.read(actor) as reading:
        text, events = _file(reading, words)
    with faults(place), replacing(place) as out:
        out.write(text.encode())
    with office.work.begin(actor) as tx:
        tx.require(Permission.VIEW_DESK)
        tx.record("duty.calendar_exported", "duties", plain={"events": events})
    return events


def _may_see(reading: Reading) -> None:
    reading.require(Permission.VIEW_DESK)


def _file(reading: Reading, words: Words) -> tuple[str, int]:
    today = local_date(reading.now)
    tasks: dict[str, DutyView] = {}
    for days in AHEAD:
        for task in duties(reading, today + timedelta(days=days)):
            tasks.setdefault(task.key, task)
    counted = Counter(
        (max(task.go_by or task.duty.due, today), task.kind)
        for task in tasks.values()
        if task.duty.due is not None and task.duty.due >= today
    )
    stamp = reading.now.astimezone(UTC)
    events = [
        line
        for (day, kind), count in sorted(counted.items(), key=_order)
        for line in _event(day, kind, count, stamp, words)
    ]
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//facility-app//duties//JA",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(words('duty-calendar-name'))}",
    ]
    lines = [*head, *events, "END:VCALENDAR"]
    return "".join(f"{_folded(line)}\r\n" for line in lines), len(counted)


def _order(counted: tuple[tuple[date, DutyKind], int]) -> tuple[date, str]:
    (day, kind), _ = counted
    return day, kind.value


def _event(day: date, kind: DutyKind, count: int, stamp: datetime, words: Words) -> list[str]:
    place = rules().duties.kinds[kind].place
    what = words(f"duty-{kind.value}", item=words("duty-calendar-paper"))
    title = words("duty-calendar-title", what=what, count=str(count))
    return [
        "BEGIN:VEVENT",
        f"UID:{kind.value}-{day:%Y%m%d}@facility-app",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(title)}",
        f"LOCATION:{_text(words(f'duty-place-{place.value}'))}",
        f"DESCRIPTION:{_text(words('duty-calendar-how'))}",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        f"CATEGORIES:{'CITY' if place is DutyPlace.CITY else 'DUTY'}",
        "END:VEVENT",
    ]


def _text(text: str) -> str:
    """A TEXT value: backslash, semicolon, comma and line break escaped."""
    for char in "\\;,":
        text = text.replace(char, f"\\{char}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line of at most 75 octets, continued after CRLF and a blank, never within a character."""
    parts, part, size = [], "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > _OCTETS:
            parts.append(part)
            part, size = "", 1
        part += char
        size += octets
    return "\r\n ".join([*parts, part])
