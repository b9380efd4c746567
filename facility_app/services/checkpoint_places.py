"""Which folders checkpoints go to: one counts from the moment it holds the newest of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from facility_app.audit.work import Reading, Tx
from facility_app.domain.access import Actor, Permission
from facility_app.services.checkpoint_sinks import SinkState, fill_folder
from facility_app.services.export_place import ExportPlaceUnusable, refuse_data_folder
from facility_app.services.office import Office
from facility_app.services.settings import change_settings, load_settings


def keep_checkpoints_in(office: Office, actor: Actor, folder: Path) -> SinkState:
    """Fill `folder` with the newest checkpoints and make it a place for all that follow.

    Raises NotPermitted, ExportPlaceInside (the data folder), ExportPlaceUnusable,
    CheckpointContradicted, SettingOutOfRange (two places at most); the places are then as they
    were.
    """
    office.ask(actor, _may)
    refuse_data_folder(office.data, folder)
    state = fill_folder(office, folder)
    if state.error is not None:
        raise state.error
    if state.problem is not None:
        raise ExportPlaceUnusable(str(folder))
    office.do(actor, _add, str(folder))
    return state


def forget_checkpoint_folder(tx: Tx, folder: str) -> None:
    """Checkpoints no longer go to `folder`; what lies there stays."""
    tx.require(Permission.MANAGE_SETTINGS)
    settings = load_settings(tx.session)
    left = tuple(each for each in settings.checkpoint_folders if each != folder)
    change_settings(tx, replace(settings, checkpoint_folders=left))


def _may(reading: Reading) -> None:
    reading.require(Permission.MANAGE_SETTINGS)


def _add(tx: Tx, folder: str) -> None:
    tx.require(Permission.MANAGE_SETTINGS)
    settings = load_settings(tx.session)
    places = tuple(dict.fromkeys((*settings.checkpoint_folders, folder)))
    change_settings(tx, replace(settings, checkpoint_folders=places))
