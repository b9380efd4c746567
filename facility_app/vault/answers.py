"""From a frame to an act and back: which operation wants what, and what it is answered with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from facility_app.secret import Secret
from facility_app.vault.acts import Acts
from facility_app.vault.channel import Frame
from facility_app.vault.messages import (
    CardPin,
    Deposit,
    ExpectedCard,
    Made,
    cost_of,
    day_of,
    parted_ids,
    summary_facts,
)

DONE = "done"


def answer(acts: Acts, asked: Frame) -> Frame:
    """Do what is asked.  Whoever sends the answer wipes its blobs.

    Raises what the act raises; KeyError, TypeError or ValueError for a question out of form.
    """
    return _ANSWERS[asked.op](acts, asked)


def _open(acts: Acts, asked: Frame) -> Frame:
    facts, device = asked.facts, asked.blobs[0]
    summary = acts.open(Path(facts["folder"]), facts["store"], device, cost_of(facts["cost"]))
    told, ids = summary_facts(summary)
    return Frame(DONE, told, (ids,))


def _create(acts: Acts, asked: Frame) -> Frame:
    facts, device = asked.facts, asked.blobs[0]
    made = acts.create(
        Path(facts["folder"]),
        facts["store"],
        device,
        cost_of(facts["cost"]),
        _passphrases(asked, 1),
        facts["threshold"],
    )
    return _made(made)


def _deposit(acts: Acts, asked: Frame) -> Frame:
    facts = asked.facts
    place = Deposit(facts["entry"], facts["resident"], facts["kind"], facts["version"])
    return _generation(acts.deposit(place, asked.blobs[0]))


def _erase(acts: Acts, asked: Frame) -> Frame:
    return _generation(acts.erase(parted_ids(asked.blobs[0])))


def _begin(acts: Acts, asked: Frame) -> Frame:
    acts.approvals.begin(asked.facts["release"])
    return Frame(DONE)


def _approve(acts: Acts, asked: Frame) -> Frame:
    given = acts.approve(asked.facts["staff"], asked.blobs[0])
    return Frame(
        DONE,
        {"have": given.have, "need": given.need, "strengthened": given.strengthened_generation},
    )


def _present(acts: Acts, asked: Frame) -> Frame:
    facts = asked.facts
    mark, key = asked.blobs
    card = ExpectedCard(
        day_of(facts["card_expires"]),
        day_of(facts["certificate_expires"]),
        mark.copy_bytes() if facts["marked"] else None,
        key if facts["keyed"] else None,
    )
    told = acts.present(
        facts["release"],
        facts["entry"],
        card,
        CardPin(facts["pin"]),
        check_only_full=facts["only_full"],
        reader=facts["reader"],
    )
    return Frame(DONE, {"outcome": told.outcome.value, "tries_left": told.tries_left})


def _reveal(acts: Acts, asked: Frame) -> Frame:
    facts = asked.facts
    picture = acts.reveal(
        facts["release"],
        facts["entry"],
        height_px=facts["height"],
        ink=facts["ink"],
        paper=facts["paper"],
    )
    facts = {"width": picture.width, "height": picture.height}
    return Frame(DONE, facts, (Secret(picture.grey),))


def _change_officers(acts: Acts, asked: Frame) -> Frame:
    facts = asked.facts
    new = _passphrases(asked, 0)
    return _made(acts.change_officers(facts["release"], facts["stay"], new, facts["threshold"]))


def _recover(acts: Acts, asked: Frame) -> Frame:
    count = asked.facts["shares"]
    shares, new = asked.blobs[:count], _passphrases(asked, count)
    return _made(acts.recover(shares, new, asked.facts["threshold"]))


def _check_share(acts: Acts, asked: Frame) -> Frame:
    return Frame(DONE, {"number": acts.check_share(asked.blobs[0])})


def _change_passphrase(acts: Acts, asked: Frame) -> Frame:
    old, new = asked.blobs
    return _generation(acts.change_passphrase(asked.facts["staff"], old, new))


def _use_previous(acts: Acts, asked: Frame) -> Frame:
    return _generation(acts.use_previous(asked.facts["above"]))


def _passphrases(asked: Frame, first: int) -> dict[int, Secret]:
    """Passphrases by member of staff; they are the last blobs."""
    return dict(zip(asked.facts["officers"], asked.blobs[first:], strict=True))


def _made(made: Made) -> Frame:
    facts, ids = summary_facts(made.summary)
    return Frame(DONE, facts, (ids, *made.shares))


def _generation(generation: int) -> Frame:
    return Frame(DONE, {"generation": generation})


_ANSWERS: Mapping[str, Callable[[Acts, Frame], Frame]] = {
    "open": _open,
    "create": _create,
    "deposit": _deposit,
    "erase": _erase,
    "begin": _begin,
    "approve": _approve,
    "present": _present,
    "reveal": _reveal,
    "change_officers": _change_officers,
    "recover": _recover,
    "check_share": _check_share,
    "change_passphrase": _change_passphrase,
    "use_previous": _use_previous,
}
