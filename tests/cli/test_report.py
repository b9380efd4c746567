"""``report``: papers on the command line, with real files, for people and for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest

from facility_app.domain.clock import local_date, utc_now
from facility_app.domain.dates import add_months
from facility_app.log import stop_log
from tests.cli.test_cli import PASSWORD, Cli

MONTH = f"{local_date(utc_now()):%Y-%m}"
WHO = ("--staff", "1001", "--password-stdin")
TYPED = f"{PASSWORD}\n"
PAPERS = {
    "monthly": ("--month", MONTH),
    "ledger": ("--from", "2026-01-01"),
    "visits": ("--from", "2026-01-01"),
    "now": (),
    "rights": (),
    "expiry": (),
}


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch) -> Iterator[Cli]:
    yield Cli(tmp_path / "data", capsys, monkeypatch)
    stop_log()


def text_of(file: Path, password: str | None = None) -> str:
    document = pypdfium2.PdfDocument(file, password=password)
    return "".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_is_written_and_recorded(cli: Cli, tmp_path: Path, paper: str) -> None:
    file = tmp_path / "paper.pdf"
    facts = cli.json("report", paper, *PAPERS[paper], "--out", str(file), *WHO, stdin=TYPED)
    assert len(pypdfium2.PdfDocument(file)) == facts["pages"]
    assert len(facts["checkpoint"]["words"]) == 6
    assert facts["previous"] is None
    assert cli.actions().count("report.made") == 2
    assert cli.actions()[-1] == "lock.done"
    again = cli.json(
        "report", paper, *PAPERS[paper], "--out", str(tmp_path / "b.pdf"), *WHO, stdin=TYPED
    )
    assert again["previous"] == facts["checkpoint"]


def test_the_ending_chooses_the_form(cli: Cli, tmp_path: Path) -> None:
    for ending in ("csv", "json"):
        file = tmp_path / f"a.{ending}"
        code, out, err = cli.run("report", "rights", "--out", str(file), *WHO, stdin=TYPED)
        assert (code, err) == (0, "")
        assert str(file) in out
    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"))))
    assert rows[0][0] == "権限の確認表"
    assert json.loads((tmp_path / "a.json").read_text())["paper"] == "rights"


def test_a_password_is_made_shown_once_and_opens_the_file(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    facts = cli.json("report", "now", "--protect", "--out", str(file), *WHO, stdin=TYPED)
    assert "いまの所在一覧" in text_of(file, facts["password"])
    with pytest.raises(pypdfium2.PdfiumError):
        text_of(file)
    assert facts["password"] not in "".join(cli.actions())


def test_a_password_of_ones_own_is_read_and_not_shown(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    words = ("report", "now", "--own-password", *WHO, "--out")
    code, out, err = cli.run(*words, str(file), stdin=f"{TYPED}long enough 12\n")
    assert (code, err) == (0, "")
    assert "long enough" not in out
    assert "いまの所在一覧" in text_of(file, "long enough 12")
    code, _out, err = cli.run(*words, str(tmp_path / "b.pdf"), stdin=f"{TYPED}short\n")
    assert code == 3
    assert "12文字以上" in err
    assert not (tmp_path / "b.pdf").exists()


def test_a_month_to_come_is_refused_in_a_sentence(cli: Cli, tmp_path: Path) -> None:
    later = add_months(local_date(utc_now()).replace(day=1), 1)
    words = ("report", "monthly", "--month", f"{later:%Y-%m}", "--out", str(tmp_path / "a.pdf"))
    code, _out, err = cli.run(*words, *WHO, stdin=TYPED)
    assert code == 3
    assert "まだ来ていません" in err
    assert not (tmp_path / "a.pdf").exists()


def test_an_empty_month_is_a_report_that_says_so(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    words = ("report", "monthly", "--month", "2026-01", "--out", str(file))
    assert cli.run(*words, *WHO, stdin=TYPED)[0] == 0
    assert "この期間にありません" in text_of(file)


def test_more_than_ten_years_are_refused_and_ten_are_not(cli: Cli, tmp_path: Path) -> None:
    today = local_date(utc_now())
    far = ("report", "ledger", "--from", "1926-01-01", "--out", str(tmp_path / "a.pdf"))
    code, _out, err = cli.run(*far, *WHO, stdin=TYPED)
    assert code == 3
    assert "10年" in err
    begin = add_months(today, -120) + timedelta(days=1)
    ten = ("report", "ledger", "--from", begin.isoformat(), "--out", str(tmp_path / "a.pdf"))
    assert cli.run(*ten, *WHO, stdin=TYPED)[0] == 0


def test_a_file_that_is_there_stays_as_it_is(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_text("mine")
    code, _out, err = cli.run("report", "now", "--out", str(file), *WHO, stdin=TYPED)
    assert code == 3
    assert "もうあります" in err
    assert file.read_text() == "mine"
    assert "report.made" not in cli.actions()


def test_nobody_known_has_a_statement_and_nobody_named_is_refused(cli: Cli, tmp_path: Path) -> None:
    words = ("report", "statement", "--resident", "7", "--out", str(tmp_path / "a.pdf"))
    code, _out, err = cli.run(*words, *WHO, stdin=TYPED)
    assert code == 3
    assert "7番の利用者" in err
    assert cli.run(*words)[0] == 3
    assert "report.made" not in cli.actions()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("monthly", "--month", "2026-13", "--out", "a.pdf"), "2026-13"),
        (("monthly", "--month", "November", "--out", "a.pdf"), "November"),
        (("monthly", "--month", MONTH, "--out", "a.docx"), ".pdf"),
        (("now", "--out", "a"), ".pdf"),
        (("rights", "--protect", "--out", "a.csv"), "PDF"),
        (("ledger", "--from", "2026-02-02", "--to", "2026-02-01", "--out", "a.pdf"), "前です"),
        (("ledger", "--out", "a.pdf"), "--from"),
        (("monthly", "--out", "a.pdf"), "--month"),
    ],
)
def test_wrong_usage_is_said_and_nothing_is_written(
    cli: Cli, tmp_path: Path, monkeypatch, words: tuple[str, ...], expected: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _out, err = cli.run("report", *words, *WHO, stdin=TYPED)
    assert code == 2
    assert expected in err
    assert [each.name for each in tmp_path.iterdir()] == ["data"]


@pytest.mark.parametrize("month", ["2026-01", "2026/1", "R8.1"])
def test_a_month_may_be_written_in_several_ways(cli: Cli, tmp_path: Path, month: str) -> None:
    file = tmp_path / "a.pdf"
    words = ("report", "monthly", "--month", month, "--out", str(file))
    assert cli.run(*words, *WHO, stdin=TYPED)[0] == 0
    assert "令和8年1月" in text_of(file)


def test_a_wrong_password_of_staff_makes_nothing(cli: Cli, tmp_path: Path) -> None:
    words = ("report", "now", "--out", str(tmp_path / "a.pdf"), *WHO)
    assert cli.run(*words, stdin="wrong\n")[0] == 3
    assert "report.made" not in cli.actions()
