"""Calls to the services about PINs, on the work lane; what is secret in them is wiped afterwards.

Use: ``on_vault(ctx, pin_acts.deposit_pin, Deposit(...), field.take(), done=..., failed=...)``; the
service is called with the office and the unlocked person first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from facility_app.errors import FacilityError
from facility_app.secret import Secret
from facility_app.ui.context import UiContext
from facility_app.ui.lanes import Failed, alive
from facility_app.ui.viewmodels.start import whole

if TYPE_CHECKING:
    from facility_app.services.vault_keeper import VaultKeeper


def on_vault(
    ctx: UiContext,
    use_case: Callable[..., Any],
    *args: Any,
    done: Callable[[Any], object],
    failed: Failed,
    what: str = "",
) -> None:
    """Run it; every `Secret` in `args` is wiped then, whether it was used or not, and those of an
    answer that nobody takes any more.

    Raises Locked when nobody is unlocked; the secrets are wiped then too.
    """
    secrets = list(_secrets(args))
    try:
        office, actor = whole(ctx.office), ctx.session.require()
    except Exception:  # whatever it was goes on; nobody else would wipe these
        _wipe(secrets)
        raise
    call = partial(use_case, office, actor, *args)

    def job() -> Any:
        try:
            return call()
        finally:
            _wipe(secrets)

    def answered(value: Any) -> None:
        if alive(done):
            done(value)
        else:
            _wipe(list(_secrets(value)))

    def refused(exc: Exception) -> None:
        """A dialog that a lock has closed takes no answer; what was done stands in the record."""
        if alive(failed):
            failed(exc)
        elif ctx.session.actor is actor or not isinstance(exc, FacilityError):
            ctx.lane.unhandled(exc)

    ctx.lane.run(job, done=answered, failed=refused, what=what)


def _secrets(value: object) -> Iterator[Secret]:
    if isinstance(value, Secret):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _secrets(each)
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        for each in value:
            yield from _secrets(each)


def _wipe(secrets: list[Secret]) -> None:
    for secret in secrets:
        secret.wipe()


def end_vault(ctx: UiContext) -> None:
    """At cover, lock and change of person: the vault's process is gone at once.

    It waits for nothing, also while the work lane is busy; the store may not be open yet.
    """
    vault = _vault(ctx)
    if vault is not None:
        vault.kill()


def allow_vault(ctx: UiContext) -> None:
    """The cover was lifted by who is still unlocked: the vault may be opened again."""
    vault = _vault(ctx)
    if vault is not None and ctx.session.unlocked:
        vault.allow()


def _vault(ctx: UiContext) -> VaultKeeper | None:
    """None while the store is not open."""
    office = getattr(ctx.office, "office", ctx.office)
    vault: VaultKeeper | None = getattr(office, "vault", None)
    return vault
