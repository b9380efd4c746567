"""漏えい等の確認 in words: both days of each report, and whom to ask.  Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping

from facility_app.domain.leak import LeakAnswer, LeakDeadlines
from facility_app.i18n import Words
from facility_app.rules.keeper import LostBook


def deadline_lines(words: Words, book: LostBook, days: LeakDeadlines) -> list[tuple[str, str, str]]:
    """Of 速報 and 確報: label, the safe day in words, and the last one with where it is from."""
    return [
        (
            words(f"loss-leak-{which}"),
            words("loss-until", day=words.short_day(safe)),
            words("loss-leak-same") if safe == last
            else words("loss-leak-last", day=words.short_day(last)),
        )
        for which, safe, last in (
            ("first", days.first_safe, days.first_last),
            ("final", days.final_safe, days.final_last),
        )
    ]  # fmt: skip


def ask_lines(words: Words, book: LostBook, answers: Mapping[str, LeakAnswer]) -> list[str]:
    """Which questions are not a clear no, and whom to ask with the number and its hours."""
    language = words.language
    concerned = book.leak.concerned(answers)
    lines = [
        words("loss-leak-concerned", count=str(len(concerned)))
        if concerned
        else words("loss-leak-none-concerned")
    ]
    for ask in book.leak.ask:
        phone = book.lost.contacts[ask.contact]
        number = phone.number or phone.find.of(language)
        if phone.number and phone.keys:
            number = words("loss-number-keys", number=phone.number, keys=phone.keys)
        hours = phone.hours.of(language) if phone.number else ""
        lines.append(
            words("loss-leak-whom", about=ask.about.of(language), number=number, hours=hours)
        )
    origin = book.origins["leak"]
    lines.append(words("loss-leak-source", source=origin.source, day=words.day(origin.checked_on)))
    return lines
