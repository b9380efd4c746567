"""stub"""

from __future__ import annotations

from facility_app.ui.page import Page


class VaultPage(Page):
    pass
