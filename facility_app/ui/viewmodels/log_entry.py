"""One entry in full, as lines of words.  Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

from facility_app.services.record import FullEntry
from facility_app.services.record_words import DetailWords, action_word, in_groups
from facility_app.ui.viewmodels.log import action_look


@dataclass(frozen=True)
class EntryText:
    """One entry for the card at the right: `lines` are (label, value); `changes` (label, before,
    after) of a correction or change; `notes` are sentences."""

    seq: int
    title: str
    number: str
    icon: str
    tone: str
    lines: list[tuple[str, str]]
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    proved: bool = True
    proof: str = ""
    proof_text: str = ""
    hash: str = ""
    erased: bool = False
    corrections: tuple[int, ...] = ()
    corrected: EntryText | None = None


class EntryWords(DetailWords):
    """Turns entries into words."""

    def text(self, entry: FullEntry) -> EntryText:
        """The whole entry."""
        words, line = self._words, entry.line
        icon, tone = action_look(line.action)
        details = {**entry.plain, **entry.sealed}
        changes = self.changed(details)
        proof = entry.proof
        key = "log-proved" if proof.holds else "log-not-proved"
        told = words(f"{key}-text", size=f"{proof.size:,}", steps=len(proof.path))
        return EntryText(
            seq=line.seq,
            title=action_word(words, line.action),
            number=words("log-entry", seq=f"{line.seq:,}"),
            icon=icon,
            tone=tone,
            lines=[*self._head(entry), *self.details(details)],
            changes=changes,
            proved=proof.holds,
            proof=words(key),
            proof_text=told,
            hash=in_groups(proof.leaf.hex()[:32]),
            erased=entry.erased,
            corrections=entry.corrections,
            corrected=self.text(entry.corrected) if entry.corrected else None,
        )

    def _head(self, entry: FullEntry) -> list[tuple[str, str]]:
        words, line = self._words, entry.line
        lines = [(words("log-when"), words.moment(line.at))]
        if line.actor:
            told = words("log-actor-how", name=line.actor, how=line.identified)
            lines.append((words("log-actor"), told))
        else:
            lines.append((words("log-actor"), words("log-program")))
        if line.resident:
            lines.append((words("log-resident"), line.resident + words("widgets-honorific")))
        if entry.items:
            names = [name or f"#{n}" for n, name in enumerate(entry.items, 1)]
            lines.append((words("log-things"), "\n".join(names)))
        return lines
