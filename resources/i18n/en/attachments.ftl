## Scanned papers
action-paper-attached = Paper attached
action-paper-removed = Attached paper deleted

attachments-not-a-paper = "{ $name }" is neither a PDF nor a PNG or JPEG picture.
    .undone = It was not attached.
    .todo = Save the paper as a PDF or a picture and choose that.
attachments-too-large = "{ $name }" is larger than { $largest } MB.
    .undone = It was not attached.
    .todo = Lower the resolution or save the pages apart.
attachments-not-looked-through = Nobody ticked that every page of "{ $name }" was looked at.
    .undone = It was not attached.
    .todo = See that no individual number, back of a card or PIN is on it, then tick.
attachments-too-many = No more than { $most } papers can be attached.
    .undone = It was not attached.
    .todo = Delete what is not needed, or put the pages into one PDF.
attachments-damaged = "{ $name }" cannot be opened: it is not what was attached, or its key was destroyed.
    .undone = It is not shown.
    .todo = Look at the paper itself. What was erased after its period cannot be brought back.
