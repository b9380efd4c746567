"""The rule data of ``resources/rules``: read, checked and turned into the rules' values.

Every file says where its numbers come from (`source`), when that was checked (`checked_on`) and
from when they hold (`effective_from`).  A file that cannot be understood stops the program
(`RuleFileDamaged`): a custody program must not guess at lifetimes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from facility_app.config import resources
from facility_app.domain.custody import Purpose
from facility_app.domain.duties import DutyRules
from facility_app.domain.expiry import Lifetimes
from facility_app.domain.incident_rules import LostRules
from facility_app.domain.insurance import BurdenTable
from facility_app.domain.items import ItemKind
from facility_app.domain.ladder import LadderRules
from facility_app.domain.leak import LeakRules
from facility_app.domain.names import closed_variants
from facility_app.domain.pins import PinKind
from facility_app.domain.registers import RegisterRule
from facility_app.domain.working_days import OpenDays
from facility_app.rules import (
    dates,
    duties,
    incidents,
    ladder,
    leak,
    pins,
    registers,
    things,
    visits,
)
from facility_app.rules.places import line_of
from facility_app.rules.table import Origin, RuleDamage, RuleFileDamaged, Table, origin_of

__all__ = ["Origin", "RuleDamage", "RuleFileDamaged", "Rules", "Table"]

_SYNTAX_LINE = re.compile(r"at line (\d+)")

T = TypeVar("T")


class Rules:
    """All rule data of a folder, each file read when first asked for.  Raises `RuleFileDamaged`."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or resources() / "rules"

    def origin(self, name: str) -> Origin:
        """Where the data of the rule file `name` (without ``.toml``) comes from."""
        return origin_of(self._read(name))

    @cached_property
    def lifetimes(self) -> Lifetimes:
        """Lifetimes of cards and certificates, and the months of the date rules."""
        return self._whole("lifetimes", dates.lifetimes)

    @cached_property
    def item_kinds(self) -> tuple[ItemKind, ...]:
        """The first values of the kinds in custody, in the order of the screen."""
        codes = {purpose.code for purpose in self.purposes}
        return self._whole("item_kinds", lambda root: things.item_kinds(root, codes))

    @cached_property
    def purposes(self) -> tuple[Purpose, ...]:
        """The first values of the reasons for leaving, at most six."""
        return self._whole("purposes", things.purposes)

    @cached_property
    def burden(self) -> BurdenTable:
        """Which burden ratios an age allows."""
        return self._whole("burden", dates.burden)

    @cached_property
    def pin_kinds(self) -> tuple[PinKind, ...]:
        """The kinds of PIN, those that may not be held among them."""
        return self._whole("pin_kinds", pins.pin_kinds)

    @cached_property
    def visit_choices(self) -> visits.VisitChoices:
        """What is ticked after a visit: trouble at the desk, and papers received."""
        return self._whole("visit_choices", visits.visit_choices)

    @cached_property
    def ladder(self) -> LadderRules:
        """How somebody is accepted at the clinic's desk: orders, areas, words and sources."""
        return self._whole("ladder", lambda root: ladder.ladder(root, self.lifetimes))

    @cached_property
    def variants(self) -> dict[str, str]:
        """Variant → the character the search looks for: true variants and look-alikes."""
        return self._whole("variants", things.all_variants)

    @cached_property
    def true_variants(self) -> dict[str, str]:
        """Variant → base for comparing two names: only forms of one and the same character."""
        return closed_variants(things.variants(self._read("variants").table("same")))

    @cached_property
    def lost(self) -> LostRules:
        """What is done when something is lost, with the telephones."""
        phones = self._whole("contacts", incidents.contacts)
        kinds = {kind.code for kind in self.item_kinds}
        return self._whole("lost_steps", lambda root: incidents.lost_rules(root, phones, kinds))

    @cached_property
    def leak(self) -> LeakRules:
        """The questions and the clock of a leak report."""
        lost = self.lost
        return self._whole("leak", lambda root: leak.leak_rules(root, lost.contacts, lost.things))

    @cached_property
    def registers(self) -> dict[str, RegisterRule]:
        """The registers (研修, 任命, 苦情 …) by their code, in the order of the screen."""
        return self._whole("registers", registers.registers)

    @cached_property
    def duties(self) -> DutyRules:
        """What is to be done around cards and papers, where, and within how many days."""
        kinds = {kind.code for kind in self.item_kinds}
        return self._whole("duties", lambda root: duties.duty_rules(root, kinds))

    @cached_property
    def open_days(self) -> OpenDays:
        """On which days counters are open."""
        return self._whole("holidays", leak.open_days)

    def _whole(self, name: str, make: Callable[[Table], T]) -> T:
        try:
            root = self._read(name)
            value = make(root)
            root.refuse_unasked()
        except RuleFileDamaged as damaged:
            damaged.line = damaged.line or self._line(name, damaged.place)
            raise
        return value

    def _line(self, name: str, place: str) -> int:
        try:
            text = (self.folder / f"{name}.toml").read_text(encoding="utf-8")
        except (OSError, ValueError):
            return 0
        return line_of(text, place)

    def _read(self, name: str) -> Table:
        file = f"{name}.toml"
        try:
            values = tomllib.loads((self.folder / file).read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as exc:
            at = _SYNTAX_LINE.search(str(exc))
            raise RuleFileDamaged(file, "", RuleDamage.SYNTAX, int(at[1]) if at else 0) from exc
        except (OSError, ValueError) as exc:
            raise RuleFileDamaged(file, "", RuleDamage.UNREADABLE) from exc
        table = Table(file, "", values)
        origin_of(table)
        return table
