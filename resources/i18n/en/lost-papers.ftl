## Papers about a loss

lost-paper-say = What to say
lost-paper-keys = press { $keys } at the voice guidance
lost-paper-number = Number
lost-paper-checked = number checked { $day }
lost-paper-what = Loss no. { $number }: { $items }
lost-paper-how = Work from top to bottom, tick what is done and fill in the lines. While the power is out write here, and type it in afterwards. What is left out needs a reason and the manager’s name in the margin.
lost-paper-residents = Residents
lost-paper-noticed = Noticed at
lost-paper-beside = ({ $who })
lost-paper-until = by { $due }
lost-paper-time = time: { $due }
lost-paper-who = who: { $who }
lost-paper-where-it-applies = (where it applies)
lost-paper-source = Source: { $source } (checked { $day })
lost-paper-fee = Fee: { $name } { $yen } yen { $note }; source { $source } (checked { $day })
lost-paper-done = done { $at } { $name }
lost-paper-waived = left out { $at } { $name }: { $reason }
lost-due-now = within { $n } minutes of noticing
lost-due-days = { $n ->
        [0] the same day
       *[other] within { $n } days
    }
lost-due-open-days = within { $n } working days
lost-due-leak-first = by the day of the first report
lost-due-leak-final = by the day of the final report

## Draft of a leak report

lost-draft-mark = DRAFT: the manager checks and changes it before it is sent.
lost-draft-unknown = not known
lost-draft-overview = At { $at } it was noticed that { $items } of { $count } residents is missing. Where: { $where } ({ $place }). Last seen: { $last_seen }. Theft: { $stolen }.
lost-draft-persons = { $count } persons
lost-draft-cause = under investigation
lost-draft-damage = None known so far; the risk of misuse is being looked into.
lost-draft-publication = None (being considered)
lost-draft-prevention = being worked out
lost-draft-response = being told
lost-draft-told = { $name }: { $step } ({ $at })
lost-draft-receipt = { $step }: receipt number { $number }

## Letter to the person

lost-notice-title = About the loss of { $items }
lost-notice-to = { $name }
lost-notice-to-family = and family or guardian
lost-notice-greeting = { $facility } has lost something that you had left in our custody. We apologise. This is what we know.
lost-notice-what = 1. What happened: at { $at } we noticed that { $items } is missing. Where: { $where }.
lost-notice-data = 2. What stands on it: { $data }
lost-notice-cause = 3. Why: { $cause }
lost-notice-damage = 4. Misuse: { $damage }
lost-notice-done = 5. What we do: { $measures }
lost-notice-ask = 6. Ask us: { $facility } { $phone }. Tell us at once of letters, calls or bills that you cannot explain.

## Letter of authority

lost-authority-proxy = Proxy (who goes to the office)
lost-authority-staff = staff of { $facility }
lost-authority-text = I, { $name }, born { $born }, authorise the person above to do what is ticked below about { $items }.
lost-authority-receive = Receive the new one (for a card, with proof that I cannot come)
lost-authority-person = Who authorises
lost-authority-day = Day
lost-authority-name = Name (own signature)
lost-authority-reason = Why I cannot come
lost-authority-seal = Seal
lost-authority-own-form = Where the office has its own form, use that. Bring the proxy’s identity document. For minors under 15 and adult wards only the statutory representative may act.
lost-authority-no-pin = Never write a PIN or the individual number here. Where a PIN is needed, the person seals it in an envelope.

## Words of the reports

lost-about-case = Loss no. { $number }
reports-title-lost-report = Incident report (loss)
reports-title-leak-report = Draft of a leak report
reports-section-lost-case = Case
reports-section-lost-things = What is lost
reports-section-lost-steps = What was done
reports-section-lost-leak = Leak
reports-section-lost-cause = Cause and measures
reports-section-lost-timeline = Timeline from the record
reports-section-leak-case = Case
reports-section-leak-questions = Four questions
reports-section-leak-items = The nine items
reports-section-leak-ask = Whom to ask
reports-fact-lost-noticed-at = Noticed at
reports-fact-lost-noticed-by = Noticed by
reports-fact-lost-reported = Reported
reports-fact-lost-last-seen = Last seen
reports-fact-lost-happened = Where
reports-fact-lost-stolen = Theft
reports-fact-lost-state = State
reports-fact-lost-known-on = Day of knowing (day 1)
reports-fact-lost-first-safe = First report, go by
reports-fact-lost-first-last = First report, at the latest
reports-fact-lost-final-safe = Final report, go by
reports-fact-lost-final-last = Final report, at the latest
reports-fact-lost-decision = Decision
reports-fact-lost-decided-by = Decided by
reports-fact-lost-consulted = Whom was asked, and what they said
reports-fact-lost-cause = Cause
reports-fact-lost-measures = Measures
reports-fact-lost-first-review = First review
reports-fact-lost-second-review = Second review
reports-fact-lost-facility = Facility
reports-column-lost-thing = Thing
reports-column-lost-outcome = Now
reports-column-lost-found = Found
reports-column-lost-step = Step
reports-column-lost-step-about = About
reports-column-lost-due = Due
reports-column-lost-state = State
reports-column-lost-state-by = Recorded
reports-column-lost-evidence = Evidence
reports-column-leak-question = Question
reports-column-leak-help = Help
reports-column-leak-answer = Answer
reports-column-leak-item = Item
reports-column-leak-text = Text
reports-column-leak-ask = Whom to ask
reports-column-leak-phone = Telephone
reports-column-leak-hours = Hours
reports-remark-lost = lost
reports-refusal-lost-not-losable = loss of what is not there
reports-refusal-lost-found-card-differs = found card differs
reports-refusal-pins-card-lost = PIN of a lost card
lost-not-yet = not written yet
lost-note-timeline = Entries about the lost things from two weeks before, and about this case. Numbers are those of the record.
lost-note-leak = To be confirmed: the program does not decide whether a report is due. Ask before deciding, even with four noes.
lost-note-leak-open = Not looked into yet. Do so by { $day }.
lost-note-origin = Source of the days: { $source } (checked { $day }). Where sources differ the earlier day is shown.
