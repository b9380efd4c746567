"""The program's side of the vault's process: starts it, asks it, ends it.

Every call blocks until the process has answered (work lane); `kill` comes from any thread and never
waits.  Each secret that is handed in is wiped when the call is over, however it ends.  Errors of
the process are raised here as the same class with the same facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from facility_app.keystore import PassphraseCost
from facility_app.secret import Secret
from facility_app.vault.channel import AgentGone as AgentGone
from facility_app.vault.channel import Frame
from facility_app.vault.file import Summary
from facility_app.vault.messages import Approved as Approved
from facility_app.vault.messages import CardPin as CardPin
from facility_app.vault.messages import Deposit as Deposit
from facility_app.vault.messages import ExpectedCard as ExpectedCard
from facility_app.vault.messages import Made as Made
from facility_app.vault.messages import PinOutcome as PinOutcome
from facility_app.vault.messages import PinPicture as PinPicture
from facility_app.vault.messages import Presented as Presented
from facility_app.vault.messages import cost_facts, day_fact, joined_ids, summary_of
from facility_app.vault.process import AgentFailed as AgentFailed
from facility_app.vault.process import AgentProcess


class VaultAgent:
    """The process and what it is asked.  It runs from the first `open` or `create` on."""

    def __init__(self, command: Sequence[str] | None = None) -> None:
        """`command`: another entry that serves the same protocol, with simulated readers."""
        self._process = AgentProcess(command)

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self.pid is not None

    @property
    def pid(self) -> int | None:
        """Its number, None where it does not run."""
        return self._process.pid

    @property
    def measures(self) -> tuple[str, ...]:
        """What `hardening` could take on this system, once the process runs."""
        return self._process.measures

    def close(self) -> None:
        """Let the process end by itself, which it does at once; may be called twice."""
        self._process.close()

    def kill(self) -> None:
        """End the process this instant, from any thread; what it holds goes with it.

        Never waits.  A call that waits for the process raises AgentGone.
        """
        self._process.kill()

    # --- the vault --------------------------------------------------------------------------------

    def open(self, folder: Path, store_id: str, device: Secret, cost: PassphraseCost) -> Summary:
        """Open the vault in `folder`: the process keeps the folder and the key of the file.

        No PIN is opened by it.  Raises VaultMissing, VaultDamaged, VaultForeign,
        VaultVersionUnknown.
        """
        facts = {"folder": str(folder.absolute()), "store": store_id, "cost": cost_facts(cost)}
        with device:
            return _summary(self._process.ask("open", facts, [device], start=True))

    def create(
        self,
        folder: Path,
        store_id: str,
        device: Secret,
        cost: PassphraseCost,
        officers: Mapping[int, Secret],
        threshold: int,
    ) -> Made:
        """Make a new, empty vault and open it.

        Raises VaultExists, VaultNotWritable, PassphraseTooShort.
        """
        facts: dict[str, Any] = {"folder": str(folder.absolute()), "store": store_id}
        facts |= {"cost": cost_facts(cost), "officers": list(officers), "threshold": threshold}
        blobs = [device, *officers.values()]
        with _Wiped(blobs):
            return _made(self._process.ask("create", facts, blobs, start=True))

    def deposit(self, place: Deposit, pin: Secret) -> int:
        """Seal a PIN under the vault's public key; gives the new generation.

        Needs no approval: putting in is no power to read.  Raises EntryUnknown where `version` is
        not the one that follows, VaultNotWritable.
        """
        facts = {
            "entry": place.entry_id,
            "resident": place.resident,
            "kind": place.kind,
            "version": place.version,
        }
        with pin:
            return _generation(self._process.ask("deposit", facts, [pin]))

    def erase(self, entry_ids: Sequence[str]) -> int:
        """Erase entries from this and the previous generation; gives the new generation.

        Ids that are not there are passed over.
        """
        with joined_ids(entry_ids) as ids:
            return _generation(self._process.ask("erase", {}, [ids]))

    def begin(self, release_id: str) -> None:
        """Begin a release: approvals given before are forgotten."""
        self._process.ask("begin", {"release": release_id})

    def approve(self, staff_id: int, passphrase: Secret) -> Approved:
        """An officer approves the release that was begun; it lasts five minutes.

        Takes as long as Argon2id does.  Raises WrongVaultPassphrase, OfficerUnknown.
        """
        with passphrase:
            facts = self._process.ask("approve", {"staff": staff_id}, [passphrase]).facts
        return Approved(facts["have"], facts["need"], facts["strengthened"])

    def present(
        self,
        release_id: str,
        entry_id: str,
        card: ExpectedCard,
        *,
        pin: CardPin,
        check_only_full: bool,
        reader: str = "",
    ) -> Presented:
        """Send the PIN of this entry to its card, at most once; see `present.present`.

        Where VerifyInterrupted, AgentGone or AgentFailed comes, it is not known whether the card
        counted a try; every other error says that nothing was sent.  Approvals are used up.
        Raises NotEnoughOfficers, EntryUnknown besides.
        """
        facts = {
            "release": release_id,
            "entry": entry_id,
            "card_expires": day_fact(card.card_expires_on),
            "certificate_expires": day_fact(card.certificate_expires_on),
            "marked": card.mark is not None,
            "keyed": card.mark_key is not None,
            "pin": pin.value,
            "only_full": check_only_full,
            "reader": reader,
        }
        blobs = [Secret(card.mark or b""), card.mark_key or Secret(b"")]
        with _Wiped(blobs):
            answer = self._process.ask("present", facts, blobs).facts
        return Presented(PinOutcome(answer["outcome"]), answer["tries_left"])

    def reveal(
        self, release_id: str, entry_id: str, *, height_px: int, ink: int, paper: int
    ) -> PinPicture:
        """The PIN of this entry as a picture; see `picture.draw_pin`.  Approvals are used up.

        Raises NotEnoughOfficers, EntryUnknown.
        """
        facts: dict[str, Any] = {"release": release_id, "entry": entry_id}
        facts |= {"height": height_px, "ink": ink, "paper": paper}
        answer = self._process.ask("reveal", facts)
        with answer.blobs[0] as grey:
            return PinPicture(answer.facts["width"], answer.facts["height"], grey.copy_bytes())

    def change_officers(
        self, release_id: str, stay: Sequence[int], new: Mapping[int, Secret], threshold: int
    ) -> Made:
        """New keys for everything, shared among those who stay and the new ones.

        Somebody who stays and stands in `new` gets the new passphrase.  Approvals are used up.
        Raises NotEnoughOfficers, OfficerUnknown, PassphraseTooShort.
        """
        facts: dict[str, Any] = {"release": release_id, "stay": list(stay)}
        facts |= {"officers": list(new), "threshold": threshold}
        with _Wiped(new.values()):
            return _made(self._process.ask("change_officers", facts, list(new.values())))

    def recover(
        self, shares: Sequence[Secret], officers: Mapping[int, Secret], threshold: int
    ) -> Made:
        """New officers by two printed shares; those of before are no officers any more.

        Raises ShareInvalid, ShareOfAnother, SharesTooFew, PassphraseTooShort.
        """
        facts = {"shares": len(shares), "officers": list(officers), "threshold": threshold}
        blobs = [*shares, *officers.values()]
        with _Wiped(blobs):
            return _made(self._process.ask("recover", facts, blobs))

    def check_share(self, share: Secret) -> int:
        """Which of the printed shares this is, 1 to 3; opens nothing.

        Raises ShareInvalid, ShareOfAnother.
        """
        with share:
            return int(self._process.ask("check_share", {}, [share]).facts["number"])

    def change_passphrase(self, staff_id: int, old: Secret, new: Secret) -> int:
        """Another passphrase for an officer; gives the new generation.

        Raises WrongVaultPassphrase, OfficerUnknown, PassphraseTooShort.
        """
        with old, new:
            return _generation(
                self._process.ask("change_passphrase", {"staff": staff_id}, [old, new])
            )

    def use_previous(self, generation: int) -> int:
        """Put the previous generation in place of a damaged one, as a generation above
        `generation`; gives its number.  Raises VaultDamaged, VaultMissing."""
        return _generation(self._process.ask("use_previous", {"above": generation}))


class _Wiped:
    """Wipes secrets at the end of a call."""

    def __init__(self, secrets: Sequence[Secret] | Any) -> None:
        self._secrets = list(secrets)

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_of_error: object) -> None:
        for each in self._secrets:
            each.wipe()


def _summary(answer: Frame) -> Summary:
    return summary_of(answer.facts, answer.blobs[0])


def _made(answer: Frame) -> Made:
    return Made(_summary(answer), tuple(answer.blobs[1:]))


def _generation(answer: Frame) -> int:
    return int(answer.facts["generation"])
