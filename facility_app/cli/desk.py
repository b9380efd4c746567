"""What every command needs: the data folder, the words, who is asking, and how to answer."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import typer

from facility_app.config import DataFolder, KeySource, read_settings
from facility_app.errors import Cancelled, Refused
from facility_app.i18n import Words
from facility_app.log import start_log
from facility_app.secret import Secret

if TYPE_CHECKING:
    from facility_app.domain.access import Actor
    from facility_app.keystore import RootKeys
    from facility_app.services.office import Office


@dataclass(eq=False)
class StaffNeeded(Refused):
    """The command shows or changes personal data and nobody was named."""

    key: ClassVar[str] = "cli.staff_needed"


@dataclass(eq=False)
class FileUnreadable(Refused):
    """A file that was named cannot be read or written."""

    key: ClassVar[str] = "cli.file_unreadable"
    file: str


@dataclass
class Desk:
    """One run of the command line.

    passphrase_stdin: the store's passphrase is the first line of the standard input; a password
    follows on the next line.
    """

    data: DataFolder
    words: Words
    passphrase_stdin: bool = False
    as_json: bool = False

    @property
    def root_keys(self) -> RootKeys:
        """The keyring of this computer."""
        from facility_app.keystore import SystemKeyring

        return SystemKeyring()

    @contextmanager
    def office(self, *, exclusive: bool = False) -> Iterator[Office]:
        """The open store; closed afterwards whatever happens."""
        from facility_app.app import open_office  # a third of a second that `card` does not need

        passphrase = self.passphrase()
        with suppress(OSError):  # a disk that cannot be written: the store says so in its own words
            start_log(self.data.log)
        office = open_office(self.data, self.root_keys, passphrase, exclusive=exclusive)
        try:
            yield office
        finally:
            office.close()

    def passphrase(self) -> Secret | None:
        """The store's passphrase where it has one."""
        if read_settings(self.data).key_source is not KeySource.PASSPHRASE:
            return None
        return self.secret("cli-ask-passphrase", from_stdin=self.passphrase_stdin)

    def secret(self, key: str, *, from_stdin: bool) -> Secret:
        """What somebody types without showing it, or the next line of the standard input."""
        if from_stdin:
            return Secret.from_text(sys.stdin.readline().rstrip("\r\n"))
        try:
            return Secret.from_text(getpass.getpass(self.words(key)))
        except (EOFError, KeyboardInterrupt) as exc:
            raise Cancelled from exc

    @contextmanager
    def actor(self, office: Office, staff: str | None, password_stdin: bool) -> Iterator[Actor]:
        """The member of staff named by ``--staff``, unlocked by password and locked afterwards."""
        if not staff:
            raise StaffNeeded
        with self.secret("cli-ask-password", from_stdin=password_stdin) as password:
            actor = office.unlock(staff, password.copy_bytes().decode())
        try:
            yield actor
        finally:
            office.lock(actor, "person")

    def say(self, facts: dict[str, Any], lines: Sequence[str]) -> None:
        """Answer: `facts` as one JSON object where that was asked for, else `lines`."""
        if self.as_json:
            print(json.dumps(facts, ensure_ascii=False, sort_keys=True))
        else:
            print("\n".join(lines))


def desk_of(context: typer.Context, as_json: bool = False) -> Desk:
    """The desk that the root command made."""
    desk: Desk = context.obj
    desk.as_json = as_json
    return desk
