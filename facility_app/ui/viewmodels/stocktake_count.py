"""One count under way: the place looked at, the pouch in the hand, its pieces.  Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

from facility_app.domain.custody import same_slot
from facility_app.domain.stocktake import MOST_PIECES, Found
from facility_app.i18n import Words
from facility_app.services.stocktake_count import PlaceCounted
from facility_app.services.stocktake_own import CountView, OpenedPouch, OwnMark, PlaceLine


@dataclass
class Counting:
    """The counter's own state over `view`.

    at: the place that is looked at, by its id, None when nothing is left; pouch: what is in the
    hand; opened: the record's size when the counter began to look here.
    """

    view: CountView
    at: int | None = None
    pouch: OpenedPouch | None = None
    pieces: dict[str, int] = field(default_factory=dict)
    beside: bool = False
    opened: int = 0

    def __post_init__(self) -> None:
        self._begin(self.next_open())

    # --- places ----------------------------------------------------------------------------------

    @property
    def place(self) -> PlaceLine | None:
        """The place that is looked at."""
        return next((each for each in self.view.places if each.slot_id == self.at), None)

    @property
    def done(self) -> int:
        """How many places need nothing more."""
        return sum(place.done for place in self.view.places)

    @property
    def complete(self) -> bool:
        """Whether the count may be finished."""
        return self.done == len(self.view.places)

    def next_open(self) -> int | None:
        """The first place after this one that is not done, from the start again at the end."""
        places = self.view.places
        here = next((n for n, place in enumerate(places) if place.slot_id == self.at), -1)
        order = [*places[here + 1 :], *places[: here + 1]]
        return next((place.slot_id for place in order if not place.done), None)

    def go(self, slot_id: int) -> None:
        """Look at this place now; what was in the hand is put down."""
        self._begin(slot_id)

    def labelled(self, text: str) -> PlaceLine | None:
        """The place of this cabinet that `text` names as people type it (``a5``, ``A-05``)."""
        wanted = (place for place in self.view.places if same_slot(text, place.label))
        return next(wanted, None)

    def show(self, view: CountView, *, stay: bool = False) -> None:
        """The count as it stands now; goes on to the next open place unless told to stay."""
        self.view = view
        here = self.place
        if stay and here is not None:
            self._begin(here.slot_id, beside=True)
        elif here is None or here.done:
            self._begin(self.next_open())
        else:
            self._begin(here.slot_id)

    def _begin(self, slot_id: int | None, *, beside: bool = False) -> None:
        self.at, self.pouch, self.pieces = slot_id, None, {}
        self.beside, self.opened = beside, self.view.position

    # --- the pouch in the hand -------------------------------------------------------------------

    def take_up(self, pouch: OpenedPouch) -> None:
        """This pouch was scanned or chosen; a second scan of the same changes nothing."""
        if self.pouch is None or self.pouch.resident_id != pouch.resident_id:
            self.pouch, self.pieces, self.opened = pouch, {}, pouch.position

    def put_down(self) -> None:
        """It was the wrong one."""
        self._begin(self.at, beside=self.beside)

    def change(self, kind: str, by: int) -> None:
        """One more or one less of a kind."""
        count = self.pieces.get(kind, 0) + by
        self.pieces[kind] = max(0, min(count, MOST_PIECES))

    @property
    def total(self) -> int:
        """All pieces that were counted."""
        return sum(self.pieces.values())

    def command(self, found: Found, *, twice: bool = False) -> PlaceCounted:
        """What to keep for the place that is looked at."""
        pouch = self.pouch if found is Found.POUCH else None
        return PlaceCounted(
            count_id=self.view.id,
            slot_id=self.at or 0,
            found=found,
            opened=self.opened,
            resident_id=pouch.resident_id if pouch is not None else None,
            pieces=tuple((kind, n) for kind, n in self.pieces.items() if n and pouch is not None),
            beside=self.beside,
            twice=twice,
        )


def kind_names(words: Words, view: CountView) -> list[tuple[str, str]]:
    """(code, name) of the kinds in the language of the screen."""
    english = words.language == "en"
    return [(code, name_en if english and name_en else name) for code, name, name_en in view.kinds]


def mark_text(words: Words, mark: OwnMark) -> str:
    """What one found, in a word or two."""
    if mark.found is Found.NOTHING:
        return words("stocktake-count-empty-short")
    if mark.found is Found.UNKNOWN:
        return words("stocktake-count-unknown-short")
    return words("stocktake-count-mark", name=mark.name, count=str(mark.total))


def place_row(words: Words, place: PlaceLine) -> tuple[str, str, str]:
    """(label, what was found, state) of a place in the list."""
    found = words("list-separator").join(mark_text(words, mark) for mark in place.marks)
    if place.again:
        return place.label, found, words("stocktake-count-again")
    return place.label, found, words("stocktake-count-done") if place.marks else ""


def progress_text(words: Words, counting: Counting) -> str:
    """How far the count is."""
    return words(
        "stocktake-count-progress",
        done=str(counting.done),
        places=str(len(counting.view.places)),
    )


def summary_text(words: Words, counting: Counting) -> str:
    """Place and person beside the button of the enlarged screen."""
    if counting.pouch is None or counting.place is None:
        return ""
    name = f"{counting.pouch.name}{words('widgets-honorific')}"
    return f"{counting.place.label}\n{name}"
