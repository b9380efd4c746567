## Reason and review of emergencies

emergency-reason-missing = There is no reason.
    .undone = No reason was recorded.
    .todo = Write in short what happened and where the things went.
emergency-not-explained-yet = The reason has not been written yet.
    .undone = The review was not recorded.
    .todo = Ask whoever took the things out to write the reason.
emergency-own-release = Nobody reviews an emergency that they released, carried or explained.
    .undone = The review was not recorded. The attempt was.
    .todo = Ask another manager to review it.
emergency-already-reviewed = This emergency has been reviewed already.
    .undone = Nothing was changed.
    .todo = If something must be put right, correct the record of the sign-out.

emergency-not-their-release = What this emergency release tells cannot be shown now.
    .undone = Nothing was shown or printed. The release stays recorded.
    .todo = Unlock and open it from the page Today, or let who released it open it by their own number.
reports-refusal-emergency-not-their-release = another person's emergency release
