"""What the record says of a thing taken into custody or changed, in words."""

from __future__ import annotations

from facility_app.domain.items import FaceAuthentication
from facility_app.i18n import Words
from facility_app.services.record_words import DetailWords

KINDS = {"my-number-card": "マイナンバーカード", "care-insurance": "介護保険証"}
WORDS = DetailWords(Words("ja"), {}, kinds=KINDS)


def test_a_received_card_is_told_without_codes() -> None:
    told = WORDS.details(
        {
            "kind": "my-number-card",
            "kind_code": "my-number-card",
            "face_authentication": FaceAuthentication.NOT_NOTED.value,
        }
    )
    assert told == [
        ("種類", "マイナンバーカード"),
        ("顔認証の記載", "「顔認証」の記載なし"),
    ]


def test_a_changed_kind_is_told_by_its_names() -> None:
    told = WORDS.changed(
        {"before": {"kind_code": "my-number-card"}, "after": {"kind_code": "care-insurance"}}
    )
    assert told == [("種類", "マイナンバーカード", "介護保険証")]
