"""``demo``: the sample facility in the window, or one day of it played offscreen."""

from __future__ import annotations

from pathlib import Path

import typer

from facility_app.i18n import Words


def register(app: typer.Typer, words: Words) -> None:
    """Add the command to `app`."""

    @app.command("demo", help=words("demo-help"))
    def demo(
        out: Path | None = typer.Option(None, "--out", metavar="DIR", help=words("demo-help-out")),
        offscreen: bool = typer.Option(False, "--offscreen", help=words("demo-help-offscreen")),
        manual: Path | None = typer.Option(None, "--manual", metavar="DIR", hidden=True),
        history_days: int | None = typer.Option(None, "--history-days", min=0, hidden=True),
        quick: bool = typer.Option(False, "--quick", hidden=True),
    ) -> None:
        from facility_app.demo.command import Wanted, run_demo

        raise typer.Exit(run_demo(Wanted(out, offscreen, manual, history_days, quick), words))
