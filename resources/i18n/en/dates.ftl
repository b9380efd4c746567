## Dates as they are typed

dates-not-understood = “{ $given }” cannot be read as a date.
    .undone = The date in this field has not changed.
    .todo = Type it like S20.3.5, 昭和20年3月5日, 1945/3/5 or 19450305.
dates-incomplete = “{ $given }” lacks a month or a day.
    .undone = The date in this field has not changed.
    .todo = Type the year, the month and the day, for example 1945/3/5.
dates-era-missing = The year of “{ $given }” is not certain.
    .undone = The date in this field has not changed.
    .todo = Add the era (S20.3.5) or write the year with four figures (1945/3/5).
dates-does-not-exist = There is no such day as “{ $given }”.
    .undone = The date in this field has not changed.
    .todo = Check the month and the day and type it again.
dates-out-of-range = “{ $given }” is outside the years that can be used.
    .undone = The date in this field has not changed.
    .todo = Type a date from 1873 (Meiji 6) to 2199.
dates-era-never-reached = The era of “{ $given }” did not include that day.
    .undone = The date in this field has not changed.
    .todo = The right date is { $offered }. Type it so if that is what you mean.
dates-years-disagree = The era year and the Gregorian year of “{ $given }” differ.
    .undone = The date in this field has not changed.
    .todo = Look at the paper and type only the right one.
dates-two-eras = { $day } is the day on which the era changed. The older era was accepted too.
