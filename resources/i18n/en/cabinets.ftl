## Places and pouch tags

cabinets-slot-taken = Somebody else's pouch lies in { $label }.
    .undone = The pouch was not moved.
    .todo = Choose a free place.
cabinets-slot-exists = The place { $label } exists already.
    .undone = No place was added.
    .todo = Begin with another number, or name another cabinet.
cabinets-no-such-slot = The place { $label } is not in use.
    .undone = The pouch was not moved.
    .todo = Choose one from the list.
cabinets-no-tag = This pouch has no valid tag.
    .undone = Nothing was changed.
    .todo = Issue a new tag.
