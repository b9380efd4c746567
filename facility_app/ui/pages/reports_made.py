"""A report that was made: its pages as they will be printed, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QSizePolicy, QWidget

from facility_app.secret import Secret
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Columns, Row
from facility_app.ui.page import Page
from facility_app.ui.pdf_pages import PageSize, PdfPages
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.page_view import PageView
from facility_app.ui.widgets.text import Text

_CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


class MadeView(QWidget):
    """Left the page, right the buttons; `main` moves into the page's bar on the enlarged screen."""

    failed = Signal(object)

    def __init__(self, ctx: UiContext, page: Page) -> None:
        super().__init__()
        self.ctx, self.theme, self.words, self._page = ctx, ctx.theme, ctx.words, page
        self.pages: PdfPages | None = None
        self.open_pdf = PdfPages
        """What draws the pages; a test looks where it does."""
        columns = Columns(ctx.theme, (47, 20))
        Column(ctx.theme, self, spacing=0).addWidget(columns)
        columns.add(self._build_paper())
        columns.add(self._build_acts())
        ctx.theme.changed.connect(self._fit)

    def _build_paper(self) -> QWidget:
        card = Card(self.theme, padding=8)
        self.view = PageView(self.theme, name=self.words("reports-page-preview"))
        self.view.wanted.connect(self._draw)
        self.view.turned.connect(self._tell_page)
        card.body.addWidget(self.view, 1)
        return card

    def _build_acts(self) -> QWidget:
        words, theme = self.words, self.theme
        card = Card(theme, spacing=8)
        self.title = Text(theme, size=24, bold=True)
        self.about = Text(theme, size=20)
        self.made = Text(theme, size=16, tone="text2")
        for text in (self.title, self.about, self.made):
            card.body.addWidget(text)
        card.body.gap(8)
        card.body.addLayout(self._build_turning())
        self.smaller = self._grey("reports-page-smaller", "zoom_out")
        self.larger = self._grey("reports-page-larger", "zoom_in")
        self.smaller.clicked.connect(lambda: self.view.zoom(-1))
        self.larger.clicked.connect(lambda: self.view.zoom(1))
        card.body.addLayout(self._side_by_side(self.smaller, self.larger))
        card.body.addStretch(1)
        self.other = self._grey("reports-page-other", "undo", key_cap="Esc")
        self.csv = self._grey("reports-page-csv", "table_rows")
        self.json = self._grey("reports-page-json", "description")
        card.body.addWidget(self.other)
        card.body.addLayout(self._side_by_side(self.csv, self.json))
        self.save = ActionButton(theme, words("reports-page-save"), icon="save-fill", key="Ctrl+S")
        self.save.setSizePolicy(_WIDE)
        card.body.addWidget(self.save)
        self.print = ActionButton(
            theme, words("reports-page-print"), kind=Kind.FILLED, icon="print-fill", key="Ctrl+P",
            height=64,
        )  # fmt: skip
        self.print.setSizePolicy(_WIDE)
        self._acts = card.body
        return card

    def _build_turning(self) -> Row:
        self.back = self._grey("reports-page-back", "chevron_left")
        self.on = self._grey("reports-page-on", "chevron_right")
        self.number = Text(self.theme, " ", size=20, align=_CENTRE, tabular=True)
        self.back.clicked.connect(lambda: self.view.go(-1))
        self.on.clicked.connect(lambda: self.view.go(1))
        row = Row(self.theme, spacing=8)
        row.addWidget(self.back, 1)
        row.addWidget(self.number, 1)
        row.addWidget(self.on, 1)
        return row

    def _grey(self, key: str, icon: str, *, key_cap: str = "") -> ActionButton:
        button = ActionButton(self.theme, self.words(key), kind=Kind.GREY, icon=icon, key=key_cap)
        button.setSizePolicy(_WIDE)
        return button

    def _side_by_side(self, *buttons: ActionButton) -> Row:
        row = Row(self.theme, spacing=8)
        for button in buttons:
            row.addWidget(button, 1)
        return row

    def place_main(self, shown: bool) -> None:
        """Under the other buttons, or in the bar of the enlarged screen."""
        if self.theme.compact and shown:
            self._page.act_row.addWidget(self.print, 1)
        else:
            self._acts.addWidget(self.print)
        self.print.show()

    def show_pdf(
        self, pdf: bytes, password: Secret | None, *, title: str, about: str, made: str
    ) -> None:
        """Open another report; its pages come when they are drawn.  `password` is wiped then."""
        self.forget()
        self.title.set(title)
        self.about.set(about)
        self.made.set(made)
        pages = self.open_pdf(pdf, password)
        self.pages = pages

        def opened(sizes: tuple[PageSize, ...]) -> None:
            if password is not None:
                password.wipe()
            if self.pages is pages:
                self.view.show_pages(sizes)

        self.ctx.paper_lane().run(pages.sizes, done=opened, failed=self.failed.emit)

    def forget(self) -> None:
        """The report is gone from the screen and from memory."""
        pages, self.pages = self.pages, None
        self.view.show_pages(())
        if pages is not None:
            self.ctx.paper_lane().run(pages.close)

    def _draw(self, number: int, width: int) -> None:
        """Have a page drawn; what was asked for earlier and is not begun yet is left out."""
        pages, view = self.pages, self.view
        if pages is None:
            return

        def draw() -> tuple[QImage, str] | None:
            if view.awaited != (number, width):
                return None
            return pages.picture(number, width), pages.text(number)

        def show(drawn: tuple[QImage, str] | None) -> None:
            if drawn is not None and self.pages is pages:
                spoken = self._page_text(number)
                view.show_picture(number, width, drawn[0], spoken=spoken, text=drawn[1])

        self.ctx.paper_lane().run(draw, done=show, failed=self.failed.emit)

    def _page_text(self, number: int) -> str:
        return self.words("reports-page-page", number=number + 1, count=self.view.count)

    def _tell_page(self) -> None:
        view = self.view
        self.back.setEnabled(view.number > 0)
        self.on.setEnabled(view.number < view.count - 1)
        self.smaller.setEnabled(not view.smallest)
        self.larger.setEnabled(not view.largest)
        self.number.set(f"{view.number + 1} / {view.count}" if view.count else " ")
        if view.count:
            self.ctx.announce(self._page_text(view.number))

    def _fit(self) -> None:
        """Enlarged, the page scrolls and the paper is as high as it is wide."""
        self.view.setMinimumHeight(self.theme.px(240) if self.theme.compact else 0)


_WIDE = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
