"""The command line with real files: what it answers, leaves behind, and ends with."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from facility_app.app import new_office, open_office
from facility_app.cli import main
from facility_app.config import DataFolder
from facility_app.db.engine import connect
from facility_app.domain.access import PROGRAM, Role
from facility_app.keystore import DerivedKeys, MemoryKeys
from facility_app.log import stop_log
from facility_app.recovery import root_of, split_words, words_of
from facility_app.secret import Secret
from facility_app.services.access import WrongPassword
from facility_app.services.grants import NewGrant, grant_role
from facility_app.services.staff import NewStaff, add_staff
from facility_app.services.store_setup import KeyPlace
from tests.services.store_world import CHEAP, CHEAP_PASSWORD

PASSPHRASE = "さくら かなもの えんぴつ いぬ"
PASSWORD = "wisteria over the gate"
ROOT = Path(__file__).parents[2]


class Cli:
    """One store under a passphrase, and commands on it."""

    def __init__(self, folder: Path, capsys, monkeypatch) -> None:
        self.data = DataFolder(folder)
        self._capsys, self._monkeypatch = capsys, monkeypatch
        place = KeyPlace(MemoryKeys(), Secret.from_text(PASSPHRASE), CHEAP)
        office, self.root = new_office(self.data, place, cost=CHEAP_PASSWORD)
        staff = office.do(
            PROGRAM, add_staff, NewStaff("1001", "見本 恵", password=PASSWORD), office.cost
        )
        office.do(PROGRAM, grant_role, NewGrant(staff, Role.MANAGER, date(2026, 1, 1)))
        office.close()

    def run(self, *words: str, stdin: str = "") -> tuple[int, str, str]:
        """Exit code, standard output, standard error."""
        lines = io.StringIO(f"{PASSPHRASE}\n{stdin}")
        self._monkeypatch.setattr(sys, "stdin", lines)
        self._capsys.readouterr()
        code = main([*words, "--data", str(self.data.path), "--passphrase-stdin"])
        out, err = self._capsys.readouterr()
        return code, out, err

    def json(self, *words: str, stdin: str = "", code: int = 0) -> dict:
        got, out, err = self.run(*words, "--json", stdin=stdin)
        assert got == code, err + out
        return json.loads(out)

    def actions(self) -> list[str]:
        """The actions in the log, in order."""
        keys = DerivedKeys(self.root)
        connection = connect(self.data.database, keys.database)
        rows = connection.execute("SELECT action FROM audit_entry ORDER BY seq").fetchall()
        connection.close()
        return [row[0] for row in rows]

    def change(self, statement: str) -> None:
        """Change the file directly, as somebody with the key could."""
        keys = DerivedKeys(self.root)
        connection = connect(self.data.database, keys.database)
        connection.execute(statement)
        connection.close()


@pytest.fixture
def cli(tmp_path: Path, capsys, monkeypatch) -> Iterator[Cli]:
    yield Cli(tmp_path / "data", capsys, monkeypatch)
    stop_log()


def test_a_log_that_cannot_be_written_keeps_no_command_from_its_work(cli: Cli) -> None:
    cli.data.log.touch()
    code, _, told = cli.run("db", "check")
    assert (code, told) == (0, "")


def test_check_and_verify_a_sound_store(cli: Cli) -> None:
    checked = cli.json("db", "check")
    assert checked["sound"] is True
    assert checked["entries"] > 3
    verified = cli.json("audit", "verify")
    assert verified["clean"] is True
    assert verified["entries"] == checked["entries"]
    assert verified["root"] == checked["root"]
    assert cli.json("db", "check")["entries"] == checked["entries"] + 1  # the verification itself
    code, out, _err = cli.run("audit", "verify")
    assert code == 0
    assert "書き換えはありません" in out


def test_a_changed_row_ends_with_6_and_is_named(cli: Cli) -> None:
    cli.change("DROP TRIGGER audit_entry_no_update")
    cli.change("UPDATE audit_entry SET canonical = replace(canonical, '1001', '1002')")
    verdict = cli.json("audit", "verify", code=6)
    assert not verdict["clean"]
    kinds = {each["kind"] for each in verdict["findings"]}
    assert {"entry-changed", "guard-missing"} <= kinds
    checked = cli.json("db", "check", code=6)
    assert checked["triggers"] == ["audit_entry_no_update"]
    code, out, _err = cli.run("audit", "verify")
    assert code == 6
    assert "号" in out


def test_a_flipped_page_ends_with_6(cli: Cli) -> None:
    # a page that opening the store does not need: only `db check` comes by it
    with closing(connect(cli.data.database, DerivedKeys(cli.root.copy()).database)) as database:
        table = "SELECT rootpage FROM sqlite_master WHERE name = 'hand_back'"
        (page,) = database.execute(table).fetchone()
        (size,) = database.execute("PRAGMA page_size").fetchone()
    content = bytearray(cli.data.database.read_bytes())
    content[(page - 1) * int(size) + 300] ^= 1
    cli.data.database.write_bytes(content)
    checked = cli.json("db", "check", code=6)
    assert checked["pages"] or checked["structure"]


def test_a_printed_checkpoint_is_verified_and_a_foreign_one_refused(
    cli: Cli, tmp_path: Path
) -> None:
    made = cli.json("audit", "checkpoint")
    paper = tmp_path / "paper.txt"
    paper.write_text(made["text"], "utf-8")
    assert cli.json("audit", "verify", "--checkpoint", str(paper))["clean"]
    paper.write_text("not a checkpoint", "utf-8")
    error = cli.json("audit", "verify", "--checkpoint", str(paper), code=3)
    assert error["error"]["key"] == "audit.checkpoint_malformed"
    assert cli.run("audit", "verify", "--checkpoint", str(tmp_path / "none"))[0] == 3


def test_backup_create_verify_restore(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "stick" / "today.backup"
    made = cli.json("backup", "create", "--out", str(file))
    assert made["files"] == [str(file)]
    assert cli.json("backup", "verify", str(file))["root"] == made["root"]
    restored = cli.json("backup", "restore", str(file))
    assert restored["entries"] == made["entries"]
    assert Path(restored["aside"]).is_file()
    assert cli.json("audit", "verify")["clean"]
    file.write_bytes(file.read_bytes()[:-4096])
    code, out, err = cli.run("backup", "restore", str(file))
    assert (code, out) == (6, "")
    assert "台帳は書き換えていません" in err


def test_a_restore_is_refused_while_the_window_is_open(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "b"
    cli.json("backup", "create", "--out", str(file))
    office = open_office(cli.data, MemoryKeys(), Secret.from_text(PASSPHRASE))
    try:
        assert cli.json("backup", "restore", str(file), code=3)["error"]["key"] == (
            "store.already_running"
        )
        assert cli.json("db", "check")["sound"], "a check may look beside the window"
    finally:
        office.close()


def test_migrate_says_which_format_the_store_has(cli: Cli) -> None:
    from facility_app.db.migrate import HEAD

    assert cli.json("db", "migrate") == {"revision": HEAD}


LIST = "氏名,フリガナ,生年月日,居室\n見本 一郎,ミホン イチロウ,昭和20年3月5日,101\n"


def test_import_asks_who_is_there_and_takes_the_list_once(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(LIST, "utf-8-sig")
    refused = cli.json("residents", "import", str(file), code=3)
    assert refused["error"]["key"] == "cli.staff_needed"
    who = ["--staff", "1001", "--password-stdin"]
    wrong = cli.json("residents", "import", str(file), *who, stdin="nonsense password\n", code=3)
    assert wrong["error"]["key"] == "access.wrong_password"
    cli.change("UPDATE staff SET failures = 0, next_try_at = NULL")
    dry = cli.json("residents", "import", str(file), "--dry-run", *who, stdin=f"{PASSWORD}\n")
    assert (dry["residents"]["new"], dry["entry"]) == (1, 0)
    done = cli.json("residents", "import", str(file), *who, stdin=f"{PASSWORD}\n")
    assert done["residents"]["new"] == 1
    assert done["entry"] > 0
    again = cli.json("residents", "import", str(file), *who, stdin=f"{PASSWORD}\n")
    assert again["residents"] == {"new": 0, "changed": 0, "unchanged": 1}
    assert cli.actions().count("unlock.done") == cli.actions().count("lock.done") == 3
    assert cli.json("audit", "verify")["clean"]


def test_import_with_errors_names_the_rows_and_ends_with_3(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(LIST + "見本 二郎,ミホン ジロウ,昭和64年1月8日,102\n", "utf-8")
    who = ["--staff", "1001", "--password-stdin"]
    code, out, _err = cli.run("residents", "import", str(file), *who, stdin=f"{PASSWORD}\n")
    assert code == 3
    assert "3行目" in out
    assert "何も取り込んでいません" in out


@pytest.mark.parametrize(
    "words", [["db", "chek"], ["backup", "verify"], ["--nonsense"], ["residents", "import"]]
)
def test_wrong_usage_ends_with_2(cli: Cli, words: list[str]) -> None:
    code, out, err = cli.run(*words)
    assert (code, out) == (2, "")
    assert err


def test_no_store_ends_with_3_and_makes_nothing(tmp_path: Path, capsys) -> None:
    assert main(["db", "check", "--data", str(tmp_path / "none")]) == 3
    assert not (tmp_path / "none").exists()
    assert "台帳がありません" in capsys.readouterr().err


def test_a_wrong_passphrase_ends_with_3_and_is_not_repeated(cli: Cli, monkeypatch, capsys) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("canary passphrase 4711\n"))
    code = main(["db", "check", "--data", str(cli.data.path), "--passphrase-stdin"])
    out, err = capsys.readouterr()
    assert code == 3
    assert "canary" not in out + err
    logs = (
        [path.read_text("utf-8") for path in cli.data.log.glob("*")]
        if cli.data.log.exists()
        else []
    )
    assert not any("canary" in each or PASSPHRASE in each for each in logs)


def test_a_bug_ends_with_1_and_an_incident_number(cli: Cli, monkeypatch) -> None:
    from facility_app.cli import store

    def broken(_desk: object) -> bool:
        raise RuntimeError("佐藤さん")

    monkeypatch.setattr(store, "_checked", broken)
    code, out, err = cli.run("db", "check")
    assert (code, out) == (1, "")
    assert "受付番号" in err
    assert "佐藤" not in err


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_command_has_help(language: str, monkeypatch, capsys) -> None:
    monkeypatch.setenv("FACILITY_APP_LANGUAGE", language)
    for words in (
        [],
        ["db"],
        ["backup"],
        ["audit"],
        ["residents"],
        ["init"],
        ["residents", "import"],
    ):
        assert main([*words, "--help"]) == 0
        assert "--help" in capsys.readouterr().out


def test_init_in_a_process_of_its_own_leaves_a_store_and_a_readable_sheet(tmp_path: Path) -> None:
    """The real cost, a real process: 256 MiB of Argon2id, once to make and once to open."""
    sheet, data = tmp_path / "sheet.pdf", tmp_path / "data"
    command = [sys.executable, "-m", "facility_app", "--passphrase-stdin", "--data", str(data)]
    init = [*command, "init", "--passphrase", "--facility", "見本苑", "--sheet", str(sheet)]
    given: dict[str, Any] = {
        "input": f"{PASSPHRASE}\n",
        "capture_output": True,
        "text": True,
        "cwd": ROOT,
    }
    made = subprocess.run([*init, "--json"], **given, env={**os.environ}, check=False)
    assert made.returncode == 0, made.stderr
    store_id = json.loads(made.stdout)["store_id"]
    page = pypdfium2.PdfDocument(sheet.read_bytes())[0].get_textpage().get_text_bounded()
    assert store_id[:8] in page
    grid = page.split("保管してください。")[1].split("使い方")[0]
    with root_of(_by_number(grid)) as root:
        assert DerivedKeys(root).store_id == store_id
    again = subprocess.run(init, **given, env={**os.environ}, check=False)
    assert again.returncode == 3
    checked = subprocess.run([*command, "db", "check"], **given, check=False)
    assert checked.returncode == 0, checked.stderr
    if os.name != "nt":
        files = [sheet, *(path for path in data.rglob("*") if path.is_file())]
        assert {path.stat().st_mode & 0o077 for path in files} == {0}


def _by_number(grid: str) -> list[str]:
    """The words of the sheet in the order of their numbers, wherever the PDF keeps them."""
    pieces = grid.split()
    numbered = dict(zip(map(int, pieces[::2]), pieces[1::2], strict=True))
    return list(split_words(" ".join(numbered[n] for n in sorted(numbered))))


def test_the_engine_is_not_left_open(cli: Cli) -> None:
    cli.json("db", "check")
    assert not cli.data.database.with_name("facility.db-wal").exists()


NEW_PASSWORD = "heron beside nine ponds"


def test_a_manager_who_forgot_the_password_comes_back_by_the_sheet(cli: Cli) -> None:
    sheet = " ".join(words_of(cli.root))
    answer = cli.json(
        "staff",
        "password",
        "--staff",
        "1001",
        "--password-stdin",
        stdin=f"{sheet}\n{NEW_PASSWORD}\n",
    )
    assert answer == {"staff": "1001"}
    assert cli.actions()[-1] == "password.set"
    office = open_office(cli.data, MemoryKeys(), Secret.from_text(PASSPHRASE))
    with pytest.raises(WrongPassword):
        office.unlock("1001", PASSWORD)
    assert office.unlock("1001", NEW_PASSWORD).name == "見本 恵"
    office.close()


def test_the_sheet_of_another_store_and_a_strange_number_change_nothing(cli: Cli) -> None:
    other = " ".join(words_of(Secret(bytearray(range(32)))))
    own = " ".join(words_of(cli.root))
    before = cli.actions()
    for sheet, number in ((other, "1001"), ("あい うえ", "1001"), (own, "9999")):
        code, _out, err = cli.run(
            "staff",
            "password",
            "--staff",
            number,
            "--password-stdin",
            stdin=f"{sheet}\n{NEW_PASSWORD}\n",
        )
        assert code == 3, err
        assert sheet not in err
    assert cli.actions() == before
