# Letter of appointment, certificate, house rules, letter of authority for renewals
action-register-printed = Paper of a register printed
action-authority-printed = Letter of authority printed

registers-no-such-paper = This paper cannot be made from this entry.
    .undone = Nothing was printed.
    .todo = A certificate is for somebody marked as attended. Open the register again.
renewals-nothing-to-authorise = Nothing to authorise was chosen.
    .undone = Nothing was printed.
    .todo = Choose at least one act.

register-paper-appointment = Letter of appointment
register-paper-to = { $name }
register-paper-head = { $role } { $name }
register-paper-appointed = You are appointed { $role } of this facility.
register-paper-details = Details
register-paper-role = Role
register-paper-from = From
register-paper-until = Until
register-paper-no-end = until further notice
register-paper-scope = Scope
register-paper-duties = Handle the cards and papers of residents by the house rules, record what leaves and returns, and report at once whatever is not as it should be.
register-paper-secrecy = What you learn in this role stays with you, also after leaving it or the facility.
register-paper-acceptance = I accept the appointment and keep the rules.
register-paper-number = No. { $number }
register-paper-certificate = Certificate
register-paper-attended = The person above attended the training below.
register-paper-passed = The person above attended the training below and passed its test.
register-paper-training = Training
register-paper-held-on = Held on
register-paper-teacher = Teacher
register-paper-contents = Contents
register-paper-version = Version { $version }
register-paper-in-force = In force { $day }
register-paper-read = Read and understood by
register-paper-not-read = Not confirmed yet: { $names }

renewal-authority-title = Letter of authority (renewals)
renewal-authority-to = To the city and the insurer
renewal-authority-text = I, { $name }, born { $born }, authorise the person above to do what is ticked.
term-renewal-act-card = Apply for a new My Number Card before it expires
term-renewal-act-certificate = Renew the certificate for user authentication
term-renewal-act-face-card = Change to a card with face authentication
term-renewal-act-eligibility = Apply for an eligibility certificate
term-renewal-act-unregister = Cancel the registration as health-insurance card
term-renewal-act-care-papers = Apply for long-term care papers
term-renewal-act-medical-papers = Renew recipient certificates
term-renewal-act-receive = Receive what comes of the above
