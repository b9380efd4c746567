## Passwords

passwords-too-short = The password is too short.
    .undone = The password has not changed.
    .todo = Use { $minimum } characters or more. Several words in a row are easier to remember.
passwords-too-long = The password is too long.
    .undone = The password has not changed.
    .todo = Use { $maximum } characters at most.
passwords-too-common = These words or rows of keys are common and quickly guessed.
    .undone = The password has not changed.
    .todo = Put three or four unrelated words in a row.
passwords-from-facility = The password is made from names or numbers of the facility or its staff.
    .undone = The password has not changed.
    .todo = Use words that have nothing to do with the facility or yourself.
