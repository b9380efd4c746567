## Rule data

rules-damaged = The rule file “{ $file }” cannot be read ({ $place }).
    .undone = Expiry dates cannot be worked out. The record has not changed.
    .todo = Tell the manager, and install the program again or put the file back.
