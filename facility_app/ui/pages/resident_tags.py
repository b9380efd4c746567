"""The tag of a pouch on paper, and a new tag in place of an old one."""

from __future__ import annotations

from typing import Any

from facility_app.services.cabinets import ReplaceTag, replace_tag
from facility_app.services.fields import Field
from facility_app.services.papers import tag_paper
from facility_app.services.resident_data import ResidentView
from facility_app.ui.context import UiContext
from facility_app.ui.pages.form_dialog import FormDialog
from facility_app.ui.printing import print_pdf, save_pdf


class ReplaceTagDialog(FormDialog):
    """Why a new tag; the old one is void at once."""

    def __init__(self, ctx: UiContext, view: ResidentView) -> None:
        words = ctx.words
        super().__init__(
            ctx,
            title=words("residents-dialog-tag"),
            subtitle=words("residents-who", name=view.form.name),
            icon="sell",
            save=words("residents-tag-replace-save"),
        )
        self.view = view
        self.reason = self.line_field(Field.REASON, columns=2)
        self.add_note("warning", words("residents-tag-replace-note"))

    def act(self) -> None:
        """Issue it."""
        self.send_form(replace_tag, lambda: ReplaceTag(self.view.id, self.reason.text()))


class TagActs:
    """Printing, saving and replacing on behalf of the page."""

    def __init__(self, page: Any) -> None:
        """`page` is the ResidentsPage."""
        self.page, self.ctx = page, page.ctx

    def replace(self, view: ResidentView) -> None:
        """Ask why, and issue a new tag."""
        dialog = ReplaceTagDialog(self.ctx, view)
        dialog.recorded.connect(lambda _done: self.page.done("tag"))
        dialog.open(dialog.reason)

    def paper(self, resident: int, *, to_printer: bool) -> None:
        """Make the sheet on the lane (recorded before it is drawn), then print or save it."""
        words, office = self.ctx.words, self.ctx.office
        actor = self.ctx.session.require()
        self.ctx.lane.run(
            lambda: tag_paper(office, actor, words, [resident]),
            done=lambda made: self._keep(made[0], to_printer),
            failed=lambda exc: self.ctx.show_error(exc, self.page),
            what=words("residents-busy-paper"),
        )

    def _keep(self, pdf: bytes, to_printer: bool) -> None:
        title = self.ctx.words("residents-tag-title")
        try:
            if to_printer:
                kept = print_pdf(self.page, pdf, title)
            else:
                name = self.ctx.words("residents-tag-file")
                kept = save_pdf(self.page, pdf, title, name) is not None
        except OSError as exc:
            self.ctx.show_error(exc, self.page)
            return
        if kept:
            self.page.banner.show_done(self.ctx.words("residents-done-paper"))
