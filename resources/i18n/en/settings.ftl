## Settings

settings-out-of-range =
    The { $name ->
        [lock-after] time until the lock
        [cover-after] time until the cover
        [minimum-password] length of passwords
        [emergency-reason-hours] time for the reason of an emergency
        [review-target] number of reviews in a quarter
        [retention-years] years of retention
        [backup-folders] number of backup places
        [checkpoint-folders] number of places for checkpoints
        [night-begins] beginning of the night
        [night-ends] end of the night
       *[other] choice of two-person acts
    } is out of its range.
    .undone = The settings are as they were.
    .todo = Choose a value from { $lowest } to { $highest }.
