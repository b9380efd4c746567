## Sign-out, return, hand-over

custody-not-in-safe = { $count } of the things are no longer in the safe.
    .undone = The sign-out was not recorded.
    .todo = See under Today whether another window has signed them out first.
custody-nothing-chosen = Nothing was chosen.
    .undone = Nothing was recorded.
    .todo = Tick the things that you hold in your hand.
custody-due-in-the-past = The time of return has passed.
    .undone = The sign-out was not recorded.
    .todo = Enter a time that is still to come.
custody-second-person-needed = This needs the confirmation of a second person.
    .undone = Nothing was recorded.
    .todo = Another member of staff confirms with their own number and password. It lasts five minutes.
custody-holder-unavailable = The chosen escort is not registered as working today.
    .undone = Nothing was recorded.
    .todo = Choose somebody else, or ask the manager about the register of staff.
custody-wrong-slot = This is the wrong place. The right one is { $expected }.
    .undone = The return was not recorded.
    .todo = Put the pouch into { $expected } and scan or type { $expected }.
custody-pieces-missing = Of what was taken out, { $count } did not come back.
    .undone = The return was not recorded.
    .todo = Look in the pouch, in the bag and at the clinic. If it cannot be found, choose “Return with things missing”.
custody-loan-closed = Everything of this sign-out has been returned already.
    .undone = Nothing was recorded.
    .todo = The recent records show who returned it.

term-desk-act-item-signed-out = Sign-out
term-desk-act-item-signed-in = Return
term-desk-act-loan-handed-over = Hand-over
term-desk-act-emergency-released = Emergency sign-out
term-desk-act-item-handed-back = Hand-back
term-desk-act-loan-corrected = Correction
