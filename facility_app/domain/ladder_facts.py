"""What decides how somebody is accepted at a clinic's desk: documents, situation, ways and reasons.

Every fact may be unknown, and unknown is never taken for good: it makes a way unsure (domain facts
§3.2, §4.2).  The words for people are ``ladder-way-<way>`` and ``ladder-why-<why>``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from facility_app.domain.coverage import Answer, Coverage, HouseCallDevice, PinKnownBy, VisualMode
from facility_app.domain.items import FaceAuthentication


class Way(Enum):
    """A way to be accepted (受付方法), §4.2; in no order: that is rule data."""

    FACE = "face"
    """マイナ保険証 + 顔認証"""
    PIN = "pin"
    """マイナ保険証 + 暗証番号4桁"""
    VISUAL = "visual"
    """マイナ保険証 + 目視確認"""
    CERTIFICATE = "certificate"
    """資格確認書 alone"""
    PORTAL = "portal"
    """card + マイナポータル資格情報画面 or its saved PDF"""
    NOTICE = "notice"
    """card + 資格情報のお知らせ"""
    PHONE = "phone"
    """スマホ"""
    ORAL = "oral"
    """口頭確認: a clinic that knows the person"""
    DECLARATION = "declaration"
    """被保険者資格申立書"""
    LIVELIHOOD = "livelihood"
    """医療券・診療依頼書"""
    RECHECK = "recheck"
    """再照会: a visiting doctor who has read the card before"""
    PHARMACY = "pharmacy"
    """処方箋 at a pharmacy, without the person"""
    AMBULANCE = "ambulance"
    """マイナ救急: the card for the crew"""


class Openness(Enum):
    """OPEN: no rule stands against it, which is no promise; UNSURE: a fact is missing or must turn
    out well; CLOSED: a rule closes it."""

    OPEN = "open"
    UNSURE = "unsure"
    CLOSED = "closed"


class Place(Enum):
    """Where they are to be accepted.  PHARMACY: staff go without the person."""

    CLINIC = "clinic"
    HOUSE_CALL = "house-call"
    PHARMACY = "pharmacy"
    EMERGENCY = "emergency"


class Portal(Enum):
    """資格情報画面: none at hand, by logging in on the spot (needs the PIN), or as a saved PDF."""

    NONE = "none"
    LOG_IN = "log-in"
    SAVED = "saved"


@dataclass(frozen=True)
class Card:
    """A マイナンバーカード in hand.  A date that is None was not noted.

    no_certificate: it carries none; unreadable: today's check of the chip found what blocks;
    pin_blocked: the counter of the PIN stands at zero, so it is locked or a 顔認証カード.
    """

    expires_on: date | None = None
    certificate_expires_on: date | None = None
    face: FaceAuthentication = FaceAuthentication.UNKNOWN
    photo: Answer = Answer.UNKNOWN
    no_certificate: bool = False
    unreadable: bool = False
    pin_blocked: bool = False


@dataclass(frozen=True)
class Paper:
    """A paper in hand.  A date that is None was not noted."""

    valid_from: date | None = None
    expires_on: date | None = None


@dataclass(frozen=True)
class PublicFunds:
    """A 公費受給者証: the code of its kind and its end."""

    kind: str
    expires_on: date | None = None


@dataclass(frozen=True)
class Documents:
    """What a resident has, and what is known about their insurance.

    registered: 利用登録; wishes_registration: the person wants it made at the reader; portal and
    phone: theirs; phone_needs_pin: Android asks for the digits; area: a code of the areas in the
    rule data, empty = not set; welfare_told_on: the day the 福祉事務所 was told of the visit.
    """

    birth: date
    coverage: Coverage = Coverage.UNKNOWN
    card: Card | None = None
    registered: Answer = Answer.UNKNOWN
    wishes_registration: bool = False
    pin_known_by: PinKnownBy = PinKnownBy.UNKNOWN
    consents_face: Answer = Answer.UNKNOWN
    consents_visual: Answer = Answer.UNKNOWN
    certificate: Paper | None = None
    notice: Paper | None = None
    ticket: Paper | None = None
    portal: Portal = Portal.NONE
    phone: Answer = Answer.UNKNOWN
    phone_needs_pin: Answer = Answer.UNKNOWN
    welfare_told_on: date | None = None
    public_funds: tuple[PublicFunds, ...] = ()
    area: str = ""


@dataclass(frozen=True)
class Situation:
    """The visit.  `on` is its day in Japan.

    visual_mode, pmh, livelihood_ready, phone_ready: of the clinic; device: of the visiting doctor;
    prescribed_on: the day of the 処方箋 that staff take to a pharmacy.
    """

    on: date
    place: Place = Place.CLINIC
    first_visit: Answer = Answer.UNKNOWN
    visual_mode: VisualMode = VisualMode.UNKNOWN
    pmh: Answer = Answer.UNKNOWN
    livelihood_ready: Answer = Answer.UNKNOWN
    phone_ready: Answer = Answer.UNKNOWN
    device: HouseCallDevice = HouseCallDevice.UNKNOWN
    reader_broken: bool = False
    card_lost: bool = False
    prescribed_on: date | None = None


class Why(Enum):
    """Why a way is closed, why it is unsure, or what is to be minded though it is open."""

    # closes
    NO_CARD = "no-card"
    CARD_LOST = "card-lost"
    CARD_EXPIRED = "card-expired"
    CERTIFICATE_PAST_GRACE = "certificate-past-grace"
    NO_CERTIFICATE_ON_CARD = "no-certificate-on-card"
    CARD_BLOCKED = "card-blocked"
    NOT_REGISTERED = "not-registered"
    NO_PHOTO = "no-photo"
    READER_BROKEN = "reader-broken"
    DECLINED = "declined"
    FACE_CARD = "face-card"
    PIN_NOT_KNOWN = "pin-not-known"
    PIN_BLOCKED = "pin-blocked"
    VISUAL_REFUSED = "visual-refused"
    WEB_NEEDS_PIN = "web-needs-pin"
    HOUSE_CALL = "house-call"
    PERSON_NOT_THERE = "person-not-there"
    NO_SCREEN = "no-screen"
    PORTAL_IN_GRACE = "portal-in-grace"
    NO_NOTICE = "no-notice"
    NOTICE_EXPIRED = "notice-expired"
    NO_CERTIFICATE = "no-certificate"
    CERTIFICATE_EXPIRED = "certificate-expired"
    CERTIFICATE_NOT_BEGUN = "certificate-not-begun"
    TURNED_75 = "turned-75"
    NO_PHONE = "no-phone"
    FIRST_VISIT = "first-visit"
    NOT_INSURED = "not-insured"
    NO_TICKET = "no-ticket"
    TICKET_EXPIRED = "ticket-expired"
    TICKET_GOES_ALONG = "ticket-goes-along"
    WELFARE_OFFICE_NOT_TOLD = "welfare-office-not-told"
    CLINIC_NOT_READY = "clinic-not-ready"
    PRESCRIPTION_EXPIRED = "prescription-expired"
    NO_INFORMATION_IN_GRACE = "no-information-in-grace"
    ONLY_HOUSE_CALL = "only-house-call"
    ONLY_LIVELIHOOD = "only-livelihood"
    ONLY_PHARMACY = "only-pharmacy"
    ONLY_EMERGENCY = "only-emergency"
    # makes unsure
    DATES_NOT_NOTED = "dates-not-noted"
    REGISTRATION_UNKNOWN = "registration-unknown"
    REGISTER_AT_READER = "register-at-reader"
    COVERAGE_UNKNOWN = "coverage-unknown"
    COVERAGE_OUTDATED = "coverage-outdated"
    CONSENT_NOT_NOTED = "consent-not-noted"
    PHOTO_UNKNOWN = "photo-unknown"
    FACE_NOTE_UNKNOWN = "face-note-unknown"
    PIN_KNOWER_UNKNOWN = "pin-knower-unknown"
    VISUAL_UNKNOWN = "visual-unknown"
    DEVICE_UNKNOWN = "device-unknown"
    PERSON_MAY_NOT_ANSWER = "person-may-not-answer"
    CLINIC_PHONE_UNKNOWN = "clinic-phone-unknown"
    PHONE_IN_GRACE = "phone-in-grace"
    FIRST_VISIT_UNKNOWN = "first-visit-unknown"
    ORAL_FIRST = "oral-first"
    NOTHING_PROMISED = "nothing-promised"
    EARLIER_READING_UNKNOWN = "earlier-reading-unknown"
    CLINIC_READINESS_UNKNOWN = "clinic-readiness-unknown"
    TOLD_LONG_AGO = "told-long-ago"
    TICKET_NOT_BEGUN = "ticket-not-begun"
    PRESCRIPTION_DAY_UNKNOWN = "prescription-day-unknown"
    # minded though open
    IN_GRACE = "in-grace"
    PIN_BY_REPRESENTATIVE = "pin-by-representative"
    CALL_FIRST = "call-first"
    # warnings of the whole plan
    CERTIFICATE_IN_GRACE = "certificate-in-grace"
    ASK_INSURER_EARLY = "ask-insurer-early"
    CARD_ENDS_SOON = "card-ends-soon"
    RENEWAL_OPEN = "renewal-open"
    PAPER_ENDS_SOON = "paper-ends-soon"
    CERTIFICATE_DUE = "certificate-due"
    CERTIFICATE_BY_AGE = "certificate-by-age"
    TURNING_75 = "turning-75"
    LOOK_AT_FACE_NOTE = "look-at-face-note"
    PUBLIC_FUNDS_EXPIRED = "public-funds-expired"


NOT_HERE = frozenset(
    {Why.ONLY_HOUSE_CALL, Why.ONLY_LIVELIHOOD, Why.ONLY_PHARMACY, Why.ONLY_EMERGENCY}
)
"""A way with one of these is out of place here and needs no explaining."""


@dataclass(frozen=True)
class Reason:
    """A reason; `day` is the day it turns on, `kind` the code of a paper's kind, where it has
    one."""

    why: Why
    day: date | None = None
    kind: str = ""
