"""All pages of the window, in the order of the navigation; each is imported when first shown."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from facility_app.domain.access import Permission
from facility_app.ui.context import UiContext
from facility_app.ui.page import Page, PageSpec


def _lazy(module: str, name: str) -> Callable[[UiContext], Page]:
    """A factory that loads the page's module, and the services behind it, on first use."""

    def make(ctx: UiContext) -> Page:
        found = getattr(import_module(f"facility_app.ui.pages.{module}"), name)
        return cast(Page, found(ctx))

    return make


PAGES = (
    PageSpec("today", "today", "nav-today", Permission.VIEW_DESK, _lazy("today", "TodayPage")),
    PageSpec("desk", "swap_horiz", "nav-desk", Permission.SIGN_IN, _lazy("desk", "DeskPage")),
    PageSpec(
        "residents",
        "groups",
        "nav-residents",
        Permission.VIEW_RESIDENTS,
        _lazy("residents", "ResidentsPage"),
        searchable=True,
    ),
    PageSpec(
        "visits", "stethoscope", "nav-visits", Permission.VIEW_DESK, _lazy("visits", "VisitsPage")
    ),
    *(
        PageSpec(key, icon, title, right, _lazy(*page), in_navigation=False, under="visits")
        for key, icon, title, right, page in (
            (
                "departure",
                "door_open",
                "leave-go",
                Permission.VIEW_DESK,
                ("departure", "DeparturePage"),
            ),
            (
                "house-call",
                "home_health",
                "rounds-name",
                Permission.VIEW_DESK,
                ("house_call", "HouseCallPage"),
            ),
            (
                "clinics",
                "local_hospital",
                "clinics-page-title",
                Permission.VIEW_DESK,
                ("clinics", "ClinicsPage"),
            ),
            (
                "visit-results",
                "bar_chart",
                "works-title",
                Permission.MAKE_REPORTS,
                ("visit_results", "VisitResultsPage"),
            ),
        )
    ),
    PageSpec(
        "cards",
        "contactless",
        "nav-cards",
        Permission.CHECK_CARDS,
        _lazy("card_check", "CardCheckPage"),
    ),
    PageSpec(
        "reader-test",
        "rule",
        "nav-reader-test",
        None,
        _lazy("reader_test", "ReaderTestPage"),
        in_navigation=False,
        under="cards",
    ),
    PageSpec("lost", "search_off", "nav-lost", Permission.VIEW_LOST, _lazy("lost", "LostPage")),
    PageSpec(
        "lost-drill",
        "timer",
        "loss-drill",
        Permission.REPORT_LOST,
        _lazy("lost_drill", "DrillPage"),
        in_navigation=False,
        under="lost",
    ),
    PageSpec(
        "pins",
        "password",
        "nav-pins",
        Permission.VIEW_VAULT,
        _lazy("pins", "PinsPage"),
        while_on=Permission.APPROVE_PIN,
        gives_way=True,
    ),
    PageSpec(
        "pin-vault",
        "password",
        "pin-vault-title",
        Permission.MANAGE_VAULT,
        _lazy("pins_vault", "VaultPage"),
        in_navigation=False,
        under="pins",
    ),
    PageSpec(
        "stocktake",
        "shelves",
        "nav-stocktake",
        Permission.VIEW_STOCKTAKE,
        _lazy("stocktake", "StocktakePage"),
    ),
    PageSpec("log", "history", "nav-log", Permission.VIEW_LOG, _lazy("log", "LogPage")),
    PageSpec(
        "review",
        "fact_check",
        "nav-review",
        Permission.REVIEW_RECORD,
        _lazy("review", "ReviewPage"),
        in_navigation=False,
        under="log",
    ),
    PageSpec(
        "reports",
        "description",
        "reports-page-title",
        Permission.VIEW_LOG,
        _lazy("reports", "ReportsPage"),
        in_navigation=False,
        under="log",
    ),
    PageSpec(
        "charts",
        "bar_chart",
        "charts-title",
        Permission.VIEW_LOG,
        _lazy("charts", "ChartsPage"),
        in_navigation=False,
        under="log",
    ),
    PageSpec(
        "checkpoint",
        "fact_check",
        "checkpoints-title",
        Permission.VERIFY_LOG,
        _lazy("checkpoint", "CheckpointPage"),
        in_navigation=False,
        under="log",
    ),
    PageSpec(
        "staff",
        "badge",
        "nav-staff",
        Permission.VIEW_STAFF,
        _lazy("staff", "StaffPage"),
        in_navigation=False,
        in_person_menu=True,
    ),
    PageSpec(
        "settings",
        "settings",
        "nav-settings",
        Permission.CHANGE_OWN_PASSWORD,
        _lazy("settings", "SettingsPage"),
        in_navigation=False,
        in_person_menu=True,
    ),
)
