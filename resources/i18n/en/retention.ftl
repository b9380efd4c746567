## Retention and erasure
action-retention-held = Legal hold set
action-retention-released = Legal hold released
action-resident-erased = Details of a resident erased
action-backups-renewed = Backups renewed
action-register-erased = Register entries erased

retention-not-due-yet = The period of retention runs still (may be erased from: { $due_on }).
    .undone = Nothing was erased.
    .todo = Erase it when the period is over. Nobody who lives here can be erased.
retention-needed-still = The details are still needed ({ $why }).
    .undone = Nothing was erased.
    .todo = Finish what is open, then try again.
retention-erased-already = The details were erased before.
    .undone = Nothing changed.
    .todo = The proof stands in the list of erasures.
retention-held-already = The legal hold is like that already.
    .undone = Nothing changed.
    .todo = Open the list again.

term-still-needed-in-custody = things are in custody
term-still-needed-out = something is out
term-still-needed-pin-held = a PIN is not erased yet
term-still-needed-loss-open = a loss is not closed
term-still-needed-register-open = a register's entry is open
term-still-needed-hold = there is a legal hold

reports-refusal-retention-not-due-yet = Erasing before its time
reports-refusal-retention-needed-still = Erasing what is still needed
