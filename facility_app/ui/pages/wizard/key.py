"""Step 3: the key is made, and with it the store; its recovery sheet is printed and typed back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from facility_app.domain.access import PROGRAM, Actor
from facility_app.domain.clock import local_date
from facility_app.keystore import KeyringLocked, KeyringMissing
from facility_app.recovery import pick_positions
from facility_app.secret import Secret
from facility_app.ui.layouts import Column, Row
from facility_app.ui.pages.wizard.manager import ManagerStep
from facility_app.ui.pages.wizard.step import Desk, StepBox
from facility_app.ui.viewmodels.start import whole
from facility_app.ui.viewmodels.wizard import SheetCheck, Step
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.fields import LabeledField, TextField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.secret_edit import SecretEdit
from facility_app.ui.widgets.text import Text

KEYRING, PASSPHRASE = "keyring", "passphrase"
MINIMUM = 13


class KeyStep(StepBox):
    """First where the key goes; once it is made, the sheet and three words of it."""

    step = Step.KEY

    def __init__(self, desk: Desk, manager: ManagerStep) -> None:
        super().__init__(desk)
        self._manager = manager
        self.sheet: SheetCheck | None = None
        self._store_id = ""
        self._kept = False
        self._busy = False
        self.first = self._build_first()
        self.second = self._build_second()
        self.box.addWidget(self.first)
        self.box.addWidget(self.second)
        self.second.hide()

    def _build_first(self) -> QWidget:
        theme, words = self.theme, self.words
        box = QWidget()
        column = Column(theme, box, spacing=16)
        self.place = ReasonButtons(theme, words("wizard-key-place"), columns=2)
        self.place.set_choices(
            [(KEYRING, words("wizard-key-keyring")), (PASSPHRASE, words("wizard-key-passphrase"))]
        )
        column.addWidget(self.place)
        self.about = Text(theme, tone="text2")
        column.addWidget(self.about)
        self.secret_box = QWidget()
        inner = Row(theme, self.secret_box, spacing=16)
        show, hide = words("widgets-show-password"), words("widgets-hide-password")
        names = (words("wizard-key-new-passphrase"), words("wizard-again"))
        self.secrets = [
            SecretEdit(theme, name=name, show=show, hide=hide, height=56) for name in names
        ]
        for name, edit in zip(names, self.secrets, strict=True):
            inner.addWidget(LabeledField(theme, name, edit))
            edit.edited.connect(self.changed)
        column.addWidget(self.secret_box)
        self.place.chosen.connect(self._placed)
        self.place.choose(KEYRING)
        return box

    def _build_second(self) -> QWidget:
        theme, words = self.theme, self.words
        box = QWidget()
        column = Column(theme, box, spacing=16)
        column.addWidget(
            Notice(theme, Level.WARN, words("wizard-sheet-title"), words("wizard-sheet-text"))
        )
        row = Row(theme, spacing=16)
        self.print_button = ActionButton(theme, words("wizard-sheet-print"), icon="print")
        self.save_button = ActionButton(
            theme, words("wizard-sheet-save"), kind=Kind.GREY, icon="save"
        )
        self.print_button.clicked.connect(lambda: self._paper(to_printer=True))
        self.save_button.clicked.connect(lambda: self._paper(to_printer=False))
        row.addWidget(self.print_button)
        row.addWidget(self.save_button)
        row.addStretch(1)
        column.addLayout(row)
        self.paper_state = Text(theme, words("wizard-sheet-not-yet"), tone="text2")
        column.addWidget(self.paper_state)
        column.addWidget(Text(theme, words("wizard-sheet-back"), bold=True))
        column.addLayout(self._build_words())
        return box

    def _build_words(self) -> Row:
        theme, words = self.theme, self.words
        fields = Row(theme, spacing=16)
        self.typed: list[TextField] = []
        self.labels: list[LabeledField] = []
        for _number in range(3):
            edit = TextField(theme, height=56)
            edit.textChanged.connect(self.changed)
            label = LabeledField(theme, words("wizard-sheet-word", position="1"), edit)
            fields.addWidget(label, 1, Qt.AlignmentFlag.AlignTop)
            self.typed.append(edit)
            self.labels.append(label)
        return fields

    # --- StepBox ---------------------------------------------------------------------------------

    def enter(self) -> None:
        if self.form.actor is not None and self.sheet is None:
            self._load_words()

    def missing(self) -> str:
        if self._busy:
            return self.words("wizard-working")
        if self.sheet is None:
            return "" if self._place_good() else self.words("wizard-key-missing")
        if not self._kept:
            return self.words("wizard-sheet-first")
        typed = all(edit.text().strip() for edit in self.typed)
        return "" if typed else self.words("wizard-sheet-type")

    def next_words(self) -> str:
        return self.words("wizard-key-make" if self.sheet is None else "wizard-sheet-check")

    def go_on(self) -> None:
        if self.sheet is None:
            self._make()
        else:
            self._check()

    def clear_secrets(self) -> None:
        for edit in self.secrets:
            edit.clear()
        for line in self.typed:
            line.clear()

    # --- making the key --------------------------------------------------------------------------

    def _placed(self, key: str) -> None:
        self.secret_box.setVisible(key == PASSPHRASE)
        about = "wizard-key-keyring-about" if key == KEYRING else "wizard-key-passphrase-about"
        self.about.set(self.words(about))
        self.changed.emit()

    def _place_good(self) -> bool:
        if self.place.value() == KEYRING:
            return True
        first, again = (edit.field.text() for edit in self.secrets)
        return len(first) >= MINIMUM and first == again

    def _make(self) -> None:
        password = self._manager.password
        if password is None:
            self.form.step = Step.MANAGER
            self.changed.emit()
            return
        passphrase: Secret | None = None
        if self.place.value() == PASSPHRASE:
            self.secrets[1].clear()
            passphrase = Secret.from_text(self.secrets[0].take())
        self._busy = True
        self.changed.emit()
        job = _Making(self.desk, password.copy(), passphrase)
        self.ctx.lane.run(
            job, done=self._made, failed=self._not_made, what=self.words("wizard-key-making")
        )

    def _made(self, made: tuple[Any, Actor, tuple[str, ...]]) -> None:
        office, actor, words = made
        self._busy = False
        self._manager.forget()
        self._store_id = office.keys.store_id
        self._show_sheet(words)
        self.desk.made(office, actor)
        self.changed.emit()

    def _not_made(self, exc: Exception) -> None:
        self._busy = False
        if isinstance(exc, KeyringMissing | KeyringLocked):
            self.place.choose(PASSPHRASE)
        self.failed(exc)

    def _load_words(self) -> None:
        """The set-up was left between the key and its sheet: print it again."""
        launch, office = self.desk.launch, whole(self.ctx.office)

        def job() -> tuple[str, tuple[str, ...]]:
            return office.keys.store_id, launch.words(None)

        def done(found: tuple[str, tuple[str, ...]]) -> None:
            self._store_id = found[0]
            self._show_sheet(found[1])
            self.changed.emit()

        self.ctx.lane.run(job, done=done, failed=self.failed)

    # --- the sheet -------------------------------------------------------------------------------

    def _show_sheet(self, words: tuple[str, ...]) -> None:
        self.sheet = SheetCheck(words, pick_positions(len(self.typed)))
        for label, edit, at in zip(self.labels, self.typed, self.sheet.positions, strict=True):
            text = self.words("wizard-sheet-word", position=str(at))
            label.label.set(text)
            edit.setAccessibleName(text)
        self.first.hide()
        self.second.show()

    def _paper(self, *, to_printer: bool) -> None:
        if self.sheet is None:
            return
        words, name, store, recovery = self.words, self.form.name, self._store_id, self.sheet.words
        day = local_date(self.ctx.now())

        def job() -> bytes:
            from facility_app.services.papers import recovery_paper

            return recovery_paper(words, name, store, day, recovery)

        self.ctx.lane.run(job, done=lambda pdf: self._keep(pdf, to_printer), failed=self.failed)

    def _keep(self, pdf: bytes, to_printer: bool) -> None:
        from facility_app.ui.printing import print_pdf, save_pdf

        title = self.words("wizard-sheet-title")
        try:
            if to_printer:
                kept = print_pdf(self, pdf, title)
            else:
                kept = save_pdf(self, pdf, title, self.words("wizard-sheet-file")) is not None
        except OSError as exc:
            self.failed(exc)
            return
        if kept:
            self.paper_made()

    def paper_made(self) -> None:
        """The sheet is on paper or in a file: now its words can be asked back."""
        self._kept = True
        self.paper_state.set(self.words("wizard-sheet-kept"))
        self.paper_state.set_tone("ok_text")
        self.changed.emit()

    def _check(self) -> None:
        if self.sheet is None:
            return
        wrong = self.sheet.wrong([edit.text() for edit in self.typed])
        for label, at in zip(self.labels, self.sheet.positions, strict=True):
            label.show_problem(self.words("wizard-sheet-wrong") if at in wrong else "")
        if wrong:
            return
        self.sheet.forget()
        self.clear_secrets()
        self.done.emit()


class _Making:
    """On the lane: make the store, name the facility, enrol its manager, and unlock as them."""

    def __init__(self, desk: Desk, password: Secret, passphrase: Secret | None) -> None:
        self._desk, self._password, self._passphrase = desk, password, passphrase

    def __call__(self) -> tuple[Any, Actor, tuple[str, ...]]:
        from facility_app.services.first_start import FirstManager, found_facility
        from facility_app.services.settings import Facility

        form, person = self._desk.form, self._desk.form.manager
        with self._password as secret:
            password = secret.copy_bytes().decode()
        office, words = self._store()
        facility = Facility(form.name, form.address, form.phone, Step.MANAGER.value)
        manager = FirstManager(person.number, person.name, person.kana, password)
        office.do(PROGRAM, found_facility, facility, manager, office.cost)
        return office, office.unlock(person.number, password), words

    def _store(self) -> tuple[Any, tuple[str, ...]]:
        """A new store, or the open one that a set-up left before it had a manager."""
        from facility_app.recovery import words_of

        launch = self._desk.launch
        present = getattr(self._desk.ctx.office, "office", None)
        if present is not None:
            return present, launch.words(self._passphrase)
        office, root = launch.create(self._passphrase)
        with root:
            return office, words_of(root)
