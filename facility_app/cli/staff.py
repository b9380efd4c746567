"""``staff password``: the way back for a manager who forgot the password, by the recovery sheet."""

from __future__ import annotations

import typer

from facility_app.cli.desk import Desk, desk_of
from facility_app.i18n import Words


def register(app: typer.Typer, words: Words) -> None:
    """Add the commands to `app`."""
    staff = typer.Typer(help=words("cli-help-staff-area"), rich_markup_mode=None)
    app.add_typer(staff, name="staff")

    @staff.command("password", help=words("cli-help-staff-password"))
    def password(
        context: typer.Context,
        number: str = typer.Option(..., "--staff", metavar="ID", help=words("cli-help-staff")),
        stdin: bool = typer.Option(
            False, "--password-stdin", help=words("cli-help-words-and-password-stdin")
        ),
        as_json: bool = typer.Option(False, "--json", help=words("cli-help-json")),
    ) -> None:
        desk = desk_of(context, as_json)
        _set(desk, number, stdin)
        desk.say({"staff": number}, [desk.words("cli-staff-password-set", number=number)])


def _set(desk: Desk, number: str, stdin: bool) -> None:
    """Ask for the 24 words, then for the new password; neither is shown."""
    from facility_app.recovery import split_words
    from facility_app.services.lost_password import set_by_recovery_sheet

    with desk.office() as office:
        with desk.secret("cli-ask-words", from_stdin=stdin) as sheet:
            typed = split_words(sheet.copy_bytes().decode())
        with desk.secret("cli-ask-password", from_stdin=stdin) as new:
            set_by_recovery_sheet(office, typed, number, new.copy_bytes().decode())
