"""Stand-ins for the services of the unlock page and the emergency dialog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from facility_app.domain.access import Actor, Grant, Identified, Role, StaffId
from facility_app.domain.people import ProxyKind
from facility_app.errors import Refused
from facility_app.i18n import Words
from facility_app.services.access import MustWait, UnknownStaffNumber, WrongPassword
from facility_app.ui.viewmodels.emergency import Done, FamilyCall, Found, Target
from facility_app.ui.viewmodels.unlock import OutCount, Tile
from tests.ui.report_doubles import paper_pdf
from tests.ui.stage import NOON

PASSWORD = "a long enough password"
PEOPLE = (
    ("2031", "例田 みつ子", Role.CUSTODIAN, False),
    ("2032", "架空 誠", Role.MANAGER, False),
    ("2033", "控井 恵", Role.CUSTODIAN, False),
    ("2034", "暗野 守", Role.PIN_OFFICER, False),
    ("2041", "仮屋 健", Role.CUSTODIAN, True),
    ("2042", "監物 例子", Role.AUDITOR, False),
)


def tiles(count: int = 6) -> tuple[Tile, ...]:
    """`count` people; more than six get made-up names."""
    made = [
        Tile(number, name, (role,), night, index)
        for index, (number, name, role, night) in enumerate(PEOPLE)
    ]
    for extra in range(count - len(made)):
        made.append(
            Tile(str(3000 + extra), f"見本 職員{extra + 1}", (Role.CUSTODIAN,), False, extra)
        )
    return tuple(made[:count])


def actor(number: str, how: Identified = Identified.PASSWORD) -> Actor:
    """The person with this number."""
    name, role = next((n, r) for key, n, r, _ in PEOPLE if key == number)
    return Actor(StaffId(int(number)), name, how, (Grant(role, date(2020, 1, 1)),))


class UnlockDouble:
    """Knows one password; waits grow by a second with each failure."""

    def __init__(self, count: int = 6) -> None:
        self.failures = 0
        self.people = tiles(count)

    def tiles(self) -> Sequence[Tile]:
        return self.people

    def out_count(self) -> OutCount:
        return OutCount(3, 1)

    def unlock(self, number: str, password: str) -> Actor:
        if password != PASSWORD:
            self.failures += 1
            if self.failures > 2:
                raise MustWait(wait_s=30)
            raise WrongPassword(wait_s=0 if self.failures == 1 else 5)
        return actor(number)


@dataclass(eq=False)
class Gone(Refused):
    """Nothing is in the safe any more."""

    key: ClassVar[str] = "emergency.reason_missing"


class EmergencyDouble:
    """Three residents; the second pouch is out."""

    ROWS = (
        Target(1, "例示 ウメ", "れいじ うめ", "301", "C-05", 6),
        Target(2, "見本 花子", "みほん はなこ", "203", "A-12", 0),
        Target(3, "見本 太郎", "みほん たろう", "204", "A-13", 4),
    )

    def __init__(self) -> None:
        self.released: list[tuple[str, int]] = []

    def identify(self, number: str) -> Actor:
        if number not in {key for key, *_ in PEOPLE}:
            raise UnknownStaffNumber
        return actor(number, Identified.NUMBER)

    def find(self, who: Actor, text: str) -> Found:
        rows = tuple(row for row in self.ROWS if text in row.name or text == row.room)
        return Found(rows, len(rows))

    def release(self, who: Actor, resident_id: int) -> Done:
        self.released.append((who.name, resident_id))
        return Done(1205, 6, NOON + timedelta(hours=24), 9)

    def family(self, who: Actor, words: Words, loan_id: int) -> tuple[FamilyCall, ...]:
        return (FamilyCall("例示 一", words.term(ProxyKind.FAMILY), "03-0000-0111"),)

    def sheet(self, who: Actor, words: Words, loan_id: int) -> bytes:
        return paper_pdf(1)
