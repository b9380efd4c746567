"""``vault``: the PIN vault's file held against the register.  Opens no PIN, names no resident."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from facility_app.cli.desk import Desk, desk_of
from facility_app.i18n import Words

if TYPE_CHECKING:
    from facility_app.services.pin_check import VaultCheck

DIFFERS = 3
"""Exit code where file and register do not agree."""


def register(app: typer.Typer, words: Words) -> None:
    """Add the commands to `app`."""
    vault = typer.Typer(help=words("cli-help-vault"), rich_markup_mode=None)
    app.add_typer(vault, name="vault")

    @vault.callback()
    def group() -> None:
        """A group also with a single command."""

    @vault.command("check", help=words("cli-help-vault-check"))
    def check(
        context: typer.Context,
        as_json: bool = typer.Option(False, "--json", help=words("cli-help-json")),
    ) -> None:
        if not _checked(desk_of(context, as_json)):
            raise typer.Exit(DIFFERS)


def _checked(desk: Desk) -> bool:
    from facility_app.domain.access import PROGRAM
    from facility_app.services.pin_check import check_vault

    with desk.office() as office:
        found = check_vault(office, PROGRAM)
    desk.say(_facts(found), _lines(desk.words, found))
    return found.sound


def _facts(found: VaultCheck) -> dict[str, Any]:
    facts: dict[str, Any] = {"on": found.on, "sound": found.sound}
    if found.file is None:
        return facts
    return facts | {
        "folder": found.folder,
        "vault": found.file.vault_id,
        "key": found.file.key_id,
        "generation": found.file.generation,
        "previous_generation": found.file.previous_generation,
        "known_generation": found.known_generation,
        "threshold": found.file.threshold,
        "officers": len(found.file.officers),
        "recovery_shares": found.file.recovery_shares,
        "entries": len(found.file.entries),
        "unknown": list(found.unknown),
        "missing": list(found.missing),
        "erase_due": found.due,
    }


def _lines(words: Words, found: VaultCheck) -> list[str]:
    file = found.file
    if file is None:
        return [words("cli-vault-off")]
    lines = [
        words("cli-vault-file", folder=found.folder, generation=file.generation),
        words("cli-vault-officers", officers=len(file.officers), threshold=file.threshold),
        words("cli-vault-entries", entries=len(file.entries)),
    ]
    if file.generation > found.known_generation:
        lines.append(words("cli-vault-newer", known=found.known_generation))
    if file.previous_generation is None:
        lines.append(words("cli-vault-no-previous"))
    if found.due:
        lines.append(words("cli-vault-due", count=found.due))
    if found.unknown:
        lines.append(words("cli-vault-unknown", entries=list(found.unknown)))
    if found.missing:
        lines.append(words("cli-vault-missing", rows=[str(row) for row in found.missing]))
    return lines if not found.sound else [*lines, words("cli-vault-sound")]
