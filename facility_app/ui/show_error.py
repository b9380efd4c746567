"""The one door from an exception to what the person sees (design section 9).

================  ==========================================
`Refused`         panel on the page, what to do instead
`DeviceError`     panel on the page
`VaultError`      dialog
`IntegrityError`  a page that blocks everything; writing stops
`Cancelled`       nothing
anything else     dialog with an incident number; the log has the rest
================  ==========================================
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from facility_app.errors import Cancelled, DeviceError, FacilityError, IntegrityError, Refused
from facility_app.i18n import ErrorText, Words
from facility_app.ui.widgets.levels import Level


@runtime_checkable
class ShowsProblems(Protocol):
    """A page or dialog with room for an error."""

    def show_problem(self, text: ErrorText, level: Level = Level.WARN) -> None: ...


class ErrorDoor:
    """Decides where an error is shown; the window supplies the places."""

    def __init__(
        self,
        words: Words,
        *,
        place: Callable[[], QWidget | None],
        dialog: Callable[[ErrorText, Level], object],
        block: Callable[[ErrorText], object],
        announce: Callable[[str], object],
    ) -> None:
        """`place` gives the page that is shown now."""
        self._words, self._place = words, place
        self._dialog, self._block, self._announce = dialog, block, announce

    def __call__(self, exc: BaseException, where: QWidget | None = None) -> None:
        """Show `exc`; `where` is the page or dialog it belongs to, if known."""
        if isinstance(exc, Cancelled):
            return
        if isinstance(exc, IntegrityError):
            self._block(self._words.error(exc))
        elif isinstance(exc, Refused | DeviceError):
            self._inline(self._words.error(exc), where)
        elif isinstance(exc, FacilityError):
            self._dialog(self._words.error(exc), Level.DANGER)
        else:
            from facility_app.log import incident  # late: logging.handlers delays the first page

            self._dialog(self._words.error(exc, incident(exc)), Level.DANGER)

    def _inline(self, text: ErrorText, where: QWidget | None) -> None:
        widget = where
        while widget is not None and not isinstance(widget, ShowsProblems):
            widget = widget.parentWidget()
        target = widget if widget is not None else self._place()
        if isinstance(target, ShowsProblems):
            target.show_problem(text, Level.WARN)
            self._announce(str(text))
        else:
            self._dialog(text, Level.WARN)
