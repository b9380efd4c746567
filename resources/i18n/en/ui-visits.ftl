# The pages of visits: calendar, departure check, ways at the desk, house calls, outcomes, clinics, insurance.
nav-visits = Visits

## Calendar
calendar-before = Back
calendar-after = Next
calendar-today = Today
calendar-span = Days shown
calendar-day = Day
calendar-week = Week
calendar-plan = Plan a visit
calendar-week-of = { $first } – { $last }
calendar-clinic = Filter by clinic
calendar-clinic-all = All places
calendar-who = Filter by resident, or tag
calendar-rounds = House call
calendar-import = Import
calendar-between = { " " }·{ " " }
calendar-done = Done
calendar-missed = Did not leave
calendar-edit = Change
calendar-step-prepare = Prepare
calendar-step-take = Take out
calendar-step-return = Bring back
calendar-step-outcome = Tell how it went
calendar-none = No visits on { $day }
calendar-none-how = “Plan a visit” enters who goes where and when. On the day, preparation and departure start here.
calendar-none-found = No visit matches
calendar-none-found-how = Change the filter, or choose another day.
calendar-day-count = { $day }, { $count } visits
calendar-clash-escort = { $name } escorts two at once: { $first } { $one } and { $second } { $other }
calendar-clash-resident = { $name } has two visits at once: { $first } and { $second }

## Planning
plan-as-last-time = As last time
plan-as-last-time-of = As last time ({ $place }, { $day })
plan-place-hint = Name of the clinic
plan-clinic-new = Not in the register
plan-clinic-phone = Tel. { $phone }
plan-clinic-visual = Check by eye: { $answer }
plan-note-label = Note
plan-note-hint = What to bring, what to ask
plan-transport = Transport
plan-first-visit = First visit there?
plan-first-visit-unknown = Not known
plan-first-visit-yes = First visit
plan-first-visit-no = Been there before
plan-again = Repeat
plan-again-never = Once only
plan-again-weekly = Every { $weekday }
plan-again-fortnightly = Every 2nd { $weekday }
plan-again-four-weekly = Every 4th { $weekday }
plan-again-monthly-weekday = Monthly, { $weekday } no. { $nth }
plan-again-monthly-last = Monthly, last { $weekday }
plan-again-monthly-day = Monthly, on day { $day }
plan-until = Until
plan-until-hint = Empty: no end
plan-conflict = Something stands in the way
plan-conflict-resident = Another visit of the same resident: { $starts }–{ $ends } { $place }
plan-conflict-escort = The escort is with { $name }: { $starts }–{ $ends } { $place }
plan-conflict-things-out = Their things are out, back at { $ends } ({ $place })
plan-go-despite = Plan it all the same
plan-end-series = End the series

## Ways at the desk
ways-title = At the desk
ways-details = Details of { $way }
ways-along = Take along too
ways-closed = { $count } ways that are closed, and why
ways-no-birth-date = Without a birth date there is no plan. Enter it on the resident’s page.
ways-ratio = { $tenths }0 %
ways-ratio-or = { " " }or{ " " }
ways-ratio-unknown = Not known
ways-ratio-nothing = Nothing to pay (public assistance)
ways-ratio-no-source = source not noted
ways-ratio-source = { $source }, { $day }
ways-ratio-missing = No burden ratio is noted. Look at the papers, or ask the insurer.
ways-ratio-to-confirm = It may have changed on 1 August. Look at the new paper.
ways-ratio-impossible = By age and income it should be { $possible }. Ask the insurer.

## Departure check
leave-scan = Scan the pouch tag
leave-change = Change the plan
leave-go = Leave
leave-when = { $day } { $time }
leave-with = With
leave-back = Back
leave-papers = Printed when they leave
leave-sheet = Visit sheet
leave-card = Escort card
leave-declaration = Declaration
leave-print-now = Print now
leave-printed = Printed
leave-making-paper = Making the papers
leave-reasons = Go on with a reason
leave-card-read = The card was checked
leave-done = { $name } has left ({ $number })
leave-then = It is recorded, and out until { $time }.
leave-then-print = It is recorded, and out until { $time }. { $count } papers are printed.
leave-pouch = Pouch
leave-pieces = Goes along
leave-card-check = Card check
leave-paper = Papers
leave-ratio = Burden ratio
leave-return-time = Time of return
leave-escort = Escort
leave-pouch-ok = It is theirs
leave-pieces-ok = { $count }
leave-items = { $items }
leave-card-check-ok = Checked at { $time }
leave-paper-ok = Valid on the day of the visit
leave-return-time-ok = { $time }
leave-escort-ok = { $name }
leave-why-not-scanned = Scan the pouch tag
leave-why-unknown-tag = This tag is not known. Scan it again
leave-why-other-pouch = This is the pouch of { $name }. Take the one of { $kana }
leave-why-nothing-taken = Choose what goes along
leave-why-pieces-missing = Missing: { $items }
leave-why-not-checked = Lay the card on the reader
leave-why-for-another-day = Checked for another day. Lay the card down again
leave-why-check-blocks = The check at { $time } says that it will not do
leave-why-no-card-goes = No card goes along
leave-why-birth-date-missing = Without a birth date this cannot be said
leave-why-nothing-valid = Nothing is valid on the day. Ask the insurer
leave-why-expired = Expired: { $items }
leave-why-no-return-time = Say when they are back
leave-why-no-escort = Say who goes along
leave-passed = Reason: { $reason }
leave-mend-pieces = Choose
leave-mend-card = Check
leave-mend-ratio = Enter
leave-mend-return-time = Enter
leave-mend-escort = Choose
leave-state-ok = done
leave-state-notice = passed with a reason
leave-state-warn = open
leave-state-block = cannot leave
leave-verdict-green = All is ready
leave-verdict-green-text = They may leave.
leave-verdict-passed = Leaving with a reason
leave-verdict-passed-text = What was written stands in the record.
leave-verdict-open = { $count } to go
leave-verdict-open-text = Look at the yellow lines.
leave-verdict-blocked = Wrong pouch
leave-verdict-blocked-text = Nobody leaves with this pouch.
leave-verdict-day = The visit is on { $day }
leave-verdict-day-text = Today it can be prepared and printed.
leave-off-right = You may not take things out
leave-off-pouch = Wrong pouch
leave-off-day = They leave on the day of the visit
leave-off-open = { $count } still open
leave-off-nothing = Nothing goes along
leave-pieces-title = What goes along
leave-pieces-go = Take these
leave-reason-hint = Reason (empty: stays open)
leave-reasons-note = The record says who left with which check open, and why.
leave-reasons-go = Keep the reasons

## House calls
rounds-name = House call
rounds-people = { $count } residents
rounds-unit = residents
rounds-place = In the house · { $clinic }
rounds-ready = Ready { $done } / { $count }
rounds-out = Out { $done } / { $count }
rounds-title = House call { $clinic } { $day } { $time }
rounds-who = Who is seen
rounds-together = Out and back together
rounds-device = The doctor reads with { $device }
rounds-device-unknown = Nobody has asked what the doctor reads with
rounds-device-label = What the doctor reads with
rounds-carries = Who carries the cards
rounds-no-card = No card (looked up again)
rounds-card = Card needed
rounds-nothing = Nothing to take
rounds-blocked = Nothing is valid
rounds-things = { $items }
rounds-mark-known = Read before
rounds-mark-new = Not read before
rounds-how-out = The cards stay in the house. One record covers all of them.
rounds-how-back = Put each in its place, then tick it or scan its tag.
rounds-slot = { $slot } { $name }
rounds-take = Take out for { $count }
rounds-return = Bring back for { $count }
rounds-off-back = { $count } still to put back
rounds-off-none = No card is to be taken
rounds-done-out = Taken out together ({ $number })
rounds-done-back = Brought back together ({ $number })
rounds-planned = The house call is planned
rounds-plan-title = Plan a house call
rounds-change-title = House call
rounds-plan-note = On the day all cards leave in one act and come back in one act.
rounds-cancel = Cancel the house call
rounds-clinic = Clinic
rounds-no-clinic = No clinic in the register comes to the house. Enter it under “Clinics”.
rounds-begins = Begins
rounds-ends = Ends
rounds-choose = Choose who is seen
rounds-chosen = { $count } chosen

## Outcomes
outcome-title = How the visit went
outcome-of = { $name }, { $day }, { $place }
outcome-way = What worked at the desk
outcome-no-way = Nothing worked
outcome-other-way = Another way
outcome-minutes = Minutes at the desk
outcome-minutes-wrong = Enter the minutes as a number
outcome-ratio = Burden ratio shown there
outcome-ratio-not-seen = Not seen
outcome-ratio-ours = Noted here: { $ratio } ({ $source }, { $day })
outcome-ratio-ours-none = Nothing is noted here
outcome-differs = The burden ratio differs
outcome-differs-text = It stays as a question to the insurer.
outcome-troubles = There was trouble at the desk
outcome-papers = Papers received
outcome-note = Note
outcome-note-hint = For whoever goes next
outcome-note-corrects = What was written before stays in the record; this is added.
outcome-go = Keep it
outcome-off = Say what worked
outcome-done = How it went is recorded ({ $number })
outcome-done-question = How it went is recorded ({ $number }). Ask the insurer about the burden ratio.

## Clinics
clinics-page-title = Clinics
clinics-unit = clinics
clinics-search = Name or telephone
clinics-add = Add a clinic
clinics-add-title = Add a clinic
clinics-change-title = Clinic
clinics-add-save = Add
clinics-none = No clinics yet
clinics-none-how = With telephone and what the reader can do, the plan for the desk says more.
clinics-none-found = Nothing found
clinics-none-found-how = Type a part of the name, or the telephone number.
clinics-visual-works = Check by eye worked
clinics-visual-refused = Check by eye refused
clinics-visual-unknown = Check by eye not known
clinics-pmh-yes = Public funds by card
clinics-livelihood-ready-yes = Public assistance by card
clinics-phone-ready-yes = Takes phones
clinics-comes = Comes to the house
clinics-resting = Not used
clinics-name = Name
clinics-visual-mode = Check by eye
clinics-pmh = Public funds by card
clinics-livelihood-ready = Public assistance by card
clinics-phone-ready = Takes phones
clinics-house-calls = Comes to the house
clinics-active = Offered when a visit is planned
clinics-active-note = Without it the clinic stays in the list but is not offered
clinics-note = Outcomes of visits change “check by eye” by themselves.
clinics-done-added = The clinic is in the register
clinics-done-changed = The clinic was changed

## Insurance
insurance-title = Insurance
insurance-card = Insurance
insurance-coverage = Insurance
insurance-registered = Registered for use as insurance card
insurance-income = Income class
insurance-ratio = Burden ratio
insurance-source-how = Name of the paper, the insurer on the telephone
insurance-at-desk = At the desk
insurance-pin-known-by = Who can say the PIN
insurance-consents-face = Wants the face check
insurance-consents-visual = Wants the check by eye
insurance-more = More facts
insurance-wishes-registration = Wishes to be registered
insurance-disability-certified = Disability certified (from 65)
insurance-card-has-photo = The card has a photo
insurance-portal = Screen of Mynaportal
insurance-phone-certificates = Certificates in the phone
insurance-phone-needs-pin = The phone asks for a PIN
insurance-welfare = Welfare office
insurance-told-on = Told of visits on
insurance-note-label = Note
insurance-not-noted = Not noted
insurance-note = What is not known stays “not known”. Nothing is filled in from anything else.

## Looking back
works-title = Looking back
works-where = What worked where
works-paper = Report
works-none = No outcomes yet
works-none-how = Tell how it went when they come back, and it gathers here.
works-unit-times = times
works-unit-minutes = min
works-unit-cases = cases
works-visits = Visits
works-told = Told
works-trouble = Trouble
works-lost = Minutes with trouble
works-questions = Asked of insurers
works-way-count = { $way } { $count }
works-head-clinic = Clinic
works-head-visits = Visits
works-head-ways = What worked
works-head-trouble = Trouble
works-head-median = Min. (median)
works-head-lost = Min. (trouble)
works-chart-months = Visits by month
works-chart-ways = What worked at the desk
works-chart-troubles = Kinds of trouble
works-chart-lost = Minutes with trouble by clinic
works-series-smooth = Without trouble
works-series-trouble = With trouble
works-questions-title = To ask of insurers
works-question = Burden ratio of { $name }
works-question-text = The desk said { $seen }, noted here: { $noted } ({ $place }, { $day })
works-settle = Write the answer
works-settle-title = What the insurer said
works-settle-save = Keep it
works-answer = The answer
works-settle-note = The ratio itself is changed on the resident’s page, under “Insurance”.
works-settled = The insurer’s answer is recorded
residents-tab-insurance = Insurance

## Import
visit-import-title = Import visits
visit-import-what = Choose a list of visits (CSV, Excel) with day, time, clinic and name.
visit-import-counts = Visits: { $new } new, { $changed } changed, { $unchanged } as they are
visit-import-conflicts = { $count } rows cross other plans
visit-import-despite = Import all the same
visit-import-done = { $count } visits were imported
import-head-when = When
import-head-place = Where
import-head-change = Import

## Emergency
release-sheet-title = Emergency sheet
release-sheet = Print the emergency sheet
release-sheet-done = The emergency sheet was printed
release-family = Call family and representatives
release-family-none = No telephone number is noted
release-doing-sheet = Making the emergency sheet

help-visits-title = How to use “Visits”
help-visits =
    1. “Plan a visit” enters who goes where and when, once or again and again.
    2. On the day, press the row’s button or scan the pouch: the departure check opens.
    3. Lay the card on the reader. When no line is yellow, press “Leave”. The sheet is printed too.
    4. Back again: scan the pouch, check the slot, Enter, and tell how it went.
    For a house call all cards leave in one act and come back in one act.
help-departure-title = How to use the departure check
help-departure =
    Scan the pouch tag and lay the card on the reader. Green lines are done, yellow ones are open.
    “At the desk” at the left is the order to try. Press a line for what to say and what to bring.
    What stays open can be passed with a reason. The reason stands in the record.

## What joins the page of today
today-do-ratio-question = Ask the insurer about the burden ratio
today-do-ratio-question-text = { $name }: the desk of { $item } said another one
today-step-question = Write the answer
term-to-do-kind-ratio-question = Burden ratio
term-to-do-kind-lost-steps = Loss to be dealt with
term-to-do-kind-lost-close = Loss to be closed
term-to-do-kind-lost-review = Review of a loss
term-unit-minutes = minutes

term-visit-target-number = Number
term-visit-target-name = Name
term-visit-target-birth-date = Birth date
term-visit-target-room = Room
term-visit-target-day = Day
term-visit-target-starts = Leaves at
term-visit-target-returns = Back at
term-visit-target-clinic = Clinic
term-visit-target-purpose = Purpose
term-visit-target-escort = Escort
term-visit-target-transport = Transport
term-visit-target-booked = Booked
term-visit-target-first-visit = First visit
term-visit-target-note = Note

help-house-call-title = How to use “House call”
help-house-call =
    1. Press “Read before” for everyone whose card the clinic has read already: no card is needed.
    2. Choose who carries the cards; the big button takes them all out at once.
    3. Back again, tick every pouch that lies in its place or scan its tag, then bring all back.
help-clinics-title = How to use “Clinics”
help-clinics =
    Enter the telephone and what the desk can do. The order of the ways follows from it.
    Whether the check by eye works changes by itself when outcomes are told.
help-visit-results-title = How to use “Looking back”
help-visit-results =
    It counts what worked at which clinic and what was trouble, from the outcomes that were told.
    Where another burden ratio was shown, ask the insurer and write the answer. “Report” prints it.
