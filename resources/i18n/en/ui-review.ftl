# The page of the reviews.
nav-review = Reviews
review-page-title = Reviews
review-page-list = Acts that wait for a review
review-page-why = Why
review-page-at = When
review-page-what = What
review-page-who = Who
review-page-count = { $count } acts wait
review-page-count-more = More than { $count } acts wait
review-page-own = { $count } more wait for somebody else, since you took part in them.
review-page-target = Months { $first } to { $last }: { $done } of { $target }
review-page-target-name = Target of the quarter
review-page-change = Change the target
review-page-none = Nothing to review
review-page-none-how = Every exception comes here, and one in twenty of the other acts. Nobody knows beforehand which.
review-page-in-order = In order
review-page-not-in-order = Not in order
review-page-emergency = Review the emergency
review-page-emergency-manager = A manager reviews it
review-page-done = The review is recorded ({ $number })
review-page-busy = Looking through the record
review-page-back = Back to the record

review-fault-title = What is not in order
review-fault-field = What is different, and how
review-fault-hint = e.g. the clinic is closed on that day
review-fault-go = Record as not in order

review-target-title = Target of the reviews
review-target-text = How many acts are reviewed in three months. Exceptions are all reviewed, whatever the target.
review-target-field = Acts per quarter
review-target-go = Set
review-target-done = The target is changed

log-detail-why = Why
log-detail-verdict = Verdict
log-detail-exceptions = Exceptions
log-detail-by-lot = Drawn by lot
log-detail-review-target = Target of reviews
log-detail-commitment = Hash of what was found or said
