## Hand-back and corrections

hand-back-receipt-incomplete = On the receipt, “{ $field ->
        [receiver] received by
        [relation] relation
       *[proof_seen] proof seen
    }” is empty.
    .undone = The hand-back was not recorded.
    .todo = Ask the person who receives it, and fill it in.
correction-without-reason = The correction has no reason.
    .undone = The correction was not recorded. The old record is as it was.
    .todo = Write in short why it is corrected.
correction-nothing-corrected = This is what the record says already.
    .undone = No correction was recorded.
    .todo = Change the field that is wrong, then try again.

term-hand-back-reason-discharge = Moved out
term-hand-back-reason-death = Death
term-hand-back-reason-request = Asked for by the person or family
term-hand-back-reason-replaced = Replaced by a new one
