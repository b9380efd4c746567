## The PIN vault

# The vault's file

vault-missing = The PIN vault was not found ({ $folder }).
    .undone = No PIN was used. Everything else works.
    .todo = Plug in the drive with the vault and try again.
vault-damaged = The file of the PIN vault is damaged.
    .undone = No PIN was used.
    .todo = Tell the manager. The settings, under PINs, can often put the vault before it in its place.
vault-foreign = This PIN vault belongs to another store.
    .undone = No PIN was used.
    .todo = Check the drive and the folder.
vault-version-unknown = The PIN vault was written by a newer version of the program (version { $version }).
    .undone = No PIN was used.
    .todo = Update the program and try again.
vault-wrong-passphrase = The passphrase is wrong.
    .undone = Nothing was approved.
    .todo = Check the passphrase and type it again.
vault-officer-unknown = This person is no officer of the vault.
    .undone = Nothing was approved.
    .todo = Ask another PIN officer.
vault-not-enough-officers = Approvals are missing ({ $have } of { $need }).
    .undone = The vault was not opened.
    .todo = PIN officers type their passphrases. An approval is gone once it was used.
vault-entry-unknown = The vault does not hold this PIN.
    .undone = No PIN was used.
    .todo = Deposit the PIN again.
vault-share-invalid =
    { $word ->
        [0] The recovery words are not right.
       *[other] Recovery word { $word } is not in the list of words.
    }
    .undone = The vault was not opened.
    .todo = Type the words in the order of the paper and check their spelling.
vault-share-of-another = This recovery sheet is not one of the present vault.
    .undone = The vault was not opened.
    .todo = Use the sheets that were printed after the officers were last changed.
vault-shares-too-few = Recovery sheets are missing ({ $have } of { $need }).
    .undone = The vault was not opened.
    .todo = Type the words of another sheet as well.
vault-not-writable = The PIN vault cannot be written.
    .undone = No PIN was changed.
    .todo = Check that the drive has room and is not write-protected.
vault-exists = Another PIN vault lies in this folder.
    .undone = No vault was made.
    .todo = Choose another folder.
vault-former-left = The PIN vault was moved, but the files in its former place could not be deleted ({ $folder }).
    .undone = Old files with PINs are still in the former place.
    .todo = Delete pins.vault and pins.vault.previous there by hand.
vault-outdated = The file of the PIN vault is an old one (save { $generation }; the register knows save { $expected }).
    .undone = No PIN was used. This was recorded.
    .todo = Somebody may have put an old copy back. Tell the manager and look for the newer file.
vault-agent-gone = The PIN vault has closed.
    .undone = Approvals are gone. Whether an act under way was done is not known.
    .todo = Unlock and begin again.

# Sending to a card

vault-other-card = Another card lies on the reader.
    .undone = The PIN was not sent.
    .todo = Check the name on the card and the pouch, and put this person's card on the reader. Approvals are given anew.
vault-card-not-known = The register has no dates to tell the card by.
    .undone = The PIN was not sent.
    .todo = Check the card first, and note its dates in the register.
vault-counter-not-full = The card does not have all its tries ({ $tries_left } left).
    .undone = The PIN was not sent.
    .todo = Whether a PIN fits is tried with a full counter only.
vault-pin-unfit = What is held has no length that a card takes.
    .undone = The PIN was not sent.
    .todo = Deposit the PIN again.

# Depositing

pins-off = The PIN vault is not switched on.
    .undone = Nothing was changed.
    .todo = A manager begins it in the settings, under PINs.
pins-on-already = The PIN vault is switched on already.
    .undone = Nothing was changed.
    .todo = Open the page again.
pins-still-held = The vault still holds { $count } PINs.
    .undone = The vault stays on.
    .todo = Erase them all first.
pins-vault-at-hand = The PIN vault can be opened.
    .undone = Nothing was changed.
    .todo = To stop using it, erase all PINs and switch it off.
pins-place-not-separate = The vault cannot lie in the folder of the register.
    .undone = Nothing was changed.
    .todo = Choose another place, a removable drive for example.
pins-not-storable = The PIN for signatures is never held: a signature binds like a registered seal and is the person's alone.
    .undone = Nothing was deposited.
    .todo = The person, or the legal representative, keeps it. It is not needed at a clinic.
pins-kind-unknown = There is no such kind of PIN.
    .undone = Nothing was changed.
    .todo = Choose the kind again.
pins-wrong-length = The PIN has the wrong number of characters ({ $length }).
    .undone = Nothing was deposited.
    .todo = Count them and type it again.
pins-wrong-characters = Some characters cannot be part of it (only { $characters }).
    .undone = Nothing was deposited.
    .todo = Type it again.
pins-individual-number = These 12 digits may be an individual number. The law does not let a facility keep it.
    .undone = Nothing was deposited.
    .todo = Type the PIN only.
pins-guessable = The PIN is easily guessed ({ $weaknesses }).
    .undone = It is not deposited yet.
    .todo = Where the person can, change it at the city office. To deposit it as it is, confirm once more.
pins-clause-missing = No agreement of { $resident } allows the facility to hold PINs.
    .undone = No PIN was deposited or used.
    .todo = Obtain the consent of the person or the legal representative and note it in the agreement.
pins-without-card = The card of { $resident } is not in custody.
    .undone = No PIN was deposited.
    .todo = PINs are held only together with custody of the card. Register the card first.
pins-held-already = This PIN of { $resident } is held already.
    .undone = Nothing was changed.
    .todo = Where it has changed, choose to replace it.
pins-not-held = This PIN is not held any more.
    .undone = Nothing was changed.
    .todo = Open the page again and check.

# Using

pins-card-lost = The card of { $name } is reported lost.
    .undone = The PIN was not used.
    .todo = It can be used again when the card is found, checked and back in its pouch.
pins-doubted = This PIN is not used until it is replaced ({ $doubt }).
    .undone = The PIN was neither sent nor shown.
    .todo = Ask the person or the legal representative for the right one and replace it.
pins-not-for-card = A PIN of this kind cannot be sent to a card.
    .undone = The PIN was not sent.
    .todo = Check the kind.
pins-card-not-checked-yet = The register has no dates of the card of { $resident }, so that it cannot be told from another.
    .undone = The PIN was not sent.
    .todo = Check the card first, and note its dates in the register.
pins-face-not-confirmed = Nobody has confirmed yet that the name on the card is { $resident }.
    .undone = The PIN was not sent.
    .todo = Look at the name on the card and confirm it.
pins-approval-lapsed = Five minutes have passed since an approval.
    .undone = The PIN was neither sent nor shown.
    .todo = Approve again from the beginning.
pins-approvals-missing = Approvals of PIN officers are missing ({ $have } of { $need }).
    .undone = The PIN was neither sent nor shown.
    .todo = Another PIN officer types the passphrase.
pins-own-request-alone = Nobody approves their own request alone.
    .undone = The PIN was neither sent nor shown.
    .todo = Ask another PIN officer to approve.
pins-second-approver-needed = To show a PIN, two people approve.
    .undone = The PIN was not shown.
    .todo = Ask another PIN officer, or a manager, to approve.
pins-already-approved = This person has approved already.
    .undone = There is no further approval.
    .todo = Ask somebody else.
pins-holds-the-card = Who has this card out now has no part in showing or approving its PIN.
    .undone = Nothing was approved. The attempt was recorded.
    .todo = Ask somebody else, or take the card back first.
pins-officer-count-impossible = Choose { $lowest } to { $highest } PIN officers.
    .undone = Nothing was changed.
    .todo = Change their number, or how many have to approve.
pins-not-an-officer = { $name } cannot approve as a PIN officer now.
    .undone = Nothing was approved.
    .todo = Ask the manager about the role, the shift and the slot in the vault.
pins-wrong-passphrase = The passphrase is wrong.
    .undone = Nothing was approved. The failure was recorded.
    .todo =
        { $wait_s ->
            [0] Type it again.
           *[other] Type it again in { $wait_s } seconds.
        }
pins-release-over = These approvals were used already.
    .undone = The PIN was neither sent nor shown.
    .todo = Approve again from the beginning.

# Words

term-characters-digits = digits
term-characters-alphanumeric = digits and capital letters

term-card-pin-user-auth = user authentication
term-card-pin-card-info = card information input
term-card-pin-resident-register = resident register

term-not-storable-signature = it binds like a registered seal

term-weakness-birth-date = made from the birth date
term-weakness-repeated = a repetition
term-weakness-sequence = a sequence

term-doubt-wrong = the card refused it
term-doubt-blocked = the card is blocked
term-doubt-replacing = a replacement was not finished
term-doubt-missing = not in the vault

term-entry-state-depositing = being deposited
term-entry-state-held = held
term-entry-state-erase-due = to be erased
term-entry-state-erased = erased

term-erase-reason-card-void = the card became void
term-erase-reason-handed-back = handed back
term-erase-reason-consent-withdrawn = consent withdrawn
term-erase-reason-discharged = discharged
term-erase-reason-deceased = deceased
term-erase-reason-erase-asked = erasure asked for
term-erase-reason-vault-lost = vault lost
term-erase-reason-unfinished = deposit not finished

term-act-present = send to the card
term-act-check = check that it fits
term-act-reveal = show on the screen
term-act-officers = change the PIN officers

term-way-officer = passphrase
term-way-manager = manager's password

term-pin-outcome-accepted = accepted
term-pin-outcome-wrong = refused
term-pin-outcome-blocked = blocked

# Ways without a PIN (.papers: what it takes)

pins-way-face-card = Card without PIN (face authentication)
    .what = The card is switched to one without a PIN. At the desk it is checked by face or by eye. Free, and it can be undone at any time.
    .papers = City office. The person: the card alone. A mandatary: card, mandate, photo ID. A legal representative: card and a registration certificate of the last three months.
pins-way-visual = Check by eye
    .what = The clinic's staff compare the photo on the card with the person. No PIN is used.
    .papers = The card alone. Ask for a check by eye when booking.
pins-way-certificate = Eligibility certificate
    .what = It is enough to show it. Residents of a facility can apply for it even with a registered card.
    .papers = An application to the insurer (city, regional union), proof of residence in the facility, ID. A mandate where staff apply.

# The recovery sheets

pins-share-title = Recovery sheet of the PIN vault
pins-share-number = Sheet { $number } of { $count }
pins-share-vault = Vault { $name }
pins-share-what = When the PIN officers cannot approve any more, this sheet and another one, { $need } together, let new officers be named.
pins-share-keep = This sheet alone opens nothing. Two together open every PIN in the vault. Keep the { $count } sheets with different people in different locked places, and take no photograph.
pins-share-use-title = How to use it
pins-share-use-1 = Once a year, choose to check a recovery sheet in the settings under PINs and type the words. The vault is not opened.
pins-share-use-2 = To use it, choose to begin with recovery sheets and type the words of two sheets in the order of their numbers.
pins-share-use-3 = When the officers are changed this sheet is void. Keep the new ones and shred this one.
pins-share-use-4 = Where it is lost, or somebody may have seen it, tell the manager at once.
