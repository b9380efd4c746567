"""Words for people: Fluent catalogues under ``resources/i18n/<language>/<area>.ftl``.

A catalogue is only indexed when a language is opened; a message is parsed when it is first shown.
Plain one-line texts are filled in here without loading Fluent and Babel (40 ms that the unlock
screen does not have); ``tests/test_catalogues.py`` holds both ways against each other.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from facility_app.config import resources
from facility_app.domain.clock import local_time
from facility_app.domain.dates import ERAS
from facility_app.errors import FacilityError

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle

LANGUAGES = ("ja", "en")
"""Complete catalogues exist for these; the first is the language the words are written in."""

_ENTRY = re.compile(r"^(-?[a-zA-Z][\w-]*)[ ]*=", re.MULTILINE)
_REFERENCE = re.compile(r"\{\s*(-?[a-zA-Z][\w-]*)\s*[.}(]")
_ATTRIBUTE = re.compile(r"[ ]+\.([a-zA-Z][\w-]*)[ ]*=[ ]*(.+)")
_VARIABLE = re.compile(r"\{\s*\$([a-zA-Z][\w-]*)\s*\}")


@dataclass(frozen=True)
class ErrorText:
    """What a person reads about an error: what happened, what did not, and what to do now."""

    what: str
    undone: str
    todo: str

    def __str__(self) -> str:
        return "\n".join(line for line in (self.what, self.undone, self.todo) if line)


class Words:
    """The words of one language.  Safe to use from several threads."""

    def __init__(self, language: str = "ja", folder: Path | None = None) -> None:
        self.language = language
        self._entries = _index(folder or resources() / "i18n", language)
        self._bundle: FluentBundle | None = None
        self._lock = threading.Lock()

    def __call__(self, key: str, /, **facts: object) -> str:
        """The message `key` with `facts` filled in.

        Enums become their word, dates the long form with the era, moments Japanese local time,
        lists are joined. Raises `KeyError` for a key that no catalogue has, and for a fact that the
        message needs and did not get.
        """
        return self._said(key, None, facts)

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def attribute(self, key: str, name: str, /, **facts: object) -> str:
        """The attribute `.name` of the message `key`, filled in like a message."""
        return self._said(key, name, facts)

    def error(self, exc: BaseException, incident: str = "") -> ErrorText:
        """The words for `exc`; anything but a `FacilityError` is a bug and shows `incident`."""
        if not isinstance(exc, FacilityError):
            return self._error_text("general-bug", {"incident": incident})
        key = message_id(exc.key)
        if key not in self._entries:
            return self._error_text("general-failed", {})
        return self._error_text(key, exc.facts())

    def term(self, member: Enum) -> str:
        """The word for an enum member: ``term-<class>-<value>`` in kebab case."""
        return self(term_id(member))

    def day(self, on: date) -> str:
        """The long form of a day, in Japanese with the era: 令和8年11月20日."""
        era = next((each for each in reversed(ERAS) if each.first <= on), None)
        year = on.year - era.first.year + 1 if era else on.year
        return self(
            "date-full",
            era=self(f"date-era-{era.letter.lower() if era else 'common'}"),
            year=self("date-first-year") if era and year == 1 else str(year),
            gregorian=str(on.year),
            month=str(on.month),
            day=str(on.day),
            name=self(f"date-month-{on.month}"),
        )

    def short_day(self, on: date) -> str:
        """A day of this year, with the day of the week: 11月20日(金)."""
        weekday = self(f"date-weekday-{on.isoweekday()}")
        name = self(f"date-month-{on.month}")
        return self(
            "date-short",
            month=str(on.month),
            day=str(on.day),
            weekday=weekday,
            name=name,
        )

    def clock(self, at: datetime) -> str:
        """The time of day in Japan: 14:05.  `at` is aware."""
        return local_time(at).strftime("%H:%M")

    def moment(self, at: datetime) -> str:
        """Day and time in Japan, long form.  `at` is aware."""
        return self("date-moment", day=self.day(local_time(at).date()), time=self.clock(at))

    def _shown(self, value: object) -> object:
        if isinstance(value, Enum):
            return self.term(value)
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, list | tuple | set | frozenset):
            return self("list-separator").join(str(self._shown(each)) for each in value)
        if value is None:
            return ""
        return value if isinstance(value, str | int | float) else str(value)

    def _error_text(self, key: str, facts: dict[str, object]) -> ErrorText:
        undone = self.attribute(key, "undone", **facts)
        return ErrorText(self(key, **facts), undone, self.attribute(key, "todo", **facts))

    def _said(self, key: str, attribute: str | None, facts: dict[str, object]) -> str:
        shown = {name: self._shown(value) for name, value in facts.items()}
        plain = _fill(self._entries[key], attribute, shown)
        return plain if plain is not None else self._format(key, attribute, shown)

    def _format(self, key: str, attribute: str | None, facts: dict[str, object]) -> str:
        with self._lock:
            bundle = self._load(key)
            message = bundle.get_message(key)
            pattern = message.attributes[attribute] if attribute else message.value
            if pattern is None:
                raise KeyError(key)
            text, errors = bundle.format_pattern(pattern, facts)
        if errors:
            raise KeyError(f"{key}: {errors[0]}")
        return str(text)

    def _load(self, key: str) -> FluentBundle:
        """The bundle with `key` and all that it refers to parsed into it."""
        from fluent.runtime import FluentBundle, FluentResource

        if self._bundle is None:
            self._bundle = FluentBundle([self.language], use_isolating=False)
        wanted, seen = [key], set[str]()
        while wanted:
            name = wanted.pop()
            if name in seen or (not name.startswith("-") and self._bundle.has_message(name)):
                continue
            seen.add(name)
            source = self._entries[name]
            self._bundle.add_resource(FluentResource(source))
            wanted += [ref for ref in _REFERENCE.findall(source) if ref in self._entries]
        return self._bundle


def message_id(key: str) -> str:
    """The catalogue's name for an error key: ``custody.not_in_safe`` is ``custody-not-in-safe``."""
    return key.replace(".", "-").replace("_", "-")


def term_id(member: Enum) -> str:
    """The catalogue's name for a member: ``ItemState.IN_SAFE`` is ``term-item-state-in-safe``."""
    value = member.value if isinstance(member.value, str) else member.name
    kind = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", type(member).__name__)
    return f"term-{kind}-{value}".lower().replace("_", "-").replace(".", "-")


def catalogue_files(folder: Path, language: str) -> Iterable[Path]:
    """The catalogue files of `language`, by name."""
    return sorted((folder / language).glob("*.ftl"))


def _index(folder: Path, language: str) -> dict[str, str]:
    """The source text of every entry by its name; nothing is parsed yet."""
    entries: dict[str, str] = {}
    for path in catalogue_files(folder, language):
        text = path.read_text(encoding="utf-8")
        starts = [(match.start(), match.group(1)) for match in _ENTRY.finditer(text)]
        ends = [start for start, _name in starts[1:]] + [len(text)]
        for (start, name), end in zip(starts, ends, strict=True):
            entries[name] = text[start:end]
    return entries


def _pattern(source: str, attribute: str | None) -> str | None:
    """The text of a message or attribute that stands on one line; None where Fluent is needed."""
    lines = [line for line in source.split("\n") if line.strip() and not line.startswith("#")]
    if not all(_ATTRIBUTE.match(line) for line in lines[1:]):
        return None
    if attribute is None:
        return lines[0].partition("=")[2].strip(" \r")
    found = [match for match in map(_ATTRIBUTE.match, lines[1:]) if match]
    return next((match[2].strip(" \r") for match in found if match[1] == attribute), None)


def _fill(source: str, attribute: str | None, facts: dict[str, object]) -> str | None:
    """A pattern with nothing but variables, filled in; None where Fluent is needed."""
    pattern = _pattern(source, attribute)
    if not pattern:
        return None
    pieces = _VARIABLE.split(pattern)
    values = [facts.get(name) for name in pieces[1::2]]
    if not all(type(value) in (str, int) for value in values):
        return None
    if any("{" in text or "}" in text for text in pieces[::2]):
        return None
    pieces[1::2] = [f"{value:,}" if type(value) is int else str(value) for value in values]
    return "".join(pieces)
