# Unlocking, cover, lock.
unlock-who = Who is using this?
unlock-who-how = Choose a name or type the staff number
unlock-number = Staff number
unlock-choose-first = Choose a name or type the staff number
unlock-password = Password
unlock-enter = Log in
unlock-checking = Checking
unlock-wait = Please wait { $seconds } s
unlock-night-only = Night (emergencies only)
unlock-no-right-now = No role today
unlock-emergency-how =
    Works without logging in.
    Only the staff number is asked for.
unlock-out = { $count } out
unlock-late = { $count } late
cover-hidden = The screen is covered
cover-in-use = { $name } is using this
cover-any-key = Press any key to return
cover-left = Locks by itself in { $seconds } s
cover-left-minutes = Locks by itself in { $minutes } min { $seconds } s
cover-lock = Lock
cover-change = Someone else
