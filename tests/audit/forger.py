"""A forger: what somebody does to a log who wants it to have been otherwise.

They always have the database key, so they drop the triggers, rewrite rows, make all nodes agree and
put the triggers back; and they write the export themselves.  A forger with `keys` holds the root
secret too: every code and signature they make is right.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Connection

from facility_app.audit import tree
from facility_app.audit.checkpoint import Signer
from facility_app.audit.entry import Entry, parse, vouch
from facility_app.audit.keyed import head_code
from facility_app.db import triggers
from tests.audit.reference import tile_files, tree_hash
from tests.conftest import HEAD_KEY, STORE_ID

OWN_SEED = bytes(range(50, 82))
OWN_KEY = bytes(range(7, 39))

Row = dict[str, Any]


@dataclass
class Forgery:
    """A log under the forger's hands: the database's rows, and what the export is made of.

    note: the export's checkpoint; spare: entries in the export that the checkpoint does not cover;
    files: of the export, changed after it was written; acts: statements after the rows were put
    back; unguarded: the triggers stay away.
    """

    rows: dict[int, str]
    checkpoints: list[Row]
    head: Row
    signer: Signer
    older: Forgery | None = None
    other: Forgery | None = None
    keys: bool = False
    head_key: bytes = HEAD_KEY
    note: str = ""
    vkey: str = ""
    spare: int = 0
    files: dict[str, bytes] = field(default_factory=dict)
    acts: list[str] = field(default_factory=list)
    unguarded: bool = False

    @property
    def entries(self) -> list[str]:
        """The texts in the order of their numbers."""
        return [self.rows[seq] for seq in sorted(self.rows)]

    def renumber(self, entries: list[str]) -> None:
        """Take these texts as entries 1 to n, whatever number stands in them."""
        self.rows = dict(enumerate(entries, 1))

    def edit(self, seq: int, old: str, new: str) -> None:
        """Change the text of an entry; that must change it."""
        assert old in self.rows[seq], self.rows[seq]
        self.rows[seq] = self.rows[seq].replace(old, new)

    def put(self, connection: Connection) -> None:
        """Make the database say so."""
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for name in triggers.by_name("sqlite"):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for table in ("audit_entry", "audit_node", "audit_checkpoint", "audit_head"):
            connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - names in this line
        _insert(connection, "audit_entry", _entry_rows(self.rows))
        _insert(connection, "audit_node", _nodes(self.entries))
        _insert(connection, "audit_checkpoint", self.checkpoints)
        _insert(connection, "audit_head", [self.head])
        for act in self.acts:
            connection.exec_driver_sql(act)
        if not self.unguarded:
            for statement in triggers.statements("sqlite"):
                connection.exec_driver_sql(statement)

    def export(self) -> dict[str, bytes]:
        """The files of the export that goes with it."""
        size = int(self.note.split("\n")[1]) + self.spare
        files = tile_files([each.encode() for each in self.entries[:size]])
        files |= {"checkpoint": self.note.encode(), "vkey": f"{self.vkey}\n".encode()}
        return files | self.files

    def rewrite(self) -> None:
        """With the keys: renumber, announce the right roots, vouch and sign everything anew."""
        assert self.keys
        texts: list[str] = []
        rows = {row["id"]: row for row in self.checkpoints}
        kept: list[Row] = []
        for canonical in self.entries:
            entry = replace(parse(canonical), seq=len(texts) + 1)
            if entry.action == "checkpoint.made":
                row = self._signed(rows[entry.plain["checkpoint"]], texts)
                kept.append(row)
                plain = {**entry.plain, "size": row["size"], "root": row["root"].hex()}
                entry = replace(entry, plain=plain)
            texts.append(vouch(entry, self.head_key)[1])
        self.renumber(texts)
        self.checkpoints = kept
        root = tree_hash([each.encode() for each in texts])
        code = head_code(self.head_key, len(texts), root)
        self.head |= {"size": len(texts), "root": root, "mac": code}
        self.note = self.signer.sign(len(texts), root)

    def _signed(self, row: Row, before: list[str]) -> Row:
        root = tree_hash([each.encode() for each in before])
        note = self.signer.sign(len(before), root)
        return {**row, "size": len(before), "root": root, "note": note}


def held(connection: Connection, signer: Signer) -> Forgery:
    """The log as it lies in a database."""

    def table(name: str) -> list[Row]:
        rows = connection.execute(text(f"SELECT * FROM {name} ORDER BY 1"))  # noqa: S608
        return [dict(row._mapping) for row in rows]

    checkpoints = table("audit_checkpoint")
    return Forgery(
        rows={row["seq"]: row["canonical"] for row in table("audit_entry")},
        checkpoints=checkpoints,
        head=table("audit_head")[0],
        signer=signer,
        note=checkpoints[-1]["note"],
        vkey=signer.verifier.vkey(),
    )


def _entry_rows(rows: dict[int, str]) -> list[Row]:
    return [{"seq": seq, "canonical": canonical} for seq, canonical in rows.items()]


def _nodes(entries: list[str]) -> list[Row]:
    """All nodes agree with the rows, as a careful forger makes them."""
    head, found = tree.Head(), []
    for canonical in entries:
        head, finished = head.appended(tree.leaf_hash(canonical.encode()))
        found += [{"level": n.level, "index": n.index, "hash": n.hash} for n in finished]
    return found


def _insert(connection: Connection, table: str, rows: list[Row]) -> None:
    if not rows:
        return
    names = ", ".join(f'"{name}"' for name in rows[0])
    values = ", ".join(f":{name}" for name in rows[0])
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), rows)  # noqa: S608


# --- the ways ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Way:
    """One way to forge; `paper`: only a checkpoint outside can tell, nothing inside is wrong."""

    act: Callable[[Forgery], object]
    keys: bool = False
    paper: bool = False


MIDDLE = 120
"""The entry that most ways touch: an act about a resident, with sealed details, under the paper."""


def drop(f: Forgery, *seqs: int) -> None:
    for seq in seqs:
        del f.rows[seq]


def drop_last(f: Forgery) -> None:
    drop(f, max(f.rows))


def closed_up(f: Forgery, *seqs: int) -> None:
    drop(f, *seqs)
    f.renumber(f.entries)


def with_their_numbers(f: Forgery) -> None:
    """Write each row's number into its text."""
    for seq, canonical in f.rows.items():
        values = json.loads(canonical)
        f.rows[seq] = _text({**values, "seq": seq})


def _text(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def swap(f: Forgery, one: int, two: int) -> None:
    f.rows[one], f.rows[two] = f.rows[two], f.rows[one]


def move_to_end(f: Forgery, seq: int) -> None:
    canonical = f.rows[seq]
    closed_up(f, seq)
    f.rows[len(f.rows) + 1] = canonical


def insert(f: Forgery, seq: int, canonical: str) -> None:
    entries = f.entries
    f.renumber([*entries[: seq - 1], canonical, *entries[seq - 1 :]])


def truncate(f: Forgery, size: int) -> None:
    f.rows = {seq: canonical for seq, canonical in f.rows.items() if seq <= size}


def append(f: Forgery, canonical: str) -> None:
    f.rows[max(f.rows) + 1] = canonical
    f.spare = 2  # the export goes as far as the rows, and they end one after the checkpoint


def made_up(seq: int, at: str = "2026-11-20T05:00:00.000000Z", key: bytes = OWN_KEY) -> str:
    entry = Entry(seq, at, 1, None, "system", "item.signed_in", "loan:1")
    return vouch(entry, key)[1]


def change(f: Forgery, seq: int, /, **values: Any) -> None:
    """Change fields of an entry; the rest, its code too, stays."""
    f.rows[seq] = _text({**json.loads(f.rows[seq]), **values})


def edit_sealed(f: Forgery, seq: int) -> None:
    sealed = json.loads(f.rows[seq])["sealed"]
    change(f, seq, sealed=("B" if sealed[0] == "A" else "A") + sealed[1:])


def sign_oneself(f: Forgery, *, show_key: bool = False) -> None:
    """Change an entry and sign the result with a key of one's own, under the store's name."""
    change(f, MIDDLE, actor=99)
    own = Signer(STORE_ID, OWN_SEED)
    entries = [each.encode() for each in f.entries]
    f.note = own.sign(len(entries), tree_hash(entries))
    f.checkpoints[-1]["note"] = own.sign(len(entries) - 1, tree_hash(entries[:-1]))
    f.vkey = own.verifier.vkey() if show_key else f.vkey


def vouch_oneself(f: Forgery) -> None:
    """Everything rebuilt with codes and signatures of one's own."""
    change(f, MIDDLE, actor=99)
    f.renumber([vouch(parse(canonical), OWN_KEY)[1] for canonical in f.entries])
    root = tree_hash([each.encode() for each in f.entries])
    f.head |= {"root": root, "mac": head_code(OWN_KEY, len(f.rows), root)}
    f.note = Signer(STORE_ID, OWN_SEED).sign(len(f.rows), root)


def change_note(f: Forgery, change_text: Callable[[str], str]) -> None:
    changed = change_text(f.note)
    assert changed != f.note
    f.note = f.checkpoints[-1]["note"] = changed


def _line(number: int, change_line: Callable[[str], str]) -> Callable[[str], str]:
    def changed(note: str) -> str:
        lines = note.split("\n")
        lines[number] = change_line(lines[number])
        return "\n".join(lines)

    return changed


def other_letter(letter: str) -> str:
    return "B" if letter == "A" else "A"


def forge_node(f: Forgery, level: int, index: int, tile: str) -> None:
    """A hash inside the tree: a node in the database, the tile in the export."""
    f.acts.append(
        f'UPDATE audit_node SET hash = zeroblob(32) WHERE level = {level} AND "index" = {index}'  # noqa: S608
    )
    content = f.export()[tile]
    f.files[tile] = content[:-32] + bytes(32)


def merge(f: Forgery) -> None:
    """Every second entry is that of another store."""
    assert f.other is not None
    f.rows |= {seq: canonical for seq, canonical in f.other.rows.items() if seq % 2 == 0}


def become_other(f: Forgery) -> None:
    """The whole log of another store under this one's name."""
    assert f.other is not None
    for name in ("rows", "checkpoints", "head", "note", "vkey"):
        setattr(f, name, getattr(f.other, name))


def restore(f: Forgery) -> None:
    """An old copy of everything, put back whole."""
    assert f.older is not None
    for name in ("rows", "checkpoints", "head", "note"):
        setattr(f, name, getattr(f.older, name))


def swap_acts(f: Forgery, one: int, two: int) -> None:
    """Two acts change places, and each takes the time of its place."""
    times = [json.loads(f.rows[seq])["at"] for seq in (one, two)]
    swap(f, one, two)
    for seq, at in zip((one, two), times, strict=True):
        change(f, seq, at=at)


def in_turn(*acts: Callable[[Forgery], object]) -> Callable[[Forgery], object]:
    """Several acts, one after the other."""

    def acted(f: Forgery) -> None:
        for act in acts:
            act(f)

    return acted


def with_keys(act: Callable[[Forgery], object]) -> Callable[[Forgery], object]:
    """Do it, and make everything right again with the keys."""

    def acted(f: Forgery) -> None:
        act(f)
        f.rewrite()

    return acted


def fork(f: Forgery, after: int) -> None:
    """Another history from one entry on."""
    for seq in range(after + 1, len(f.rows) + 1):
        if "checkpoint.made" not in f.rows[seq]:
            change(f, seq, subject="loan:4711")


def announce_otherwise(f: Forgery) -> None:
    seq = next(s for s in f.rows if s > MIDDLE and '"action":"checkpoint.made"' in f.rows[s])
    plain = json.loads(f.rows[seq])["plain"]
    change(f, seq, plain={**plain, "root": bytes(32).hex()})


def quiet_set_back(f: Forgery) -> None:
    """The entry that says that the clock was set back."""
    (seq,) = [s for s in f.rows if '"action":"clock.set_back"' in f.rows[s]]
    change(f, seq, action="item.changed", plain={})


def leave_unguarded(f: Forgery) -> None:
    change(f, MIDDLE, plain={"note": "n"})
    f.unguarded = True


EARLY = "2026-11-19T01:00:00.000000Z"

WAYS: dict[str, Way] = {
    "drop the first": Way(lambda f: drop(f, 1)),
    "drop one": Way(lambda f: drop(f, MIDDLE)),
    "drop the last": Way(in_turn(drop_last, drop_last)),
    "drop a range": Way(lambda f: drop(f, *range(90, 111))),
    "drop the first and move up": Way(lambda f: closed_up(f, 1)),
    "drop one and move up": Way(lambda f: closed_up(f, MIDDLE)),
    "drop one and renumber": Way(in_turn(lambda f: closed_up(f, MIDDLE), with_their_numbers)),
    "swap neighbours": Way(lambda f: swap(f, MIDDLE, MIDDLE + 1)),
    "swap and renumber": Way(in_turn(lambda f: swap(f, 60, MIDDLE), with_their_numbers)),
    "move one to the end": Way(lambda f: move_to_end(f, MIDDLE)),
    "truncate": Way(lambda f: truncate(f, 200)),
    "truncate to nothing": Way(lambda f: truncate(f, 0)),
    "append": Way(lambda f: append(f, made_up(len(f.rows) + 1))),
    "append an old one": Way(lambda f: append(f, f.rows[MIDDLE])),
    "insert and move down": Way(lambda f: insert(f, MIDDLE, made_up(MIDDLE))),
    "insert and renumber": Way(
        in_turn(lambda f: insert(f, MIDDLE, made_up(MIDDLE)), with_their_numbers)
    ),
    "duplicate": Way(lambda f: insert(f, MIDDLE, f.rows[MIDDLE])),
    "copy one over another": Way(lambda f: f.rows.update({MIDDLE: f.rows[60]})),
    "renumber one": Way(lambda f: change(f, MIDDLE, seq=MIDDLE + 1)),
    "back-date": Way(lambda f: change(f, MIDDLE, at=EARLY)),
    "edit plain details": Way(lambda f: change(f, MIDDLE, plain={"note": "n"})),
    "edit sealed details": Way(lambda f: edit_sealed(f, MIDDLE)),
    "remove sealed details": Way(lambda f: change(f, MIDDLE, sealed="")),
    "change the actor": Way(lambda f: change(f, MIDDLE, actor=99)),
    "change how they were known": Way(lambda f: change(f, MIDDLE, **{"as": "number"})),
    "change the act": Way(lambda f: change(f, MIDDLE, action="item.signed_in")),
    "change the resident": Way(lambda f: change(f, MIDDLE, resident=2)),
    "change the code": Way(lambda f: change(f, MIDDLE, vouched=json.loads(f.rows[60])["vouched"])),
    "write it in another form": Way(lambda f: f.edit(MIDDLE, '"v":1', '"v": 1')),
    "hide that the clock went back": Way(quiet_set_back),
    "announce another root": Way(announce_otherwise),
    "edit without the triggers": Way(leave_unguarded),
    "sign with another key": Way(sign_oneself),
    "sign with another key and show it": Way(lambda f: sign_oneself(f, show_key=True)),
    "rebuild with own codes": Way(vouch_oneself),
    "merge two logs": Way(merge),
    "another store's log": Way(become_other),
    "forge a hash": Way(lambda f: forge_node(f, 1, 60, "tile/0/000")),
    "forge a hash at the edge": Way(lambda f: forge_node(f, 2, 64, "tile/0/001.p/44")),
    "forge a hash above": Way(lambda f: forge_node(f, 8, 0, "tile/1/000.p/1")),
    "checkpoint: size": Way(lambda f: change_note(f, _line(1, lambda _: "299"))),
    "checkpoint: root": Way(
        lambda f: change_note(f, _line(2, lambda line: other_letter(line[0]) + line[1:]))
    ),
    "checkpoint: origin": Way(lambda f: change_note(f, _line(0, lambda line: line + "x"))),
    "checkpoint: signature": Way(
        lambda f: change_note(
            f, _line(4, lambda line: line[:-9] + other_letter(line[-9]) + line[-8:])
        )
    ),
    "checkpoint: a time line": Way(
        lambda f: change_note(f, _line(2, lambda line: f"{line}\n1795140000"))
    ),
    "replay an old copy": Way(lambda f: restore(f), paper=True),
    "keys: drop one": Way(with_keys(lambda f: drop(f, MIDDLE)), keys=True, paper=True),
    "keys: insert": Way(
        with_keys(lambda f: insert(f, MIDDLE, made_up(MIDDLE, json.loads(f.rows[MIDDLE])["at"]))),
        keys=True,
        paper=True,
    ),
    "keys: swap": Way(with_keys(lambda f: swap_acts(f, 63, MIDDLE)), keys=True, paper=True),
    "keys: back-date all": Way(
        with_keys(in_turn(lambda f: change(f, 1, at=EARLY), lambda f: change(f, 2, at=EARLY))),
        keys=True,
        paper=True,
    ),
    "keys: edit": Way(
        with_keys(lambda f: change(f, MIDDLE, plain={"note": "n"})), keys=True, paper=True
    ),
    "keys: change the actor": Way(
        with_keys(lambda f: change(f, MIDDLE, actor=99)), keys=True, paper=True
    ),
    "keys: fork": Way(with_keys(lambda f: fork(f, 150)), keys=True, paper=True),
    "keys: truncate": Way(with_keys(lambda f: truncate(f, 200)), keys=True, paper=True),
}
