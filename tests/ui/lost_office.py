"""The page of losses over a real small facility: rule data, papers and drills included."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from facility_app.db.models import FacilityRow
from tests.desk_world import DeskWorld
from tests.ui.desk_office import DeskOffice


class LostOffice(DeskOffice):
    """A `DeskOffice` that knows where its store lies, as the rule data's keeper asks."""

    def __init__(self, world: DeskWorld, folder: Path) -> None:
        super().__init__(world)
        self.data = SimpleNamespace(path=folder)


def furnish(world: DeskWorld) -> DeskWorld:
    """A facility with a name, an address and a telephone number, as they stand on paper."""
    world.add(
        FacilityRow(id=1, name="みほん苑", address="見本県例示市一丁目1番1号", phone="000-000-0000")
    )
    return world


class Answers:
    """A person who always prints, or saves in `folder`; `printed` counts pages."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.saved = folder, list[Path]()

    def printers(self) -> list[str]:
        return []

    def choose_printer(self, *_args: Any, **_more: Any) -> None:
        return None

    def choose_file(self, _parent: Any, _title: str, name: str, *_args: Any, **_more: Any) -> Path:
        self.saved.append(self.folder / name)
        return self.saved[-1]
