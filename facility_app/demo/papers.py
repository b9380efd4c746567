"""Papers of the sample facility: a sheet of tag labels and a recovery sheet, as PDF."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from facility_app.demo.people import FACILITY
from facility_app.demo.store import OPENS_AT, SampleStore
from facility_app.domain.access import Actor
from facility_app.i18n import Words
from facility_app.recovery import words_of
from facility_app.services.office import Office
from facility_app.services.papers import all_tagged, recovery_paper, tag_paper

LABELS = 24
"""One full sheet."""


def make_papers(store: SampleStore, office: Office, actor: Actor, out: Path, words: Words) -> None:
    """Leave ``tags.pdf`` and ``recovery-sheet.pdf`` in `out`.

    The words on the recovery sheet open nothing but this sample store.
    """
    owners = office.ask(actor, all_tagged)[:LABELS]
    sheet, _count = tag_paper(office, actor, words, owners)
    (out / "tags.pdf").write_bytes(sheet)
    made_on: date = OPENS_AT.date()
    with store.keys.fetch(office.keys.store_id) as root:
        recovery = words_of(root)
    paper = recovery_paper(words, FACILITY, office.keys.store_id, made_on, recovery)
    (out / "recovery-sheet.pdf").write_bytes(paper)
