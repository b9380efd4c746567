"""Checkpoint text is what C2SP signed-note and tlog-checkpoint say, and nothing else passes."""

from __future__ import annotations

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from facility_app.audit.checkpoint import (
    CheckpointMalformed,
    CheckpointOfOther,
    Signer,
    Verifier,
    key_id,
    origin_of,
)
from facility_app.audit.checkpoints import make_checkpoint
from facility_app.audit.work import Work
from facility_app.domain.access import PROGRAM, Permission
from tests.conftest import CHECKPOINT_SEED, HEAD_KEY

SIGNER = Signer("9f3c", CHECKPOINT_SEED)
ROOT = hashlib.sha256(b"root").digest()
TEXT = SIGNER.sign(1204, ROOT)

roots = st.binary(min_size=32, max_size=32)
sizes = st.integers(0, 2**62)


def test_the_text_is_a_signed_note_that_stands_without_our_code():
    body, _, last = TEXT.partition("\n\n")
    origin, size, root = body.split("\n")
    assert (origin, size, base64.b64decode(root)) == ("facility-app/9f3c", "1204", ROOT)
    assert last.startswith("— facility-app/9f3c ")
    assert last.endswith("\n")
    blob = base64.b64decode(last.split(" ")[2])
    public = SIGNER.verifier.public_key
    name = hashlib.sha256(b"facility-app/9f3c\n\x01" + public).digest()[:4]
    assert (blob[:4], len(blob)) == (name, 68)
    Ed25519PublicKey.from_public_bytes(public).verify(blob[4:], f"{body}\n".encode())


def test_the_example_of_the_signed_note_specification_has_its_key_id():
    """C2SP signed-note: PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW."""
    public = base64.b64decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")[1:]
    assert key_id("PeterNeumann", public).hex() == "c74f20a3"


@given(sizes, roots)
def test_what_was_signed_is_read_back(size, root):
    checkpoint = SIGNER.verifier.read(SIGNER.sign(size, root))
    assert (checkpoint.size, checkpoint.root, checkpoint.signed) == (size, root, True)


@given(st.integers(0, len(TEXT) - 1), st.sampled_from("AZaz09+/=— \n"))
def test_no_other_text_passes(place, letter):
    other = TEXT[:place] + letter + TEXT[place + 1 :]
    try:
        checkpoint = SIGNER.verifier.read(other)
    except (CheckpointMalformed, CheckpointOfOther):
        return
    assert not checkpoint.signed or other.split() == TEXT.split()


def test_typing_leaves_blanks_and_empty_lines_that_do_not_matter():
    typed = "\r\n\n" + TEXT.replace("\n", "  \r\n") + "\n \n"
    assert SIGNER.verifier.read(typed).signed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "facility-app/9f3c\n1204\n",
        TEXT.replace("1204", "01204"),
        TEXT.replace("1204", "-4"),
        TEXT.replace("1204", "9" * 20),
        TEXT.replace("\n\n", "\nextension\n\n"),
        TEXT.replace(base64.b64encode(ROOT).decode(), "AAAA"),
        TEXT.replace(base64.b64encode(ROOT).decode(), "?"),
        TEXT[:-9],
    ],
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(CheckpointMalformed):
        SIGNER.verifier.read(text)


def test_a_checkpoint_of_another_store_or_key_is_told_apart():
    other = Signer("77aa", CHECKPOINT_SEED)
    with pytest.raises(CheckpointOfOther) as caught:
        SIGNER.verifier.read(other.sign(1, ROOT))
    assert caught.value.origin == "facility-app/77aa"
    assert not SIGNER.verifier.read(Signer("9f3c", bytes(32)).sign(1, ROOT)).signed


def test_further_signatures_of_others_may_stand_below():
    both = TEXT + TEXT.split("\n")[-2].replace("9f3c", "witness") + "\n"
    assert SIGNER.verifier.read(both).signed


def test_a_right_key_id_over_a_wrong_signature_does_not_pass():
    blob = base64.b64decode(TEXT.split()[-1])
    forged = base64.b64encode(blob[:4] + bytes(64)).decode()
    assert not SIGNER.verifier.read(TEXT.replace(TEXT.split()[-1], forged)).signed


def test_a_store_name_has_no_signs_that_a_note_reserves():
    assert origin_of("a b+c/d—e") == "facility-app/a-b-c-d-e"
    assert repr(SIGNER) == "Signer('facility-app/9f3c')"


def test_a_checkpoint_is_stored_and_recorded(work):
    with work.begin(PROGRAM) as tx:
        tx.require(Permission.MAKE_CHECKPOINT)
        tx.record("settings.changed", "setting:x")
        made = make_checkpoint(tx, "lock")
        assert (tx.head.size, made.size) == (2, 1)
    assert isinstance(work.signer, Signer)
    assert isinstance(work.signer.verifier, Verifier)
    assert work.signer.verifier.read(made.text).root == made.root


def test_without_a_signer_there_is_no_checkpoint(engine, clock):
    work = Work(engine, clock, HEAD_KEY)
    with pytest.raises(RuntimeError, match="cannot sign"), work.begin(PROGRAM) as tx:
        tx.require(Permission.MAKE_CHECKPOINT)
        make_checkpoint(tx, "lock")
