"""A vault behind the window: two PIN officers, agreements about PINs, and simulated readers that
the vault's own process sees, too.

Use::

    office = PinOffice(world, folder, readers); office.switch_on(); office.hold("hanako")
    window = DeskWindow(world, theme, who="officer", pages=PAGES, readers=readers, office=office)
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from facility_app.cards.simulator import SimulatedReaders
from facility_app.cards.simulator.profiles import CardProfile, good
from facility_app.cards.simulator.shared import SharedReaders
from facility_app.db.models import AgreementRow, ItemRow, VaultEntryRow
from facility_app.demo.vault_agent import command
from facility_app.domain.access import Actor, Role, StaffId
from facility_app.secret import Secret
from facility_app.services import pin_acts, pin_setup
from facility_app.services.office import Office
from facility_app.services.pin_views import Deposit, PinView, Replace
from facility_app.services.vault_keeper import VaultKeeper
from facility_app.vault.client import VaultAgent
from tests.desk_world import DeskWorld, _staff, add_resident
from tests.ui.desk_office import DeskOffice
from tests.vault.world import CHEAP, DEVICE, STORE_ID

TODAY = date(2026, 11, 20)
PIN = b"2580"
"""That of the simulated card."""
PAGES = ("today", "desk", "residents", "cards", "pins", "pin-vault", "log", "settings")
OFFICERS = ("officer", "officer2")
_NAMES = {"officer": ("4001", "暗野 守"), "officer2": ("4002", "鍵谷 例")}


def passphrase(who: str) -> str:
    """An officer's, typed with plain keys."""
    return f"{who} walks at dawn"


def people(world: DeskWorld) -> None:
    """The officers, a third resident as on the mock, and the clause in everybody's agreement."""
    from tests import desk_world

    desk_world._STAFF_NAMES.update(_NAMES)
    for who in OFFICERS:
        world.staff[who] = _staff(world, who, [Role.PIN_OFFICER])
    if "yuki" not in world.residents:
        yuki = ("渡邉 ゆき", "わたなべ ゆき", "208")
        add_resident(world, "yuki", yuki, ("B", 3), (("my-number-card", 1),))
    for row in world.rows(AgreementRow):
        world.add_change(row, pin_clause=True)
    for who, number in (("hanako", 1), ("yuki", 2)):
        note_dates(world, who, good(TODAY, number))


def note_dates(world: DeskWorld, who: str, card: CardProfile) -> None:
    """Let the register say what this card says."""
    row = world.one(ItemRow, ItemRow.id == world.items[who][0])
    world.add_change(
        row,
        card_expires_on=card.card_expires_on,
        certificate_expires_on=card.certificate_until,
    )


class PinOffice(DeskOffice):
    """What the services about PINs see of `services.office.Office`."""

    def __init__(self, world: DeskWorld, folder: Path, readers: SimulatedReaders) -> None:
        super().__init__(world)
        self.world = world
        self.shared = SharedReaders(readers)
        self.keys = SimpleNamespace(store_id=STORE_ID, device=DEVICE.copy())
        self.data = SimpleNamespace(path=folder / "data")
        self.data.path.mkdir(parents=True, exist_ok=True)
        self.place = folder / "drive"
        self.place.mkdir(exist_ok=True)
        self.vault = VaultKeeper(lambda: VaultAgent(command(self.shared.port)), CHEAP)
        from tests.desk_world import CHEAP as PASSWORD_COST

        self.cost = PASSWORD_COST

    @property
    def whole(self) -> Office:
        """For services that take a whole office."""
        return cast(Office, self)

    def unlock(self, number: str, password: str) -> Actor:
        actor = super().unlock(number, password)
        self.vault.allow()
        return actor

    def lock(self, actor: Actor, reason: str) -> None:
        self.vault.kill()
        super().lock(actor, reason)

    def switch_on(self, threshold: int = 2) -> tuple[str, ...]:
        """As the manager; gives the recovery shares' words."""
        officers = {
            StaffId(self.world.id_of(who)): Secret.from_text(passphrase(who)) for who in OFFICERS
        }
        shares = pin_setup.switch_on(
            self.whole, self.world.staff["manager"], self.place, officers, threshold
        )
        told = tuple(share.copy_bytes().decode() for share in shares)
        for share in shares:
            share.wipe()
        return told

    def hold(self, who: str = "hanako", pin: bytes = PIN, kind: str = "user-auth") -> PinView:
        """A PIN that was deposited; the process goes on."""
        cmd = Deposit(self.world.residents[who], kind, confirmed=True)
        return pin_acts.deposit_pin(self.whole, self.world.staff["officer"], cmd, Secret(pin))

    def hold_another(self, who: str, pin: bytes) -> None:
        """Another PIN in the place of the one that is held."""
        row = self.world.one(VaultEntryRow, VaultEntryRow.resident_id == self.world.residents[who])
        cmd = Replace(row.id, confirmed=True)
        pin_acts.replace_pin(self.whole, self.world.staff["officer"], cmd, Secret(pin))

    def close(self) -> None:
        """No process is left."""
        self.vault.kill()
        self.shared.close()


def rows(page: Any) -> list[str]:
    """The names in the list, from above."""
    return [row.name.text() for row in page.list.rows]
