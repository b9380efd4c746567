"""Where backups go: a place counts from its first verified backup on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from facility_app.audit.work import Reading, Tx
from facility_app.domain.access import Actor, Permission
from facility_app.services.backup import BackupFacts, file_name, make_backup, verify_backup
from facility_app.services.office import Office
from facility_app.services.settings import change_settings, load_settings

MOST_PLACES = 2


def backup_into(office: Office, actor: Actor, folder: Path) -> BackupFacts:
    """Make a backup in `folder`, verify it, and make the folder the first backup place.

    Raises the errors of `make_backup` and `verify_backup`; the places are then as they were.
    """
    office.ask(actor, _may)
    made = make_backup(office, actor, folder / file_name(office.work.clock()))
    facts = verify_backup(office, actor, made.files[0])
    office.do(actor, _first_place, str(folder))
    return facts


def _may(reading: Reading) -> None:
    reading.require(Permission.MANAGE_SETTINGS)


def _first_place(tx: Tx, folder: str) -> None:
    tx.require(Permission.MANAGE_SETTINGS)
    settings = load_settings(tx.session)
    others = [each for each in settings.backup_folders if each != folder]
    places = (folder, *others)[:MOST_PLACES]
    change_settings(tx, replace(settings, backup_folders=places))
