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

departure-open = { $count } points of the check before leaving are open ({ $code }).
    .undone = Nothing was signed out.
    .todo = Do what is left, or have somebody who may pass it with a reason.
departure-wrong-pouch = This is another resident's pouch.
    .undone = Nothing was signed out.
    .todo = Put it back and scan the pouch of this resident.

outcomes-there = How this visit went was written down already.
    .undone = Nothing was changed.
    .todo = Choose "Correct the outcome" to change it.
outcomes-missing = Nothing was written down about this visit yet.
    .undone = Nothing was changed.
    .todo = Write down the outcome first.
outcomes-not-begun = This visit has not begun, or was cancelled.
    .undone = No outcome was recorded.
    .todo = Write it down when they are back.
outcomes-choice-not-known = The choice { $code } is not on the list.
    .undone = No outcome was recorded.
    .todo = Open the form again and choose anew.
outcomes-no-question = Nothing is left to ask of the insurer about this visit.
    .undone = Nothing was changed.
    .todo = Look at the page Today again.

house-calls-clinic-does-not-come = By the register, doctors of { $name } do not come to the house.
    .undone = The plan was not saved.
    .todo = Tick "makes house calls" in the register of clinics, or choose another clinic.
house-calls-closed = This house call was cancelled, or its cards are out already.
    .undone = Nothing was changed.
    .todo = Plan a new one, or sign the cards in first.
house-calls-not-of-round = A resident was chosen who is not in this house call, or whose things are out.
    .undone = Nothing was signed out.
    .todo = Read the list anew and choose again.

term-check-code-pouch = the pouch
term-check-code-pieces = what is in it
term-check-code-card-check = card check of today
term-check-code-paper = valid on the day
term-check-code-ratio = burden ratio
term-check-code-return-time = time of return
term-check-code-escort = escort

term-check-state-ok = in order
term-check-state-not-needed = not needed
term-check-state-open = open
term-check-state-blocked = cannot leave

term-check-why-nothing = nothing to mind
term-check-why-not-scanned = the tag was not scanned yet
term-check-why-unknown-tag = no pouch has this tag
term-check-why-other-pouch = another resident's pouch
term-check-why-nothing-taken = nothing was chosen to take along
term-check-why-pieces-missing = something that usually goes along is missing
term-check-why-not-checked = the card was not checked today
term-check-why-for-another-day = checked for a day before the visit
term-check-why-check-blocks = the check says that the card will not do
term-check-why-no-card-goes = no card goes along
term-check-why-birth-date-missing = no birth date is noted
term-check-why-nothing-valid = nothing will do at the desk; ask the insurer or the welfare office
term-check-why-expired = something has run out
term-check-why-ratio-missing = the burden ratio is not known
term-check-why-ratio-to-confirm = the burden ratio was noted before the change of August
term-check-why-ratio-impossible = there is no such ratio at this age and income
term-check-why-ratio-not-paid = nothing is paid under livelihood protection
term-check-why-no-return-time = no time of return is set
term-check-why-no-escort = no escort is named

term-ratio-state-known = known
term-ratio-state-missing = not known
term-ratio-state-to-confirm = to be confirmed (change of August)
term-ratio-state-impossible = cannot be

term-lack-blocked = nothing will do at the desk
term-lack-conflict = clashes with another visit
term-lack-things-missing = something to take along is missing
term-lack-ratio = burden ratio
term-lack-escort = escort
term-lack-return-time = time of return
term-lack-card-check = card check
