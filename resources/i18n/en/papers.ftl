# Printed papers (reports/).
papers-page = page { $number } of { $count }
papers-glyph-missing = “{ $name }” has characters that cannot be printed ({ $characters }).
    .undone = Nothing was printed.
    .todo = Install the font IPAmj Mincho, or register another form of the character.

papers-recovery-title = Recovery sheet
papers-recovery-store = register { $name }
papers-recovery-what = These 24 words open the register if this computer breaks or its key is lost.
papers-recovery-keep = Whoever has this paper can open the register. Do not photograph it. Keep it locked away, apart from the computer and the backups.
papers-recovery-use-title = How to use it
papers-recovery-use-1 = Install the program on the new computer and choose “Start from the recovery sheet”.
papers-recovery-use-2 = Type the 24 words in hiragana, in the order of their numbers. The first three letters of each are enough.
papers-recovery-use-3 = Choose the backup file. The register opens as it was.
papers-recovery-use-4 = If this paper is lost or may have been seen by others, tell the manager at once.

papers-tags-title = Pouch tags
papers-tags-slot = Slot { $slot }
