"""The recovery sheets of the PIN vault (復元の紙), as PDF in memory and never in a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from facility_app.audit.work import Reading
from facility_app.db.models import VaultRow
from facility_app.domain.access import Actor, Permission
from facility_app.i18n import Words
from facility_app.secret import Secret
from facility_app.services.office import Office
from facility_app.services.pin_opening import VAULT, VaultOff
from facility_app.services.settings import load_facility
from facility_app.vault.officers import RECOVERY_NEEDED


def share_papers(
    office: Office, actor: Actor, words: Words, shares: Sequence[Secret], made_on: date
) -> bytes:
    """The sheets, a page for each share (words in UTF-8).

    Nothing is recorded here: what made the shares was, and they exist this once.  Needs
    MANAGE_VAULT; wipes the shares, but for NotPermitted.  Raises VaultOff, GlyphMissing.
    """
    from facility_app.reports.share_sheets import ShareSheets, share_sheets

    office.ask(actor, _may_manage)
    try:
        facility, vault = office.ask(actor, _about_vault)
        lists = [share.copy_bytes().decode().split() for share in shares]
        return share_sheets(words, ShareSheets(facility, vault, made_on, RECOVERY_NEEDED, lists))
    finally:
        for share in shares:
            share.wipe()


def _may_manage(reading: Reading) -> None:
    reading.require(Permission.MANAGE_VAULT)


def _about_vault(reading: Reading) -> tuple[str, str]:
    """The facility's name, and what tells the sheets of one set of officers from another's."""
    reading.require(Permission.MANAGE_VAULT)
    row = reading.session.get(VaultRow, VAULT)
    if row is None:
        raise VaultOff
    return load_facility(reading.session).name, f"{row.vault_id[:4]}-{row.key_id[:4]}"
