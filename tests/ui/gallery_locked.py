"""Draws the unlock page, the emergency dialog and the cover; part of the gallery."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from facility_app.i18n import Words
from facility_app.ui.context import Face
from facility_app.ui.lock_keeper import LockKeeper
from facility_app.ui.theme import Theme
from facility_app.ui.unlock_page import UnlockPage
from tests.ui.desk_doubles import EmergencyDouble, UnlockDouble
from tests.ui.gallery import build
from tests.ui.stage import manager, settle, shoot


def draw_locked(theme: Theme, words: Words, out: Path, name: str) -> None:
    """The unlock page, the emergency dialog and the cover."""
    for count in (6, 14):
        window = build(theme, words)
        ctx = window.ctx
        ctx.session.close()
        page = UnlockPage(ctx, UnlockDouble(count))
        window.set_lock_page(page)
        now = [0.0]
        keeper = LockKeeper(
            ctx, window, page, EmergencyDouble(), clock_s=partial(now.__getitem__, 0)
        )
        window.resize(1366, 768 if count == 6 else 690)
        window.show()
        settle(ctx)
        page.tiles["2031"].click()
        page.password.field.setText("secretive")
        page._show_state()
        shoot(window, out / f"{name}-unlock-{count}.png")
        keeper.open_emergency()
        settle(ctx)
        shoot(window, out / f"{name}-emergency-{count}-1.png")
        assert keeper.dialog is not None
        keeper.dialog.scan("2041")
        settle(ctx)
        keeper.dialog.scan("見本" if count == 14 else "301")
        settle(ctx)
        shoot(window, out / f"{name}-emergency-{count}-2.png")
        if count == 6:
            keeper.dialog._go()
            settle(ctx)
            shoot(window, out / f"{name}-emergency-{count}-3.png")
        keeper.dialog.dismiss()
        ctx.session.open(manager(), Face("例田 みつ子", "カード管理担当者", 0, "2031"))
        settle(ctx)
        now[0] = 62.0 if count == 6 else 165.0
        keeper.look()
        shoot(window, out / f"{name}-cover-{count}.png")
        window.close()
