"""``audit``: the log, verified and signed.  Findings name entries by number, never a person."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from facility_app.audit.findings import Finding
from facility_app.cli.desk import Desk, FileUnreadable, desk_of
from facility_app.i18n import Words


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
        from facility_app.domain.access import PROGRAM
        from facility_app.services.checks import checkpoint_on_request

        desk = desk_of(context, as_json)
        with desk.office() as office:
            made = office.do(PROGRAM, checkpoint_on_request)
        facts = {"size": made.size, "root": made.root.hex(), "text": made.text}
        desk.say(facts, [made.text.rstrip("\n")])


def _verified(desk: Desk, checkpoint: Path | None) -> bool:
    from facility_app.domain.access import PROGRAM
    from facility_app.services.log_check import check_log

    printed = _text_of(checkpoint) if checkpoint else ""
    with desk.office() as office:
        verdict = check_log(office, PROGRAM, _Progress(desk), printed=printed)
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


class _Progress:
    """Shows how far the verification is, where somebody is watching."""

    def __init__(self, desk: Desk) -> None:
        self._shown = sys.stderr.isatty() and not desk.as_json

    def __call__(self, done: int, of: int) -> None:
        if self._shown and of:
            print(f"\r{done * 100 // of:3d} %", end="\n" if done >= of else "", file=sys.stderr)
