## Residents, proxies, staff

people-name-missing = “{ $field }” is empty.
    .undone = Nothing was saved.
    .todo = Fill in “{ $field }”.
people-name-too-long = “{ $field }” is too long.
    .undone = Nothing was saved.
    .todo = Use { $limit } characters at most.
people-staff-number-malformed = The staff number has a wrong length or characters that cannot be used.
    .undone = Nothing was saved.
    .todo = Use letters and figures only, from 1 to { $limit } of them.
people-birth-in-future = The date of birth ({ $birth }) lies after today.
    .undone = Nothing was saved.
    .todo = Check the era and the year and type it again.
people-dates-out-of-order = The dates are out of order: { $second } is before { $first }.
    .undone = Nothing was saved.
    .todo = Birth, moving in and moving out must follow each other.

term-sex-male = Male
term-sex-female = Female
term-sex-not-applicable = Not stated

term-proxy-kind-parent = Parent with custody
term-proxy-kind-minor-guardian = Guardian of a minor
term-proxy-kind-adult-guardian = Adult guardian
term-proxy-kind-curator = Curator
term-proxy-kind-assistant = Assistant by court
term-proxy-kind-voluntary-guardian = Guardian by contract
term-proxy-kind-mandatary = Authorised representative
term-proxy-kind-family = Family
term-proxy-kind-guarantor = Guarantor

term-proof-kind-registration-certificate = Certificate of registration
term-proof-kind-powers-list = List of powers or contract
term-proof-kind-family-register = Family register
term-proof-kind-court-decision = Court decision
term-proof-kind-mandate = Letter of authority
term-proof-kind-photo-id = Photo identification
