"""When health-insurance papers end, and which burden ratios (負担割合) an age allows.

Rules: domain §3.1 (kokuho/kouki period), §5 (burden table, data in
``resources/rules/burden.toml``) and the rulings "75th birthday" and "Foreign residents" of §3.2.
Of several ends the earliest holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from facility_app.domain.coverage import IncomeClass
from facility_app.domain.dates import add_months, age_on, day_before, nth_birthday
from facility_app.domain.expiry import Lifetimes


class Insurance(Enum):
    """国保, 後期高齢者医療, and the societies of employees (社保: 協会けんぽ, 健保組合, 共済)."""

    KOKUHO = "kokuho"
    KOUKI = "kouki"
    SHAHO = "shaho"


class EndReason(Enum):
    """Why a paper ends on a day."""

    PRINTED = "printed"
    PERIOD = "period"
    TURNS_70 = "turns-70"
    TURNS_75 = "turns-75"
    RESIDENCE = "residence"


@dataclass(frozen=True)
class PaperEnd:
    """The last valid day of a paper and the rule that ends it."""

    day: date
    reason: EndReason


@dataclass(frozen=True)
class BurdenRow:
    """Ages `age_from` to `age_to` (inclusive, None = no end) may pay any of `ratios` tenths.

    `income`: only people of these classes; empty = whatever the income.
    """

    age_from: int
    age_to: int | None
    ratios: frozenset[int]
    effective_from: date = date.min
    income: frozenset[IncomeClass] = frozenset()

    def holds(self, age: int, on: date, income: IncomeClass) -> bool:
        """Whether the row is about somebody of `age` on `on`; an unknown class may be any."""
        return (
            self.age_from <= age <= (age if self.age_to is None else self.age_to)
            and self.effective_from <= on
            and (not self.income or income is IncomeClass.UNKNOWN or income in self.income)
        )


@dataclass(frozen=True)
class BurdenTable:
    """The table of §5: a row per age group and change in the law."""

    rows: tuple[BurdenRow, ...]
    kouki_age: int
    kouki_age_disabled: int


def period_end(starts: date, lifetimes: Lifetimes) -> date:
    """The end (31 July) of the yearly period that `starts` lies in."""
    end = date(starts.year, lifetimes.period_end_month, lifetimes.period_end_day)
    return end if starts <= end else end.replace(year=end.year + 1)


def ratio_changes_at_70(birth: date) -> date:
    """The first day of the ratio of a person of 70: the 1st after the birthday (born on a 1st:
    it)."""
    birthday = nth_birthday(birth, 70)
    return birthday if birthday.day == 1 else add_months(birthday.replace(day=1), 1)


def end_at_70(birth: date) -> date:
    """The last day of a 国保 paper of a person turning 70: the end of the birth month (born on a
    1st: of the month before)."""
    return day_before(ratio_changes_at_70(birth))


def end_at_75(birth: date) -> date:
    """The last day before 後期高齢者医療: the day before the 75th birthday, whatever is printed."""
    return day_before(nth_birthday(birth, 75))


def papers_expected_at_75(birth: date) -> date:
    """The 1st of the month in which the papers of 後期 are sent: the month before the birthday, two
    months before for people born on a 1st."""
    birthday = nth_birthday(birth, 75)
    return add_months(birthday.replace(day=1), -2 if birthday.day == 1 else -1)


def paper_ends(
    insurance: Insurance,
    birth: date,
    starts: date,
    lifetimes: Lifetimes,
    *,
    printed: date | None = None,
    residence_until: date | None = None,
) -> tuple[PaperEnd, ...]:
    """Every end that applies to a paper valid from `starts`, earliest first; empty = no end
    known."""
    ends = [PaperEnd(printed, EndReason.PRINTED)] if printed else []
    if insurance is not Insurance.SHAHO:
        ends.append(PaperEnd(period_end(starts, lifetimes), EndReason.PERIOD))
    if insurance is Insurance.KOKUHO and starts <= end_at_70(birth):
        ends.append(PaperEnd(end_at_70(birth), EndReason.TURNS_70))
    if insurance is not Insurance.KOUKI and starts <= end_at_75(birth):
        ends.append(PaperEnd(end_at_75(birth), EndReason.TURNS_75))
    if residence_until is not None:
        ends.append(PaperEnd(residence_until, EndReason.RESIDENCE))
    return tuple(sorted(ends, key=lambda end: end.day))


def paper_end(
    insurance: Insurance,
    birth: date,
    starts: date,
    lifetimes: Lifetimes,
    *,
    printed: date | None = None,
    residence_until: date | None = None,
) -> PaperEnd | None:
    """The end that holds: the earliest of `paper_ends`; None where no end is known."""
    ends = paper_ends(
        insurance, birth, starts, lifetimes, printed=printed, residence_until=residence_until
    )
    return ends[0] if ends else None


def notice_end(birth: date, today: date, printed: date | None) -> date | None:
    """The last day of a 資格情報のお知らせ: as printed; before 75 never after the 75th birthday's
    eve."""
    if age_on(birth, today) >= 75:
        return printed
    return end_at_75(birth) if printed is None else min(printed, end_at_75(birth))


def ratio_age(birth: date, on: date) -> int:
    """The age that the burden table looks at: school age counts from the 1 April after the 6th
    birthday, 70 from the month after the birthday, everything else from the birthday."""
    age = age_on(birth, on)
    if age == 6 and on < _school_starts(birth):
        return 5
    if age == 70 and on < ratio_changes_at_70(birth):
        return 69
    return age


def possible_ratios(
    age: int,
    on: date,
    table: BurdenTable,
    *,
    disability_certified: bool = False,
    income: IncomeClass = IncomeClass.UNKNOWN,
) -> frozenset[int]:
    """The tenths (1, 2, 3) a person of `age` may pay on `on`; empty where the table has no row.

    `disability_certified`: admitted to 後期高齢者医療 from 65 on (障害認定).  `income` as far as it
    is known; while it is not, the ratios of every class are possible.
    """
    if disability_certified and table.kouki_age_disabled <= age < table.kouki_age:
        age = table.kouki_age
    rows = (row.ratios for row in table.rows if row.holds(age, on, income))
    return frozenset().union(*rows)


class RatioState(Enum):
    """What is to be thought of a noted burden ratio.

    TO_CONFIRM: noted before the last yearly change, so it may be another one now.  IMPOSSIBLE: no
    such ratio for this age and income class.  The program says so and decides nothing.
    """

    KNOWN = "known"
    MISSING = "missing"
    TO_CONFIRM = "to-confirm"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True)
class NotedRatio:
    """A burden ratio in tenths as it was noted, from where, and of which day."""

    tenths: int
    source: str
    as_of: date


def last_change(on: date, lifetimes: Lifetimes) -> date:
    """The last day on or before `on` on which ratios changed (1 August)."""
    end = period_end(on, lifetimes)
    return end.replace(year=end.year - 1) + timedelta(days=1)


def ratio_state(
    noted: NotedRatio | None, possible: frozenset[int], on: date, lifetimes: Lifetimes
) -> RatioState:
    """What is to be thought of `noted` on the day of a visit, where `possible` ratios are known.

    Where only one ratio is possible, the yearly change cannot have changed it.  An empty `possible`
    (no birth date) questions nothing.
    """
    if noted is None:
        return RatioState.MISSING
    if possible and noted.tenths not in possible:
        return RatioState.IMPOSSIBLE
    if len(possible) != 1 and noted.as_of < last_change(on, lifetimes):
        return RatioState.TO_CONFIRM
    return RatioState.KNOWN


def _school_starts(birth: date) -> date:
    """1 April after the 6th birthday; somebody born on 1 April turns six the evening before, so
    at once."""
    sixth = nth_birthday(birth, 6)
    first = date(sixth.year, 4, 1)
    return first if sixth <= first else first.replace(year=sixth.year + 1)
