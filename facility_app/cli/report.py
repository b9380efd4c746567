"""``report``: papers about the record; they hold personal data, so it asks who is there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from facility_app.cli.desk import Desk, desk_of
from facility_app.cli.records import ProgressBar, kept_outside
from facility_app.errors import Refused
from facility_app.i18n import Words
from facility_app.secret import Secret

if TYPE_CHECKING:
    from facility_app.audit.checkpoints import Made
    from facility_app.domain.periods import Period
    from facility_app.services.reporting import MadeReport


class _Options:
    """Options that all papers have."""

    def __init__(self, words: Words) -> None:
        self.out = typer.Option(..., "--out", metavar="FILE", help=words("cli-help-report-out"))
        self.staff = typer.Option(None, "--staff", metavar="ID", help=words("cli-help-staff"))
        self.password = typer.Option(
            False, "--password-stdin", help=words("cli-help-password-stdin")
        )
        self.protect = typer.Option(False, "--protect", help=words("cli-help-report-protect"))
        self.own = typer.Option(False, "--own-password", help=words("cli-help-report-own"))
        self.as_json = typer.Option(False, "--json", help=words("cli-help-json"))
        self.first = typer.Option("", "--from", metavar="DATE", help=words("cli-help-report-from"))
        self.last = typer.Option("", "--to", metavar="DATE", help=words("cli-help-report-to"))


@dataclass(frozen=True)
class _How:
    """Where a paper goes, who makes it, and how it is protected."""

    out: Path
    staff: str | None
    password_stdin: bool
    protect: bool
    own_password: bool


def register(app: typer.Typer, words: Words) -> None:
    """Add the commands to `app`."""
    report = typer.Typer(help=words("cli-help-report"), rich_markup_mode=None)
    app.add_typer(report, name="report")
    options = _Options(words)
    _monthly(report, words, options)
    _of_days(report, words, options, "ledger")
    _of_days(report, words, options, "visits")
    _statement(report, words, options)
    for name, document in (("now", "blackout"), ("rights", "rights"), ("expiry", "expiry")):
        _of_now(report, words, options, name, document)


def _monthly(report: typer.Typer, words: Words, options: _Options) -> None:
    @report.command("monthly", help=words("cli-help-report-monthly"))
    def monthly(
        context: typer.Context,
        month: str = typer.Option(
            ..., "--month", metavar="YYYY-MM", help=words("cli-help-report-month")
        ),
        out: Path = options.out,
        staff: str | None = options.staff,
        password_stdin: bool = options.password,
        protect: bool = options.protect,
        own_password: bool = options.own,
        as_json: bool = options.as_json,
    ) -> None:
        from facility_app.domain.periods import month_of

        desk = desk_of(context, as_json)
        separator = next((each for each in "./-" if each in month), "-")
        period = month_of(_day(desk, f"{month}{separator}1", "--month"))
        how = _How(out, staff, password_stdin, protect, own_password)
        _made(desk, how, "monthly", period=period)


def _of_days(report: typer.Typer, words: Words, options: _Options, name: str) -> None:
    @report.command(name, help=words(f"cli-help-report-{name}"))
    def of_days(
        context: typer.Context,
        first: str = options.first,
        last: str = options.last,
        out: Path = options.out,
        staff: str | None = options.staff,
        password_stdin: bool = options.password,
        protect: bool = options.protect,
        own_password: bool = options.own,
        as_json: bool = options.as_json,
    ) -> None:
        desk = desk_of(context, as_json)
        period = _period(desk, first, last)
        how = _How(out, staff, password_stdin, protect, own_password)
        _made(desk, how, name, period=period)


def _statement(report: typer.Typer, words: Words, options: _Options) -> None:
    @report.command("statement", help=words("cli-help-report-statement"))
    def statement(
        context: typer.Context,
        resident: int = typer.Option(
            ..., "--resident", metavar="N", help=words("cli-help-report-resident")
        ),
        first: str = options.first,
        last: str = options.last,
        out: Path = options.out,
        staff: str | None = options.staff,
        password_stdin: bool = options.password,
        protect: bool = options.protect,
        own_password: bool = options.own,
        as_json: bool = options.as_json,
    ) -> None:
        desk = desk_of(context, as_json)
        period = _period(desk, first, last) if first or last else None
        asked = {"period": period, "resident_id": resident}
        how = _How(out, staff, password_stdin, protect, own_password)
        _made(desk, how, "statement", **asked)


def _of_now(report: typer.Typer, words: Words, options: _Options, name: str, document: str) -> None:
    @report.command(name, help=words(f"cli-help-report-{document}"))
    def of_now(
        context: typer.Context,
        out: Path = options.out,
        staff: str | None = options.staff,
        password_stdin: bool = options.password,
        protect: bool = options.protect,
        own_password: bool = options.own,
        as_json: bool = options.as_json,
    ) -> None:
        desk = desk_of(context, as_json)
        how = _How(out, staff, password_stdin, protect, own_password)
        _made(desk, how, document)


def _made(desk: Desk, how: _How, document: str, **asked: Any) -> None:
    """Make one paper and say where it is.  asked: more fields of the request."""
    from facility_app.services.reporting import Document, Format, ReportRequest, make_report

    out = how.out.expanduser().absolute()
    ending = out.suffix.lower().removeprefix(".")
    if ending not in {each.value for each in Format}:
        raise typer.BadParameter(desk.words("cli-report-ending"), param_hint="--out")
    if ending != Format.PDF.value and (how.protect or how.own_password):
        raise typer.BadParameter(desk.words("cli-report-only-pdf"), param_hint="--protect")
    with desk.office() as office, desk.actor(office, how.staff, how.password_stdin) as actor:
        with _password(desk, how) as password:
            request = ReportRequest(
                Document(document), format=Format(ending), password=password, **asked
            )
            made = make_report(office, actor, desk.words, request, out, ProgressBar(desk))
            shown = None if how.own_password or not password else password.copy_bytes().decode()
        kept = kept_outside(desk, office)
    desk.say(_facts(made, out, shown), [*_lines(desk.words, made, out, shown), *kept])


@contextmanager
def _password(desk: Desk, how: _How) -> Iterator[Secret | None]:
    """A password for the PDF: of one's own where asked for, else one that the program makes."""
    from facility_app.services.reporting import generated_password

    if how.own_password:
        with desk.secret("cli-ask-report-password", from_stdin=how.password_stdin) as own:
            yield own
    elif how.protect:
        with generated_password() as made:
            yield made
    else:
        yield None


def _facts(made: MadeReport, out: Path, shown: str | None) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "file": str(out),
        "document": made.request.document.value,
        "pages": made.pages,
        "entry": made.entry,
        "checkpoint": _checkpoint(made.checkpoint),
        "previous": _checkpoint(made.previous) if made.previous else None,
    }
    if shown is not None:
        facts["password"] = shown
    return facts


def _checkpoint(made: Made) -> dict[str, Any]:
    return {
        "entries": made.size,
        "root": made.root.hex(),
        "text": made.text,
        "words": list(made.words),
    }


def _lines(words: Words, made: MadeReport, out: Path, shown: str | None) -> list[str]:
    spoken = " ".join(made.checkpoint.words)
    lines = [
        words("cli-report-made", file=str(out), entry=made.entry),
        words("cli-audit-words", spoken=spoken),
    ]
    if shown is not None:
        lines.append(words("cli-report-password", password=shown))
    return lines


def _period(desk: Desk, first: str, last: str) -> Period:
    """The days from `first` through `last`; through today where that is empty.  In the wrong order
    they are wrong usage."""
    from facility_app.domain.clock import local_date, utc_now
    from facility_app.domain.periods import Period

    begin = _day(desk, first, "--from")
    end = _day(desk, last, "--to") if last else max(begin, local_date(utc_now()))
    if end < begin:
        raise typer.BadParameter(desk.words("cli-report-order"), param_hint="--to")
    return Period(begin, end)


def _day(desk: Desk, text: str, option: str) -> date:
    """A day as it was typed; a wrong one is wrong usage."""
    from facility_app.domain.dates import parse_date

    try:
        return parse_date(text)
    except Refused as exc:
        raise typer.BadParameter(str(desk.words.error(exc)), param_hint=option) from exc
