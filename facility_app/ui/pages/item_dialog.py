"""Take a thing into custody, or change what is noted about one."""

from __future__ import annotations

from facility_app.domain.items import Condition, DateRole, FaceAuthentication
from facility_app.services.fields import Field
from facility_app.services.item_kinds import KindView
from facility_app.services.items import (
    DATE_COLUMNS,
    ChangeItem,
    ItemForm,
    ReceiveItem,
    change_item,
    receive_item,
)
from facility_app.services.resident_data import ItemView, ResidentView
from facility_app.ui.context import UiContext
from facility_app.ui.pages.form_dialog import FormDialog
from facility_app.ui.widgets.date_field import DateField

RATIOS = (1, 2, 3)
RATIO_FIELDS = (Field.RATIO, Field.RATIO_AS_OF, Field.RATIO_SOURCE)


class ItemDialog(FormDialog):
    """Shows the dates and the ratio that the chosen kind has, and nothing else."""

    def __init__(
        self,
        ctx: UiContext,
        kinds: list[KindView],
        view: ResidentView,
        item: ItemView | None = None,
    ) -> None:
        words = ctx.words
        super().__init__(
            ctx,
            title=words("residents-dialog-item-change" if item else "residents-dialog-item"),
            subtitle=words("residents-who", name=view.form.name),
            icon="edit" if item else "move_to_inbox",
            save=words("residents-save" if item else "residents-receive"),
        )
        self.view, self.item = view, item
        self.kinds = {kind.code: kind.form for kind in kinds}
        form = item.form if item else ItemForm(kinds[0].code)
        english = words.language == "en"
        self.kind = self.choice_field(
            Field.KIND,
            [
                (k.code, k.form.name_en if english and k.form.name_en else k.form.name)
                for k in kinds
            ],
            form.kind_code,
        )
        self.kind.currentIndexChanged.connect(self._show_kind)
        self.label = self.line_field(Field.LABEL, form.label)
        self.dated: dict[DateRole, DateField] = {}
        for role, (column, field) in DATE_COLUMNS.items():
            self.dated[role] = self.date_field(field, getattr(form, column))
        self._build_rest(form)
        self._show_kind()
        self.add_note("lock", words("residents-item-note"))

    def _build_rest(self, form: ItemForm) -> None:
        words = self.words
        ratios = [(None, "-"), *((n, words("residents-ratio", ratio=str(n))) for n in RATIOS)]
        self.ratio = self.choice_field(Field.RATIO, ratios, form.ratio)
        self.ratio_as_of = self.date_field(Field.RATIO_AS_OF, form.ratio_as_of)
        self.ratio_source = self.line_field(Field.RATIO_SOURCE, form.ratio_source, columns=2)
        self.face = self.choice_field(
            Field.FACE_AUTHENTICATION,
            [(each, words.term(each)) for each in FaceAuthentication],
            form.face_authentication,
        )
        self.condition = self.choice_field(
            Field.CONDITION, [(each, words.term(each)) for each in Condition], form.condition
        )
        self.pieces = self.choice_field(
            Field.PIECES, [(n, str(n)) for n in range(1, 21)], form.pieces
        )
        self.colour = self.line_field(Field.COLOUR, form.colour)
        if self.item is None:
            self.received_from = self.line_field(Field.RECEIVED_FROM)
            self.received_on = self.date_field(Field.RECEIVED_ON, self.view.today)
        self.note = self.area_field(Field.NOTES, form.note)

    def _show_kind(self) -> None:
        kind = self.kinds.get(self.kind.value())
        if kind is None:
            return
        for role, (_, field) in DATE_COLUMNS.items():
            self.labels[field].setVisible(role in kind.dates)
        for field in RATIO_FIELDS:
            self.labels[field].setVisible(kind.has_ratio)
        self.labels[Field.FACE_AUTHENTICATION].setVisible(kind.is_card)
        self.labels[Field.COLOUR].setVisible(not kind.is_card)

    def form(self) -> ItemForm:
        """What the fields say; those of another kind are left out by the rules."""
        dates = {
            column: self.dated[role].date_or_none() for role, (column, _) in DATE_COLUMNS.items()
        }
        return ItemForm(
            kind_code=self.kind.value(),
            label=self.label.text(),
            **dates,
            ratio=self.ratio.value(),
            ratio_source=self.ratio_source.text(),
            ratio_as_of=self.ratio_as_of.date_or_none(),
            face_authentication=self.face.value(),
            condition=self.condition.value(),
            pieces=self.pieces.value() or 1,
            colour=self.colour.text(),
            note=self.note.toPlainText(),
        )

    def act(self) -> None:
        """Receive or change."""
        item = self.item
        if item is None:
            self.send_form(receive_item, self._receive)
        else:
            self.send_form(change_item, lambda: ChangeItem(item.id, item.version, self.form()))

    def _receive(self) -> ReceiveItem:
        return ReceiveItem(
            self.view.id,
            self.form(),
            self.received_from.text(),
            self.received_on.date_or_none(),
        )
