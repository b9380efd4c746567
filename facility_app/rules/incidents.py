"""Rule files about a loss: steps, things, fees, places (``lost_steps.toml``), and telephones."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from facility_app.domain.incident_rules import (
    Contact,
    Fee,
    LostRules,
    Said,
    SearchPlace,
    Sourced,
    StepDue,
    StepRule,
    Thing,
    When,
)
from facility_app.domain.incidents import (
    Cost,
    DueBy,
    Evidence,
    LostPaper,
    LostWhere,
    Opens,
    Per,
    Phase,
    Stolen,
    Who,
)
from facility_app.rules.table import Origin, Table, origin_of, require_unique_codes

T = TypeVar("T")

FILLED_IN = frozenset({"resident", "birth", "item", "facility", "phone"})
"""What may stand in braces in the words to read aloud."""

_BRACES = re.compile(r"\{([^{}]*)\}")
_NUMBER = re.compile(r"[0-9]+(-[0-9]+)*")
_KEYS = re.compile(r"[0-9#*]{0,3}")
_LONGEST_DAYS = 400


def contacts(root: Table) -> dict[str, Contact]:
    """``contacts.toml``."""
    rows = root.tables("contact")
    require_unique_codes(rows)
    origin = origin_of(root)
    codes = {row.get("code", str) for row in rows}
    return {row.get("code", str): _contact(row, origin, codes) for row in rows}


def _contact(row: Table, origin: Origin, codes: set[str]) -> Contact:
    number, keys = row.get("number", str), row.get("keys", str, "")
    row.require(not number or _NUMBER.fullmatch(number) is not None, "number")
    row.require(_KEYS.fullmatch(keys) is not None, "keys")
    find = said(row.table("find", optional=True), needed=False)
    row.require(bool(number or find.ja), "number")
    also = tuple(row.each("also", str))
    row.require(set(also) <= codes, "also")
    kind = row.get("kind", str, "phone")
    row.require(kind in ("phone", "fax"), "kind")
    return Contact(
        code=row.get("code", str),
        name=named(row),
        origin=sourced(row, origin),
        number=number,
        keys=keys,
        hours=said(row.table("hours", optional=True), needed=False),
        find=find,
        cost=row.one("cost", Cost, "unknown"),
        is_fax=kind == "fax",
        also=also,
    )


def lost_rules(root: Table, phones: Mapping[str, Contact], kinds: set[str]) -> LostRules:
    """``lost_steps.toml``; `kinds`: codes of the item kinds that a thing may name."""
    origin = origin_of(root)
    things = _things(root, kinds)
    fees = _coded(root, "fee", lambda row: _fee(row, origin))
    places = _coded(root, "place", lambda row: SearchPlace(row.get("code", str), named(row)))
    rows = root.tables("step")
    require_unique_codes(rows)
    codes = {row.get("code", str) for row in rows}
    review = root.table("review")
    first = review.count("first_days", low=1, high=_LONGEST_DAYS)
    return LostRules(
        things=things,
        steps=tuple(_step(row, origin, set(things), set(fees), set(phones), codes) for row in rows),
        fees=fees,
        places=places,
        contacts=phones,
        first_review_days=first,
        second_review_days=review.count("second_days", low=first, high=_LONGEST_DAYS),
    )


def _coded(root: Table, key: str, make: Callable[[Table], T]) -> dict[str, T]:
    rows = root.tables(key)
    require_unique_codes(rows)
    return {row.get("code", str): make(row) for row in rows}


def _things(root: Table, kinds: set[str]) -> dict[str, Thing]:
    found = _coded(root, "thing", lambda row: _thing(row, kinds))
    named = [kind for thing in found.values() for kind in thing.kinds]
    root.require(len(named) == len(set(named)), "thing")
    root.require(sum(thing.rest for thing in found.values()) == 1, "thing")
    return found


def _thing(row: Table, kinds: set[str]) -> Thing:
    own = frozenset(row.each("kinds", str))
    row.require(own <= kinds, "kinds")
    rest = row.get("rest", bool, False)
    row.require(not (rest and own), "rest")
    return Thing(row.get("code", str), named(row), own, rest)


def _fee(row: Table, origin: Origin) -> Fee:
    return Fee(
        code=row.get("code", str),
        name=named(row),
        yen=row.count("yen", high=1_000_000),
        origin=sourced(row, origin),
        note=said(row.table("note", optional=True), needed=False),
    )


def _step(
    row: Table,
    origin: Origin,
    things: set[str],
    fees: set[str],
    phones: set[str],
    codes: set[str],
) -> StepRule:
    about = _known(row, "things", things)
    row.require(bool(about), "things")
    contact = row.get("contact", str, "")
    row.require(not contact or contact in phones, "contact")
    evidence = tuple(row.each("evidence", Evidence))
    optional = tuple(row.each("optional", Evidence))
    opens = row.one("opens", Opens) if "opens" in row.values else None
    row.require(bool(evidence) and len(set(evidence)) == len(evidence), "evidence")
    row.require(not set(evidence) & set(optional), "optional")
    per = row.one("per", Per)
    cancels = row.get("cancels", bool, False)
    row.require(not cancels or per is Per.ITEM, "cancels")
    return StepRule(
        code=row.get("code", str),
        title=named(row),
        things=frozenset(about),
        per=per,
        due=_due(row.table("due")),
        origin=sourced(row, origin),
        phase=row.one("phase", Phase, "lost"),
        who=row.one("who", Who, "anyone"),
        when=_when(row),
        after=frozenset(_known(row, "after", codes)),
        contact=contact,
        say=_say(row),
        note=said(row.table("note", optional=True), needed=False),
        bring=tuple(said(each) for each in row.tables("bring")) if "bring" in row.values else (),
        fees=tuple(_known(row, "fees", fees)),
        evidence=evidence,
        optional=optional,
        opens=opens,
        paper=row.one("paper", LostPaper) if "paper" in row.values else None,
        drop_on_found=row.get("drop_on_found", bool, False),
        cancels=cancels,
    )


def _known(row: Table, key: str, codes: set[str]) -> list[str]:
    """The codes of a list, each of which must be known."""
    found = row.each(key, str)
    row.require(set(found) <= codes, key)
    return found


def _due(row: Table) -> StepDue:
    by = row.one("kind", DueBy)
    counted = by in (DueBy.NOW, DueBy.DAYS, DueBy.OPEN_DAYS)
    high = 1440 if by is DueBy.NOW else _LONGEST_DAYS
    return StepDue(by, row.count("n", high=high) if counted else 0)


def _when(row: Table) -> tuple[When, ...]:
    if "when" not in row.values:
        return ()
    return tuple(
        When(frozenset(each.each("where", LostWhere)), frozenset(each.each("stolen", Stolen)))
        for each in row.tables("when")
    )


def _say(row: Table) -> Said:
    table = row.table("say", optional=True)
    words = said(table, needed=False)
    for language, text in (("ja", words.ja), ("en", words.en)):
        names = _BRACES.findall(text)
        broken = text.count("{") != len(names) or text.count("}") != len(names)
        table.require(not broken and set(names) <= FILLED_IN, language)
        table.require(text.count("**") % 2 == 0, language)
    return words


def said(row: Table, *, needed: bool = True) -> Said:
    """A table with the text in both languages."""
    empty = None if needed else ""
    text = Said(row.get("ja", str, empty), row.get("en", str, empty))
    row.require(bool(text.ja) or not (needed or text.en), "ja")
    return text


def named(row: Table) -> Said:
    """A row's own ``ja`` and ``en``."""
    row.require(bool(row.get("ja", str).strip()), "ja")
    return Said(row.get("ja", str), row.get("en", str))


def sourced(row: Table, origin: Origin) -> Sourced:
    """Where a row comes from: its own words, or those of the file."""
    return Sourced(
        row.get("source", str, origin.source), row.get("checked_on", date, origin.checked_on)
    )
