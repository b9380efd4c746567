"""What is known of a resident's health insurance beyond the papers in the pouch, and of a clinic.

Facts that decide which way at the clinic's desk is open (domain facts §2, §4, §5, §9).  Each may be
unknown: nothing here is guessed from anything else.
"""

from __future__ import annotations

from enum import Enum


class Coverage(Enum):
    """国保, 後期高齢者医療, 社保, 生活保護 (医療扶助), or not known."""

    UNKNOWN = "unknown"
    KOKUHO = "kokuho"
    KOUKI = "kouki"
    SHAHO = "shaho"
    LIVELIHOOD = "livelihood"


class Answer(Enum):
    """Yes, no, or nobody has said."""

    UNKNOWN = "unknown"
    YES = "yes"
    NO = "no"

    @property
    def yes(self) -> bool:
        """Whether it was said to be so."""
        return self is Answer.YES

    @property
    def no(self) -> bool:
        """Whether it was said not to be so."""
        return self is Answer.NO


class PinKnownBy(Enum):
    """Who may say the four digits at a reader: the person, or a 法定代理人 who comes along.

    Family without authority and the vault do not count (domain facts §3.2).
    """

    UNKNOWN = "unknown"
    NOBODY = "nobody"
    PERSON = "person"
    LEGAL_REPRESENTATIVE = "legal-representative"


class IncomeClass(Enum):
    """一般, 一定以上所得, 現役並み: what the burden ratio turns on besides the age (§5)."""

    UNKNOWN = "unknown"
    GENERAL = "general"
    ABOVE = "above"
    ACTIVE = "active"


class VisualMode(Enum):
    """Whether 目視モード is known to work at a clinic's desk."""

    UNKNOWN = "unknown"
    WORKS = "works"
    REFUSED = "refused"


class PortalScreen(Enum):
    """マイナポータル's 資格情報画面: somebody can log in at the desk, or it was saved as a PDF."""

    UNKNOWN = "unknown"
    NONE = "none"
    LOG_IN = "log-in"
    SAVED = "saved"


class HouseCallDevice(Enum):
    """What the visiting doctor's staff read a card with (§10).

    APP: マイナ資格確認アプリ, PIN or 目視; WEB: マイナ在宅受付Web, PIN only.
    """

    UNKNOWN = "unknown"
    APP = "app"
    WEB = "web"
