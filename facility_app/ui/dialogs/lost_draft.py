"""The nine items of a leak report as texts that people read and change before it is sent."""

from __future__ import annotations

from facility_app.domain.clock import local_date
from facility_app.domain.leak import LeakDecision
from facility_app.rules.keeper import LostBook
from facility_app.services.lost_draft import leak_draft
from facility_app.services.lost_leak import AssessLeak, assess_leak
from facility_app.services.lost_views import LostCaseView
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.widgets.fields import AreaField, LabeledField


class DraftDialog(ActDialog):
    """Filled with what the case knows; only what was changed is kept."""

    def __init__(self, ctx: UiContext, book: LostBook, case: LostCaseView) -> None:
        words, theme = ctx.words, ctx.theme
        super().__init__(ctx, title=words("loss-draft-title"), icon="edit_note-fill")
        self.book, self.case = book, case
        self.before = leak_draft(words, book, case)
        self.areas: dict[str, AreaField] = {}
        for number, each in enumerate(book.leak.items, 1):
            area = AreaField(theme, lines=2)
            area.setPlainText(self.before.get(each.code, ""))
            self.areas[each.code] = area
            name = each.name.of(words.language)
            label = words("loss-draft-item", number=str(number), item=name)
            self.body.addWidget(LabeledField(theme, label, area))
        self.add_note("info", words("loss-draft-note"))
        self.notes.addStretch(1)
        self.set_main(words("loss-draft-go"), "check")

    def start(self) -> None:
        """Show it."""
        self.open(next(iter(self.areas.values())))

    def act(self) -> None:
        """Keep what differs from what the case knows by itself."""
        leak = self.case.leak
        kept = dict(leak.draft) if leak is not None else {}
        for code, area in self.areas.items():
            text = area.toPlainText().strip()
            if text != self.before.get(code, "").strip():
                kept[code] = text
        self.send(
            assess_leak,
            self.book,
            AssessLeak(
                self.case.id,
                dict(leak.answers) if leak is not None else {},
                leak.known_on if leak is not None else local_date(self.case.noticed_at),
                leak.decision if leak is not None else LeakDecision.ASKING,
                leak.consulted if leak is not None else "",
                leak.decided_by if leak is not None else "",
                kept,
            ),
        )
