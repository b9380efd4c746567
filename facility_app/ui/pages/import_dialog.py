"""Import of a list: choose a file, look at the columns, look at what would happen, take it in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import QFileDialog, QWidget

from facility_app.errors import Cancelled
from facility_app.services.imports import Table as ImportTable
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.lanes import Progress
from facility_app.ui.layouts import Column, Grid, Row, Sized
from facility_app.ui.pages.resident_items import Ruled
from facility_app.ui.pages.text_rows import TextRows
from facility_app.ui.viewmodels.imports import (
    ImportKind,
    ImportModel,
    Shown,
    error_rows,
)
from facility_app.ui.widgets.button import ActionButton
from facility_app.ui.widgets.card import Card, Notice
from facility_app.ui.widgets.fields import ComboField, LabeledField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.steps import StepHeader
from facility_app.ui.widgets.table import Table
from facility_app.ui.widgets.text import Text

SHOWN_ROWS = 200
SHOWN_ERRORS = 50


class ImportDialog(ActDialog):
    """`imported` carries what the import gave; the dialog is gone by then.

    `kind` says what the list is about.
    """

    imported = Signal(object)

    def __init__(self, ctx: UiContext, kind: ImportKind | None = None) -> None:
        words = ctx.words
        self.kind = kind or ImportKind()
        super().__init__(ctx, title=words(self.kind.title), icon="upload_file")
        self.model: ImportModel | None = None
        self.shown: Shown | None = None
        self.combos: dict[int, ComboField] = {}
        self._asked = 0
        row = Row(ctx.theme, spacing=16)
        self.file_name = Text(ctx.theme, words(self.kind.what))
        row.addWidget(self.file_name, 1)
        self.choose = ActionButton(ctx.theme, words("import-choose"), icon="folder_open")
        self.choose.clicked.connect(self._choose)
        row.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self._parts = QWidget()
        self._box = Column(ctx.theme, self._parts, spacing=12)
        self.body.addWidget(self._parts)
        self._columns: QWidget | None = None
        self._outcome: QWidget | None = None
        self.table: Table | None = None
        self.notice: Notice | None = None
        main = self.set_main(self.kind.main_text(words, None), "download")
        main.setEnabled(False)
        self.add_note("lock", words("import-note-all"))
        self.add_note("autorenew", words("import-note-again"))

    def _choose(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, self.words("import-choose"), "", self.words("import-files")
        )
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read a file on the lane and show its columns."""
        self.problem.hide()
        self._forget()
        self.ctx.lane.run(
            lambda: self.kind.read(path),
            done=self._read,
            failed=self._failed,
            what=self.words("import-busy-read"),
        )

    def _forget(self) -> None:
        self.model = self.shown = None
        for part in (self._columns, self._outcome):
            if part is not None:
                self._box.removeWidget(part)
                part.hide()
                part.deleteLater()
        self._columns = self._outcome = self.table = self.notice = None
        self.combos.clear()
        if self.main is not None:
            self.main.setEnabled(False)

    def _read(self, table: ImportTable) -> None:
        self.model = ImportModel.of(table, self.kind)
        count = f"{len(table.rows):,}"
        self.file_name.set(self.words("import-file", name=table.name, count=count))
        self.choose.set_text(self.words("import-other"))
        self._columns = self._build_columns(self.model)
        self._box.addWidget(self._columns)
        self._preview()

    def _build_columns(self, model: ImportModel) -> QWidget:
        theme, words = self.theme, self.words
        part = QWidget()
        box = Column(theme, part, spacing=8)
        box.addWidget(StepHeader(theme, "1", words("import-step-columns")))
        grid = Grid(theme, spacing=12)
        choices = [
            (None, words("import-skip")),
            *((each, words.term(each)) for each in self.kind.targets),
        ]
        wide = 1 if theme.compact else 3
        for number, column in enumerate(model.columns()):
            combo = ComboField(theme)
            combo.set_choices(choices)
            combo.choose(column.target)
            combo.currentIndexChanged.connect(lambda _at, index=column.index: self._assign(index))
            self.combos[column.index] = combo
            labeled = LabeledField(
                theme, column.header or words("import-no-header"), combo, note=column.sample or " "
            )
            grid.addWidget(labeled, number // wide, number % wide)
        box.addLayout(grid)
        return part

    def _assign(self, index: int) -> None:
        model = self.model
        if model is None:
            return
        model.assign(index, self.combos[index].value())
        for column in model.columns():
            combo = self.combos[column.index]
            combo.blockSignals(True)
            combo.choose(column.target)
            combo.blockSignals(False)
        self._preview()

    def _preview(self) -> None:
        if self.model is None:
            return
        self._asked += 1
        number = self._asked
        if self.main is not None:
            self.main.setEnabled(False)
        self.ctx.ask(
            self.kind.preview,
            self.model.table,
            dict(self.model.mapping),
            done=lambda shown: self._show(number, shown),
            failed=self._failed,
            what=self.words("import-busy-preview"),
        )

    def _show(self, number: int, shown: Shown) -> None:
        if number != self._asked:
            return
        self.problem.hide()
        self.shown = shown
        if self._outcome is not None:
            self._box.removeWidget(self._outcome)
            self._outcome.hide()
            self._outcome.deleteLater()
        self._outcome = self._build_outcome(shown)
        self._box.addWidget(self._outcome)
        if self.main is not None:
            self.main.setEnabled(not shown.error_count and self.kind.changes(shown))
            self.main.set_text(self.kind.main_text(self.words, shown))
            if self.main.isEnabled():
                self.main.setFocus()
        if shown.error_count:
            QTimer.singleShot(0, self, self._look_at_outcome)

    def _look_at_outcome(self) -> None:
        if self._outcome is not None:
            self.show_part(self._outcome)

    def _build_outcome(self, shown: Shown) -> QWidget:
        theme, words = self.theme, self.words
        part = QWidget()
        box = Column(theme, part, spacing=8)
        box.addWidget(StepHeader(theme, "2", words("import-step-check")))
        level, sentence, counts = self.kind.verdict(words, shown)
        self.notice = Notice(theme, Level(level), sentence, counts)
        box.addWidget(self.notice)
        if shown.error_count:
            box.addWidget(self._errors(shown))
        else:
            box.addWidget(self._rows(shown))
        return part

    def _errors(self, shown: Shown) -> Card:
        """The first errors, each with what to do, whole."""
        theme, words = self.theme, self.words
        card = Card(theme, padding=0, spacing=0)
        for number, (place, what) in enumerate(error_rows(words, shown.errors[:SHOWN_ERRORS])):
            line = Ruled(theme)
            line.ruled = number > 0
            row = Row(theme, line, margins=(16, 8, 16, 8), spacing=16)
            where = Text(theme, place, bold=True)
            Sized(theme, where, width=216)
            row.addWidget(where, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Text(theme, what), 1)
            card.body.addWidget(line)
        more = shown.error_count - SHOWN_ERRORS
        if more > 0:
            card.body.addWidget(Text(theme, words("widgets-more", count=str(more)), tone="text2"))
        return card

    def _rows(self, shown: Shown) -> Table:
        theme, words = self.theme, self.words
        rows = self.kind.rows(words, shown)[:SHOWN_ROWS]
        self.table = Table(theme, words("import-step-check"))
        heads = [words(f"import-head-{name}") for name in self.kind.heads]
        model = TextRows(heads, rows)
        model.setParent(self.table)
        self.table.setModel(model)
        self.table.set_widths(self.kind.widths)
        self.table.setMinimumHeight(theme.px(40 + 48 * min(5, max(2, len(rows)))))
        return self.table

    def act(self) -> None:
        """Take it in on the lane, with progress, and so that it can be stopped."""
        shown = self.shown
        if shown is None or shown.error_count:
            return
        self.set_sending(True)
        office, actor = self.ctx.office, self.ctx.session.require()
        busy = self.words("import-busy-run")

        def job(progress: Progress) -> Any:
            def step(done: int, total: int) -> None:
                progress.report(done / max(1, total), busy)

            return office.do(actor, self.kind.run, shown, step)

        self.ctx.lane.run_long(job, done=self._imported, failed=self._failed, what=busy)

    def _imported(self, result: Any) -> None:
        self.sending = False
        self.dismiss()
        self.imported.emit(result)

    def _failed(self, exc: Exception) -> None:
        if isinstance(exc, Cancelled):
            self.set_sending(False)
            return
        super()._failed(exc)
        if self.main is not None:
            ready = self.shown is not None and not self.shown.error_count
            self.main.setEnabled(ready)
