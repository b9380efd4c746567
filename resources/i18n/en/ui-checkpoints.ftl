# The page that checks a checkpoint, and the settings of the places for checkpoints.
checkpoints-title = Check a checkpoint
checkpoints-begin = Scan a printed checkpoint
checkpoints-begin-text = It shows whether today’s record still contains, unchanged, what the record was when the paper was made.
checkpoints-field = Checkpoint (QR code, six words, or the five lines)
checkpoints-hint = Scan or type here
checkpoints-clear = Clear
checkpoints-ways = Three ways
checkpoints-way-scan = Scan the QR code in the box “Checkpoint of this paper” of a report. Whatever is chosen on this page, it is checked at once.
checkpoints-way-words = Type the six words as you hear them, in hiragana and in order. Blanks between them do not matter.
checkpoints-way-type = Type or paste the five lines of the paper as they stand.
checkpoints-what = A checkpoint is a signed value computed from the whole record up to a moment. If a single letter of the record changes, it no longer fits.
checkpoints-check = Check
checkpoints-empty = Please enter a checkpoint
checkpoints-checking = Comparing with the record
checkpoints-stopped = Stopped
checkpoints-stopped-text = Whether it fits is not known yet.
checkpoints-to-log = Back to the record
checkpoints-made-at = This checkpoint was made on { $at }.
checkpoints-consistent = The record has not been changed since this paper
checkpoints-not-consistent = The record was changed after this paper
checkpoints-future = The end of the record is missing
checkpoints-not-signed = It cannot be confirmed as genuine
checkpoints-other-store = A checkpoint of another facility
checkpoints-damaged = The checkpoint cannot be read
checkpoints-unknown-words = No checkpoint has these words
checkpoints-unclear-words = Some words are not clear
checkpoints-else = Not a checkpoint
checkpoints-else-tag = What was scanned is a pouch tag. It was not compared with the record.
checkpoints-else-other = What was scanned does not look like a checkpoint. It was not compared with the record.
checkpoints-else-todo = Scan the QR code in the box “Checkpoint of this paper” of a report.

settings-page-checkpoints = Places for checkpoints
checkpoints-folders-note = Checkpoints are copied to these folders by themselves. Where the people at this computer cannot reach them (a memory stick, a share of another department), nobody can hide a change of the record.
checkpoints-folder-whole = Choose the folder, or type it in full from its drive on.
checkpoints-folders-look = See how they stand
checkpoints-folders-none = There is no such place yet. Checkpoints are only on this computer and on printed paper.
checkpoints-folders-looking = Looking at the places
checkpoints-open-settings = Open the places
checkpoints-outside-short = Please look at the places for checkpoints
shell-reminder-later = Later

## F1
help-checkpoint-title = How to check a checkpoint
help-checkpoint =
    Scan the QR code in the box “Checkpoint of this paper” of a report and the verdict appears at once.
    Where the QR code cannot be read, type the six words or the five lines and press Enter.
    If it does not fit, keep the paper and tell the manager.
