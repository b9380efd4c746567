"""``facility-app card``: exact fields and exit codes (design §11), on a real service."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from facility_app.cards.chip import MOST_TRIES, CardKind, Pin
from facility_app.cards.simulator import Faults
from facility_app.cards.simulator.profiles import expiring, good, other, past_grace
from tests.cards.pcscd import SOCKET, Pcscd

ON = date(2026, 11, 20)
FIELDS = {
    "reader",
    "card",
    "auth_certificate",
    "card_expires_on",
    "tries_left",
    "findings",
    "apdus",
    "milliseconds",
}


def run(pcscd: Pcscd, *words: str, **more: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "facility_app", "card", *words],
        env={**pcscd.environment, "HOME": "/nowhere", "FACILITY_APP_LANGUAGE": "en", **more},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def checked(pcscd: Pcscd, *words: str) -> tuple[int, dict[str, Any]]:
    code, out, _err = run(pcscd, "check", "--on", ON.isoformat(), "--json", *words)
    return code, json.loads(out)


def test_a_good_card(pcscd):
    with pcscd.card(good(ON)):
        code, said = checked(pcscd)
    assert code == 0
    assert set(said) == FIELDS
    assert said["milliseconds"] >= 0
    del said["milliseconds"]
    assert said == {
        "reader": pcscd.readers[0],
        "card": "my_number_card",
        "auth_certificate": {"not_before": "2026-04-20", "not_after": "2031-04-20"},
        "card_expires_on": "2036-04-20",
        "tries_left": {pin.value: most for pin, most in MOST_TRIES.items()},
        "findings": [],
        "apdus": 12,
    }


def test_findings_that_warn_end_with_0_and_those_that_block_with_3(pcscd):
    with pcscd.card(expiring(ON)):
        code, said = checked(pcscd)
        assert (code, said["tries_left"]["user_auth"]) == (0, 2)
        assert said["findings"] == [
            {"code": "certificate_expires_soon", "level": "warn"},
            {"code": "tries_low", "level": "warn"},
        ]
        code, said = checked(pcscd, "--on", "2027-09-01")
        assert code == 3
        assert said["findings"][0] == {"code": "certificate_past_grace", "level": "block"}
    with pcscd.card(past_grace(ON)):
        assert checked(pcscd)[0] == 3


def test_several_empty_counters_are_one_finding_of_a_level(pcscd):
    tries = {**MOST_TRIES, Pin.CARD_INFO: 0, Pin.RESIDENT_REGISTER: 0}
    with pcscd.card(replace(good(ON), tries=tries)):
        _code, said = checked(pcscd)
    assert said["findings"] == [{"code": "blocked_or_face_card", "level": "notice"}]


def test_an_empty_reader_and_other_cards_are_answers_and_not_errors(pcscd):
    code, said = checked(pcscd)
    assert (code, said["card"], said["auth_certificate"]) == (3, "none", None)
    assert said["findings"] == [{"code": "no_card", "level": "block"}]
    with pcscd.card(other(CardKind.JUKI_CARD), slot=1):
        code, said = checked(pcscd)
        assert (code, said["card"], said["reader"]) == (3, "juki_card", pcscd.readers[1])
        assert checked(pcscd, "--reader", pcscd.readers[0])[1]["card"] == "none"


def test_device_errors_end_with_4_and_say_what_to_do(pcscd):
    code, out, err = run(pcscd, "check", "--json", "--reader", "no such reader")
    assert (code, json.loads(out)["error"]["key"]) == (4, "card.no_reader")
    assert err.count("\n") == 3, "what happened, what did not, what to do"
    code, out, _err = run(pcscd, "check", "--json", **{SOCKET: "/nowhere/pcscd.comm"})
    assert (code, json.loads(out)["error"]["key"]) == (4, "card.service_stopped")
    with pcscd.card(good(ON), Faults(mute=True)):
        code, out, _err = run(pcscd, "check", "--json")
        assert (code, json.loads(out)["error"]["key"]) == (4, "card.silent")


def test_a_card_pulled_and_not_back_in_time(pcscd):
    with pcscd.card(good(ON), Faults(pulled_at=4)):
        code, out, _err = run(pcscd, "check", "--json")
    assert (code, json.loads(out)["error"]["key"]) == (4, "card.removed")


@pytest.mark.parametrize("day", ["2026-02-30", "tomorrow"])
def test_a_day_that_does_not_exist_is_wrong_usage(pcscd, day):
    code, _out, err = run(pcscd, "check", "--on", day)
    assert code == 2
    assert "--on" in err


def test_readers_and_a_person_s_answer(pcscd):
    code, out, _err = run(pcscd, "readers", "--json")
    assert code == 0
    assert json.loads(out) == {
        "readers": [{"name": name, "state": "empty"} for name in pcscd.readers]
    }
    with pcscd.card(expiring(ON)):
        assert pcscd.readers[0] in run(pcscd, "readers")[1]
        code, out, _err = run(pcscd, "check", "--on", "R8.11.20")
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "My Number Card"
    assert "revoked" in lines[-1].lower() or "suspen" in lines[-1].lower()
