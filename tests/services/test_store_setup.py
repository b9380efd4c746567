"""Making a store, losing its key, and getting it back; nothing half-made stays."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from facility_app.app import new_office, open_office, restore_office
from facility_app.config import DataFolder, KeySource, read_settings
from facility_app.db.engine import DatabaseDamaged, WrongDatabaseKey
from facility_app.db.place import AlreadyRunning
from facility_app.domain.access import PROGRAM
from facility_app.keystore import (
    KeyringLocked,
    MemoryKeys,
    PassphraseNeeded,
    PassphraseTooShort,
    RootSecretMissing,
    WrongPassphrase,
)
from facility_app.recovery import RecoveryWordsWrong, words_of
from facility_app.secret import Secret
from facility_app.services.backup import make_backup
from facility_app.services.store_setup import (
    KeyPlace,
    StoreExists,
    create_store,
    move_key,
    recover_store,
    recovery_words,
)
from tests.services.store_world import CHEAP, CHEAP_PASSWORD, StoreWorld

PASSPHRASE = "さくら かなもの えんぴつ いぬ"


def phrase(text: str = PASSPHRASE) -> Secret:
    return Secret.from_text(text)


class LockedKeys(MemoryKeys):
    """A keyring that nobody unlocked."""

    def keep(self, store_id: str, root: Secret) -> None:
        raise KeyringLocked


def test_a_new_store_begins_its_records_and_opens_again(tmp_path: Path) -> None:
    world = StoreWorld(tmp_path / "data", fresh=True)
    assert world.actions()[0] == "store.created"
    assert "kind.seeded" in world.actions()
    assert "checkpoint.made" in world.actions()
    world.close()
    world.reopen()
    world.note("again")
    assert world.actions()[-1] == "test.noted"
    world.close()
    names = {path.name for path in world.data.path.iterdir()}
    assert names == {"store.json", "facility.db", "lock"}
    if sys.platform != "win32":
        assert (world.data.path.stat().st_mode & 0o077) == 0
        assert all(path.stat().st_mode & 0o077 == 0 for path in world.data.path.iterdir())


def test_a_second_store_in_the_same_place_is_refused(tmp_path: Path) -> None:
    world = StoreWorld(tmp_path / "data")
    with pytest.raises(AlreadyRunning):
        create_store(world.data, KeyPlace(world.keys))
    world.close()
    with pytest.raises(StoreExists):
        create_store(world.data, KeyPlace(world.keys))
    world.reopen().close()


def test_a_set_up_that_fails_leaves_no_store_and_can_be_repeated(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "data")
    with pytest.raises(KeyringLocked):
        create_store(data, KeyPlace(LockedKeys()))
    with pytest.raises(PassphraseTooShort):
        create_store(data, KeyPlace(MemoryKeys(), phrase("みじかい"), CHEAP))
    assert {path.name for path in data.path.iterdir()} == {"lock"}
    create_store(data, KeyPlace(MemoryKeys())).wipe()
    assert data.settings_file.exists()


def test_only_one_window_opens_a_store_but_a_command_may_look(tmp_path: Path) -> None:
    world = StoreWorld(tmp_path / "data")
    with pytest.raises(AlreadyRunning):
        open_office(world.data, world.keys)
    beside = open_office(world.data, world.keys, exclusive=False)
    beside.close()
    world.note("goes on")
    world.close()


def test_the_root_secret_of_another_store_is_told_from_damage(tmp_path: Path) -> None:
    world = StoreWorld(tmp_path / "data")
    world.close()
    other = MemoryKeys()
    other.keep(read_settings(world.data).store_id, Secret(bytes(32)))
    with pytest.raises(WrongDatabaseKey):
        open_office(world.data, other)
    with pytest.raises(RootSecretMissing):
        open_office(world.data, MemoryKeys())
    world.data.database.write_bytes(os.urandom(8192))
    with pytest.raises(DatabaseDamaged):
        open_office(world.data, world.keys)
    world.data.database.unlink()
    with pytest.raises(DatabaseDamaged):
        open_office(world.data, world.keys)
    assert not world.data.database.exists(), "opening must not make an empty database"


def test_a_store_under_a_passphrase(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "data")
    place = KeyPlace(MemoryKeys(), phrase(), CHEAP)
    office, root = new_office(data, place, cost=CHEAP_PASSWORD)
    office.close()
    assert read_settings(data).key_source is KeySource.PASSPHRASE
    with pytest.raises(PassphraseNeeded):
        open_office(data, MemoryKeys())
    with pytest.raises(WrongPassphrase):
        open_office(data, MemoryKeys(), phrase("ちがう ことばを いれました"))
    open_office(data, MemoryKeys(), phrase()).close()
    assert recovery_words(data, place) == words_of(root)


def test_changing_the_passphrase_and_moving_to_the_keyring(tmp_path: Path) -> None:
    data, keys = DataFolder(tmp_path / "data"), MemoryKeys()
    old = KeyPlace(keys, phrase(), CHEAP)
    office, root = new_office(data, old, cost=CHEAP_PASSWORD)
    office.close()
    new = KeyPlace(keys, phrase("あたらしい ながい ことば"), CHEAP)
    with pytest.raises(WrongPassphrase):
        move_key(data, new, old)
    move_key(data, old, new)
    with pytest.raises(WrongPassphrase):
        open_office(data, keys, phrase())
    move_key(data, new, KeyPlace(keys))
    assert read_settings(data).key_source is KeySource.KEYRING
    open_office(data, keys).close()
    assert recovery_words(data, KeyPlace(keys)) == words_of(root)
    move_key(data, KeyPlace(keys), old)
    with pytest.raises(RootSecretMissing):
        keys.fetch(read_settings(data).store_id)


def test_the_words_open_the_store_on_another_computer(tmp_path: Path) -> None:
    world = StoreWorld(tmp_path / "data")
    words = words_of(world.root)
    world.note("kept")
    world.close()
    fresh = MemoryKeys()
    # eight bits of checksum: one exchange in 256 passes them, and is another store's key
    with pytest.raises((RecoveryWordsWrong, WrongDatabaseKey)):
        recover_store(world.data, KeyPlace(fresh), [words[1], words[0], *words[2:]])
    with pytest.raises(WrongDatabaseKey):
        recover_store(world.data, KeyPlace(fresh), words_of(Secret(bytes(32))))
    with pytest.raises(RootSecretMissing):
        fresh.fetch(read_settings(world.data).store_id)
    recover_store(world.data, KeyPlace(fresh), words)
    open_office(world.data, fresh).close()


def test_the_words_and_a_backup_alone_are_enough(tmp_path: Path) -> None:
    world = StoreWorld(tmp_path / "old")
    world.note("kept")
    backup = make_backup(world.office, PROGRAM, tmp_path / "stick" / "b").files[0]
    words = words_of(world.root)
    world.close()
    data, keys = DataFolder(tmp_path / "new"), MemoryKeys()
    recover_store(data, KeyPlace(keys), words)
    restored = restore_office(data, backup, keys)
    assert restored.aside is None
    world.data, world.keys = data, keys
    world.reopen()
    assert "test.noted" in world.actions()
    assert world.actions()[-1] == "store.restored"
    world.close()


def test_the_words_and_a_copied_database_without_settings(tmp_path: Path) -> None:
    world = StoreWorld(tmp_path / "data")
    world.close()
    world.data.settings_file.unlink()
    with pytest.raises(DatabaseDamaged):
        recover_store(world.data, KeyPlace(MemoryKeys()), words_of(Secret(bytes(32))))
    assert not world.data.settings_file.exists()
    keys = MemoryKeys()
    recover_store(world.data, KeyPlace(keys), words_of(world.root))
    open_office(world.data, keys).close()


def test_nothing_heavy_is_imported_to_ask_whether_there_is_a_store(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from facility_app.config import data_folder;"
        "from facility_app.db.place import InstanceLock, refuse_network_share;"
        f"refuse_network_share(data_folder(Path({str(tmp_path)!r})).path);"
        "heavy = ('sqlalchemy', 'keyring', 'cryptography', 'alembic');"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
