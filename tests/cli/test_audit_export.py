"""``audit export``, ``audit proof`` and the six words, with real files and the other program."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from facility_app.app import new_office, open_office
from facility_app.audit.work import Tx
from facility_app.cli import main
from facility_app.config import DataFolder
from facility_app.domain.access import PROGRAM, Permission
from facility_app.keystore import MemoryKeys
from facility_app.log import stop_log
from facility_app.secret import Secret
from facility_app.services.settings import Settings, keep_settings
from facility_app.services.store_setup import KeyPlace
from tests.services.store_world import CHEAP, CHEAP_PASSWORD

PASSPHRASE = "さくら かなもの えんぴつ いぬ"


class Cli:
    """One store under a passphrase, and commands on it."""

    def __init__(self, folder: Path, capsys: Any, monkeypatch: Any) -> None:
        self.data = DataFolder(folder)
        self._capsys, self._monkeypatch = capsys, monkeypatch
        place = KeyPlace(MemoryKeys(), Secret.from_text(PASSPHRASE), CHEAP)
        office, root = new_office(self.data, place, cost=CHEAP_PASSWORD)
        root.wipe()
        office.close()

    def run(self, *words: object) -> tuple[int, str, str]:
        """Exit code, standard output, standard error."""
        self._monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSPHRASE}\n"))
        self._capsys.readouterr()
        given = [str(word) for word in words]
        code = main([*given, "--data", str(self.data.path), "--passphrase-stdin"])
        out, err = self._capsys.readouterr()
        return code, out, err

    def json(self, *words: object, code: int = 0) -> dict[str, Any]:
        got, out, err = self.run(*words, "--json")
        assert got == code, err + out
        answer: dict[str, Any] = json.loads(out)
        return answer

    def keep_outside(self, folder: Path) -> None:
        """Let checkpoints go to a folder as well."""

        def keep(tx: Tx) -> None:
            tx.require(Permission.SET_UP)
            keep_settings(tx, replace(Settings(), checkpoint_folders=(str(folder),)))
            tx.record("settings.changed", "settings")

        office = open_office(self.data, MemoryKeys(), Secret.from_text(PASSPHRASE))
        office.do(PROGRAM, keep)
        office.close()


@pytest.fixture
def cli(tmp_path: Path, capsys: Any, monkeypatch: Any) -> Iterator[Cli]:
    yield Cli(tmp_path / "data", capsys, monkeypatch)
    stop_log()


def verify(*words: object) -> tuple[int, str]:
    """The verifier that lies in the export, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-I", *map(str, words)], capture_output=True, encoding="utf-8", check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_an_export_and_a_slip_are_verified_by_the_program_that_comes_with_them(
    cli: Cli, tmp_path: Path
) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text(cli.json("audit", "checkpoint")["text"], "utf-8")
    out, slip = tmp_path / "out", tmp_path / "3.tlog-proof"
    done = cli.json("audit", "export", "--out", out)
    assert done["vkey"] == (out / "vkey").read_text("utf-8").strip()
    verifier = out / "verify_log.py"
    code, told = verify(verifier, out, "--vkey", done["vkey"], "--checkpoint", paper)
    assert (code, f"{done['entries']} entries" in told) == (0, True)
    proved = cli.json("audit", "proof", "3", "--out", slip)
    assert (proved["entry"], proved["vkey"]) == (3, done["vkey"])
    assert verify(verifier, "--slip", slip, "--vkey", done["vkey"])[0] == 0
    assert cli.json("audit", "verify")["clean"]


def test_people_are_told_where_it_is_and_which_key_goes_with_it(cli: Cli, tmp_path: Path) -> None:
    code, told, _ = cli.run("audit", "export", "--out", tmp_path / "out")
    assert code == 0
    assert str(tmp_path / "out") in told
    assert (tmp_path / "out" / "vkey").read_text("utf-8").strip() in told
    code, told, _ = cli.run("audit", "proof", "2", "--out", tmp_path / "slip")
    assert (code, str(tmp_path / "slip") in told) == (0, True)


def test_a_checkpoint_comes_with_its_six_words(cli: Cli) -> None:
    made = cli.json("audit", "checkpoint")
    assert len(made["words"]) == 6
    _, told, _ = cli.run("audit", "checkpoint")
    assert told.startswith("facility-app/")
    assert "電話で読む言葉" in told


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (["export", "--out", "{data}/out"], "audit.export_place_inside"),
        (["export", "--out", "{tmp}"], "audit.export_place_taken"),
        (["export", "--out", "{tmp}/a/b"], "audit.export_place_unusable"),
        (["proof", "999", "--out", "{tmp}/slip"], "audit.entry_not_found"),
        (["proof", "2", "--out", "{data}/facility.db"], "audit.export_place_inside"),
        (["proof", "2", "--out", "{tmp}/a/slip"], "audit.export_place_unusable"),
    ],
)
def test_what_cannot_be_done_is_refused_and_leaves_nothing(
    cli: Cli, tmp_path: Path, words: list[str], key: str
) -> None:
    given = [word.format(data=cli.data.path, tmp=tmp_path) for word in words]
    refused = cli.json("audit", *given, code=3)["error"]
    assert refused["key"] == key
    assert all(refused.values())
    assert [each.name for each in tmp_path.iterdir()] == ["data"]
    assert cli.json("audit", "verify")["clean"]


@pytest.mark.parametrize("words", [["export"], ["proof", "2"], ["proof", "x", "--out", "f"]])
def test_wrong_usage_ends_with_2(cli: Cli, words: list[str]) -> None:
    assert cli.run("audit", *words)[0] == 2


def test_a_changed_log_is_not_exported(cli: Cli, tmp_path: Path) -> None:
    office = open_office(cli.data, MemoryKeys(), Secret.from_text(PASSPHRASE))
    with office.work.engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_entry_no_update")
        connection.exec_driver_sql(
            "UPDATE audit_entry SET canonical = replace(canonical, '\"v\":1', '\"v\": 1')"
        )
    office.close()
    error = cli.json("audit", "export", "--out", tmp_path / "out", code=6)
    assert error["error"]["key"] == "audit.rows_contradict_head"
    assert not (tmp_path / "out").exists()


def test_checkpoints_go_outside_and_one_that_contradicts_ends_with_6(
    cli: Cli, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    cli.keep_outside(stick)
    _, told, _ = cli.run("audit", "checkpoint")
    assert "照合値の置き場所が見つかりません" in told
    stick.mkdir()
    _, told, _ = cli.run("audit", "checkpoint")
    assert "照合値を外にも置きました" in told
    newest = sorted(stick.rglob("*.txt"))[-1]
    size, root = newest.stem.split("-")
    ahead = newest.with_name(f"{int(size) + 900:012d}-{root}.txt")
    office = open_office(cli.data, MemoryKeys(), Secret.from_text(PASSPHRASE))
    assert office.work.signer is not None
    ahead.write_text(office.work.signer.sign(int(size) + 900, bytes.fromhex(root)), "utf-8")
    office.close()
    error = cli.json("audit", "checkpoint", code=6)["error"]
    assert error["key"] == "audit.checkpoint_contradicted"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_help_says_what_is_in_an_export(
    language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACILITY_APP_LANGUAGE", language)
    assert main(["audit", "export", "--help"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert ("利用者" if language == "ja" else "no resident is named") in told
