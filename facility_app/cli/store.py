"""``init``, ``db`` and ``backup``: the store itself.  No personal data is shown or changed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import typer

from facility_app.cli.desk import Desk, FileUnreadable, desk_of
from facility_app.errors import Cancelled
from facility_app.i18n import Words
from facility_app.secret import Secret


def register(app: typer.Typer, words: Words) -> None:
    """Add the commands to `app`."""
    _register_init(app, words)
    _register_db(app, words)
    _register_backup(app, words)


def _register_init(app: typer.Typer, words: Words) -> None:
    sheet_file = typer.Option(..., "--sheet", metavar="FILE", help=words("cli-help-sheet"))

    @app.command("init", help=words("cli-help-init"))
    def init(
        context: typer.Context,
        sheet: Path = sheet_file,
        facility: str = typer.Option("", help=words("cli-help-facility")),
        passphrase: bool = typer.Option(
            False, "--passphrase", help=words("cli-help-init-passphrase")
        ),
        as_json: bool = typer.Option(False, "--json", help=words("cli-help-json")),
    ) -> None:
        desk = desk_of(context, as_json)
        store_id = _made(desk, sheet, facility, passphrase)
        said = [
            desk.words("cli-init-done", folder=str(desk.data.path)),
            desk.words("cli-init-sheet", file=str(sheet)),
        ]
        desk.say({"data": str(desk.data.path), "store_id": store_id, "sheet": str(sheet)}, said)


def _made(desk: Desk, sheet: Path, facility: str, wants_passphrase: bool) -> str:
    """Make the store and print its recovery sheet; gives the store's id."""
    from facility_app.app import new_office
    from facility_app.config import read_settings, replace_file
    from facility_app.domain.access import PROGRAM
    from facility_app.domain.clock import local_date, utc_now
    from facility_app.recovery import words_of
    from facility_app.services.papers import recovery_paper
    from facility_app.services.settings import Facility, name_facility
    from facility_app.services.store_setup import KeyPlace

    if not sheet.absolute().parent.is_dir():
        raise FileUnreadable(str(sheet))
    today = local_date(utc_now())
    recovery_paper(desk.words, facility, "", today, ())  # a name that cannot be printed stops here
    place = KeyPlace(desk.root_keys, _new_passphrase(desk) if wants_passphrase else None)
    office, root = new_office(desk.data, place)
    try:
        if facility:
            office.do(PROGRAM, name_facility, Facility(facility))
        store_id = read_settings(desk.data).store_id
        paper = recovery_paper(desk.words, facility, store_id, today, words_of(root))
        _write(replace_file, sheet, paper)
        if sys.stdin.isatty():
            _type_back(desk, root)
    finally:
        root.wipe()
        office.close()
    return store_id


def _write(replace: Callable[[Path, bytes], None], file: Path, content: bytes) -> None:
    try:
        replace(file, content)
    except OSError as exc:
        raise FileUnreadable(str(file)) from exc


def _new_passphrase(desk: Desk) -> Secret:
    first = desk.secret("cli-ask-new-passphrase", from_stdin=desk.passphrase_stdin)
    if desk.passphrase_stdin:
        return first
    again = desk.secret("cli-ask-passphrase-again", from_stdin=False)
    if first != again:
        print(desk.words("cli-passphrase-differs"), file=sys.stderr)
        raise Cancelled
    return first


def _type_back(desk: Desk, root: Secret) -> None:
    """Three words from the printed sheet, until they are right: a sheet nobody can read is none."""
    from facility_app.recovery import pick_positions, wrong_positions

    wrong = pick_positions()
    while wrong:
        typed = {at: input(desk.words("cli-ask-word", position=str(at))) for at in wrong}
        wrong = wrong_positions(root, typed)


def _register_db(app: typer.Typer, words: Words) -> None:
    db = typer.Typer(help=words("cli-help-db"), rich_markup_mode=None)
    app.add_typer(db, name="db")

    @db.command("migrate", help=words("cli-help-db-migrate"))
    def migrate(
        context: typer.Context,
        as_json: bool = typer.Option(False, "--json", help=words("cli-help-json")),
    ) -> None:
        from facility_app.db.migrate import HEAD

        desk = desk_of(context, as_json)
        with desk.office(exclusive=True):
            desk.say({"revision": HEAD}, [desk.words("cli-migrated", revision=HEAD)])

    @db.command("check", help=words("cli-help-db-check"))
    def check(
        context: typer.Context,
        as_json: bool = typer.Option(False, "--json", help=words("cli-help-json")),
    ) -> None:
        if not _checked(desk_of(context, as_json)):
            raise typer.Exit(6)


def _checked(desk: Desk) -> bool:
    from facility_app.domain.access import PROGRAM
    from facility_app.services.checks import check_store

    with desk.office() as office:
        found = check_store(office, PROGRAM)
    lists = {
        "pages": found.file.pages,
        "structure": found.file.structure,
        "references": found.file.references,
        "triggers": found.file.triggers,
    }
    facts = {name: list(each) for name, each in lists.items()}
    lines = [
        desk.words(f"cli-check-{name}", found=list(each)) for name, each in lists.items() if each
    ]
    if not found.root:
        lines.append(desk.words("cli-check-log"))
    if found.sound:
        lines = [desk.words("cli-check-sound", entries=found.size)]
    desk.say(facts | {"sound": found.sound, "entries": found.size, "root": found.root.hex()}, lines)
    return found.sound


def _register_backup(app: typer.Typer, words: Words) -> None:
    backup = typer.Typer(help=words("cli-help-backup"), rich_markup_mode=None)
    app.add_typer(backup, name="backup")

    out_file = typer.Option(None, "--out", metavar="FILE", help=words("cli-help-backup-out"))

    @backup.command("create", help=words("cli-help-backup-create"))
    def create(
        context: typer.Context,
        out: Path | None = out_file,
        as_json: bool = typer.Option(False, "--json", help=words("cli-help-json")),
    ) -> None:
        _create(desk_of(context, as_json), out)

    @backup.command("verify", help=words("cli-help-backup-verify"))
    def verify(
        context: typer.Context,
        file: Path = typer.Argument(..., metavar="FILE"),
        as_json: bool = typer.Option(False, "--json", help=words("cli-help-json")),
    ) -> None:
        _verify(desk_of(context, as_json), file)

    @backup.command("restore", help=words("cli-help-backup-restore"))
    def restore(
        context: typer.Context,
        file: Path = typer.Argument(..., metavar="FILE"),
        as_json: bool = typer.Option(False, "--json", help=words("cli-help-json")),
    ) -> None:
        _restore(desk_of(context, as_json), file)


def _create(desk: Desk, out: Path | None) -> None:
    from facility_app.domain.access import PROGRAM
    from facility_app.services.backup import make_backup

    with desk.office() as office:
        made = make_backup(office, PROGRAM, out.absolute() if out else None)
    files = [str(file) for file in made.files]
    lines = [desk.words("cli-backup-made", files=files, entries=made.size)]
    lines += [str(desk.words.error(why)) for _place, why in made.failed]
    facts = {"files": files, "failed": [str(place) for place, _why in made.failed]}
    desk.say(facts | {"entries": made.size, "root": made.root.hex()}, lines)


def _verify(desk: Desk, file: Path) -> None:
    from facility_app.domain.access import PROGRAM
    from facility_app.services.backup import verify_backup

    with desk.office() as office:
        facts = verify_backup(office, PROGRAM, file.absolute())
    line = desk.words("cli-backup-verified", file=str(file), entries=facts.size)
    desk.say({"file": str(file), "entries": facts.size, "root": facts.root.hex()}, [line])


def _restore(desk: Desk, file: Path) -> None:
    from facility_app.app import restore_office

    restored = restore_office(desk.data, file.absolute(), desk.root_keys, desk.passphrase())
    aside = str(restored.aside) if restored.aside else ""
    lines = [desk.words("cli-restored", file=str(file), entries=restored.facts.size)]
    if aside:
        lines.append(desk.words("cli-restored-aside", file=aside))
    desk.say({"file": str(file), "entries": restored.facts.size, "aside": aside}, lines)
