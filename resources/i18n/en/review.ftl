## Reviews (somebody else looks at the record afterwards)

review-not-due = Entry { $seq } is not to be reviewed.
    .undone = Nothing was recorded.
    .todo = Choose again from the list.
review-signed-off-already = Entry { $seq } has been reviewed already.
    .undone = Nothing was recorded.
    .todo = Open the list again.
review-own-act = Who took part in an act cannot review it.
    .undone = Nothing was recorded but the attempt.
    .todo = Ask a manager or an auditor who had no part in it.
review-emergency-apart = An emergency sign-out is reviewed beside its reason.
    .undone = Nothing was recorded.
    .todo = Press "Review the emergency".
review-note-missing = What is not in order is not written down.
    .undone = The review was not recorded.
    .todo = Write shortly what is different and how.

term-why-emergency = emergency
term-why-reveal = PIN shown
term-why-clock = clock set back
term-why-unknown-outcome = end unknown
term-why-second-person = no second person
term-why-override = pieces missing
term-why-hand-back = handed back
term-why-overdue = a day late
term-why-correction = correction
term-why-refusal = refused act
term-why-sample = drawn by lot

term-verdict-in-order = in order
term-verdict-not-in-order = not in order
