"""The door of the command line: one `except` that chooses words and exit code (design §9)."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import typer
from typer.exceptions import TyperException

from facility_app.cli import card, demo, records, report, residents, staff, store, vault
from facility_app.cli.desk import Desk
from facility_app.config import data_folder
from facility_app.errors import FacilityError
from facility_app.i18n import LANGUAGES, Words
from facility_app.log import incident

LANGUAGE = "FACILITY_APP_LANGUAGE"
"""Environment variable: ``ja`` (default) or ``en``, for help and answers."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code of design §9.

    Everything that a command writes is for its owner only.
    """
    os.umask(0o077)
    words = Words(_language())
    given = _globals_first(sys.argv[1:] if arguments is None else arguments)
    try:
        command = typer.main.get_command(build(words))
        outcome = command.main(given, prog_name="facility-app", standalone_mode=False)
    except typer.Abort:
        return 0
    except TyperException as exc:
        print(exc.format_message(), file=sys.stderr)
        return exc.exit_code
    except FacilityError as exc:
        return _told(words, exc, "--json" in given)
    except Exception as exc:  # the door: a bug becomes an incident number
        print(words.error(exc, incident(exc)), file=sys.stderr)
        return 1
    return outcome if isinstance(outcome, int) else 0


def build(words: Words) -> typer.Typer:
    """The commands, with their help in the language of `words`."""
    app = typer.Typer(
        help=words("cli-help"),
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )

    folder = typer.Option(None, "--data", help=words("cli-help-data"), metavar="DIR")

    @app.callback(invoke_without_command=True)
    def root(
        context: typer.Context,
        data: Path | None = folder,
        passphrase_stdin: bool = typer.Option(
            False, "--passphrase-stdin", help=words("cli-help-passphrase-stdin")
        ),
    ) -> None:
        context.obj = Desk(data_folder(data), words, passphrase_stdin)
        if context.invoked_subcommand is None:
            from facility_app.launch import open_window

            raise typer.Exit(open_window(data))

    for area in (store, records, report, residents, card, staff, vault, demo):
        area.register(app, words)
    return app


def _globals_first(arguments: Sequence[str]) -> list[str]:
    """The same words with the options in front that all commands take."""
    front: list[str] = []
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--data":
            value = next(words, None)
            front += [word] if value is None else [word, value]
        elif word == "--passphrase-stdin" or word.startswith("--data="):
            front.append(word)
        else:
            rest.append(word)
    return front + rest


def _language() -> str:
    wanted = os.environ.get(LANGUAGE, LANGUAGES[0])
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


def _told(words: Words, exc: FacilityError, as_json: bool) -> int:
    text = words.error(exc)
    if as_json:
        facts = {"key": exc.key, "what": text.what, "undone": text.undone, "todo": text.todo}
        print(json.dumps({"error": facts}, ensure_ascii=False, sort_keys=True))
    if exc.exit_code:
        print(text, file=sys.stderr)
    return exc.exit_code
