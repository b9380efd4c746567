"""PDF to paper and to a file."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from facility_app.errors import Cancelled
from facility_app.secret import Secret
from facility_app.ui.lanes import Progress
from facility_app.ui.pdf_pages import PdfPages, PdfUnreadable, close_all
from facility_app.ui.printing import (
    NoPrinter,
    PlaceFull,
    PlaceUnusable,
    PrintFailed,
    draw_pdf,
    elsewhere,
    print_pdf,
    save_pdf,
    write_file,
)
from tests.ui.report_doubles import Answers, paper_pdf


def printer_into(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_all_pages_are_drawn_or_those_that_were_asked_for(qapp, tmp_path):
    pages = PdfPages(paper_pdf(4))
    assert draw_pdf(pages, printer_into(tmp_path / "all.pdf")) == 4
    some = printer_into(tmp_path / "some.pdf")
    some.setFromTo(2, 3)
    assert draw_pdf(pages, some) == 2
    printed = PdfPages((tmp_path / "some.pdf").read_bytes())
    assert len(printed.sizes()) == 2
    pages.close()
    printed.close()


def test_who_stops_has_told_the_printer_so(qapp, tmp_path):
    pages = PdfPages(paper_pdf(4))
    told: list[float] = []

    def tell(part: float, _what: str) -> None:
        told.append(part)
        progress.stop()

    progress = Progress(tell)
    with pytest.raises(Cancelled):
        draw_pdf(pages, printer_into(tmp_path / "out.pdf"), progress)
    assert told == [0.0]
    pages.close()


def test_a_printer_that_cannot_begin_is_told(qapp, tmp_path):
    pages = PdfPages(paper_pdf(1))
    with pytest.raises(PrintFailed):
        draw_pdf(pages, printer_into(tmp_path / "gone" / "out.pdf"))
    pages.close()


def test_what_is_no_pdf_is_refused():
    with pytest.raises(PdfUnreadable):
        PdfPages(b"%PDF-1.7 but nothing else").sizes()
    with Secret.from_text("wrong") as word, pytest.raises(PdfUnreadable):
        PdfPages(b"", word).sizes()


def test_the_words_of_a_page_can_be_read_out():
    pages = PdfPages(paper_pdf(2))
    assert "預かり品 管理報告 2" in pages.text(1)
    close_all()


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    assert write_file(tmp_path / "a.pdf", b"whole").read_bytes() == b"whole"
    with pytest.raises(PlaceUnusable):
        write_file(tmp_path / "gone" / "a.pdf", b"whole")

    def full(place: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "")

    with pytest.raises(PlaceFull):
        write_file(tmp_path / "b.pdf", b"whole", full)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf"]


def test_a_sheet_is_printed_or_saved_while_the_window_waits(qtbot: QtBot, tmp_path: Path):
    parent, answers = QWidget(), Answers(tmp_path)
    qtbot.addWidget(parent)
    assert print_pdf(parent, paper_pdf(1), "title", answers)
    assert answers.printed.read_bytes().startswith(b"%PDF")
    assert save_pdf(parent, b"%PDF", "title", "sheet.pdf", answers) == tmp_path / "sheet.pdf"
    answers.change_mind = True
    assert not print_pdf(parent, paper_pdf(1), "title", answers)
    assert save_pdf(parent, b"%PDF", "title", "other.pdf", answers) is None
    answers.names = []
    with pytest.raises(NoPrinter):
        print_pdf(parent, paper_pdf(1), "title", answers)


def test_what_fails_elsewhere_fails_here(qapp):
    with pytest.raises(ZeroDivisionError):
        elsewhere(lambda: 1 // 0)
    assert elsewhere(lambda: 7) == 7
