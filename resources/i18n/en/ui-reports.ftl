# The pages of reports and of charts; printing and saving.
date-month-of-year = { $name } { $gregorian }

## Choosing a report
reports-page-title = Reports
reports-page-which = Which report do you need?
reports-page-paper-monthly = Monthly audit report
reports-page-paper-statement = Disclosure
reports-page-paper-blackout = Who has what now
reports-page-paper-rights = Access rights
reports-page-paper-ledger = Custody ledger
reports-page-paper-expiry = Expiry list
reports-page-what-monthly = One month: items taken out and returned, delays, emergency releases and their reviews, hand-overs, rights, card checks, stocktakes and backups, and what was not reviewed. For managers and auditors.
reports-page-what-statement = Everything that the record holds about one resident. To be handed over when the resident or their proxy asks for it.
reports-page-what-blackout = Where everything is now and who has it. Kept on paper for a power cut or a broken computer.
reports-page-what-rights = Who has which rights. The manager checks it and signs.
reports-page-what-ledger = Every item that went out or came back in a period, line by line. It takes the place of the paper ledger.
reports-page-what-expiry = What expires soon and what has expired, by date.
reports-page-signed = The report carries a checkpoint as a QR code. Paper alone shows later whether the record was changed.
reports-page-recorded = That it was made is recorded.
reports-page-field-month = Which month?
reports-page-field-first = First day
reports-page-field-last = Last day
reports-page-field-resident = Which resident?
reports-page-field-password = Password of the PDF
reports-page-ask-month = This cannot be read as a month. Type it like R8.11, 2026/11 or 202611.
reports-page-ask-first = Please type the first day.
reports-page-ask-last = Please type the same day as the first, or a later one.
reports-page-ask-resident = Please choose a resident.
reports-page-ask-password = Please type a password.
reports-page-month-note = R8.11 and 2026/11 are understood too.
reports-page-earlier = Month before
reports-page-later = Month after
reports-page-choose = Choose a resident
reports-page-whole = Include everything since the beginning
reports-page-lock = Protect the PDF with a password
reports-page-lock-note = For sending it by mail
reports-page-password-note = Leave it empty and the program makes one and shows it once.
reports-page-go = Make the report
reports-page-making = Making the report
reports-page-part = Making the report ({ $percent } %)
reports-page-stopped = Stopped. No report was made.

## A report that was made
reports-page-preview = Pages as they will be printed
reports-page-page = page { $number } of { $count }
reports-page-made-as = { $pages } pages, entry no. { $seq }
reports-page-all-days = from the beginning until today
reports-page-days = from { $first } to { $last }
reports-page-now = as it stands now
reports-page-about-who = { $name }, { $days }
reports-page-back = Back
reports-page-on = Next
reports-page-smaller = Smaller
reports-page-larger = Larger
reports-page-other = Choose another report
reports-page-csv = Save as CSV
reports-page-json = Save as JSON
reports-page-save = Save the PDF
reports-page-save-title = Where to save
reports-page-saving = Saving
reports-page-saved = Saved ({ $place })
reports-page-print = Print
reports-page-printers = Looking for printers
reports-page-printing = Printing
reports-page-printed = { $pages } pages were sent to the printer
reports-page-stopped-out = Stopped.
reports-page-password-title = Password of the PDF
reports-page-password-text = This password opens the PDF. Write it down and tell it by another way than the PDF.
reports-page-password-other-way = By telephone or in person; never in the same mail.
reports-page-password-once = Once this is closed it cannot be seen again. If it is forgotten, make the report again.
reports-page-password-noted = I have written it down
reports-page-password-close = Close

## At unlock
reports-page-due = The monthly audit report for { $month } has not been made yet
reports-page-due-short = The report for { $month } is due
reports-page-due-text = Nothing is made until “Make the report” is pressed on the next page.
reports-page-due-go = Go to the report

## Printing and saving
printing-no-printer = No printer was found.
    .undone = Nothing was printed.
    .todo = Check the printer’s power and cable, or save the PDF to a file.
printing-failed = The printer stopped on the way.
    .undone = Not all pages were printed.
    .todo = Check paper and power and print again.
printing-place-unusable = This place cannot be written to ({ $place }).
    .undone = Nothing was saved and no half-written file was left.
    .todo = Choose another folder that may be written to.
printing-place-full = There is not enough room in this place ({ $place }).
    .undone = Nothing was saved and no half-written file was left.
    .todo = Choose another place with room.
printing-pdf-unreadable = The pages of this report cannot be shown.
    .undone = Nothing was printed or saved.
    .todo = Make it again. If it goes on, tell the manager.

## Charts
charts-title = Charts
charts-span = Period
charts-span-month = This month
charts-span-last-month = Last month
charts-span-quarter = 3 months
charts-span-year = 12 months
charts-counting = Counting
charts-as-table = As a table
charts-as-chart = As a chart
charts-nothing = There is nothing to count in this period
charts-year = { $year }
charts-mark-day = { $month }/{ $day }
charts-mark-month = M{ $month }
charts-head-day = Day
charts-head-month = Month
charts-head-year = Year
charts-head-name = Kind
charts-counted = { $name } ({ $unit })
charts-spoken = { $title }. { $total } { $unit } in all. Most: { $top }, { $most } { $unit }.
charts-spoken-nothing = { $title }. There is nothing to count in this period.
charts-spoken-series = { $name } { $total } { $unit }

## From the page of the record
log-reports = Make a report
log-charts = Charts
log-checkpoint = Check a checkpoint

## F1
help-reports-title = How to use the reports
help-reports =
    1. Choose which report you need and about which days, and press “Make the report”. Nothing is made before that.
    2. Look at the pages as they will be printed. PageUp and PageDown turn them.
    3. Press “Print” or “Save the PDF”. The same data can be saved as CSV for a spreadsheet.
    With a password, the PDF opens only with that password. The password is shown once.
help-charts-title = How to use the charts
help-charts =
    Choose a period: sign-outs, time away, delays and findings of card checks are counted.
    “As a table” shows the same numbers as a table. The reports have the same charts.
