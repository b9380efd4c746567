"""A return with something missing: what is missing, what follows, and a word of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.viewmodels.sign_in import BackRow
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text


class MissingDialog(ActDialog):
    """Records nothing itself: `accepted` goes on with the return.  Looking again is the default."""

    def __init__(
        self, ctx: UiContext, missing: Sequence[BackRow], accepted: Callable[[], object]
    ) -> None:
        words = ctx.words
        super().__init__(ctx, title=words("missing-title"), icon="warning-fill", width=800)
        self._accepted = accepted
        self.body.addWidget(Text(ctx.theme, words("missing-what"), size=20, bold=True))
        for row in missing:
            line = words("missing-line", item=row.title, count=str(row.missing))
            self.body.addWidget(Notice(ctx.theme, Level.WARN, line))
        self.add_note("hourglass_top", words("missing-note-out"))
        self.add_note("history", words("missing-note-loan"))
        self.again = ActionButton(
            ctx.theme, words("missing-back"), kind=Kind.FILLED, icon="search", height=64
        )
        self.again.clicked.connect(self.dismiss)
        self.go = ActionButton(ctx.theme, words("missing-go"), kind=Kind.RED, icon="input")
        self.go.clicked.connect(self._accept)
        self.acts.addWidget(self.again)
        self.acts.addWidget(self.go)

    def start(self) -> None:
        """Show it; Enter looks again."""
        self.open(self.again)

    def _accept(self) -> None:
        self.dismiss()
        self._accepted()
