#!/usr/bin/env python3
"""Verifies an exported record (監査記録), or a proof slip, without the program that wrote it.

    python verify_log.py FOLDER [--vkey FILE|TEXT] [--checkpoint FILE ...]
    python verify_log.py --slip FILE --vkey FILE|TEXT

Needs Python 3.10 or later and the package "cryptography"; nothing else.  The formats are C2SP
signed-note, tlog-checkpoint, tlog-tiles and tlog-proof over an RFC 6962 tree; what an entry looks
like is in docs/log-format.md.  Get this file and the key (--vkey) from somebody you trust, not from
the folder that you verify: whoever forges the folder can forge what lies in it.

Exit code: 0 verified, 1 not consistent, 2 wrong use or nothing that can be read.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    print("pip install cryptography", file=sys.stderr)
    sys.exit(2)

TEXTS = {
    "no-folder": ("フォルダーがありません", "there is no such folder"),
    "no-file": ("ファイルを読めません", "the file cannot be read"),
    "no-export": (
        "書き出した記録のフォルダーではありません（checkpoint がありません）",
        "this is no exported record (no file named checkpoint)",
    ),
    "no-slip": ("証明票ではありません", "this is no proof slip"),
    "no-vkey": ("--vkey で鍵を指定してください", "name the key with --vkey"),
    "bad-vkey": ("鍵の形が正しくありません", "this is no verifier key"),
    "bad-older": ("照合値として読み取れません", "this cannot be read as a checkpoint"),
    "other-older": ("別の記録の照合値です", "this checkpoint belongs to another record"),
    "vkey-differs": ("中の鍵が、指定した鍵と違います", "the key inside is not the key given"),
    "checkpoint-form": ("照合値の形が正しくありません", "the checkpoint is malformed"),
    "checkpoint-origin": ("照合値が別の記録のものです", "the checkpoint is of another record"),
    "checkpoint-signature": ("照合値の署名が合いません", "the checkpoint's signature is wrong"),
    "root": (
        "記録から計算した値が、署名された照合値と合いません",
        "the entries do not make the root that was signed",
    ),
    "older-signature": ("以前の照合値の署名が合いません", "an older checkpoint is not genuine"),
    "older-root": (
        "以前の照合値と合いません（そのときの記録が書き換えられています）",
        "an older checkpoint contradicts: the entries it covers were changed",
    ),
    "older-beyond": (
        "以前の照合値より記録が短くなっています（末尾がありません）",
        "the record ends before an older checkpoint: its end is missing",
    ),
    "missing": ("ファイルがありません", "a file is missing"),
    "extra": ("あるはずのないファイルです", "a file that does not belong there"),
    "tile": ("中間の値が記録と合いません", "a hash tile does not fit the entries"),
    "bundle": ("記録のファイルが壊れています", "an entry bundle is damaged"),
    "form": ("決まった形で書かれていません", "not in canonical form"),
    "number": ("番号が順番どおりではありません", "its number is not its place"),
    "backwards": (
        "時刻が前の記録より戻っています",
        "its time is before that of the entry in front of it",
    ),
    "set-back": ("時計の戻りの記録が事実と合いません", "clock.set_back tells of no such thing"),
    "announced": (
        "記録された照合値が、その前の記録と合いません",
        "the checkpoint it tells of is not that of the entries before it",
    ),
    "path": (
        "この記録は、署名された照合値に含まれていません",
        "the path does not lead to the root",
    ),
}
WIDTH = 256
SHOWN = 20


class Unusable(Exception):
    """Wrong use, or something that cannot be read: exit code 2."""

    def __init__(self, text: str, what: object = "") -> None:
        self.text, self.what = text, what
        super().__init__(text)


def shown(what: object) -> str:
    """Something from a file as one short line that cannot steer a terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in str(what)[:2000])


class Findings:
    """What is wrong: all are counted, the first of each kind are kept."""

    def __init__(self) -> None:
        self.count: dict[str, int] = {}
        self.first: list[tuple[str, int, str]] = []

    def add(self, text: str, entry: int = 0, what: object = "") -> None:
        self.count[text] = self.count.get(text, 0) + 1
        if self.count[text] <= SHOWN:
            self.first.append((text, entry, shown(what)))


# --- keys and checkpoints (C2SP signed-note, tlog-checkpoint) ------------------------------------


class Key:
    """A verifier key: ``<name>+<8 hexadecimal digits>+<base64 of 0x01 and 32 bytes>``."""

    def __init__(self, text: str) -> None:
        parts = text.strip().split("+", 2)
        if len(parts) != 3 or not parts[0] or not re.fullmatch("[0-9a-f]{8}", parts[1]):
            raise Unusable("bad-vkey")
        raw = unbase64(parts[2])
        if raw is None or len(raw) != 33 or raw[0] != 1:
            raise Unusable("bad-vkey")
        self.name, self.id, self.public = parts[0], bytes.fromhex(parts[1]), raw[1:]
        named = self.name.encode() + b"\n" + raw
        if hashlib.sha256(named).digest()[:4] != self.id:
            raise Unusable("bad-vkey")
        self.text = text.strip()

    def signed(self, body: str, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, body.encode())
        except InvalidSignature:
            return False
        return True


class Checkpoint:
    """A checkpoint's text, taken apart; raises ValueError where it is none."""

    def __init__(self, text: str) -> None:
        body, blank, signatures = text.partition("\n\n")
        lines = body.split("\n")
        if not blank or len(lines) != 3 or not lines[0] or not signatures.endswith("\n"):
            raise ValueError("not a checkpoint")
        if not re.fullmatch("0|[1-9][0-9]{0,18}", lines[1]):
            raise ValueError("not a size")
        root = unbase64(lines[2])
        if root is None or len(root) != 32:
            raise ValueError("not a root")
        self.body = body + "\n"
        self.origin, self.size, self.root = lines[0], int(lines[1]), root
        self.signatures = [signature(line) for line in signatures[:-1].split("\n")]

    def genuine(self, key: Key) -> bool:
        """Whether `key` signed it: all of that key's signatures are right, and there is one."""
        ours = [raw[4:] for name, raw in self.signatures if (name, raw[:4]) == (key.name, key.id)]
        return bool(ours) and all(key.signed(self.body, each) for each in ours)


def signature(line: str) -> tuple[str, bytes]:
    dash, _, rest = line.partition(" ")
    name, _, text = rest.partition(" ")
    raw = unbase64(text)
    if dash != "\u2014" or not name or raw is None or len(raw) < 5:
        raise ValueError("not a signature")
    return name, raw


def unbase64(text: str) -> bytes | None:
    """The bytes of standard base64 written in its only right way; None for anything else."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if base64.b64encode(raw).decode() == text else None


def read_text(path: Path, text: str = "no-file") -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise Unusable(text, path) from None


def given_key(given: str) -> Key:
    """The key that stands in `given` or in the file of that name."""
    return Key(given if "+" in given and not Path(given).is_file() else read_text(Path(given)))


def older_checkpoint(path: Path, key: Key) -> Checkpoint:
    """A checkpoint that somebody kept or typed: blanks around the lines do not matter."""
    lines = [line.strip() for line in read_text(path).removeprefix("\ufeff").strip().splitlines()]
    try:
        checkpoint = Checkpoint("\n".join(lines) + "\n")
    except ValueError:
        raise Unusable("bad-older", path) from None
    if checkpoint.origin != key.name:
        raise Unusable("other-older", path)
    return checkpoint


# --- the tree (RFC 6962) -------------------------------------------------------------------------


def leaf(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def parent(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A growing tree: the complete subtrees it consists of, as (number of leaves, hash)."""

    def __init__(self) -> None:
        self.size = 0
        self.parts: list[tuple[int, bytes]] = []

    def add(self, hash_: bytes) -> None:
        self.size += 1
        count = 1
        while self.parts and self.parts[-1][0] == count:
            hash_ = parent(self.parts.pop()[1], hash_)
            count *= 2
        self.parts.append((count, hash_))

    def root(self) -> bytes:
        if not self.parts:
            return hashlib.sha256(b"").digest()
        root = self.parts[-1][1]
        for _, left in reversed(self.parts[:-1]):
            root = parent(left, root)
        return root


def root_by_path(hash_: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """The root of `size` leaves that `path` gives for a leaf; None where its length is wrong."""
    left, right, rest = 0, size, list(reversed(path))
    turns: list[tuple[bool, bytes]] = []
    while right - left > 1:
        if not rest:
            return None
        half = 1
        while half * 2 < right - left:
            half *= 2
        in_left = index - left < half
        turns.append((in_left, rest.pop(0)))
        left, right = (left, left + half) if in_left else (left + half, right)
    for in_left, other in reversed(turns):
        hash_ = parent(hash_, other) if in_left else parent(other, hash_)
    return None if rest else hash_


# --- one entry -----------------------------------------------------------------------------------

FIELDS: dict[str, type | tuple[type, ...]] = {
    "action": str,
    "actor": (int, type(None)),
    "as": str,
    "at": str,
    "items": list,
    "mono": int,
    "plain": dict,
    "resident": (int, type(None)),
    "sealed": str,
    "seq": int,
    "subject": str,
    "v": int,
    "vouched": str,
}


def parsed(raw: bytes) -> dict[str, Any] | None:
    """The fields of an entry of version 1 in canonical form; None for anything else."""
    try:
        text = raw.decode("utf-8")
        entry = json.loads(text)
        again = json.dumps(
            entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
        )
    except (ValueError, RecursionError):
        return None
    if again != text or not isinstance(entry, dict) or entry.keys() != FIELDS.keys():
        return None
    typed = all(isinstance(entry[name], kind) for name, kind in FIELDS.items())
    whole = not any(isinstance(entry[name], bool) for name in FIELDS)
    return entry if typed and whole and sound(entry) else None


def sound(entry: dict[str, Any]) -> bool:
    """Whether the values are such as the writer makes."""
    items, sealed, code = entry["items"], unbase64(entry["sealed"]), unbase64(entry["vouched"])
    return (
        entry["v"] == 1
        and entry["mono"] >= 0
        and bool(entry["as"])
        and bool(entry["action"])
        and moment(entry["at"])
        and all(type(item) is int for item in items)
        and items == sorted(set(items))
        and code is not None
        and len(code) == 16
        and sealed is not None
        and (not sealed or (entry["resident"] is not None and len(sealed) > 28))
    )


def moment(text: str) -> bool:
    """Whether `text` is a moment as entries have it: UTC with six places after the second."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", text, re.ASCII):
        return False
    try:
        datetime.fromisoformat(text[:-1])
    except ValueError:
        return False
    return True


class Rules:
    """What entries must keep among each other, seen one after the other."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.at = ""
        self.before_set_back: tuple[int, bytes] | None = None

    def look(self, seq: int, raw: bytes, tree: Tree) -> None:
        """Entry `seq`; `tree` holds those before it."""
        entry = parsed(raw)
        if entry is None:
            self.findings.add("form", seq)
            return
        if entry["seq"] != seq:
            self.findings.add("number", seq, entry["seq"])
        set_back = entry["action"] == "clock.set_back"
        told = {"from": self.at, "to": entry["at"]}
        if set_back and (entry["at"] >= self.at or entry["plain"] != told):
            self.findings.add("set-back", seq)
        elif not set_back and entry["at"] < self.at:
            self.findings.add("backwards", seq, entry["at"])
        if entry["action"] == "checkpoint.made":
            self.announced(seq, entry["plain"], tree)
        self.before_set_back = (tree.size, tree.root()) if set_back else None
        self.at = entry["at"]

    def announced(self, seq: int, told: dict[str, Any], tree: Tree) -> None:
        """A checkpoint covers what was there before its own entry (and before a clock's)."""
        size, root = (tree.size, tree.root())
        if self.before_set_back is not None and told.get("size") == self.before_set_back[0]:
            size, root = self.before_set_back
        if told.get("size") != size or told.get("root") != root.hex():
            self.findings.add("announced", seq)


# --- an exported folder (C2SP tlog-tiles) --------------------------------------------------------


class Folder:
    """Reads the files of an export and remembers which ones belong to it."""

    def __init__(self, path: Path, findings: Findings) -> None:
        self.path, self.findings = path, findings
        self.known = {"checkpoint", "vkey", "verify_log.py"}

    def tile(self, level: object, index: int, width: int) -> bytes | None:
        """The content of a tile or bundle; None where it is missing, which is a finding."""
        place = f"{index % 1000:03d}"
        while index >= 1000:
            index //= 1000
            place = f"x{index % 1000:03d}/{place}"
        name = f"tile/{level}/{place}" + ("" if width == WIDTH else f".p/{width}")
        self.known.add(name)
        try:
            return (self.path / name).read_bytes()
        except OSError:
            self.findings.add("missing", 0, name)
            return None

    def entries(self, size: int) -> Iterator[bytes]:
        """The entries in order; ends early where a bundle is missing or damaged."""
        for start in range(0, size, WIDTH):
            width = min(WIDTH, size - start)
            content, at = self.tile("entries", start // WIDTH, width), 0
            if content is None:
                return
            for number in range(width):
                end = at + 2 + int.from_bytes(content[at : at + 2], "big")
                if at + 2 > len(content) or end > len(content):
                    self.findings.add("bundle", start + number + 1)
                    return
                yield content[at + 2 : end]
                at = end
            if at != len(content):
                self.findings.add("bundle", start + width)

    def extra(self) -> None:
        """Files that the export of this size does not have."""
        for path in sorted(self.path.rglob("*")):
            name = path.relative_to(self.path).as_posix()
            if not path.is_dir() and name not in self.known:
                self.findings.add("extra", 0, name)


class Tiles:
    """Holds the hash tiles against the hashes that the entries make."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.open: list[list[bytes]] = [[]]
        self.full: list[int] = [0]

    def add(self, hash_: bytes, level: int = 0) -> None:
        if level == len(self.open):
            self.open.append([])
            self.full.append(0)
        hashes = self.open[level]
        hashes.append(hash_)
        if len(hashes) < WIDTH:
            return
        self.compare(level)
        over = Tree()
        for each in hashes:
            over.add(each)
        self.open[level] = []
        self.full[level] += 1
        self.add(over.root(), level + 1)

    def compare(self, level: int) -> None:
        hashes, index = self.open[level], self.full[level]
        content = self.folder.tile(level, index, len(hashes))
        if content is not None and content != b"".join(hashes):
            span = WIDTH**level
            self.folder.findings.add("tile", index * WIDTH * span + 1, f"tile/{level} {index}")

    def finish(self) -> None:
        for level, hashes in enumerate(self.open):
            if hashes:
                self.compare(level)


def verify_folder(path: Path, key: Key, older: list[Checkpoint], findings: Findings) -> int:
    """Everything about an exported folder; gives how many entries were read."""
    checkpoint = own_checkpoint(read_text(path / "checkpoint", "no-export"), key, findings)
    if checkpoint is None:
        return 0
    folder = Folder(path, findings)
    tree, tiles, rules = Tree(), Tiles(folder), Rules(findings)
    roots, wanted = {0: tree.root()}, {each.size for each in older}
    for raw in folder.entries(checkpoint.size):
        rules.look(tree.size + 1, raw, tree)
        hash_ = leaf(raw)
        tree.add(hash_)
        tiles.add(hash_)
        if tree.size in wanted:
            roots[tree.size] = tree.root()
    if tree.size == checkpoint.size:
        tiles.finish()
        folder.extra()
        if tree.root() != checkpoint.root:
            findings.add("root")
    compare_older(older, key, roots, tree.size, findings)
    return tree.size


def own_checkpoint(text: str, key: Key, findings: Findings) -> Checkpoint | None:
    try:
        checkpoint = Checkpoint(text)
    except ValueError:
        findings.add("checkpoint-form")
        return None
    if checkpoint.origin != key.name:
        findings.add("checkpoint-origin", 0, checkpoint.origin)
    elif not checkpoint.genuine(key):
        findings.add("checkpoint-signature")
    return checkpoint


def compare_older(
    older: list[Checkpoint], key: Key, roots: dict[int, bytes], size: int, findings: Findings
) -> None:
    for each in older:
        if not each.genuine(key):
            findings.add("older-signature", 0, each.size)
        elif each.size > size:
            findings.add("older-beyond", 0, f"{size} < {each.size}")
        elif roots[each.size] != each.root:
            findings.add("older-root", 0, f"1-{each.size}")


# --- a proof slip (C2SP tlog-proof) --------------------------------------------------------------

SLIP = re.compile(
    r"c2sp\.org/tlog-proof@v1\nextra ([^\n]*)\nindex (0|[1-9][0-9]{0,18})\n((?:[^\n]+\n)*)\n(.*)",
    re.DOTALL,
)


def verify_slip(text: str, key: Key, findings: Findings) -> dict[str, Any] | None:
    """Everything about a proof slip; gives the entry on it."""
    match = SLIP.fullmatch(text)
    if match is None:
        raise Unusable("no-slip")
    raw, index = unbase64(match[1]), int(match[2])
    # at newlines alone: str.splitlines takes other signs for line ends too
    path = [unbase64(line) for line in match[3].split("\n") if line]
    hashes = [each for each in path if each is not None and len(each) == 32]
    checkpoint = own_checkpoint(match[4], key, findings)
    if raw is None or checkpoint is None or len(hashes) != len(path):
        findings.add("path")
        return None
    inside = index < checkpoint.size
    if not inside or root_by_path(leaf(raw), index, checkpoint.size, hashes) != checkpoint.root:
        findings.add("path", index + 1)
    entry = parsed(raw)
    if entry is None:
        findings.add("form", index + 1)
    elif entry["seq"] != index + 1:
        findings.add("number", index + 1, entry["seq"])
    return entry


# --- words ---------------------------------------------------------------------------------------


def say(japanese: str, english: str) -> None:
    print(f"{japanese}\n  {english}")


def tell(findings: Findings) -> None:
    for text, entry, what in findings.first:
        japanese, english = TEXTS[text]
        more = f" ({what})" if what else ""
        if entry:
            say(f"第{entry}号：{japanese}{more}", f"entry {entry}: {english}{more}")
        else:
            say(f"{japanese}{more}", f"{english}{more}")
    for text, count in findings.count.items():
        if count > SHOWN:
            japanese, english = TEXTS[text]
            say(f"{japanese}：全部で{count}件", f"{english}: {count} in all")
    say(
        "照合できません。この記録は、署名されたときのままではありません。",
        "NOT CONSISTENT. This is not the record as it was signed.",
    )


def run(arguments: argparse.Namespace) -> int:
    findings = Findings()
    if arguments.slip is not None:
        if arguments.vkey is None:
            raise Unusable("no-vkey")
        entry = verify_slip(read_text(arguments.slip), given_key(arguments.vkey), findings)
        done = entry and not findings.count and told_slip(entry)
    else:
        done = run_folder(arguments, findings)
    if done:
        return 0
    tell(findings)
    return 1


def run_folder(arguments: argparse.Namespace, findings: Findings) -> bool:
    folder = arguments.folder
    if not folder.is_dir():
        raise Unusable("no-folder", folder)
    inside = folder / "vkey"
    if arguments.vkey is None:
        key = Key(read_text(inside))
        say(
            "注意：鍵はフォルダーの中のものです。別に受け取った鍵を --vkey で指定してください。",
            "Note: the key is the one in the folder. Give one you got another way with --vkey.",
        )
    else:
        key = given_key(arguments.vkey)
        if inside.exists() and inside.read_bytes() not in (key.text.encode() + end for end in ENDS):
            findings.add("vkey-differs")
    older = [older_checkpoint(path, key) for path in arguments.checkpoint]
    size = verify_folder(folder, key, older, findings)
    if findings.count:
        return False
    say(
        f"照合できました。記録{size}件は、署名されたときのままです。",
        f"VERIFIED. {size} entries are as they were signed.",
    )
    if older:
        say(
            f"以前の照合値{len(older)}件とも合います。",
            f"They contain the past of {len(older)} older checkpoints.",
        )
    return True


ENDS = (b"", b"\n", b"\r\n")


def told_slip(entry: dict[str, Any]) -> bool:
    for name in ("seq", "at", "action", "subject", "actor", "resident", "items", "plain"):
        print(f"{name:>9}: {shown(json.dumps(entry[name], ensure_ascii=False))}")
    say(
        f"照合できました。第{entry['seq']}号は、署名された記録の中にこのとおりあります。",
        f"VERIFIED. Entry {entry['seq']} stands like this in the record that was signed.",
    )
    return True


def main(words: list[str] | None = None) -> int:
    """Run with command line `words`; gives the exit code."""
    parser = argparse.ArgumentParser(
        description="監査記録の書き出しか証明票を照合する / verify an exported record or a slip"
    )
    parser.add_argument("folder", nargs="?", type=Path, help="書き出したフォルダー / the export")
    parser.add_argument("--vkey", metavar="FILE|TEXT", help="照合値の鍵 / the verifier key")
    parser.add_argument(
        "--checkpoint",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="以前の照合値 / an older checkpoint, as kept or typed from paper",
    )
    parser.add_argument("--slip", metavar="FILE", type=Path, help="証明票 / a proof slip")
    arguments = parser.parse_args(words)
    if (arguments.slip is None) == (arguments.folder is None) or (
        arguments.slip is not None and arguments.checkpoint
    ):
        parser.error("FOLDER, or --slip FILE --vkey FILE|TEXT")
    try:
        return run(arguments)
    except Unusable as exc:
        japanese, english = TEXTS[exc.text]
        more = f" ({exc.what})" if exc.what else ""
        print(f"{japanese}{more}\n  {english}{more}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # text files both
    sys.exit(main())
