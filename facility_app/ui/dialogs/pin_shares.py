"""The three printed shares: on paper first, then one word of each typed back.

They exist once.  The dialog outlasts the cover, or a person who fetches the paper would lose them;
a lock takes them away, and they are made anew by changing the officers.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal

from facility_app.domain.clock import local_date
from facility_app.secret import Secret
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.layouts import Row
from facility_app.ui.viewmodels.pin_setup import SharesCheck
from facility_app.ui.viewmodels.start import whole
from facility_app.ui.widgets.button import ActionButton
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.fields import LabeledField, TextField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text


class SharesDialog(ActDialog):
    """`kept` when the words were typed back; `left` when it was closed before that."""

    kept = Signal()
    left = Signal()

    def __init__(self, ctx: UiContext, shares: Sequence[Secret]) -> None:
        words = ctx.words
        super().__init__(ctx, title=words("pin-shares-title"), icon="print")
        self._shares = list(shares)
        self.check = SharesCheck.of([_words_of(share) for share in self._shares])
        self._printed = self._typed_back = False
        self.body.addWidget(
            Notice(ctx.theme, Level.WARN, words("pin-shares-once"), words("pin-shares-once-text"))
        )
        self._build_paper()
        self._build_words()
        self.add_note("lock-fill", words("pin-shares-apart"))
        self.add_note("event_available", words("pin-shares-yearly"))
        self.set_main(words("pin-shares-check"), "check")
        self.closed.connect(self._forget)
        self._look()

    def _build_paper(self) -> None:
        theme, words = self.theme, self.words
        row = Row(theme, spacing=16)
        self.print_button = ActionButton(theme, words("pin-shares-print"), icon="print")
        self.print_button.clicked.connect(self._paper)
        self.state = Text(theme, words("pin-shares-not-yet"), tone="text2")
        row.addWidget(self.print_button)
        row.addWidget(self.state, 1)
        self.body.addLayout(row)

    def _build_words(self) -> None:
        theme, words = self.theme, self.words
        self.body.addWidget(Text(theme, words("pin-shares-back"), bold=True))
        row = Row(theme, spacing=16)
        self.fields: list[TextField] = []
        self.labels: list[LabeledField] = []
        for number, at in enumerate(self.check.positions, 1):
            edit = TextField(theme, height=56)
            edit.textChanged.connect(self._look)
            name = words("pin-shares-word", share=str(number), position=str(at))
            label = LabeledField(theme, name, edit)
            row.addWidget(label, 1, Qt.AlignmentFlag.AlignTop)
            self.fields.append(edit)
            self.labels.append(label)
        self.body.addLayout(row)

    def start(self) -> None:
        """Show it, with the focus on printing."""
        self.open(self.print_button)

    def _look(self) -> None:
        if self.main is None:
            return
        why = "" if self._printed else "pin-shares-first"
        if not why and not all(edit.text().strip() for edit in self.fields):
            why = "pin-shares-type"
        self.main.block(self.words(why) if why else "")

    # --- paper -----------------------------------------------------------------------------------

    def _paper(self) -> None:
        from facility_app.services.pin_papers import share_papers

        office, actor, words = whole(self.ctx.office), self.ctx.session.require(), self.words
        copies = [share.copy() for share in self._shares]
        day = local_date(self.ctx.now())

        def job() -> bytes:
            return share_papers(office, actor, words, copies, day)

        self.ctx.lane.run(job, done=self._print, failed=self._failed)

    def _print(self, pdf: bytes) -> None:
        """To paper only: in a file, all three would lie together."""
        from facility_app.ui.printing import print_pdf

        if print_pdf(self, pdf, self.words("pin-shares-title")):
            self.paper_made()

    def paper_made(self) -> None:
        """They are on paper: now their words can be asked back."""
        self._printed = True
        self.state.set(self.words("pin-shares-printed"))
        self.state.set_tone("ok_text")
        self._look()
        self.fields[0].setFocus()

    # --- typed back ------------------------------------------------------------------------------

    def act(self) -> None:
        """Right words only: the paper is there and can be read."""
        wrong = self.check.wrong([edit.text() for edit in self.fields])
        for number, label in enumerate(self.labels, 1):
            label.show_problem(self.words("pin-shares-wrong") if number in wrong else "")
        if wrong:
            self.fields[wrong[0] - 1].setFocus()
            return
        self._typed_back = True
        self.dismiss()

    def _forget(self) -> None:
        """The shares are on paper only from now on."""
        self.check.forget()
        for share in self._shares:
            share.wipe()
        for edit in self.fields:
            edit.clear()
        (self.kept if self._typed_back else self.left).emit()


def _words_of(share: Secret) -> list[str]:
    """For asking back; the paper that is printed from them is no more secret than they are."""
    return share.copy_bytes().decode("ascii").split()
