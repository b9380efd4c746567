## Planned visits

visits-in-the-past = That time has passed.
    .undone = The plan was not saved.
    .todo = Enter a time to come. What has left already stands in the record.
visits-closed = This visit was cancelled, or they have left already.
    .undone = The plan was not changed.
    .todo = Enter a new visit.
visits-conflict = { $kind } ({ $name }, { $at }, { $count } in all).
    .undone = The plan was not saved.
    .todo = Choose another time or escort, or "Plan it all the same" if you know better.
visit-series-empty = No day falls into this series.
    .undone = The plan was not saved.
    .todo = Check the first day, the last day and the day of the week.
visit-series-ended = This series was ended already.
    .undone = The plan was not changed.
    .todo = Enter a new series.

clinics-there = { $name } is in the register already.
    .undone = Nothing was saved.
    .todo = Choose it from the list and change it there.

term-conflict-kind-resident = the resident has another visit then
term-conflict-kind-escort = the escort has another visit then
term-conflict-kind-things-out = things are still signed out then

term-visit-state-planned = planned
term-visit-state-out = out
term-visit-state-back = outcome missing
term-visit-state-done = done
term-visit-state-cancelled = cancelled

term-transport-unknown = not settled
term-transport-facility-car = the facility's car
term-transport-care-taxi = care taxi
term-transport-clinic-bus = the clinic's bus
term-transport-family = family
term-transport-on-foot = on foot
term-transport-other = other

term-repeat-weekly = every week or every few
term-repeat-monthly-weekday = on a weekday of the month
term-repeat-monthly-day = on a day of the month

term-coverage-unknown = not known
term-coverage-kokuho = National Health Insurance
term-coverage-kouki = late-stage elderly insurance
term-coverage-shaho = insurance at work
term-coverage-livelihood = livelihood protection

term-answer-unknown = not known
term-answer-yes = yes
term-answer-no = no

term-pin-known-by-unknown = not known
term-pin-known-by-nobody = nobody
term-pin-known-by-person = the person
term-pin-known-by-legal-representative = a legal representative who comes along

term-income-class-unknown = not known
term-income-class-general = general
term-income-class-above = above a certain income
term-income-class-active = as high as in working life

term-visual-mode-unknown = not known
term-visual-mode-works = has worked
term-visual-mode-refused = was refused

term-portal-screen-unknown = not known
term-portal-screen-none = none
term-portal-screen-log-in = can log in at the desk
term-portal-screen-saved = a saved screen is there

term-house-call-device-unknown = not known
term-house-call-device-app = eligibility app
term-house-call-device-web = web desk for home care
