"""The real keyring daemon: kept and fetched over D-Bus, locked, and not there at all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = f"{sys.executable} -m facility_app --data data"
UNLOCKED = "printf 'password\\n' | gnome-keyring-daemon --unlock --components=secrets --daemonize"
LOCKED = "gnome-keyring-daemon --start --components=secrets --daemonize"

pytestmark = pytest.mark.skipif(
    not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")),
    reason="needs gnome-keyring and dbus",
)


def session(home: Path, *commands: str) -> subprocess.CompletedProcess[str]:
    """Run shell commands in a D-Bus session of their own whose keyrings lie in `home`."""
    (home / "run").mkdir(parents=True, exist_ok=True, mode=0o700)
    dropped = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "FACILITY_APP_DATA")
    environment = {name: value for name, value in os.environ.items() if name not in dropped}
    environment |= {
        "HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "XDG_DATA_HOME": str(home / "share"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "FACILITY_APP_LANGUAGE": "en",
    }
    return subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", "\n".join(commands)],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )


def test_a_store_is_made_with_its_key_in_the_keyring_and_opened_again(tmp_path: Path) -> None:
    made = session(
        tmp_path, f"{UNLOCKED} >/dev/null", f"{PROGRAM} init --sheet sheet.pdf --json </dev/null"
    )
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["store_id"]
    kept = b"".join(path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file())
    assert b"sealed_key" in kept
    opened = session(tmp_path, f"{UNLOCKED} >/dev/null", f"{PROGRAM} db check --json")
    assert opened.returncode == 0, opened.stderr
    assert json.loads(opened.stdout)["sound"]

    locked = session(tmp_path, f"{LOCKED} >/dev/null", f"{PROGRAM} db check")
    assert locked.returncode == 3
    assert "The keyring is locked" in locked.stderr

    shutil.rmtree(tmp_path / "share")
    lost = session(tmp_path, f"{UNLOCKED} >/dev/null", f"{PROGRAM} db check")
    assert lost.returncode == 3
    assert "does not have the key" in lost.stderr


def test_without_a_daemon_the_keyring_is_said_to_be_missing(tmp_path: Path) -> None:
    said = session(
        tmp_path,
        "unset DBUS_SESSION_BUS_ADDRESS",
        f"{PROGRAM} init --sheet sheet.pdf </dev/null",
    )
    assert said.returncode == 3
    assert "no keyring" in said.stderr
    assert not (tmp_path / "data" / "store.json").exists()
    assert not (tmp_path / "data" / "facility.db").exists()
