# Card checks and the card reader.

# Findings: the title says what is, -todo until when or what to do.
# Values: until (a day), days, pin (its word), which (its kind), tries, other (a person), named (whether other is known).
card-finding-no-card = There is no card
card-finding-no-card-todo = Take it out of its case and lay it in the middle of the reader.
card-finding-not-a-my-number-card = This is not a My Number Card
card-finding-not-a-my-number-card-todo = Take other cards away and lay down the My Number Card alone.
card-finding-certificate-missing = The authentication certificate is missing
card-finding-certificate-missing-todo = The card does not serve at the clinic's desk. Take the eligibility certificate, and have one issued at the city office (free).
card-finding-certificate-unreadable = The certificate cannot be read
card-finding-certificate-unreadable-todo = Lay it down again. If it stays so, take the eligibility certificate and ask the city office.
card-finding-certificate-not-yet-valid = The certificate has not begun yet
card-finding-certificate-not-yet-valid-todo = It serves from { $until } on. Until then take the eligibility certificate.
card-finding-certificate-expires-soon = The certificate ends soon
card-finding-certificate-expires-soon-todo = It ends on { $until }. Have it renewed at the city office (free).
card-finding-certificate-in-grace = The certificate has ended and is in its grace period
card-finding-certificate-in-grace-todo = It serves at a clinic until { $until } (eligibility only). Have it renewed at the city office (free).
card-finding-certificate-past-grace = The certificate and its grace period have ended
card-finding-certificate-past-grace-todo = It served until { $until }. Take the eligibility certificate, and have it renewed at the city office (free).
card-finding-card-expires-soon = The card ends soon
card-finding-card-expires-soon-todo = It ends on { $until }. Apply for a new card; it takes about a month.
card-finding-card-expired = The card has ended
card-finding-card-expired-todo = It ended on { $until } and does not serve at the clinic's desk. Take the eligibility certificate, and apply for a new card.
card-finding-blocked-or-face-card =
    { $which ->
        [user_auth] A face-authentication card, or blocked
       *[other] { $pin }: a face-authentication card, or blocked
    }
card-finding-blocked-or-face-card-todo =
    { $which ->
        [user_auth] See whether “顔認証” stands in the notes field. Either way it serves at the desk by face, by machine or by eye. If it does not stand there, the city office resets the PIN.
        [code_b] It does not matter at a clinic. The card cannot be compared with the register; look at its face.
       *[other] It does not matter at a clinic. If “顔認証” stands in the notes field, it never had one. If not, the city office resets it.
    }
card-finding-tries-low = { $pin }: tries left { $tries }
card-finding-tries-low-todo =
    { $which ->
        [user_auth] Use face authentication at the desk. Once it is blocked, only the city office resets it.
        [code_b] It does not matter at a clinic. Copy the figures from the card's face with care.
       *[other] It does not matter at a clinic. Make sure of the number before it is used.
    }
card-finding-signature-certificate-missing = The signature certificate is missing
card-finding-signature-certificate-missing-todo = It does not matter at a clinic. A face-authentication card never has one.
card-finding-dates-differ = The card's dates are not those of the register
card-finding-dates-differ-todo = Look at the name on the card; if it is theirs, correct the register.
card-finding-card-of-another-resident = This is another resident's card
card-finding-card-of-another-resident-todo =
    { $named ->
        [yes] It is remembered as the card of { $other }. Look at the name on it, and at the pouch.
       *[no] It is remembered as the card of another resident. Look at the name on it, and at the pouch.
    }
card-finding-card-not-recognised = This is not the card that was remembered
card-finding-card-not-recognised-todo = Its certificate was renewed, or it is another card. Look at the name on it.
card-finding-attributes-differ = The card is not of the person in the register
card-finding-attributes-differ-todo = It may be somebody else's. Compare its face with the register, and look at the pouch.
card-finding-attributes-unclear = See with your own eyes whose card it is
card-finding-attributes-unclear-todo = Characters or the address differ a little. Compare the name and the birth date on its face.
card-finding-not-in-custody = No card of this person is in custody
card-finding-not-in-custody-todo = To take it in, register it on the residents' page.
card-finding-reported-lost = This card is reported lost
card-finding-reported-lost-todo = Tell the manager. It does not serve at the desk before the city office lifts the stop.
card-finding-out-to-another = This card is signed out
card-finding-out-to-another-todo =
    { $named ->
        [yes] { $other } has it. Record the return or a hand-over.
       *[no] Somebody else has it. Record the return or a hand-over.
    }
card-finding-certificate-valid = The certificate is within its dates
card-finding-certificate-valid-todo = Until { $until }.
card-finding-card-valid = The card is within its dates
card-finding-card-valid-todo = Until { $until }.
card-finding-card-recognised = This is the card that was remembered
card-finding-card-recognised-todo = It is remembered as the card of this resident.
card-finding-attributes-match = The card is of the person in the register
card-finding-attributes-match-todo = Name, birth date, sex and address agree.
card-unknowable = Whether it was revoked or suspended, and the insurance, cannot be known here. The clinic's desk finds out.

# Short names of findings (the log page).
term-code-no-card = no card
term-code-not-a-my-number-card = not a My Number Card
term-code-certificate-missing = certificate missing
term-code-certificate-unreadable = certificate unreadable
term-code-certificate-not-yet-valid = certificate not yet begun
term-code-certificate-expires-soon = certificate ends soon
term-code-certificate-in-grace = certificate in grace
term-code-certificate-past-grace = certificate past grace
term-code-card-expires-soon = card ends soon
term-code-card-expired = card has ended
term-code-blocked-or-face-card = face card or blocked
term-code-tries-low = few tries left
term-code-signature-certificate-missing = no signature certificate
term-code-dates-differ = dates differ
term-code-card-of-another-resident = another resident's card
term-code-card-not-recognised = not the remembered card
term-code-attributes-differ = another person
term-code-attributes-unclear = to be looked at
term-code-not-in-custody = not in custody
term-code-reported-lost = reported lost
term-code-out-to-another = signed out
term-code-certificate-valid = certificate within dates
term-code-card-valid = card within dates
term-code-card-recognised = the remembered card
term-code-attributes-match = the person of the register

term-level-ok = Fine
term-level-notice = Notice
term-level-warn = Warning
term-level-late = Late
term-level-danger = Danger
term-level-block = Will not do

term-card-kind-my-number-card = My Number Card
term-card-kind-juki-card = Resident register card
term-card-kind-phone = Phone
term-card-kind-driving-licence = Driving licence
term-card-kind-residence-card = Residence card
term-card-kind-felica = Staff or transit card
term-card-kind-unknown = Unknown card
term-card-kind-none = No card

term-pin-user-auth = Authentication PIN
term-pin-signature = Signature password
term-pin-card-info = Card information PIN
term-pin-code-b = Code B
term-pin-resident-register = Resident register PIN

term-attribute-name = Name
term-attribute-birth-date = Birth date
term-attribute-sex = Sex
term-attribute-address = Address

term-recognition-state-off = Off
term-recognition-state-on = On
term-recognition-state-key-missing = This computer has no key

# States of the reader.
term-place-empty = no card
term-place-card = card present
term-place-silent = no answer
term-place-busy = used by another program
card-reader-busy = Another program uses the card.
    .undone = The card was not checked.
    .todo = Wait for that program, or close it.
card-reader-fault = The reader answers nonsense.
    .undone = The card was not checked. No try was used.
    .todo = Pull it out and put it in again. If it stays so, restart the computer.

# What went wrong.
card-no-reader = No card reader is connected.
    .undone = The card was not checked.
    .todo = Look at the plug; pull it out and put it in again.
card-service-stopped = The smart-card service of this computer has stopped.
    .undone = The card was not checked.
    .todo = Restart the computer. If it stays so, tell the manager.
card-no-card = There is no card on the reader.
    .undone = No check was recorded.
    .todo = Take it out of its case and lay it in the middle of the reader.
card-silent = What lies on the reader does not answer.
    .undone = The card was not checked.
    .todo = Take it out of its case, turn it over, or lay it in the middle. If it stays so, look for damage.
card-removed = The card was taken away before it was read.
    .undone = No check was recorded. No try was used.
    .todo = Lay it down again and leave it until it is read.
card-was-reset = Another program used the card in between.
    .undone = No check was recorded. No try was used.
    .todo = Close the other program and lay the card down again.
card-too-slow = The card answers too slowly.
    .undone = No check was recorded. No try was used.
    .todo = Lay it in the middle of the reader.
card-wrong-code = The code is wrong. Tries left: { $tries_left }.
    .undone = Name and address were not read.
    .todo = Type it again from the card's face: six figures of the birth date, four of the year it ends, four of the security code.
card-code-blocked = The code of this card is blocked.
    .undone = Name and address were not read.
    .todo = Look at the name and the birth date on its face. Only the city office resets the code.
card-tries-too-few = The code was not sent, because its tries left are { $tries_left }.
    .undone = Nothing was sent to the card. No try was used.
    .todo = Look at the name and the birth date on its face.
card-unreadable = The card cannot be read.
    .undone = No check was recorded. No try of a PIN was used.
    .todo = Lay it on again and leave it there until it was read. If this goes on, ask at the city office.
card-tries-unknown = The card does not say how many tries of the code are left.
    .undone = The code was not sent to the card. No try was used.
    .todo = Look at the name and the birth date on the card's face.
card-verify-interrupted = The card was taken away while it compared.
    .undone = Name and address were not read. Whether a try was used is not known.
    .todo = Lay the card down again and see how many tries are left first.
card-attributes-unreadable = Name and address cannot be read from the card.
    .undone = No comparison was recorded.
    .todo = Look at the name and the birth date on its face.

card-checks-too-old = The check is more than { $minutes } minutes old.
    .undone = Nothing was changed.
    .todo = Lay the card down again.
card-checks-of-another = This check belongs to another resident.
    .undone = It was not changed.
    .todo = Lay the card down again and choose the resident.
card-checks-other-card = Another card lies there than the one that was checked.
    .undone = Nothing was changed.
    .todo = Lay the card down again and begin with the check.
card-checks-not-theirs = It is known to be somebody else's card.
    .undone = The register was not changed.
    .todo = Look at the name on its face, and at the pouch.
card-checks-nothing-differs = The register has the card's dates already.
    .undone = The register was not changed.
    .todo = Go on.
card-checks-attributes-off = Comparing cards with the register is switched off.
    .undone = Nothing was compared.
    .todo = The manager can switch it on in the settings.
card-checks-unassigned = Nobody has said yet whose card this is.
    .undone = The code was not sent to the card.
    .todo = Choose the resident first, then try again.
recognition-needs-keyring = This computer has no keyring that can hold the key of card recognition.
    .undone = The setting was not changed.
    .todo = Make the keyring usable and try again. Pouch tags work as before.
recognition-off = Card recognition is switched off.
    .undone = The card was not remembered.
    .todo = The manager can switch it on in the settings.
recognition-not-agreed = The agreement of { $resident } does not allow card recognition.
    .undone = The card was not remembered.
    .todo = Register an agreement that allows it first.
recognition-mark-missing = The certificate was not read, or this computer has no key of card recognition.
    .undone = The card was not remembered.
    .todo = Lay the card down again. If it stays so, look at the settings.
