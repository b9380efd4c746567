## Unlocking, rights, two persons

access-not-permitted = You do not have the right to { $permission }.
    .undone = Nothing was changed. The attempt was recorded.
    .todo = Let somebody with this right do it, or ask the manager.
access-wrong-password = The staff number or the password is wrong.
    .undone = Nobody was unlocked or confirmed.
    .todo = { $wait_s ->
        [0] Try again.
       *[other] Try again in { $wait_s } seconds.
    }
access-must-wait = After several failures, nothing can be entered for a while.
    .undone = Nobody was unlocked or confirmed.
    .todo = Try again in { $wait_s } seconds. In a hurry, the emergency sign-out (F12) is there.
access-no-rights-now = { $name } has no role that is in force now.
    .undone = Nobody was unlocked or confirmed.
    .todo = Ask the manager about the shift and the dates of the role.
access-unknown-number = This staff number was not found.
    .undone = Nothing was taken out.
    .todo = Check the number and type it again.
access-same-person = It must be somebody else.
    .undone = Nothing was recorded.
    .todo = Ask another member of staff.

term-role-manager = Manager
term-role-custodian = Custodian
term-role-pin-officer = PIN officer
term-role-escort = Escort
term-role-auditor = Auditor
term-role-system-admin = System administrator

term-shift-always = Always
term-shift-day = Day
term-shift-night = Night (emergencies and returns)

term-identified-password = Password
term-identified-number = Staff number
term-identified-system = The program

term-permission-view-desk = see the desk
term-permission-sign-out = sign out
term-permission-sign-in = take back
term-permission-hand-over = hand over
term-permission-release-emergency = sign out in an emergency
term-permission-explain-emergency = explain an emergency sign-out
term-permission-review-emergency = review an emergency sign-out
term-permission-hand-back = hand back
term-permission-correct-record = correct a record
term-permission-witness = confirm as second person
term-permission-view-residents = see the residents
term-permission-manage-residents = register residents and their things
term-permission-manage-agreements = register agreements
term-permission-plan-visits = plan visits
term-permission-override-departure = leave although a check before a visit is open
term-permission-check-cards = check cards
term-permission-view-lost = see what is lost
term-permission-report-lost = report a loss and record what is done
term-permission-manage-lost = waive steps of a loss and close it
term-permission-view-registers = See the registers (training, appointments, complaints)
term-permission-write-registers = Write in the registers
term-permission-manage-registers = Manage rules and appointments in the registers
term-permission-manage-retention = Manage retention and erasure
term-permission-import = import lists
term-permission-print-tags = print pouch tags
term-permission-view-staff = see the staff
term-permission-manage-staff = register staff
term-permission-view-log = see the log
term-permission-verify-log = verify the log
term-permission-review-record = review the log
term-permission-view-stocktake = see stocktakes
term-permission-count-stocktake = count in a stocktake
term-permission-approve-stocktake = approve a stocktake
term-permission-make-checkpoint = make a checkpoint
term-permission-make-reports = make reports
term-permission-manage-settings = change the settings
term-permission-manage-cabinets = change the cabinets
term-permission-view-vault = see which PINs are held
term-permission-deposit-pin = deposit PINs
term-permission-present-pin = send PINs to a card
term-permission-reveal-pin = show PINs
term-permission-approve-pin = approve the use of PINs
term-permission-erase-pin = erase PINs
term-permission-manage-vault = manage the PIN vault
term-permission-back-up = back up
term-permission-restore = restore a backup
term-permission-change-own-password = change one's own password
term-permission-identify = identify staff
term-permission-set-up = set up the program
