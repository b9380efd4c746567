# Reasons for taking something out (services/purposes).
purposes-too-many = There can be at most { $limit } reason buttons.
    .undone = The reasons were not changed.
    .todo = Switch off a reason that is not used, then try again.
purposes-name-missing = A reason has no name.
    .undone = The reasons were not changed.
    .todo = Type the word that stands on the button.
