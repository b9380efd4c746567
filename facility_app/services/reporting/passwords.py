"""A password for a PDF: long enough that nobody guesses it, short enough to be read aloud."""

from __future__ import annotations

import secrets

from facility_app.secret import Secret

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Neither 0 and o nor 1, l and i: what is read from a screen is typed right."""

GROUPS, LETTERS = 7, 4
"""28 letters of 31: 138 bits.  A PDF's own key derivation is quick, so the password must be long
(ISO 32000-2 7.6.4.3.4)."""


def generated_password() -> Secret:
    """A new password of 138 bits in groups of four (``k7m3-9q2x-…``).

    It is shown once, to be sent by another way than the file.
    """
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS))
    return Secret.from_text("-".join(groups))
