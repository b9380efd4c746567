"""A finding in words: what is, and until when or what to do; the same on every page and command."""

from __future__ import annotations

from facility_app.cards.check import Finding
from facility_app.i18n import Words


def finding_text(words: Words, finding: Finding) -> tuple[str, str]:
    """Title and advice, from ``card-finding-<code>`` and ``card-finding-<code>-todo``.

    The messages may use `until` (a day), `days` (a number without sign), `pin` (its word), `which`
    (its name, to choose a wording by), `tries`, `other` (a person) and `named` (whether there is
    one).
    """
    facts: dict[str, object] = {
        "until": finding.until,
        "days": str(abs(finding.days)) if finding.days is not None else "",
        "pin": finding.pin,
        "which": finding.pin.value if finding.pin else "",
        "tries": str(finding.tries) if finding.tries is not None else "",
        "other": finding.other,
        "named": "yes" if finding.other else "no",
    }
    key = f"card-finding-{finding.code.value.replace('_', '-')}"
    return words(key, **facts), words(f"{key}-todo", **facts)
