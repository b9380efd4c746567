"""The technical log in ``<data>/log``: what the program did and where it broke, about nobody.

Messages of foreign exceptions may quote a row or a file of a resident, so only the kind of an
exception and the code it passed through are written. A person sees an incident number that leads
to the lines here.
"""

from __future__ import annotations

import logging
import os
import secrets
import time
import traceback
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from facility_app.errors import FacilityError

LOGGER = "facility_app"
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_BYTES_PER_FILE = 1_000_000
_OLD_FILES = 5


class _PrivateFile(RotatingFileHandler):
    """A rotating file that only its owner can read."""

    def _open(self) -> TextIOWrapper:
        return open(
            self.baseFilename,
            "a",
            encoding="utf-8",
            opener=lambda path, flags: os.open(path, flags, 0o600),
        )


def start_log(folder: Path) -> Path:
    """Write the log of this process to ``folder/facility-app.log``; gives that path.

    Five old files of 1 MB are kept. Calling it again moves the log to the new folder. A folder that
    cannot be written raises `OSError`.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "facility-app.log"
    stop_log()
    handler = _PrivateFile(path, maxBytes=_BYTES_PER_FILE, backupCount=_OLD_FILES, encoding="utf-8")
    formatter = logging.Formatter(
        "%(asctime)sZ %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S"
    )
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    logger = logging.getLogger(LOGGER)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    return path


def stop_log() -> None:
    """Close the log file; Windows cannot move or delete a folder with an open file."""
    logger = logging.getLogger(LOGGER)
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()


def incident(exc: BaseException) -> str:
    """Log `exc` without its message; gives a number (like ``K7Q-2MD``) that can be read out."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(6))
    number = f"{letters[:3]}-{letters[3:]}"
    logging.getLogger(LOGGER).error("incident %s\n%s", number, where(exc))
    return number


def where(exc: BaseException) -> str:
    """The chain of exceptions with the code they passed through, and no message text."""
    lines: list[str] = []
    link: BaseException | None = exc
    seen: set[int] = set()
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        lines.append(_name(link))
        for frame in traceback.extract_tb(link.__traceback__):
            lines.append(f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}: {frame.line}")
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "\n".join(lines)


def _name(exc: BaseException) -> str:
    name = f"{type(exc).__module__}.{type(exc).__qualname__}"
    if isinstance(exc, FacilityError):
        return f"{name} {exc.key}"
    if isinstance(exc, OSError) and exc.errno is not None:
        return f"{name} errno {exc.errno}: {os.strerror(exc.errno)}"
    code = getattr(exc, "sqlite_errorname", None)
    return f"{name} {code}" if isinstance(code, str) else name


def _short(filename: str) -> str:
    """The last parts of a path: the home folder in front may carry a person's name."""
    return "/".join(Path(filename).parts[-3:])
