"""A process that saves a vault again and again and acknowledges each save; it is made to be killed.

Run as ``python -m tests.vault.saver FOLDER``: it goes on from the vault in the folder. What step n
does follows from n alone, so whoever reads the acknowledged numbers knows what must be there. With
a number behind, it saves once and dies by itself just before that touch of a file in the folder.
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import count
from pathlib import Path

from facility_app.vault.file import load, save
from facility_app.vault.format import SEALED_PIN_BYTES, EntryRecord, Vault

FILE_KEY = b"file key of the saver, 32 bytes."
STORE_ID = "saver"
LAST = 400


def erases(step: int) -> bool:
    """Every fifth step erases what the step before it deposited."""
    return step % 5 == 0


def entry_of(step: int) -> EntryRecord:
    return EntryRecord(
        step.to_bytes(16, "big"), step, "user_auth", 1, bytes([step % 256]) * SEALED_PIN_BYTES
    )


def held_after(step: int) -> set[int]:
    """The steps whose entries lie in the vault after step n.  The empty vault is step 1."""
    deposited = {each for each in range(2, step + 1) if not erases(each)}
    return deposited - {each - 1 for each in range(2, step + 1) if erases(each)}


def saved(folder: Path, vault: Vault) -> Vault:
    """Do the next step and save it."""
    step = vault.generation + 1
    if erases(step):
        vault = vault.without([entry_of(step - 1).entry_id])
    else:
        vault = vault.with_entry(entry_of(step))
    save(folder, vault, FILE_KEY, keep_previous=not erases(step))
    return vault


def die_at(folder: Path, touch: int) -> None:
    """From now on, kill this process before it opens, renames or deletes for the n-th time."""
    touches = count(1)

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        watched = event in ("open", "os.rename", "os.remove", "os.scandir")
        if watched and str(folder) in str(arguments[0]) and next(touches) == touch:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def main(folder: Path, touch: int = 0) -> None:
    vault = load(folder, FILE_KEY, STORE_ID)
    if touch:
        die_at(folder, touch)
    while vault.generation < LAST:
        vault = saved(folder, vault)
        os.write(1, vault.generation.to_bytes(4, "big"))
        if touch:
            break


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
