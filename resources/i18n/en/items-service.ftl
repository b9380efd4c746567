## Receiving things and their kinds

items-kind-not-in-use = The kind “{ $kind }” is not in use.
    .undone = Nothing was saved.
    .todo = Choose a kind from the list. Kinds are added in the settings.
items-out-of-custody = This thing has been handed back or disposed of.
    .undone = Nothing was changed.
    .todo = If you keep it again, enter it as a new thing.
items-resident-left = { $resident } has moved out.
    .undone = Nothing was taken into custody.
    .todo = If moving out was a mistake, take that back first.
kinds-exists = The kind “{ $name }” exists already.
    .undone = Nothing was saved.
    .todo = Use another name, or change the kind that is there.
