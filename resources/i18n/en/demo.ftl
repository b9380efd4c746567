# The sample facility (facility-app demo).
demo-help = Open the sample facility.  All residents are invented.
demo-help-out = Folder that keeps the sample; with --offscreen the folder for the pictures (demo-output)
demo-help-offscreen = Play one day without a display and leave pictures and day.json
demo-making-store = Making an encrypted store
demo-making-people = Entering 60 residents, 15 staff and 4 cabinets
demo-making-history = Recording what happened until now
demo-made-history = Recorded { $count } acts
demo-made-backup = Made a checkpoint and a backup
demo-opening-kept = Opening the sample facility made earlier: { $count }
demo-playing = Playing the day: { $count }
demo-pictures = Taking pictures of the screens
demo-papers = Making the papers
demo-checking = Verifying the log
demo-done = Done: { $count }
demo-unlock-title = This is a sample facility
demo-unlock-text =
    Choose a name and type this password.
    { $password }
    All people are invented.

demo-story-first-start = First start
demo-story-new-computer = Recovery on a new computer
demo-story-unlock = Unlock
demo-story-refusal = Sign-out without an agreement is refused
demo-story-out-typed = Sign-out by room number
demo-story-out-overdue = Sign-out that becomes overdue
demo-story-hand-over = Hand-over
demo-story-wrong-slot = Return to a wrong slot
demo-story-out-scanned = Sign-out by pouch tag
demo-story-overdue = Overdue notice
demo-story-missing-piece = Return with a missing piece
demo-story-card-good = check: a good card
demo-story-card-expiring = check: a card that expires soon
demo-story-card-wrong = check: the wrong card
demo-story-lock = Lock
demo-story-emergency = Emergency from the locked screen
demo-story-change-person = Change of person
demo-story-explain = Reason of the emergency
demo-story-review = Review of the emergency
demo-story-two-person-setting = Two persons as a setting
demo-story-out-two-person = Sign-out by two persons
demo-story-returns = The other returns
demo-story-verify = Verification of the log
demo-story-stocktake-first = Stocktake: the first count
demo-story-stocktake-second = Stocktake: the second count, and what differs
demo-story-stocktake-approve = Stocktake: the approval
demo-story-report = Last month's audit report

demo-stuck = "{ $what }" was not found
    .undone = The rest of the day was not played.
    .todo = Look at the picture in demo-output whose name begins with failed-.
demo-story-failed = Stopped at "{ $story }"; not found: { $why }
    .undone = The rest of the day was not played.
    .todo = Look at the picture in demo-output whose name begins with failed-.
demo-day-incomplete = The record of the day lacks: { $missing }
    .undone = day.json was not made.
    .todo = Do not use this version; tell the developers.
demo-story-vault-on = Getting ready to hold PINs
demo-story-pin-held = A PIN is held
demo-story-pin-presented = A PIN goes to its card
demo-story-pin-revealed = A PIN is shown
