## Staff and roles

staff-number-taken = Staff number { $number } belongs to somebody else.
    .undone = Nobody was registered.
    .todo = Choose another number. Numbers of people who left stay taken, because the log names them.
staff-dates-reversed = The last day lies before the first.
    .undone = Nothing was saved.
    .todo = Check the dates and enter them again.
staff-own-rights = Nobody can change their own roles or dates.
    .undone = Nothing was changed. The attempt was recorded.
    .todo = Ask another manager or the system administrator.
staff-last-manager = Nobody would be manager any more.
    .undone = Nothing was changed.
    .todo = First make somebody else a manager.
staff-deputy-needs-end = A deputy's role needs a last day.
    .undone = The role was not given.
    .todo = Enter until when the person stands in.
staff-needs-account = The role “{ $role }” needs somebody who can unlock the program.
    .undone = The role was not given.
    .todo = First set a password for this person.
staff-managers-only = The recovery sheet sets the password of a manager only.
    .undone = No password was changed.
    .todo = A manager sets the passwords of other staff on the Staff page.
