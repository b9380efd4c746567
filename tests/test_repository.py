"""What must be true of the repository itself: pins, licences, and nothing of one machine in it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import PySide6
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QLabel

ROOT = Path(__file__).parent.parent
PINS = sorted((ROOT / "requirements").glob("*.txt"))
# Written so that this file does not contain what it looks for.
REGISTRY_OR_MACHINE = re.compile(
    rb"py[p]i\.(org|python)|pythonhos[t]ed|registry\.np[m]|npm[j]s\.(com|org)|deb\.debian[.]org"
    rb"|/(wor[k]|roo[t]|opt/py[p]i)/|/User[s]/[a-z]|C:\\\\User[s]|--(extra-)?index-ur[l]|find-link[s]"
)
EMPTY_INDEX_FLAG = re.compile(rb"--no-emit-index-ur[l]")


def _committed() -> list[Path]:
    """Every file under version control that is there now."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    names = [name for name in listed.stdout.decode().split("\0") if name]
    return [path for name in names if (path := ROOT / name).is_file()]


def _pinned(file: Path) -> dict[str, Version]:
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", file.read_text(), re.MULTILINE)
    return {canonicalize_name(name): Version(version) for name, version in found}


def _project() -> dict[str, list[str]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_nothing_of_one_machine_or_registry_is_committed():
    wrong = [
        f"{path.relative_to(ROOT)}: {found.group().decode()}"
        for path in _committed()
        if (found := REGISTRY_OR_MACHINE.search(EMPTY_INDEX_FLAG.sub(b"", path.read_bytes())))
    ]
    assert wrong == []


@pytest.mark.parametrize("file", PINS, ids=lambda file: file.name)
def test_every_requirement_is_pinned_and_has_hashes(file):
    blocks = re.split(r"\n(?=\S)", file.read_text().replace("\\\n", " ").strip())
    assert blocks
    for block in blocks:
        assert re.match(r"^[A-Za-z0-9._-]+==\S+", block), block
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", block), block


def test_pins_are_what_the_project_asks_for_and_the_same_in_every_file():
    run = _pinned(ROOT / "requirements" / "run.txt")
    for wanted in map(Requirement, _project()["dependencies"]):
        assert wanted.specifier.contains(run[canonicalize_name(wanted.name)]), wanted
    for name in ("dev.txt", "postgres.txt"):
        other = _pinned(ROOT / "requirements" / name)
        assert run.items() <= other.items(), name


def test_no_pyside_that_loses_references_to_none_may_be_installed():
    """6.12.0 on Python 3.11 ends in "deallocating None"; see pyproject.toml."""
    asked = {Requirement(line).name: Requirement(line) for line in _project()["dependencies"]}
    assert not asked["PySide6"].specifier.contains("6.12.0")
    assert asked["PySide6"].specifier.contains(PySide6.__version__)


def test_qt_calls_that_return_nothing_keep_their_reference_to_none(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    painter = QPainter(canvas := QPixmap(8, 8))
    before = sys.getrefcount(None)
    for number in range(500):
        label.setText(str(number))
        painter.setOpacity(1.0)
    lost = before - sys.getrefcount(None)
    painter.end()
    assert not canvas.isNull()
    # One reference per call would be 1 000; a few come and go with the interpreter's own work.
    assert abs(lost) < 50


@pytest.mark.parametrize("folder", ["fonts", "icons"])
def test_what_others_made_has_its_licence_beside_it(folder):
    licences = list((ROOT / "resources" / folder).glob("LICENSE*"))
    assert licences
    assert all(len(file.read_text()) > 1000 for file in licences)


def test_the_fonts_cover_regular_and_bold():
    names = {file.name for file in (ROOT / "resources" / "fonts").glob("*.ttf")}
    assert names == {"BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf"}


def test_links_between_our_documents_lead_somewhere():
    wrong = []
    for page in (path for path in _committed() if path.suffix == ".md"):
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if "://" not in target and not (page.parent / target).exists():
                wrong.append(f"{page.relative_to(ROOT)}: {target}")
    assert wrong == []
