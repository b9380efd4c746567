# What F1 shows: for each page its purpose and its steps, briefly.
help-keys =
    Keys that work on every page
    F1 help, F2 search, F12 emergency
    Ctrl+L lock, Ctrl++ larger, Ctrl+- smaller
    Tab goes on, Shift+Tab goes back, Enter acts, Esc closes.
help-general-title = Help
help-general = Choose a page on the left. The large button is the next step. Ask the manager if in doubt.
help-unlock-title = How to enter
help-unlock =
    1. Choose your name or type your staff number.
    2. Type your password and press Enter.
    After several wrong passwords the wait before the next try grows. If you forgot it, ask the manager for a new one.
    In an emergency press F12: your staff number is enough.
help-wizard-title = How the set-up works
help-wizard =
    Go through the nine steps in order. You may stop at any time and go on later.
    The recovery sheet is the only way to open the register when this computer breaks. Print it and keep it in another locked place.
help-today-title = How to use Today
help-today =
    What is out, today's visits, and what there is to do.
    The button of a row leads to the next step. Red rows are overdue.
help-desk-title = How to take out and bring back
help-desk =
    1. Scan the pouch tag, or type a name or a room.
    2. Check the items and the reason. A planned visit fills them in.
    3. Press Enter to record it.
    On return check every item and the slot. A wrong slot is refused and the right one shown.
help-residents-title = How to use Residents
help-residents =
    Search by name, reading, room or slot. The tabs show items, agreements, proxies and history.
    The 12-digit individual number is refused in every field.
help-log-title = How to use Records
help-log =
    Every act stays here and cannot be erased. Filter by person, resident, item, act and day.
    Verify checks that nothing was altered. Mistakes are corrected by a new entry.
help-lost-title = How to use “Losses”
help-lost =
    1. Report it with F7 before searching.
    2. Call the number shown big, and read the words aloud.
    3. Write down name and number; Enter leads on.
    F9 whenever it is found. What is not done needs the manager's reason.
    In a blackout write on the printed checklist, and type it in afterwards.
help-lost-drill-title = How to practise a loss
help-lost-drill =
    1. Choose what to practise and begin. What stands in the orange frame is the drill.
    2. Call nobody. Make up names and numbers.
    3. At its end only who practised, for how long, and how many steps go on record.
    Nothing written in a drill is kept. A lock ends it without a record.
help-stocktake-title = How the stocktake works
help-stocktake =
    1. Press "Begin to count" and scan the pouch in the place on the screen.
    2. Press once for each piece in it; Enter goes on to the next place. Where there is no pouch, press F4.
    3. When two people have counted, the differences stand in a list. Explain them; a manager who did not count approves.
    Each place is recorded at once. You may stop and go on later, and things may be signed out and in meanwhile.
help-review-title = How reviews work
help-review =
    Somebody who had no part in it looks at exceptions and at acts drawn by lot.
    Choose a row, and the entry stands at the right. F4 if it is in order, F8 if not: then write what is different.
help-staff-title = How to use Staff
help-staff =
    Add staff, give roles with dates, shifts and deputies. Escorts need no password.
    Nobody changes their own roles: ask another manager. The last manager stays.
    When somebody leaves, enter the last day; it still counts.
help-settings-title = How to use Settings
help-settings =
    Facility, second person, night hours, lock times, backup folders, reasons, kinds and cabinets.
    Colours and size are remembered per person. Managers and system administrators change the rest.
