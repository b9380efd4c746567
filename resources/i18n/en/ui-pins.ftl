# The screens about PINs.  The PIN itself appears nowhere but in the picture of a reveal.
nav-pins = PINs

pin-vault-title = PIN vault

# The list
pin-list-title = PINs held
pin-list-find = Scan the pouch tag, or type a name or room
pin-list-use = Use
pin-list-more = More
pin-list-not-shown = There are { $count } more. Look for a name or a room in the field above.
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
pin-reveal-gone = The PIN is hidden
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
pin-deposit-guessable = It is easily guessed
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
pin-own-type = Type in all three fields
pin-own-note = If it is forgotten, nobody can look it up.
pin-own-recorded = That it was changed is recorded.
pin-own-go = Change the passphrase
pin-own-changed = The passphrase was changed.

# Before there is a vault
pin-walk-title = Before holding any
pin-walk-step-ways = Will it do without PINs?
pin-walk-step-place = Where the vault lies
pin-walk-step-officers = PIN officers
pin-walk-step-passphrases = Passphrases
pin-walk-would-it-do = Would this do?
pin-walk-does = This will do
pin-walk-does-not = It will not
pin-walk-answer-all = Answer for all three ways
pin-walk-not-needed = One of the ways will do
pin-walk-do-without = If people are accepted that way, hold no PINs
pin-walk-do-without-text = What is not held can neither leak nor block a card. Go on only if there are residents for whom none of the ways will do.
pin-walk-give-up = Hold none
pin-walk-place = Folder of the vault
pin-walk-choose-folder = Choose a folder
pin-walk-choose-place = Choose a folder
pin-walk-place-what = PINs are kept in a file of their own, in another place than the register.
pin-walk-place-drive = A removable drive is best
pin-walk-place-drive-text = It can be locked away, apart from the cards, while it is not used. Everything else works as always meanwhile.
pin-walk-officers-what = Choose who opens the vault with their passphrase; other people than the custodians of the cards.
pin-walk-candidate = { $name } ({ $number })
pin-walk-yourself = A manager should not be one if it can be avoided
pin-walk-nobody = Too few members of staff have the role of a PIN officer
pin-walk-nobody-text = Give the role to two people or more on the page of the staff, then come back.
pin-walk-to-staff = To the staff page
pin-walk-threshold = How many are needed
pin-walk-of = { $count }
pin-walk-alone = One person alone could open this vault. Two are recommended.
pin-walk-choose-officers = Choose as many officers as are needed
pin-walk-passphrases-what = One after the other sits down and types a passphrase of their own. Everybody else steps away.
pin-walk-your-turn = { $name }, please type
pin-walk-keep = Take this passphrase
pin-walk-type-yours = Type your passphrase twice
pin-walk-typed = typed
pin-walk-type-passphrases = Everybody's passphrase is needed
pin-walk-make = Make the vault
pin-walk-making = Making the vault

# Recovery papers
pin-shares-title = Print the recovery papers
pin-shares-once = These three can be printed only now
pin-shares-once-text = When the officers cannot open the vault any more, two of them can. One alone opens nothing.
pin-shares-print = Print all three
pin-shares-back = Look at the papers and type these words; the first four letters are enough.
pin-shares-word = Paper { $share }, word { $position }
pin-shares-first = Print them first
pin-shares-not-yet = Not printed yet.
pin-shares-printed = Printed.
pin-shares-type = Type one word of each paper
pin-shares-wrong = Not what the paper says
pin-shares-check = Check the papers
pin-shares-apart = Three people keep them in three places.
pin-shares-yearly = Check one of them once a year.
pin-shares-kept = The papers are there. Keep the three apart.
pin-shares-left = Closed before the papers were checked. If there are none, change the PIN officers to make new ones.
pin-share-words = The 33 words of the paper
pin-share-count = { $typed } of { $all } words
pin-share-type = Type the 33 words of the paper
pin-share-check-title = Check a recovery paper
pin-share-check-what = Type one of the three, in the order of the numbers. The first four letters of a word are enough; one blank between words.
pin-share-check-go = Check this paper
pin-share-opens-nothing = The vault is not opened.
pin-share-recorded = That it was checked is recorded.
pin-share-fits = Recovery paper { $number } belongs to this vault.
pin-recover-title = Begin with the recovery papers
pin-recover-what = Type the words of two papers and choose the PIN officers. The passphrases of those before open it no more.
pin-recover-share = The 33 words of paper { $number }
pin-recover-go = Begin with these officers

# Looking after the vault
pin-vault-place = Where the vault lies
pin-vault-there = Connected
pin-vault-absent = Not connected
pin-vault-held = { $held } held, saved { $generation } times
pin-vault-held-due = { $held } held, { $due } to be erased, saved { $generation } times
pin-vault-move = Move it
pin-vault-use-previous = Back to the save before
pin-vault-switch-off = Hold no more PINs
pin-vault-still-held = Not while PINs are held
pin-vault-who = Who can open it
pin-vault-threshold = Opens with the passphrases of { $need } of { $all }
pin-vault-since = since { $day }
pin-vault-no-role = No role at present
pin-vault-officers = Change the PIN officers
pin-vault-shares = Recovery papers
pin-vault-shares-what = Three papers for the day when the officers cannot open it. Check one of them once a year.
pin-vault-never-checked = Not checked yet
pin-vault-checked = Checked on { $day }
pin-vault-check-share = Check a recovery paper
pin-vault-recover = Begin with the papers
pin-vault-move-former = The files in the former place are deleted afterwards.
pin-vault-move-go = Move it here
pin-vault-moved = The vault was moved.
pin-vault-off-what = The file of the vault is deleted, and no PINs are held any more.
pin-vault-off-papers = The recovery papers become useless. Shred them.
pin-vault-off-recorded = That it was switched off is recorded.
pin-vault-off-go = Delete the vault
pin-vault-off-done = No PINs are held any more.
pin-vault-give-up = When the vault is lost
pin-vault-give-up-what = Only where the drive was lost, or is damaged beyond repair. The register forgets the vault, and another can be made.
pin-vault-give-up-why = How it was lost or damaged
pin-vault-give-up-say-why = Say how it happened
pin-vault-give-up-change = Those whose PINs were in it change them at the city office.
pin-vault-give-up-recorded = Whose PINs were in it stands in the record, without the PINs.
pin-vault-give-up-go = Give the vault up
pin-vault-give-up-done = The register has forgotten the vault. Have the PINs that were in it changed.
pin-vault-previous-what = Where the file is damaged, the save before takes its place. Nothing is done where it is sound.
pin-vault-previous-lost = What the last save added has to be deposited again.
pin-vault-previous-recorded = That it was set back is recorded.
pin-vault-previous-go = Set it back
pin-vault-previous-done = The vault was looked at.
pin-officers-go = Change the officers
pin-officers-new-paper = Three new recovery papers are printed.
pin-officers-former = Removed passphrases and former papers open nothing.

# By month, and how to need fewer
pin-months-title = How often they were used
pin-months-month = Month
pin-months-presented = Sent
pin-months-revealed = Shown
pin-other-ways-title = How to show none
pin-other-ways-what = With none shown, holding them can end.
pin-other-ways-has = Possible now: { $ways }
pin-other-ways-none = Change to a face-only card, or apply for a certificate of eligibility.
pin-other-ways-open = Open resident

# Settings
pin-settings-what = PINs are held only where no other way will do, apart from the cards and by other people.
pin-settings-off = None held
pin-settings-on = { $held } held
pin-settings-absent = The vault is not connected
settings-page-pins = PINs

help-pins-title = How to use a PIN
help-pins =
    1. Scan the pouch tag or type a name to choose a row. The PIN itself appears nowhere.
    2. Put the card on the reader and press “Use”. Look at the name on the card and tick it.
    3. Two people type their passphrases, one after the other, and press Enter. The PIN is sent to the card once.
    A PIN that the card refused is not sent again until it is replaced. Show a PIN only where it cannot be sent.
    When the screen is covered or locked, the vault closes and everything begins anew.
help-pin-vault-title = How to look after the PIN vault
help-pin-vault =
    Before it is made, see whether people can be accepted without PINs. If so, hold none.
    Keep the vault on a removable drive, apart from the cards. The officers type their passphrases themselves.
    The three recovery papers can be printed only when they are made. Three people keep them in three places; check one once a year.
    When the officers change there are new papers, and the former passphrases and papers open nothing.
