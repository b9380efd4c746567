# The page of card checks, the test of a reader, the check by the number on the face, settings.
nav-cards = Card check

# Without a result
check-ready = Put a card on the reader
check-ready-todo = Take it out of its case and lay it in the middle. No PIN is used.
check-ready-for = Put { $name }'s card on the reader
check-former = { $name }'s card still lies on the reader
check-former-todo = Take it away, then put { $name }'s card on.
check-reading = Reading the card
check-reading-todo = Leave the card where it is until this is done.
check-slow = Waiting for the reader
check-slow-todo = Leave the card where it is. If this goes on, lay it in the middle again.
check-try-reader = Try the reader
check-again = Read again

# A result
check-today = today
check-verdict-within = Within its dates { $day }
check-verdict-certificate = Certificate within its dates { $day }
check-verdict-grace = In the grace period { $day }
check-warnings = { $count } to mind
check-done = Done. The card may be taken away.
check-lifted = Taken away. Lay the next card on.
check-kind = What lies there is: { $kind }.
check-recorded = Record { $number }
check-unrecorded = Not recorded
check-day-today = Visit: today
check-day = Visit: { $day }
check-said = What the card said
check-card = My Number card
check-drawing = Drawing of the card. Name, photo and number are never read
check-never-read = Hatched parts (name, photo, number) are never read
check-card-end = Card ends
check-certificate-end = Certificate ends
check-date-none = No certificate
check-date-unread = Could not be read
check-days-left = { $state }: { $days } d
check-last-day = { $state }: last
check-tries = Tries left
check-tries-free = Asking costs no try
check-tries-user-auth = User authentication (4 digits)
check-tries-signature = Signature (6 to 16)
check-tries-card-info = Card information (4 digits)
check-tries-code-b = Verification B
check-tries-resident-register = Resident register (4 digits)
check-tries-no-certificate = No certificate
check-tries-unread = Could not be read
check-tries-zero = Face card, or locked
check-tries-figures = { $left }/{ $most }
check-findings = What was found
check-unknowable = What cannot be known here
check-unknowable-text = Revocation, suspension and the insurance are checked at the clinic.
check-not-remembered = This card is not remembered yet
check-not-remembered-text = Once it is, laying it down is enough to know whose it is.
check-act-correct-dates = Correct dates
check-act-remember = Remember card
check-act-plan = Plan
check-act-resident = Open resident
check-act-of = { $name }
check-act-line = { $number } { $time } Card check { $who }

# Who and when
check-choose = Choose the resident
check-choose-title = Whose card is it?
check-choose-how = Scan the pouch tag
check-other-resident = Another resident
check-to-desk = On to sign-out
check-day-title = For the visit of which day?
check-day-text = Whether anything has ended by that day is looked at again.
check-day-field = Day of the visit
check-day-go = Check for this day

# The number on the face
check-attributes = Check by the number on the face

attributes-title = Whose card
attributes-what = Name, birth date, sex and address on the chip are compared with the register. Only the answer is recorded; neither the number nor what the card says is kept.
attributes-birth = Birth date, 6 digits
attributes-birth-how = Year of the era, month, day: Showa 20, March 5 is 200305
attributes-year = Expiry, 4 digits
attributes-year-how = The western year in which the card ends
attributes-security = Security code, 4 digits
attributes-security-how = The four digits on the face
attributes-field = Verification number B (14 digits)
attributes-show = Show the number
attributes-hide = Hide the number
attributes-once = One press asks the card once. A wrong number costs one try.
attributes-go = Compare card and register
attributes-type = Type the 14 digits
attributes-too-few = Too few tries are left
attributes-differing = What differs: { $which }. { $text }

# On the sign-out page
desk-card-unread = The card on the reader was not checked
desk-card-former = { $name }'s card still lies on the reader
desk-card-former-text = It was not checked for this person. Take it away, then lay this person's card on.
desk-card-recorded = Card check { $number }
desk-card-said = Card check { $number }: { $said }

# Trying a reader
nav-reader-test = Reader test
reader-test-plugged = Plug the reader in
reader-test-seen = The computer finds the reader
reader-test-on = Lay a card on
reader-test-off = Take the card off
reader-test-rounds = Ten times on and off in a row
reader-test-plugged-now = Plug the reader into the computer
reader-test-plugged-now-text = It is ticked here as soon as it is there.
reader-test-seen-now = The computer looks for the reader
reader-test-seen-now-text = If it is not found after a while, try another port.
reader-test-on-now = Lay one card in the middle of the reader
reader-test-on-now-text = Any card will do. No PIN is used, and nothing of the card is kept.
reader-test-off-now = Take the card off
reader-test-off-now-text = The next step follows then.
reader-test-rounds-now = Lay the same card on and off, ten times in a row
reader-test-rounds-now-text = Every time fills one dot. A miss begins the count anew.
reader-test-missed = A card was missed
reader-test-missed-text = Lay it in the middle and do ten again. If it goes on, take cases and metal away, or change the reader.
reader-test-good = This reader works
reader-test-good-text = Ten cards in a row were read: { $mean } s on average, { $slowest } s at most.
reader-test-took = { $seconds } s
reader-test-count = { $count } of { $all }
reader-test-again = Start over
reader-test-back = On to the card check

# Settings
settings-page-cards = Card reader
settings-cards-reader = Reader
settings-cards-checks = Card checks
settings-cards-attributes = Compare card and register by the number on the face
settings-cards-attributes-note = Verification number B is typed from the face, to see whether name, birth date, sex and address agree with the register.
settings-cards-recognition = Chip recognition
settings-recognition-about = Laying a card down is then enough to know whose it is. The pouch tag usually does, so this is off. It needs the consent of every resident.
settings-recognition-on = Recognise cards
settings-recognition-off = Stop recognising cards
settings-recognition-title-on = Recognise cards?
settings-recognition-title-off = Stop recognising cards?
settings-recognition-lawyer = Ask a lawyer before this is switched on
settings-recognition-lawyer-text = The facility makes sure that marks made from the certificates of cards break neither the law on public authentication nor the law on personal data.
settings-recognition-what-on = No serial number and no certificate is kept. A mark is made with a key that only this computer has, for the cards of those who agreed. It is deleted when the card is handed back or the consent is withdrawn.
settings-recognition-what-off = The key of this computer and all marks are deleted. To begin again, the cards have to be remembered anew.
settings-recognition-then-on = The switch stands in the log. Agreements then offer the clause of recognition.
settings-recognition-then-off = The switch stands in the log. The checks that were made stay.

# Agreement
agreement-recognition = Agrees to chip recognition
agreement-recognition-note = Laying the card down shows that it is theirs

# On the log page
log-scan-how = A pouch tag narrows the log to its resident.

help-cards-title = How to check a card
help-cards =
    1. Take the card out of its case and lay it in the middle of the reader. The result comes in about a second.
    2. Read the words on top. The buttons of the rows are what to do next.
    3. Press Enter and scan the pouch tag: the check is recorded for that resident.
    No PIN is used and no try is spent. Name, photo and number are never read.
    Revocation and suspension cannot be known here.
help-reader-test-title = How to try a reader
help-reader-test =
    For a reader that was just connected. The steps are ticked from top to bottom.
    Any card will do. No PIN is used, and nothing of the card is kept.
    Where no tick comes, do what the words in the box on top say.
