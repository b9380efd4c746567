"""``residents import``: personal data, so it asks who is there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from facility_app.cli.desk import Desk, desk_of
from facility_app.i18n import Words

if TYPE_CHECKING:
    from facility_app.services.imports import Counts, ImportResult


def register(app: typer.Typer, words: Words) -> None:
    """Add the commands to `app`."""
    residents = typer.Typer(help=words("cli-help-residents"), rich_markup_mode=None)
    app.add_typer(residents, name="residents")

    @residents.callback()
    def area() -> None:
        """Keeps ``import`` a command of its own where it is the only one."""

    @residents.command("import", help=words("cli-help-import"))
    def import_(
        context: typer.Context,
        file: Path = typer.Argument(..., metavar="FILE"),
        dry_run: bool = typer.Option(False, "--dry-run", help=words("cli-help-dry-run")),
        staff: str | None = typer.Option(None, metavar="ID", help=words("cli-help-staff")),
        password_stdin: bool = typer.Option(
            False, "--password-stdin", help=words("cli-help-password-stdin")
        ),
        as_json: bool = typer.Option(False, "--json", help=words("cli-help-json")),
    ) -> None:
        if not _imported(desk_of(context, as_json), file, dry_run, staff, password_stdin):
            raise typer.Exit(3)


def _imported(
    desk: Desk, file: Path, dry_run: bool, staff: str | None, password_stdin: bool
) -> bool:
    from facility_app.services.imports import import_file

    with desk.office() as office, desk.actor(office, staff, password_stdin) as actor:
        result = import_file(office.work, actor, file, dry_run)
    desk.say(_facts(result, dry_run), _lines(desk.words, result, dry_run))
    return not result.errors


def _facts(result: ImportResult, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "entry": result.seq,
        "residents": _counts(result.residents),
        "items": _counts(result.items),
        "errors": [
            {"row": each.row, "column": each.column, "key": each.refusal.key}
            for each in result.errors
        ],
    }


def _counts(counts: Counts) -> dict[str, int]:
    return {"new": counts.new, "changed": counts.changed, "unchanged": counts.unchanged}


def _lines(words: Words, result: ImportResult, dry_run: bool) -> list[str]:
    if result.errors:
        told = [
            words(
                "cli-import-error" if each.column else "cli-import-error-row",
                row=each.row,
                column=each.column,
                what=words.error(each.refusal).what,
            )
            for each in result.errors
        ]
        return [*told, words("cli-import-nothing")]
    head = words("cli-import-would" if dry_run else "cli-import-done")
    people, things = _counts(result.residents), _counts(result.items)
    return [head, words("cli-import-residents", **people), words("cli-import-items", **things)]
