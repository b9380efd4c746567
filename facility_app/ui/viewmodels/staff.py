"""The staff page without Qt: rows, what the unlocked person may do with one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from facility_app.domain.access import Role
from facility_app.i18n import Words

if TYPE_CHECKING:
    from facility_app.services.staff import GrantView, StaffView

ACCOUNT_ROLES = tuple(role for role in Role if role is not Role.ESCORT)


@dataclass(frozen=True)
class StaffActs:
    """What is offered for a member of staff; `own` explains why some things are not."""

    change: bool
    give_role: bool
    end_role: bool
    new_password: bool
    own: bool


@dataclass
class StaffBook:
    """The list as it was last read, and who is shown.  `me` is the unlocked person's id."""

    me: int | None = None
    manages: bool = False
    rows: tuple[StaffView, ...] = ()
    chosen: int | None = None
    with_former: bool = False

    def take(self, rows: Sequence[StaffView]) -> None:
        """A fresh list; whoever was shown stays shown."""
        self.rows = tuple(rows)
        ids = {row.id for row in self.shown()}
        if self.chosen not in ids:
            own = self.me if self.me in ids else None
            self.chosen = own or next((row.id for row in self.shown()), None)

    def shown(self) -> list[StaffView]:
        """Who works here; those who left too where they are asked for."""
        return [row for row in self.rows if row.active or self.with_former]

    def person(self) -> StaffView | None:
        """Who is shown at the right."""
        return next((row for row in self.rows if row.id == self.chosen), None)

    def acts(self) -> StaffActs:
        """What is offered for the one shown."""
        person = self.person()
        own = person is not None and person.id == self.me
        manages = self.manages and person is not None
        account = person is not None and person.has_account
        return StaffActs(
            change=manages,
            give_role=manages and not own,
            end_role=manages and not own,
            new_password=account and (own or manages),
            own=own,
        )

    def deputies(self) -> list[tuple[int, str]]:
        """For whom the one shown may stand in: everybody else who has a role."""
        return [
            (row.id, row.name)
            for row in self.shown()
            if row.id != self.chosen and row.grants and row.has_account
        ]


def roles_in_words(words: Words, grants: Iterable[GrantView]) -> str:
    """The roles of a person in one line, each once."""
    named = list(dict.fromkeys(grant.role for grant in grants))
    return words("list-separator").join(words.term(role) for role in named)


def grant_in_words(words: Words, grant: GrantView, today: date) -> tuple[str, str, bool]:
    """Role; shift, dates and deputy; whether the grant has begun and not ended."""
    parts = [words.term(grant.shift)]
    if grant.valid_until is not None:
        first, last = words.short_day(grant.valid_from), words.day(grant.valid_until)
        parts.append(words("staff-page-from-until", first=first, last=last))
    elif grant.valid_from > today:
        parts.append(words("staff-page-from", first=words.day(grant.valid_from)))
    if grant.deputy_for:
        parts.append(words("staff-page-deputy", name=grant.deputy_for))
    ended = grant.valid_until is not None and grant.valid_until < today
    return words.term(grant.role), "  ".join(parts), grant.valid_from <= today and not ended


def needs_account(role: Role | None) -> bool:
    """Whether the role unlocks the program."""
    return role in ACCOUNT_ROLES


def may_give(role: Role, giver: Iterable[Role]) -> bool:
    """Only a manager makes a manager; the rest is for whoever manages staff."""
    return role is not Role.MANAGER or Role.MANAGER in set(giver)
