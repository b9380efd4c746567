"""Invented people: 15 staff, 60 residents.  Every name says that it is a specimen (見本, 例示 …).

Among them are characters that trip programs up: 髙, 﨑, 邉 with variation selectors, a Latin name,
an address of two lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from facility_app.domain.access import Role, Shift

FACILITY = "みほん苑"
ADDRESS = "見本県見本市見本町1丁目2番3号"
PHONE = "000-0000-0000"
PASSWORD = "tsukue no ue no aoi ringo"  # noqa: S105  # the sample facility has no secrets
"""One password for all sample staff; it is shown on the sample facility's unlock page."""


@dataclass(frozen=True)
class SampleStaff:
    """One sample member of staff; without roles an escort (付添職員) with no account."""

    number: str
    name: str
    kana: str
    roles: tuple[Role, ...] = ()
    shift: Shift = Shift.ALWAYS


STAFF: tuple[SampleStaff, ...] = (
    SampleStaff("1001", "架空 誠", "かくう まこと", (Role.MANAGER,)),
    SampleStaff("1002", "例田 みつ子", "れいだ みつこ", (Role.CUSTODIAN,)),
    SampleStaff("1003", "控井 恵", "ひかえい めぐみ", (Role.CUSTODIAN,)),
    SampleStaff("1004", "暗野 守", "あんの まもる", (Role.PIN_OFFICER,)),
    SampleStaff("1005", "仮屋 健", "かりや たけし", (Role.CUSTODIAN,), Shift.NIGHT),
    SampleStaff("1006", "監物 例子", "けんもつ れいこ", (Role.AUDITOR,)),
    SampleStaff("1007", "設楽 管", "しだら かん", (Role.SYSTEM_ADMIN,)),
    SampleStaff("1008", "副島 代", "そえじま だい", (Role.CUSTODIAN,)),
    SampleStaff("2001", "付見 歩", "つけみ あゆむ"),
    SampleStaff("2002", "添田 道", "そえだ みち"),
    SampleStaff("2003", "伴野 行", "ばんの ゆき"),
    SampleStaff("2004", "案内 守", "あんない まもる"),
    SampleStaff("2005", "送田 迎", "おくりだ むかえ"),
    SampleStaff("2006", "同行 進", "どうこう すすむ"),
    SampleStaff("1009", "鍵谷 例", "かぎや れい", (Role.PIN_OFFICER,)),
)


@dataclass(frozen=True)
class SampleResident:
    """One sample resident."""

    name: str
    kana: str
    birth_date: date
    female: bool
    room: str
    address: str = ADDRESS


_NAMED: tuple[tuple[str, str, str, bool], ...] = (
    ("見本 花子", "みほん はなこ", "1945-03-05", True),
    ("髙﨑 一郎", "たかさき いちろう", "1938-11-02", False),
    ("渡邉\U000e0100 ゆき", "わたなべ ゆき", "1939-08-02", True),
    ("仮名 正", "かりな ただし", "1941-06-18", False),
    ("試田 キヨ", "ためしだ きよ", "1933-01-15", True),
    ("例示 ウメ", "れいじ うめ", "1933-05-03", True),
    ("EXAMPLE MARIA SPECIMEN", "えぐざんぷる まりあ", "1957-09-30", True),
    ("見本 太郎", "みほん たろう", "1945-03-05", False),
)
_TWO_LINES = "見本県見本市見本町4丁目5番6号\nメゾン・ド・みほん 701号室 C/O SPECIMEN"
_FAMILIES: tuple[tuple[str, str], ...] = (
    ("見本", "みほん"),
    ("例示", "れいじ"),
    ("仮名", "かりな"),
    ("試田", "ためしだ"),
    ("架空", "かくう"),
    ("例川", "れいかわ"),
    ("虚山", "きょやま"),
    ("模擬田", "もぎた"),
    ("邉\U000e0100見", "なべみ"),
    ("髙例", "たかれい"),
    ("﨑本", "さきもと"),
    ("濵仮", "はまかり"),
    ("齋架", "さいか"),
)
_WOMEN: tuple[tuple[str, str], ...] = (
    ("ハナ", "はな"),
    ("トメ", "とめ"),
    ("シズ", "しず"),
    ("和子", "かずこ"),
    ("ヨシ", "よし"),
    ("節子", "せつこ"),
    ("フミ", "ふみ"),
    ("チヨ", "ちよ"),
)
_MEN: tuple[tuple[str, str], ...] = (
    ("次郎", "じろう"),
    ("三郎", "さぶろう"),
    ("勇", "いさむ"),
    ("実", "みのる"),
    ("茂", "しげる"),
    ("清", "きよし"),
)
COUNT = 60


def residents(random: Random) -> list[SampleResident]:
    """The 60 sample residents, the same for the same seed."""
    rooms = [f"{floor}{number:02d}" for floor in (1, 2, 3) for number in range(1, 21)]
    made = [
        SampleResident(name, kana, date.fromisoformat(birth), female, rooms[index])
        for index, (name, kana, birth, female) in enumerate(_NAMED)
    ]
    made[6] = SampleResident(
        made[6].name, made[6].kana, made[6].birth_date, True, made[6].room, _TWO_LINES
    )
    taken = {resident.name for resident in made}
    while len(made) < COUNT:
        female = random.random() < 0.7
        family, family_kana = random.choice(_FAMILIES)
        given, given_kana = random.choice(_WOMEN if female else _MEN)
        name = f"{family} {given}"
        if name in taken:
            continue
        taken.add(name)
        birth = date(random.randint(1928, 1956), random.randint(1, 12), random.randint(1, 28))
        kana = f"{family_kana} {given_kana}"
        made.append(SampleResident(name, kana, birth, female, rooms[len(made)]))
    return made
