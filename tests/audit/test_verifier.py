"""The stand-alone verifier: by itself, with the right exit codes, and strict about entries."""

from __future__ import annotations

import ast
import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facility_app.audit.checkpoint import Signer
from facility_app.audit.entry import Entry, seal, vouch
from facility_app.audit.slip import slip_text
from facility_app.audit.tree import inclusion_proof
from tests.audit.reference import VERIFIER, load_verifier, put, tile_files, tree_hash
from tests.conftest import CHECKPOINT_SEED, HEAD_KEY, STORE_ID

MODULE = load_verifier()
SIGNER = Signer(STORE_ID, CHECKPOINT_SEED)
VKEY = SIGNER.verifier.vkey()
AT = "2026-11-20T01:00:{:02d}.000000Z"
ONCE = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def entry(seq: int, **facts: Any) -> Entry:
    """An entry as the program makes it."""
    values = {"at": AT.format(min(seq, 59)), "plain": {"n": seq}, **facts}
    return Entry(seq, values.pop("at"), seq, None, "system", "test.noted", "test", **values)


def text_of(made: Entry) -> bytes:
    return vouch(made, HEAD_KEY)[1].encode()


def log(size: int) -> list[bytes]:
    return [text_of(entry(seq)) for seq in range(1, size + 1)]


def exported(folder: Path, entries: list[bytes], signer: Signer = SIGNER) -> Path:
    note = signer.sign(len(entries), tree_hash(entries))
    files = tile_files(entries) | {
        "checkpoint": note.encode(),
        "vkey": f"{signer.verifier.vkey()}\n".encode(),
    }
    return put(folder, files)


def run(*words: object) -> int:
    code = MODULE.main([str(word) for word in words])
    assert isinstance(code, int)
    return code


def slip(entries: list[bytes], seq: int, signer: Signer = SIGNER) -> str:
    def node(level: int, index: int) -> bytes:
        return tree_hash(entries[index << level : (index + 1) << level])

    path = inclusion_proof(seq - 1, len(entries), node)
    note = signer.sign(len(entries), tree_hash(entries))
    return slip_text(seq, entries[seq - 1], path, note)


def test_it_shares_nothing_with_the_program() -> None:
    found = set()
    for node in ast.walk(ast.parse(VERIFIER.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            found.add(str(node.module).split(".")[0])
    assert found - sys.stdlib_module_names == {"cryptography"}


def test_it_runs_as_a_program_of_its_own(tmp_path: Path) -> None:
    exported(tmp_path / "out", log(300))
    words = [sys.executable, "-I", str(VERIFIER), str(tmp_path / "out")]
    for more in ([], ["--vkey", VKEY]):
        done = subprocess.run(
            [*words, *more], capture_output=True, encoding="utf-8", cwd=tmp_path, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert "照合できました" in done.stdout
        assert "VERIFIED. 300 entries" in done.stdout
        assert ("Note: the key is the one in the folder" in done.stdout) is not bool(more)
    (tmp_path / "out" / "tile" / "0" / "000").write_bytes(b"")
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "NOT CONSISTENT" in done.stdout
    assert "照合できません" in done.stdout


def test_it_reads_the_example_of_the_signed_note_package() -> None:
    """golang.org/x/mod/sumdb/note, the example of its documentation."""
    key = MODULE.Key("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    body = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n"
    )
    line = (
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqd"
        "ngotpRZb6KE6RyyBwJnAM="
    )
    name, raw = MODULE.signature(line)
    assert (name, raw[:4]) == (key.name, key.id)
    assert key.signed(body, raw[4:])
    assert not key.signed(body + " ", raw[4:])


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 513])
def test_logs_of_any_size_are_verified(tmp_path: Path, size: int) -> None:
    assert run(exported(tmp_path / "out", log(size)), "--vkey", VKEY) == 0


@given(st.integers(1, 70), st.data())
@ONCE
def test_every_slip_is_verified(
    tmp_path_factory: pytest.TempPathFactory, size: int, data: st.DataObject
) -> None:
    file = tmp_path_factory.mktemp("slip") / "a.tlog-proof"
    file.write_text(slip(log(size), data.draw(st.integers(1, size))), "utf-8")
    assert run("--slip", file, "--vkey", VKEY) == 0


def test_only_a_newline_ends_a_line_of_a_slip(tmp_path: Path) -> None:
    content = slip(log(21), 13)
    for sign in "\x0b\x0c\x1c\x85\u2028":
        head, path, note = content.partition("\nindex 12\n")
        file = tmp_path / "a.tlog-proof"
        file.write_text(head + path + note.replace("=\n", f"={sign}", 1), "utf-8", newline="")
        assert run("--slip", file, "--vkey", VKEY) in (1, 2)


@given(st.data())
@ONCE
def test_whatever_byte_of_a_slip_is_changed_it_is_caught(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(slip(log(21), 13).encode())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    file = tmp_path_factory.mktemp("slip") / "a.tlog-proof"
    file.write_bytes(content)
    assert run("--slip", file, "--vkey", VKEY) in (1, 2)


def test_a_slip_of_another_entry_another_log_or_another_place_is_caught(tmp_path: Path) -> None:
    file = tmp_path / "slip"
    good = slip(log(21), 13)
    other = slip([text_of(entry(n, plain={"n": -n})) for n in range(1, 22)], 13)
    forged = slip(log(21), 13, Signer(STORE_ID, bytes(32)))
    foreign = slip(log(21), 13, Signer("other", bytes(32)))
    head, _, note = good.partition("\n\n")
    mixed = other.partition("\n\n")[0] + "\n\n" + note
    moved = head.replace("index 12", "index 13") + "\n\n" + note
    beyond = head.replace("index 12", "index 21") + "\n\n" + note
    for text in (forged, foreign, mixed, moved, beyond, good + "x"):
        file.write_text(text, "utf-8")
        assert run("--slip", file, "--vkey", VKEY) == 1, text


def test_a_slip_shows_the_entry_it_proves(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entries = [text_of(entry(n, plain={"text": f"n{n}\u001b[2J"})) for n in range(1, 4)]
    file = tmp_path / "slip"
    file.write_text(slip(entries, 2), "utf-8")
    assert run("--slip", file, "--vkey", VKEY) == 0
    told = capsys.readouterr().out
    assert "test.noted" in told
    assert "n2" in told
    assert "\u001b" not in told


def test_older_checkpoints_are_held_against_the_entries(tmp_path: Path) -> None:
    entries = log(300)
    folder = exported(tmp_path / "out", entries)
    notes = {size: SIGNER.sign(size, tree_hash(entries[:size])) for size in (0, 1, 256, 299, 300)}
    words: list[object] = []
    for size, note in notes.items():
        file = tmp_path / f"{size}.txt"
        file.write_text("\ufeff\r\n" + note.replace("\n", "  \r\n") + "\r\n", "utf-8")  # typed
        words += ["--checkpoint", file]
    assert run(folder, "--vkey", VKEY, *words) == 0
    for wrong in (
        SIGNER.sign(299, tree_hash(entries[:298])),
        SIGNER.sign(301, tree_hash(log(301))),
        Signer(STORE_ID, bytes(32)).sign(299, tree_hash(entries[:299])),
    ):
        (tmp_path / "299.txt").write_text(wrong, "utf-8")
        assert run(folder, "--vkey", VKEY, *words) == 1


def test_a_signature_of_a_witness_may_stand_beside_ours(tmp_path: Path) -> None:
    folder = exported(tmp_path / "out", log(3))
    witness = base64.b64encode(bytes(72)).decode()
    with (folder / "checkpoint").open("a", encoding="utf-8") as file:
        file.write(f"— witness.example {witness}\n")
    assert run(folder, "--vkey", VKEY) == 0


def test_wrong_use_and_what_cannot_be_read_end_with_2(tmp_path: Path) -> None:
    folder = exported(tmp_path / "out", log(3))
    empty, text = tmp_path / "empty", tmp_path / "text"
    empty.mkdir()
    text.write_bytes(b"\xff\xfe")
    note = tmp_path / "note"
    note.write_text(Signer("other", bytes(32)).sign(1, bytes(32)), "utf-8")
    wrong: list[list[object]] = [
        [tmp_path / "none"],
        [empty],
        [empty, "--vkey", VKEY],
        [folder, "--vkey", "nonsense"],
        [folder, "--vkey", VKEY[:-4] + "AAAA"],
        [folder, "--vkey", VKEY.replace("+", "+0", 1)],
        [folder, "--vkey", text],
        [folder, "--checkpoint", text],
        [folder, "--checkpoint", tmp_path / "none"],
        [folder, "--checkpoint", note],
        ["--slip", text, "--vkey", VKEY],
        ["--slip", folder / "checkpoint", "--vkey", VKEY],
        ["--slip", note],
    ]
    for words in wrong:
        assert run(*words) == 2, words
    misused: list[list[object]] = [
        [],
        [folder, "--slip", note],
        ["--slip", note, "--checkpoint", note],
        ["--x"],
    ]
    for words in misused:
        with pytest.raises(SystemExit) as caught:
            run(*words)
        assert caught.value.code == 2
    key = tmp_path / "key.txt"
    key.write_text(f"{VKEY}\n", "utf-8")
    assert run(folder, "--vkey", key) == 0


def changed(**values: Any) -> bytes:
    """Entry 2 with other values, in canonical form."""
    fields = {**json.loads(text_of(entry(2))), **values}
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


SEALED = seal({"a": 1}, HEAD_KEY, 2, 7)
GOOD = text_of(entry(2))
NOT_ENTRIES = {
    "nothing": b"",
    "not UTF-8": b"\xff",
    "not JSON": GOOD[:-1],
    "a list": b"[1]",
    "a blank": GOOD.replace(b'"v":1', b'"v": 1'),
    "escapes": GOOD.replace(b'"test"', b'"\\u0074est"'),
    "a field twice": GOOD[:-1] + b',"vouched":""}',
    "a field more": changed(more=1),
    "a field less": GOOD.replace(b'"v":1,', b""),
    "another version": changed(v=2),
    "an act that is none": changed(action=""),
    "a number as text": changed(seq="2"),
    "true as a number": changed(seq=True),
    "items twice": changed(items=[3, 3]),
    "items in disorder": changed(items=[4, 3]),
    "items that are none": changed(items=[True]),
    "a time without a zone": changed(at="2026-11-20T01:00:02.000000"),
    "a time that is none": changed(at="2026-13-20T01:00:02.000000Z"),
    "sealed details of nobody": changed(sealed=SEALED),
    "sealed details too short": changed(sealed="AAAA", resident=7),
    "sealed details in another form": changed(sealed=SEALED.replace("=", "") + "=x", resident=7),
    "a code too short": changed(vouched="AAAA"),
    "not a number": GOOD.replace(b'{"n":2}', b'{"n":NaN}'),
    "a huge number": GOOD.replace(b'{"n":2}', b'{"n":' + b"9" * 5000 + b"}"),
    "endless brackets": b"[" * 60_000,
}


@pytest.mark.parametrize("raw", NOT_ENTRIES.values(), ids=NOT_ENTRIES.keys())
def test_what_is_no_entry_is_named_even_where_it_was_signed(tmp_path: Path, raw: bytes) -> None:
    folder = exported(tmp_path / "out", [text_of(entry(1)), raw, text_of(entry(3))])
    assert run(folder, "--vkey", VKEY) == 1


def test_entries_with_everything_in_them_pass(tmp_path: Path) -> None:
    full = Entry(
        2,
        AT.format(2),
        0,
        13,
        "password",
        "item.signed_out",
        "loan:1",
        7,
        (3, 4),
        {"text": '例田 \\ " \n\u2028 𠮷', "nested": {"a": [1, None, 2.5, True]}},
        SEALED,
    )
    assert run(exported(tmp_path / "out", [text_of(entry(1)), text_of(full)]), "--vkey", VKEY) == 0


BACK = AT.format(0)
SET_BACK = {"from": AT.format(1), "to": BACK}


def clock(seq: int, **facts: Any) -> bytes:
    made = entry(seq, **facts)
    values = json.loads(text_of(made))
    values |= {"action": "clock.set_back"}
    return json.dumps(values, sort_keys=True, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ([entry(1), entry(2, at=AT.format(1))], 0),
        ([entry(1), entry(2, at=BACK)], 1),
        ([entry(1), entry(3)], 1),
        ([entry(2)], 1),
        ([entry(1), clock(2, at=BACK, plain=SET_BACK), entry(3, at=BACK)], 0),
        ([entry(1), clock(2, at=BACK, plain={}), entry(3, at=BACK)], 1),
        ([entry(1), clock(2, at=AT.format(9), plain=SET_BACK)], 1),
    ],
)
def test_numbers_and_times_go_on(tmp_path: Path, entries: list[Any], code: int) -> None:
    texts = [each if isinstance(each, bytes) else text_of(each) for each in entries]
    assert run(exported(tmp_path / "out", texts), "--vkey", VKEY) == code


@pytest.mark.parametrize("clock_between", [False, True])
def test_a_checkpoint_that_an_entry_tells_of_is_that_of_the_entries_before(
    tmp_path: Path, clock_between: bool
) -> None:
    def written(size: int, root: bytes) -> list[bytes]:
        before = [text_of(entry(1, at=AT.format(1)))]
        at = BACK if clock_between else AT.format(1)
        if clock_between:
            before.append(clock(2, at=BACK, plain=SET_BACK))
        seq = len(before) + 1
        plain = {"checkpoint": 1, "size": size, "root": root.hex(), "reason": "lock"}
        values = json.loads(text_of(entry(seq, at=at, plain=plain)))
        values["action"] = "checkpoint.made"
        return [*before, json.dumps(values, sort_keys=True, separators=(",", ":")).encode()]

    root = tree_hash([text_of(entry(1, at=AT.format(1)))])
    for number, (size, said, code) in enumerate([(1, root, 0), (1, bytes(32), 1), (0, root, 1)]):
        folder = exported(tmp_path / str(number), written(size, said))
        assert run(folder, "--vkey", VKEY) == code
