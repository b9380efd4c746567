"""The formats once more, written as the specifications read: slow, plain, shared with nobody."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path
from types import ModuleType

from facility_app.config import resources

VERIFIER = resources() / "verifier" / "verify_log.py"


def load_verifier() -> ModuleType:
    """The stand-alone verifier as a module; it is a program and lies in no package."""
    spec = importlib.util.spec_from_file_location("verify_log", VERIFIER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tree_hash(entries: list[bytes]) -> bytes:
    """MTH(D[n]) of RFC 6962 §2.1."""
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    split = 1
    while split * 2 < len(entries):
        split *= 2
    return hashlib.sha256(
        b"\x01" + tree_hash(entries[:split]) + tree_hash(entries[split:])
    ).digest()


def tile_name(level: int | str, index: int, width: int) -> str:
    """The path of a tile (C2SP tlog-tiles, Merkle Tree and Partial Tiles)."""
    number = str(index)
    while len(number) % 3:
        number = "0" + number
    elements = [number[at : at + 3] for at in range(0, len(number), 3)]
    elements = ["x" + each for each in elements[:-1]] + elements[-1:]
    suffix = f".p/{width}" if width < 256 else ""
    return f"tile/{level}/" + "/".join(elements) + suffix


def tile_files(entries: list[bytes]) -> dict[str, bytes]:
    """Every tile and entry bundle of a log, by the formulas of the specification."""
    files: dict[str, bytes] = {}
    size = len(entries)
    for start in range(0, size, 256):
        part = entries[start : start + 256]
        content = b"".join(len(each).to_bytes(2, "big") + each for each in part)
        files[tile_name("entries", start // 256, len(part))] = content
    level = 0
    while size // 256**level:
        span, count = 256**level, size // 256**level
        for index in range(-(-count // 256)):
            numbers = range(index * 256, min(count, index * 256 + 256))
            hashes = [tree_hash(entries[n * span : (n + 1) * span]) for n in numbers]
            files[tile_name(level, index, len(hashes))] = b"".join(hashes)
        level += 1
    return files


def put(folder: Path, files: dict[str, bytes]) -> Path:
    """Write files under a new folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder
