# Reports and papers (services/reporting, reports).
reports-period-in-future = { $first } has not come yet.
    .undone = No report was made.
    .todo = Choose days up to today.
reports-period-too-long = From { $first } to { $last } is more than { $years } years.
    .undone = No report was made.
    .todo = Choose { $years } years or less, and look whether a year was mistyped.
reports-password-too-short = The password is too short.
    .undone = No report was made.
    .todo = Use { $shortest } characters or more, or the password that the program makes.
