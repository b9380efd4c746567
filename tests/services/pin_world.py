"""A facility with a vault: a real store, the real vault process on simulated readers, real people.

Guesses cost little; PINs and passphrases are nobody's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.cards.chip import Pin
from facility_app.cards.simulator import SimulatedReaders
from facility_app.cards.simulator.profiles import good
from facility_app.cards.simulator.shared import SharedReaders
from facility_app.db.models import VaultEntryRow, VaultRow
from facility_app.demo.vault_agent import command
from facility_app.domain.access import Actor, Identified, Role, StaffId
from facility_app.domain.pins import Act
from facility_app.keystore import PassphraseCost
from facility_app.secret import Secret
from facility_app.services import pin_acts, pin_release, pin_setup
from facility_app.services.access import actor_of
from facility_app.services.pin_views import BeginRelease, Deposit, PinView, Release
from facility_app.services.vault_keeper import VaultKeeper
from facility_app.vault.client import VaultAgent
from tests.services import registry
from tests.services.accounts import enrol_with
from tests.services.registry import entries
from tests.services.store_world import StoreWorld

CHEAP = PassphraseCost(64, 1, 1, minimum=10, floor_kib=64, floor_iterations=1)
DAY = date(2026, 11, 20)
CARD = good(DAY)
PIN = CARD.code(Pin.USER_AUTH).decode()
"""The one that the card takes."""
OTHER_PIN = "7193"

PEOPLE = {
    "manager": ("1001", [Role.MANAGER]),
    "custodian": ("1002", [Role.CUSTODIAN]),
    "second": ("1003", [Role.CUSTODIAN]),
    "officer": ("1004", [Role.PIN_OFFICER]),
    "deputy": ("1005", [Role.PIN_OFFICER]),
    "third": ("1006", [Role.PIN_OFFICER]),
    "auditor": ("1007", [Role.AUDITOR]),
}


class PinWorld(StoreWorld):
    """One store with people, a resident whose card is in custody and who agreed, and readers."""

    def __init__(self, folder: Path, readers: SharedReaders, simulated: SimulatedReaders) -> None:
        self.readers, self.card_reader = readers, simulated
        self.drive = folder.parent / "drive"
        self.drive.mkdir(exist_ok=True)
        super().__init__(folder)
        enrol = enrol_with(self.office.work)
        self.ids = {
            word: enrol(number, *roles, name=f"試験 {word}")
            for word, (number, roles) in PEOPLE.items()
        }
        self.hanako = self.resident("見本 花子", "みほん はなこ")
        self.card = self.receive(self.hanako)

    def reopen(self):
        office = super().reopen()
        office.vault = VaultKeeper(lambda: VaultAgent(command(self.readers.port)), CHEAP)
        return office

    # --- people and things ------------------------------------------------------------------------

    def actor(self, word: str) -> Actor:
        from facility_app.db.models import StaffRow

        with Session(self.office.work.engine) as session:
            row = session.get_one(StaffRow, self.ids[word])
            return actor_of(session, row, Identified.PASSWORD)

    def resident(self, name: str, kana: str, *, clause: bool = True, **more: Any) -> int:
        manager = self.actor("manager")
        made = registry.register(
            self.office.work, manager, name, kana, birth_date=date(1945, 3, 5), **more
        )
        registry.agree(self.office.work, manager, made, pin_clause=clause)
        return made

    def receive(self, resident: int, **form: Any) -> int:
        dates: dict[str, Any] = {
            "card_expires_on": CARD.card_expires_on,
            "certificate_expires_on": CARD.certificate_until,
        }
        return registry.receive(self.office.work, self.actor("manager"), resident, **(dates | form))

    # --- the vault --------------------------------------------------------------------------------

    def switch_on(self, *officers: str, threshold: int = 2) -> list[str]:
        """The words of the recovery shares."""
        names = officers or ("officer", "deputy", "third")
        shares = pin_setup.switch_on(
            self.office,
            self.actor("manager"),
            self.drive,
            {self.ids[each]: passphrase(each) for each in names},
            threshold,
        )
        words = [share.copy_bytes().decode() for share in shares]
        for share in shares:
            share.wipe()
        return words

    def deposit(self, pin: str = PIN, **cmd: Any) -> PinView:
        values: dict[str, Any] = {"resident_id": self.hanako, "kind": "user-auth"}
        return pin_acts.deposit_pin(
            self.office,
            self.actor("custodian"),
            Deposit(**(values | cmd)),
            Secret.from_text(pin),
        )

    def begin(self, who: str, act: Act, entry: int | None = None, reason: str = "") -> Release:
        return pin_release.begin_release(
            self.office, self.actor(who), BeginRelease(act, entry, reason)
        )

    def approve(self, release: Release, *officers: str, unlocked: str = "custodian") -> Release:
        for each in officers:
            release = pin_release.approve(
                self.office, self.actor(unlocked), release, self.ids[each], passphrase(each)
            )
        return release

    def present(self, release: Release, who: str = "custodian", *, face: bool = True):
        return pin_release.present(self.office, self.actor(who), release, face_confirmed=face)

    def reveal(self, release: Release, who: str = "officer"):
        return pin_release.reveal(
            self.office, self.actor(who), release, height_px=64, ink=0, paper=255
        )

    # --- what is there ----------------------------------------------------------------------------

    def entry(self) -> VaultEntryRow:
        """The newest row."""
        with Session(self.office.work.engine) as session:
            query = select(VaultEntryRow).order_by(VaultEntryRow.id.desc()).limit(1)
            return session.scalars(query).one()

    def vault(self) -> VaultRow | None:
        with Session(self.office.work.engine) as session:
            return session.get(VaultRow, 1)

    def logged(self, action: str) -> list[dict[str, Any]]:
        """The open details of every entry of an action."""
        return [each["plain"] for each in entries(self.office.work.engine, action)]

    def outcomes(self, action: str) -> list[dict[str, Any]]:
        return [each for each in self.logged(action) if each.get("phase") == "outcome"]


def passphrase(word: str) -> Secret:
    """The passphrase of somebody."""
    return Secret.from_text(f"見本の合言葉は {word}")


@contextmanager
def pin_world(tmp_path: Path) -> Iterator[PinWorld]:
    """The world, with a good card on the reader; everything is gone at the end."""
    simulated = SimulatedReaders("Reader")
    simulated.insert(CARD)
    with SharedReaders(simulated) as shared:
        world = PinWorld(tmp_path / "data", shared, simulated)
        try:
            yield world
        finally:
            world.close()


def staff(world: PinWorld, *words: str) -> list[StaffId]:
    return [world.ids[each] for each in words]
