## Expiry

term-expiry-state-valid = Valid
term-expiry-state-renewable = Can be renewed
term-expiry-state-soon = Expires soon
term-expiry-state-grace = In grace
term-expiry-state-unusable = Unusable

term-residence-status-japanese = Japanese national
term-residence-status-permanent = Permanent resident
term-residence-status-special-permanent = Special permanent resident
term-residence-status-highly-skilled-2 = Highly skilled professional (ii)
term-residence-status-limited = Limited period of stay

term-insurance-kokuho = National Health Insurance
term-insurance-kouki = Insurance for people of 75 and over
term-insurance-shaho = Employees' insurance

term-end-reason-printed = Date on the paper
term-end-reason-period = End of the yearly period
term-end-reason-turns-70 = End of the month of turning 70
term-end-reason-turns-75 = Day before the 75th birthday
term-end-reason-residence = End of the period of stay
