"""A password for a PDF: long enough that nobody guesses it, short enough to be read aloud."""

from __future__ import annotations

from facility_app.secret import Secret


def generated_password() -> Secret:
    """A new password of 128 bits or more; it is shown once, to be sent by another way."""
    raise NotImplementedError
