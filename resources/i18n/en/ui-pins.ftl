# The screens about PINs.  The PIN itself appears nowhere but in the picture of a reveal.
nav-pins = PINs

pin-vault-title = PIN vault

# The list
pin-list-title = PINs held
pin-list-find = Scan the pouch tag, or type a name or room
pin-list-use = Use
pin-list-more = More
pin-list-kind = { $name } ({ $length } digits)
pin-list-kind-unknown = Unknown kind ({ $code })
pin-list-since = since { $day }
pin-list-agreed = Consent given
pin-list-agreement = Agreement: { $stands }
pin-list-no-clause = No consent for PINs
pin-list-card = Card { $state }
pin-list-card-out = Out with { $holder }
pin-list-erase-due = Waits to be erased
pin-list-doubt-wrong = Does not fit the card
pin-list-doubt-blocked = The card is blocked
pin-list-doubt-replacing = Replacement unfinished
pin-list-doubt-missing = Not in the vault
pin-list-doubted = Not usable until replaced
pin-list-not-agreed = Not usable without an agreement
pin-list-kind-gone = This kind is not used
pin-list-vault-absent = The vault is not connected
pin-list-place = Vault { $folder }
pin-list-place-absent = The vault is not connected: { $folder }
pin-list-used = This month: sent { $presented }, shown { $revealed }
pin-deposit = Deposit
pin-own = My passphrase
pin-manage = Manage vault
pin-absent-title = The place of the vault was not found
pin-absent-text = Connect the removable drive and open this page again. Until then no PIN can be used; everything else works as always.
pin-off-title = This facility holds no PINs
pin-off-text = As a rule a PIN is told to nobody but the person and their legal representative. There is usually a way to the clinic without one. Where one is needed all the same, the manager makes a vault.
pin-off-set-up = Before holding any
pin-none-title = No PIN is held
pin-none-text = Each PIN that is held stands here as a row. The PIN itself appears nowhere.
pin-unmatched-title = No PIN matches
pin-unmatched-text = Clear the field to see all rows.

# Using one
pin-release-title-present = Use a PIN
pin-release-title-check = Check whether a PIN fits
pin-release-title-reveal = Show a PIN
pin-release-title-officers = Change the PIN officers
pin-release-present = Send to the card
pin-release-check = Check with the card
pin-release-reveal = Show it (20 s)
pin-release-back = Back to sending
pin-release-officers = Change
pin-release-person = Person { $number }
pin-release-not-the-first = not the first
pin-release-somebody-else = somebody else
pin-release-confirmed = Confirmed
pin-release-confirmed-at = { $role }, { $time }
pin-release-unlocked-at = { $role }, logged in
pin-release-role-officer = PIN officer
pin-release-role-manager = Manager
pin-release-candidate = { $name } ({ $role })
pin-release-choose = Please choose
pin-release-passphrase = Passphrase
pin-release-left = Left
pin-release-visit = { $place }, { $time }
pin-release-no-visit = No visit planned today
pin-release-face = I saw that the name on the card is { $name }
pin-release-reason = Why it is shown
pin-release-once = It is sent to the card only once.
pin-release-unseen = The PIN is not shown.
pin-release-seconds = The PIN is shown for 20 seconds.
pin-release-seen = Make sure that nobody else can see it.
pin-release-recorded = Who used it for what is recorded.
pin-release-busy = Checking
pin-release-holder = Who has this card out may not see its PIN
pin-release-too-few = Not enough people to confirm
pin-release-reason-missing = Choose a reason
pin-release-face-missing = Check the name on the card
pin-release-choose-person = Choose the other person
pin-release-passphrase-missing = Type the passphrase
pin-release-not-for-card = Register the card's dates first

pin-reveal-reason-reader-broken = Clinic's reader broken
pin-reveal-reason-other-place = Cannot be sent there
pin-reveal-reason-card-renewal = Renewal
pin-reveal-reason-resident-asked = Resident asked

# The card on the reader
pin-card-reading = Looking at the card
pin-card-put = Put the card on the reader
pin-card-no-reader = No reader
pin-card-other-kind = Not a My Number card
pin-card-same = Dates as registered
pin-card-differs = Dates differ from the register
pin-card-by-chip = Checked by its chip before sending
pin-card-unknown = The dates are not registered
pin-card-tries-unread = The tries could not be read
pin-card-blocked = Face-only card, or blocked
pin-card-last-try = Not sent with one try left
pin-card-not-full = Not checked with fewer tries

# The card's answer
pin-answer-accepted = The card accepted the PIN of { $name }.
pin-answer-wrong = The card said no. Tries left: { $left }.
pin-answer-wrong-undone = This PIN is not sent again until it is replaced.
pin-answer-wrong-todo = Ask the person or their legal representative, and replace it under “More”. At the desk, use face recognition or the visual check.
pin-answer-blocked = The PIN of the card is blocked now.
pin-answer-blocked-undone = This PIN is not sent again until it is replaced.
pin-answer-blocked-todo = Have it set anew at the municipal office. At the desk, use face recognition or the visual check.

# Shown
pin-reveal-title = A PIN is being shown
pin-reveal-spoken = A PIN is shown
pin-reveal-covered = Put the pointer on the frame to see it (or hold the space bar)
pin-reveal-left = Gone in { $seconds } s
pin-reveal-close = Hide now
pin-reveal-note = Do not write it down. It cannot be copied.

# More
pin-more-title = This PIN
pin-more-check = Check whether it fits
pin-more-check-what = Sends it once to the card to see whether it still fits; only with all tries left.
pin-more-check-unfit = The card's dates are not registered, or this kind is not sent to cards.
pin-more-replace = Replace
pin-more-replace-what = For a PIN that the person has changed.
pin-more-erase = Erase
pin-more-erase-what = It is held no more and leaves the vault.
pin-erase-title = Erase a PIN
pin-erase-what = The PIN “{ $kind }” is erased from the vault.
pin-erase-reason = Why it is erased
pin-erase-say-why = Type a reason
pin-erase-for-good = It cannot be undone; the former generation loses it too.
pin-erase-recorded = That it was erased is recorded, without the PIN.
pin-erase-go = Erase
pin-erased = The PIN of { $name } was erased.

# Deposit
pin-deposit-whose = Whose PIN is it?
pin-deposit-title-new = Deposit a PIN
pin-deposit-title-replace = Replace a PIN
pin-deposit-go-new = Deposit
pin-deposit-go-replace = Replace
pin-deposit-kind = Kind
pin-deposit-never = Signature PINs (6–16 characters) are not held: they bind like a registered seal and are not used at clinics.
pin-deposit-pin = PIN
pin-deposit-again = Once more
pin-deposit-knows = Hold it although it is easily guessed
pin-deposit-unseen = Nobody can read out what you type.
pin-deposit-recorded = That it is held is recorded, without the PIN.
pin-deposit-former = The former one is gone.
pin-deposit-type = Type the same PIN twice
pin-deposit-looking = Looking for the agreement
pin-deposit-not-possible = Cannot be held
pin-deposit-no-agreement = Cannot be held ({ $why })
pin-deposit-no-agreement-todo = Register an agreement with the clause about PINs on the resident's page.
pin-deposit-no-card = The card is not in custody
pin-deposit-no-card-todo = Only PINs of cards in custody are held. Register the card first.
pin-deposit-held = This kind is held already
pin-deposit-held-todo = If it has changed, replace it under “More” in the list.
pin-deposited = The PIN of { $name } is held.
pin-replaced = The PIN of { $name } was replaced.
pin-rule-length = { $length } digits
pin-rule-again = The same twice
pin-rule-guessable = Not easily guessed
pin-rule-kept = good
pin-rule-broken = not good
pin-rule-open = not yet
pin-weak-birth-date = It is made from the birth date; others try that first.
pin-weak-repeated = It repeats a figure; others try that first.
pin-weak-sequence = It is a sequence; others try that first.
pin-key-paste = Pasting is not possible. Use the keys.
pin-key-character = Digits only.
pin-key-full = It cannot be longer.

# By month
pin-months-none = none shown
pin-months-some = see whether fewer will do

# Passphrases
pin-passphrase-old = Present passphrase
pin-passphrase-new = New passphrase
pin-passphrase-again = New passphrase once more
pin-passphrase-long = At least { $least } characters (now { $count })
pin-passphrase-how = Letters, digits, signs and blanks of a plain keyboard. It is another one than the login's password.
pin-own-title = Change my passphrase
pin-own-type = Type the present passphrase, and the new one twice
pin-own-note = If it is forgotten, nobody can look it up.
pin-own-recorded = That it was changed is recorded.
pin-own-go = Change the passphrase
pin-own-changed = The passphrase was changed.
