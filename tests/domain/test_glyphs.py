"""Which characters of a name a clinic's screen may show as ●."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.domain.glyphs import at_risk


@pytest.mark.parametrize(
    ("name", "risky"),
    [
        ("例田 花子", ()),
        ("見本　ハナ子", ()),
        ("Nguyen Van Mau", ()),
        ("髙橋 﨑子", ("髙", "﨑")),
        ("𠮷田 一郎", ("𠮷",)),
        ("葛\U000e0100城 忠", ("葛\U000e0100",)),
        ("辻\U000e0101 辻\U000e0101子", ("辻\U000e0101",)),
        ("Nguyễn", ("ễ",)),
        ("龍之介", ()),
        ("", ()),
    ],
)
def test_what_is_at_risk(name: str, risky: tuple[str, ...]):
    assert at_risk(name) == risky


@given(st.text(max_size=20))
def test_whatever_is_at_risk_stands_in_the_name(name: str):
    assert all(each in name for each in at_risk(name))
