## Things in custody and loans

term-item-state-in-safe = In the safe
term-item-state-out = Out
term-item-state-lost = Lost
term-item-state-returned = Handed back
term-item-state-disposed = Disposed of

term-move-sign-out = Sign-out
term-move-sign-in = Sign-in
term-move-hand-over = Hand-over
term-move-report-lost = Report of loss
term-move-find = Found again
term-move-hand-back = Hand-back
term-move-dispose = Disposal

term-condition-good = Good
term-condition-worn = Worn
term-condition-damaged = Damaged
term-condition-unreadable = Unreadable

term-face-authentication-unknown = Not checked
term-face-authentication-not-noted = No “顔認証” note
term-face-authentication-noted = “顔認証” noted on the card

term-date-role-card-expires = Card valid until
term-date-role-certificate-expires = Certificate valid until
term-date-role-valid-from = Valid from
term-date-role-paper-expires = Valid until

term-cycle-none = No renewal
term-cycle-yearly = Every year
term-cycle-years = Every few years

term-due-kind-relative = Time after leaving
term-due-kind-absolute = Time of day

term-escalation-none = In time
term-escalation-late = Past its time
term-escalation-late-15 = 15 minutes late or more
term-escalation-late-60 = An hour late or more

term-emergency-standing-reason-missing = Reason still to be written
term-emergency-standing-reason-late = No reason after 24 hours
term-emergency-standing-review-missing = Review by a second person is missing
term-emergency-standing-closed = Done
