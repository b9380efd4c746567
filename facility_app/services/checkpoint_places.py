"""Which folders checkpoints go to: one counts from the moment it holds the newest of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from facility_app.audit.work import Reading, Tx
from facility_app.domain.access import Actor, Permission
from facility_app.errors import FacilityError
from facility_app.services.checkpoint_sinks import SinkState, fill_folder, own_folder
from facility_app.services.export_place import ExportPlaceUnusable, faults, refuse_data_folder
from facility_app.services.office import Office
from facility_app.services.settings import change_settings, load_settings

SET_ASIDE = "checkpoint.set_aside"


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


def set_aside(office: Office, actor: Actor, folder: Path) -> SinkState:
    """Keep the checkpoints in `folder` under another name, and begin anew beside them.

    For a manager who knows why they contradict: a backup was restored.  They stay as evidence, and
    the record says when they were set aside (ADR 0007).  Raises NotPermitted, ExportPlaceUnusable.
    """
    own = office.ask(actor, _own, folder)
    intent = office.do(actor, _announce)
    try:
        with faults(folder):
            stamp = office.work.clock().strftime("%Y%m%dT%H%M%SZ")
            own.rename(own.with_name(f"{own.name}-until-{stamp}"))
    except FacilityError:
        office.do(actor, _conclude, intent, "failed")
        raise
    office.do(actor, _conclude, intent, "done")
    return fill_folder(office, folder)


def _own(reading: Reading, folder: Path) -> Path:
    reading.require(Permission.MANAGE_SETTINGS)
    return own_folder(folder, reading.trust.verifier)


def _announce(tx: Tx) -> int:
    tx.require(Permission.MANAGE_SETTINGS)
    return tx.intend(SET_ASIDE, "log")


def _conclude(tx: Tx, intent: int, result: str) -> None:
    tx.require(Permission.MANAGE_SETTINGS)
    tx.conclude(intent, result)


def _may(reading: Reading) -> None:
    reading.require(Permission.MANAGE_SETTINGS)


def _add(tx: Tx, folder: str) -> None:
    tx.require(Permission.MANAGE_SETTINGS)
    settings = load_settings(tx.session)
    places = tuple(dict.fromkeys((*settings.checkpoint_folders, folder)))
    change_settings(tx, replace(settings, checkpoint_folders=places))
