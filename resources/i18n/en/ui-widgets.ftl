# Words of the widgets.
widgets-undo = Undo
widgets-close = Close
widgets-cancel = Cancel
widgets-stop = Stop
widgets-busy = Working
widgets-more = { $count } more
widgets-show-password = Show password
widgets-hide-password = Hide password
widgets-honorific = -san
widgets-cases = in all
widgets-people = people
