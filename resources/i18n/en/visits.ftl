## Planned visits

visits-in-the-past = That time has passed.
    .undone = The plan was not saved.
    .todo = Enter a time to come. What has left already stands in the record.
visits-closed = This visit was cancelled, or they have left already.
    .undone = The plan was not changed.
    .todo = Enter a new visit.
