## Agreements

agreements-missing = There is no agreement for { $resident }.
    .undone = Neither custody nor a sign-out was recorded.
    .todo = Enter the agreement first. In an emergency use the emergency release (F12).
agreements-withdrawn = The agreement of { $resident } was withdrawn.
    .undone = Neither custody nor a sign-out was recorded.
    .todo = Hand the things back or enter a new agreement. In an emergency use the emergency release (F12).
agreements-review-passed = The review date of the agreement of { $resident } has passed.
    .undone = Neither custody nor a sign-out was recorded.
    .todo = Confirm the person's will and record the review. In an emergency use the emergency release (F12).
agreements-kind-not-covered = The agreement of { $resident } does not name “{ $kind }”.
    .undone = Neither custody nor a sign-out was recorded.
    .todo = Enter an agreement that names “{ $kind }”.
agreements-power-missing = Who agreed for { $resident } has no power to do so.
    .undone = Neither custody nor a sign-out was recorded.
    .todo = Enter the agreement of the person or of a proxy with the power. For family, also record how the person's will was confirmed.
agreements-proof-missing = The proof of the proxy's power for { $resident } was not seen.
    .undone = Neither custody nor a sign-out was recorded.
    .todo = Look at the certificate of registration or the like and note in the agreement that it was seen.

term-capacity-self = The person
term-capacity-parent = Parent with custody
term-capacity-minor-guardian = Guardian of a minor
term-capacity-adult-guardian = Adult guardian
term-capacity-curator = Curator
term-capacity-assistant = Assistant by court
term-capacity-voluntary-guardian = Guardian by contract
term-capacity-mandatary = Authorised representative
term-capacity-family = Family
term-capacity-guarantor = Guarantor

term-power-own = The person
term-power-by-law = Power by law
term-power-if-named = Only where the powers name the card
term-power-with-person = Only with the person's own will
term-power-none = Cannot agree

term-will-confirmed-written = In writing
term-will-confirmed-spoken = By word
term-will-confirmed-gesture = By gesture or nod
term-will-confirmed-supported = With support
term-will-confirmed-not-possible = Not possible

term-standing-valid = Valid
term-standing-none = No agreement
term-standing-not-yet = Not yet in force
term-standing-withdrawn = Withdrawn
term-standing-review-passed = Review date passed
term-standing-kind-not-covered = Kind not covered
term-standing-power-missing = No power to agree
term-standing-proof-missing = Proof not seen
