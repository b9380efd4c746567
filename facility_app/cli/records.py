"""``audit``: the log, verified and signed.  Findings name entries by number, never a person."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from facility_app.audit.findings import Finding
from facility_app.cli.desk import Desk, FileUnreadable, desk_of
from facility_app.i18n import Words

if TYPE_CHECKING:
    from facility_app.services.office import Office


def register(app: typer.Typer, words: Words) -> None:
    """Add the commands to `app`."""
    audit = typer.Typer(help=words("cli-help-audit"), rich_markup_mode=None)
    app.add_typer(audit, name="audit")

    paper = typer.Option(
        None, "--checkpoint", metavar="FILE", help=words("cli-help-checkpoint-file")
    )

    @audit.command("verify", help=words("cli-help-audit-verify"))
    def verify(
        context: typer.Context,
        checkpoint: Path | None = paper,
        as_json: bool = typer.Option(False, "--json", help=words("cli-help-json")),
    ) -> None:
        if not _verified(desk_of(context, as_json), checkpoint):
            raise typer.Exit(6)

    @audit.command("checkpoint", help=words("cli-help-audit-checkpoint"))
    def checkpoint(
        context: typer.Context,
        as_json: bool = typer.Option(False, "--json", help=words("cli-help-json")),
    ) -> None:
        _signed(desk_of(context, as_json))

    folder = typer.Option(..., "--out", metavar="DIR", help=words("cli-help-export-out"))

    @audit.command("export", help=words("cli-help-audit-export"))
    def export(
        context: typer.Context,
        out: Path = folder,
        as_json: bool = typer.Option(False, "--json", help=words("cli-help-json")),
    ) -> None:
        _exported(desk_of(context, as_json), out)

    file = typer.Option(..., "--out", metavar="FILE", help=words("cli-help-proof-out"))

    @audit.command("proof", help=words("cli-help-audit-proof"))
    def proof(
        context: typer.Context,
        entry: int = typer.Argument(..., metavar="N", help=words("cli-help-proof-entry")),
        out: Path = file,
        as_json: bool = typer.Option(False, "--json", help=words("cli-help-json")),
    ) -> None:
        _proved(desk_of(context, as_json), entry, out)


def _signed(desk: Desk) -> None:
    from facility_app.domain.access import PROGRAM
    from facility_app.services.checks import checkpoint_on_request

    with desk.office() as office:
        made = office.do(PROGRAM, checkpoint_on_request)
        kept = kept_outside(desk, office)
    facts = {"size": made.size, "root": made.root.hex(), "text": made.text, "words": made.words}
    spoken = desk.words("cli-audit-words", spoken=" ".join(made.words))
    desk.say(facts, [made.text.rstrip("\n"), "", spoken, *kept])


def _exported(desk: Desk, out: Path) -> None:
    from facility_app.domain.access import PROGRAM
    from facility_app.services.log_export import export_log

    with desk.office() as office:
        done = export_log(office, PROGRAM, out.expanduser().absolute(), ProgressBar(desk))
        kept = kept_outside(desk, office)
    size, root = done.checkpoint.size, done.checkpoint.root.hex()
    facts = {"folder": str(done.folder), "entries": size, "root": root, "vkey": done.vkey}
    said = desk.words("cli-audit-exported", entries=size, folder=str(done.folder))
    desk.say(facts, [said, desk.words("cli-audit-vkey", vkey=done.vkey), *kept])


def _proved(desk: Desk, entry: int, out: Path) -> None:
    from facility_app.domain.access import PROGRAM
    from facility_app.services.proof_slip import write_slip

    with desk.office() as office:
        slip = write_slip(office, PROGRAM, entry, out.expanduser().absolute())
        kept = kept_outside(desk, office)
    size = slip.checkpoint.size
    facts = {"file": str(slip.file), "entry": slip.seq, "size": size, "vkey": slip.vkey}
    said = desk.words("cli-audit-proved", entry=slip.seq, file=str(slip.file))
    desk.say(facts, [said, desk.words("cli-audit-vkey", vkey=slip.vkey), *kept])


def kept_outside(desk: Desk, office: Office) -> list[str]:
    """Copy the checkpoints to the folders of the settings; what is to be said about these."""
    from facility_app.services.checkpoint_sinks import copy_checkpoints

    states = copy_checkpoints(office)
    for error in filter(None, (state.error for state in states)):
        raise error
    return [desk.words(state.key, **state.facts()) for state in states]


def _verified(desk: Desk, checkpoint: Path | None) -> bool:
    from facility_app.domain.access import PROGRAM
    from facility_app.services.log_check import check_log

    printed = _text_of(checkpoint) if checkpoint else ""
    with desk.office() as office:
        verdict = check_log(office, PROGRAM, ProgressBar(desk), printed=printed)
    findings = [
        {"kind": each.kind.value, "first": each.first, "last": each.last}
        for each in verdict.findings
    ]
    facts = {
        "clean": not findings,
        "entries": verdict.size,
        "root": verdict.root.hex(),
        "checkpoints": verdict.checkpoints,
        "findings": findings,
    }
    lines = [_line(desk, each) for each in verdict.findings] or [
        desk.words("cli-audit-clean", entries=verdict.size, checkpoints=verdict.checkpoints)
    ]
    desk.say(facts, lines)
    return not findings


def _line(desk: Desk, finding: Finding) -> str:
    words, kind = desk.words, finding.kind
    if not finding.first:
        return words("cli-audit-finding-whole", kind=kind)
    if finding.first == finding.last:
        return words("cli-audit-finding-one", entry=finding.first, kind=kind)
    return words("cli-audit-finding", first=finding.first, last=finding.last, kind=kind)


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as exc:
        raise FileUnreadable(str(file)) from exc


class ProgressBar:
    """Shows how far it is, where somebody is watching."""

    def __init__(self, desk: Desk) -> None:
        self._shown = sys.stderr.isatty() and not desk.as_json

    def __call__(self, done: int, of: int) -> None:
        if self._shown and of:
            print(f"\r{done * 100 // of:3d} %", end="\n" if done >= of else "", file=sys.stderr)
