"""Root secret: kept in a keyring that protects it or under a passphrase; keys derived apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import keyring.errors
import pytest
from keyring.backend import KeyringBackend

from facility_app.config import (
    DataFolder,
    KeySource,
    NoStore,
    StoreSettings,
    StoreSettingsDamaged,
    data_folder,
    read_settings,
    replace_file,
    write_settings,
)
from facility_app.keystore import (
    DerivedKeys,
    KeyringLocked,
    KeyringMissing,
    MemoryKeys,
    PassphraseCost,
    PassphraseTooShort,
    RootSecretMissing,
    SystemKeyring,
    WrongPassphrase,
    open_root,
    seal_root,
)
from facility_app.secret import Secret

CHEAP = PassphraseCost(memory_kib=64, iterations=1, lanes=1, floor_kib=64, floor_iterations=1)
ROOT = Secret(bytes(range(32)))
PASSPHRASE = Secret.from_text("いぬ さくら かなもの えんぴつ")


class ShelfKeyring(KeyringBackend):
    """A backend that keeps passwords in a dict."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.shelf: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.shelf.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.shelf[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.shelf.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError


class ForgetfulKeyring(ShelfKeyring):
    def set_password(self, service: str, username: str, password: str) -> None:
        return None


class RaisingKeyring(ShelfKeyring):
    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def get_password(self, service: str, username: str) -> str | None:
        raise self.error


@pytest.mark.parametrize("keys", [SystemKeyring(ShelfKeyring()), MemoryKeys()])
def test_keep_fetch_forget(keys) -> None:
    with pytest.raises(RootSecretMissing):
        keys.fetch("store-1")
    keys.keep("store-1", ROOT)
    assert keys.fetch("store-1") == ROOT
    with pytest.raises(RootSecretMissing):
        keys.fetch("store-2")
    keys.forget("store-1")
    keys.forget("store-1")
    with pytest.raises(RootSecretMissing):
        keys.fetch("store-1")


def test_a_keyring_that_loses_the_secret_is_noticed_at_once() -> None:
    with pytest.raises(RootSecretMissing):
        SystemKeyring(ForgetfulKeyring()).keep("store-1", ROOT)


@pytest.mark.parametrize(
    ("error", "ours"),
    [
        (keyring.errors.KeyringLocked("x"), KeyringLocked),
        (keyring.errors.InitError("x"), KeyringLocked),
        (keyring.errors.NoKeyringError("x"), KeyringMissing),
        (ConnectionRefusedError("x"), KeyringMissing),
    ],
)
def test_errors_of_the_keyring_become_ours(error: Exception, ours: type[Exception]) -> None:
    with pytest.raises(ours):
        SystemKeyring(RaisingKeyring(error)).fetch("store-1")


def test_a_backend_that_protects_nothing_is_not_chosen(monkeypatch) -> None:
    """keyring's own setting may name a null or plain-text backend; it is not listened to."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    with pytest.raises(KeyringMissing):
        SystemKeyring().fetch("store-1")


def test_a_passphrase_opens_only_its_own_store() -> None:
    sealed = seal_root(ROOT, PASSPHRASE, "store-1", CHEAP)
    assert open_root(sealed, PASSPHRASE, "store-1") == ROOT
    for attempt in (
        lambda: open_root(sealed, Secret.from_text("べつの ことば です"), "store-1"),
        lambda: open_root(sealed, PASSPHRASE, "store-2"),
        lambda: open_root(replace(sealed, iterations=2), PASSPHRASE, "store-1"),
        lambda: open_root(replace(sealed, box=sealed.box[:-1]), PASSPHRASE, "store-1"),
        lambda: open_root(replace(sealed, memory_kib=1), PASSPHRASE, "store-1"),
    ):
        with pytest.raises(WrongPassphrase):
            attempt()


def test_short_passphrases_and_cheap_guesses_are_refused() -> None:
    with pytest.raises(PassphraseTooShort) as short:
        seal_root(ROOT, Secret.from_text("十二文字しかないことば。"), "store-1", CHEAP)
    assert short.value.minimum == 13
    with pytest.raises(ValueError, match="floor"):
        seal_root(ROOT, PASSPHRASE, "store-1", PassphraseCost(memory_kib=1024))
    assert not PassphraseCost().below_floor()


def test_derived_keys_differ_by_use_and_root_and_never_change() -> None:
    keys = DerivedKeys(ROOT)
    seen = [keys.database.copy_bytes(), keys.checkpoint_seed.copy_bytes(), keys.device.copy_bytes()]
    seen.append(DerivedKeys(Secret(bytes(32))).database.copy_bytes())
    assert len(set(seen)) == 4
    assert {len(each) for each in seen} == {32}
    # known answer: a change here would lock every facility out of its data
    assert seen[0].hex() == "d6e6fea50ecf22e876d9ca85fe71388a33e52cdd28b0fbddf021bced7c2b7e17"
    assert keys.store_id == "c3af0331cb2c86336562c8a6d1f35e65"
    keys.wipe()
    assert keys.database.wiped


def test_settings_round_trip_and_hold_no_secret(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "data")
    with pytest.raises(NoStore):
        read_settings(data)
    settings = StoreSettings("store-1", KeySource.KEYRING)
    write_settings(data, settings)
    assert read_settings(data) == settings
    sealed = settings.with_sealed_key(seal_root(ROOT, PASSPHRASE, "store-1", CHEAP))
    write_settings(data, sealed)
    assert read_settings(data) == sealed
    assert sealed.key_source is KeySource.PASSPHRASE
    assert ROOT.copy_bytes().hex() not in data.settings_file.read_text()
    assert [each.name for each in data.path.iterdir()] == ["store.json"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 2}', '{"version": 1}'])
def test_damaged_settings_are_an_integrity_error(tmp_path: Path, text: str) -> None:
    data = DataFolder(tmp_path)
    data.settings_file.write_text(text)
    with pytest.raises(StoreSettingsDamaged):
        read_settings(data)


def test_a_failed_replacement_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "f"
    replace_file(target, b"old")
    with pytest.raises(TypeError):
        replace_file(target, "text")  # type: ignore[arg-type]
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_where_the_data_is(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FACILITY_APP_DATA", str(tmp_path / "env"))
    assert data_folder(tmp_path / "given").path == tmp_path / "given"
    assert data_folder().path == tmp_path / "env"
    monkeypatch.delenv("FACILITY_APP_DATA")
    assert data_folder().path.name == "facility-app"
