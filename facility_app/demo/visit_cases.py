"""The visits of the sample morning that are played: who goes where, and how it turned out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from facility_app.cards.simulator import CardProfile
from facility_app.cards.simulator.profiles import face_card
from facility_app.demo.clinics import FACE_CARD, IN_GRACE, LIVELIHOOD, ORDINARY, PAPER_ONLY
from facility_app.demo.store import OPENS_AT


@dataclass(frozen=True)
class Told:
    """How it went at the desk.  `way`: a value of Way, empty for the one the plan put first."""

    minutes: str
    ratio: str = ""
    way: str = ""
    troubles: tuple[str, ...] = ()
    papers: tuple[str, ...] = ("receipt",)


@dataclass(frozen=True)
class Case:
    """One visit.  `index`: the resident's place in demo/people; `reason`: written where the check
    is open and they leave all the same."""

    name: str
    index: int
    clinic: str
    starts: str
    escort: str
    told: Told
    reason: str = ""
    note: str = ""
    known: bool = False
    """Whether the clinic has seen them before."""


CASES: tuple[Case, ...] = (
    Case(
        "ordinary",
        ORDINARY,
        "みほん内科",
        "0910",
        "付見",
        Told("4", ratio="1"),
        note="採血のみ",
        known=True,
    ),
    Case(
        "livelihood",
        LIVELIHOOD,
        "さくら見本病院",
        "0915",
        "添田",
        Told("6"),
        reason="カードは期限切れ。医療券で受け付けてもらう",
    ),
    Case(
        "face-card",
        FACE_CARD,
        "例示整形外科",
        "0920",
        "伴野",
        Told("3", ratio="2", troubles=("ratio-differs",)),
    ),
    Case(
        "grace",
        IN_GRACE,
        "さくら見本眼科",
        "0925",
        "案内",
        Told("9", ratio="1", way="visual", troubles=("face-failed",)),
    ),
    Case("paper-only", PAPER_ONLY, "例示眼科", "0930", "同行", Told("2", papers=("receipt",))),
)
QUICK = 2
"""So many of them are played on a quick day."""

SEEN_AT_HOME = (13, 14, 16)
"""Residents whom the doctor sees in the house: two with a card, one with a paper alone."""


def card_of(case: Case, resident_id: int, cards: Mapping[int, CardProfile]) -> CardProfile | None:
    """What is laid on the reader; None where there is no card."""
    card = cards.get(resident_id)
    if card is None or case.index != FACE_CARD:
        return card
    return replace(card, face=True, tries=face_card(OPENS_AT.date()).tries)
