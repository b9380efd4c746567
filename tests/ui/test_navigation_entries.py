"""Nobody has more than eight entries in the navigation (ui.md), and every page has its words."""

from __future__ import annotations

import pytest

from facility_app.domain.access import RIGHTS, Role
from facility_app.i18n import LANGUAGES, Words
from facility_app.ui.registry import PAGES


@pytest.mark.parametrize("role", Role)
def test_no_role_has_more_than_eight_entries(role: Role) -> None:
    rights = RIGHTS[role]
    entries = [spec for spec in PAGES if spec.in_navigation and not spec.gives_way]
    assert sum(spec.permission in rights or spec.permission is None for spec in entries) <= 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_a_title_and_a_place_in_the_navigation(language: str) -> None:
    keys = {spec.key for spec in PAGES if spec.in_navigation}
    for spec in PAGES:
        assert Words(language)(spec.title)
        assert spec.in_navigation or spec.in_person_menu or spec.under in keys, spec.key
