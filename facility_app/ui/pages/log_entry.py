"""The card at the right: one entry in full, or what a verification found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from facility_app.i18n import Words
from facility_app.ui.layouts import Column, Row, Sized
from facility_app.ui.theme import Theme
from facility_app.ui.viewmodels.log_entry import EntryText
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card, Notice
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.empty import EmptyState
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.panel import Panel
from facility_app.ui.widgets.text import Text

_LABEL = 104
"""Width of the labels before the values, in design pixels."""


class EntryCard(Card):
    """Shows nothing, an entry, or findings.  `entry_wanted` carries a number to be shown."""

    entry_wanted = Signal(int)

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, padding=0, spacing=0)
        self.words = words
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(self.area, 1)
        theme.changed.connect(self._fit)
        self.show_nothing()

    def show_nothing(self) -> None:
        """What this place is for."""
        self.setAccessibleName(self.words("log-choose"))
        self._put(
            EmptyState(
                self.theme,
                icon="history_edu",
                title=self.words("log-choose"),
                text=self.words("log-choose-how"),
            )
        )

    def show_entry(self, entry: EntryText) -> None:
        """One entry in full, and the one it corrects beside it."""
        self.setAccessibleName(f"{entry.number} {entry.title}")
        box = QWidget()
        column = Column(self.theme, box, margins=16, spacing=12)
        self._entry(column, entry)
        column.addStretch(1)
        self._put(box)

    def show_findings(self, findings: Sequence[tuple[str, str]]) -> None:
        """What a verification found."""
        self.setAccessibleName(self.words("log-findings"))
        box = QWidget()
        column = Column(self.theme, box, margins=16, spacing=8)
        column.addWidget(Text(self.theme, self.words("log-findings"), size=24, bold=True))
        for where, what in findings:
            if where:
                column.addWidget(Notice(self.theme, Level.BLOCK, where, what))
            else:
                column.addWidget(Text(self.theme, what))
        column.addStretch(1)
        self._put(box)

    def _put(self, widget: QWidget) -> None:
        widget.setObjectName("page")  # the style sheet keeps it transparent
        self.area.setWidget(widget)
        self.area.setAccessibleName(self.accessibleName())
        self._fit()

    def _fit(self) -> None:
        """Scrolls by itself beside the list; enlarged, the page scrolls and shows all of it."""
        inside = self.area.widget()
        tall = inside.sizeHint().height() if self.theme.compact and inside is not None else 0
        self.area.setMinimumHeight(max(tall, self.theme.px(240)))

    def _entry(self, column: Column, entry: EntryText) -> None:
        theme, words = self.theme, self.words
        head = Row(theme, spacing=8)
        head.addWidget(IconLabel(theme, entry.icon, size=28, tone=entry.tone))
        head.addWidget(Text(theme, entry.title, size=24, bold=True), 1)
        head.addWidget(Text(theme, entry.number, tone="text2", wraps=False))
        column.addLayout(head)
        self._lines(column, entry)
        self._changes(column, entry)
        if entry.erased:
            column.addWidget(Notice(theme, Level.NOTICE, words("log-erased")))
        for seq in entry.corrections:
            column.addWidget(
                Text(theme, words("log-corrected-by", seq=f"{seq:,}"), tone="warn_text")
            )
            column.addWidget(self._jump(seq))
        if entry.corrected is not None:
            self._corrected(column, entry.corrected)
        self._proof(column, entry)

    def _lines(self, column: Column, entry: EntryText) -> None:
        for label, value in entry.lines:
            row = Row(self.theme, spacing=8)
            name = Text(self.theme, label, size=16, tone="text2")
            Sized(self.theme, name, width=_LABEL)
            row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Text(self.theme, value), 1)
            column.addLayout(row)

    def _changes(self, column: Column, entry: EntryText) -> None:
        """Before and after, side by side."""
        theme, words = self.theme, self.words
        for label, before, after in entry.changes:
            column.addWidget(Text(theme, label, size=16, tone="text2"))
            row = Row(theme, spacing=8)
            for title, value in ((words("log-before"), before), (words("log-after"), after)):
                panel = Panel(theme, padding=8, spacing=0)
                panel.body.addWidget(Text(theme, title, size=16, tone="text2"))
                panel.body.addWidget(Text(theme, value, bold=title == words("log-after")))
                row.addWidget(panel, 1)
            column.addLayout(row)

    def _corrected(self, column: Column, entry: EntryText) -> None:
        """What was corrected, as it was first recorded."""
        theme, words = self.theme, self.words
        panel = Panel(theme, spacing=8)
        panel.body.addWidget(Text(theme, words("log-correction-of"), size=20, bold=True))
        panel.body.addWidget(Text(theme, f"{entry.number} {entry.title}", bold=True))
        self._lines(panel.body, entry)
        panel.body.addWidget(self._jump(entry.seq))
        column.addWidget(panel)

    def _jump(self, seq: int) -> ActionButton:
        told = self.words("log-show-entry", seq=f"{seq:,}")
        button = ActionButton(self.theme, told, kind=Kind.OUTLINED, icon="visibility")
        button.clicked.connect(lambda: self.entry_wanted.emit(seq))
        return button

    def _proof(self, column: Column, entry: EntryText) -> None:
        theme = self.theme
        level = Level.OK if entry.proved else Level.BLOCK
        row = Row(theme, spacing=8)
        row.addWidget(Chip(theme, entry.proof, level, "verified-fill" if entry.proved else ""))
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(Text(theme, entry.proof_text, size=16, tone="text2"))
        column.addWidget(
            Text(theme, f"{self.words('log-fingerprint')}\n{entry.hash}", size=16, tone="text2")
        )
