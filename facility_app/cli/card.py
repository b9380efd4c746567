"""``card``: what lies on a reader, without a data folder and without a PIN (design §11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from facility_app.cli.desk import Desk, desk_of
from facility_app.errors import Refused
from facility_app.i18n import Words

if TYPE_CHECKING:
    from facility_app.cards.check import Finding
    from facility_app.cards.chip import ChipFacts, Reading
    from facility_app.cards.protocol import ReaderDriver, ReaderView

BLOCKED = 3
"""Exit code where a finding blocks."""


def register(app: typer.Typer, words: Words) -> None:
    """Add the commands to `app`."""
    card = typer.Typer(help=words("cli-help-card"), rich_markup_mode=None)
    app.add_typer(card, name="card")

    @card.command("readers", help=words("cli-help-card-readers"))
    def readers(
        context: typer.Context,
        as_json: bool = typer.Option(False, "--json", help=words("cli-help-json")),
    ) -> None:
        desk = desk_of(context, as_json)
        with _driver() as driver:
            views = sorted(driver.wait(0), key=lambda view: view.name)
        facts = {"readers": [{"name": each.name, "state": each.place.value} for each in views]}
        lines = [desk.words("cli-card-reader", name=each.name, state=each.place) for each in views]
        desk.say(facts, lines or [desk.words("cli-card-no-reader")])

    @card.command("check", help=words("cli-help-card-check"))
    def check(
        context: typer.Context,
        reader: str = typer.Option("", "--reader", metavar="NAME", help=words("cli-help-reader")),
        on: str = typer.Option("", "--on", metavar="DATE", help=words("cli-help-card-on")),
        as_json: bool = typer.Option(False, "--json", help=words("cli-help-json")),
    ) -> None:
        from facility_app.cards.check import blocks
        from facility_app.cards.check import check as judge
        from facility_app.rules import Rules

        desk = desk_of(context, as_json)
        day = _day(desk, on)
        with _driver() as driver:
            reading = _read(driver, _wanted(driver, reader))
        findings = judge(reading.facts, day, Rules().lifetimes)
        lines = [] if as_json else _lines(desk, reading.facts, findings)
        desk.say(_told(reading, findings), lines)
        if blocks(findings):
            raise typer.Exit(BLOCKED)


def _driver() -> Any:
    """The service's readers, given back at the end."""
    from contextlib import closing

    from facility_app.cards.pcsc import PcscDriver

    return closing(PcscDriver())


def _day(desk: Desk, text: str) -> date:
    """The day of the visit; today in Japan where none was given.  A wrong one is wrong usage."""
    from facility_app.domain.clock import local_date, utc_now
    from facility_app.domain.dates import parse_date

    if not text:
        return local_date(utc_now())
    try:
        return parse_date(text)
    except Refused as exc:
        raise typer.BadParameter(str(desk.words.error(exc)), param_hint="--on") from exc


def _wanted(driver: ReaderDriver, name: str) -> ReaderView:
    """The reader of this name, or the one where something lies.  Raises NoReader."""
    from facility_app.cards.protocol import NoReader
    from facility_app.cards.supervisor import choose

    views = [view for view in choose(driver.wait(0), ()) if name in ("", view.name)]
    if not views:
        raise NoReader
    return views[0]


def _read(driver: ReaderDriver, view: ReaderView) -> Reading:
    """What lies there.  An empty reader is a finding, everything else that fails an error."""
    from facility_app.cards.chip import NOTHING, Reading
    from facility_app.cards.protocol import CardSilent, NoCard, Place, ReaderBusy
    from facility_app.cards.reading import read_when_back

    if view.place is Place.SILENT:
        raise CardSilent
    if view.place is Place.BUSY:
        raise ReaderBusy
    if view.place is Place.CARD:
        try:
            return read_when_back(driver, view.name)
        except NoCard:
            pass  # taken away before anything was asked: as empty as any other reader
    return Reading(view.name, NOTHING)


def _told(reading: Reading, findings: Sequence[Finding]) -> dict[str, Any]:
    """The object of design §11; None = the card did not say or could not be read."""
    from facility_app.cards.check import to_mind

    facts = reading.facts
    first, last = facts.certificate_from, facts.certificate_until
    named = dict.fromkeys((each.code.value, each.level.value) for each in to_mind(findings))
    return {
        "reader": reading.reader,
        "card": facts.kind.value,
        "auth_certificate": None
        if first is None or last is None
        else {"not_before": first.isoformat(), "not_after": last.isoformat()},
        "card_expires_on": facts.card_expires_on.isoformat() if facts.card_expires_on else None,
        "tries_left": {pin.value: left for pin, left in facts.tries.items()},
        "findings": [{"code": code, "level": level} for code, level in named],
        "apdus": reading.apdus,
        "milliseconds": reading.milliseconds,
    }


def _lines(desk: Desk, facts: ChipFacts, findings: Sequence[Finding]) -> list[str]:
    """The same for a person, with what cannot be known here."""
    from facility_app.cards.sentences import finding_text

    words = desk.words
    lines = [words("cli-card-is", kind=facts.kind)]
    for each in findings:
        title, todo = finding_text(words, each)
        lines.append(words("cli-card-finding", level=each.level, title=title, todo=todo))
    return [*lines, words("card-unknowable")]
