## Rule data

rules-damaged = The rule file “{ $file }” cannot be used: { $line ->
        [0] { $reason }
       *[other] line { $line } { $place }, { $reason }
    }.
    .undone = The record has not changed.
    .todo = Tell the manager; mend the file, or install the program again.

term-rule-damage-unreadable = the file is missing or is no text
term-rule-damage-syntax = it is not written as TOML
term-rule-damage-missing = an entry that is needed is missing
term-rule-damage-wrong-type = a value of another kind is needed (a number, a text, a date)
term-rule-damage-out-of-range = the number is outside its range
term-rule-damage-not-allowed = the value is not allowed here, or does not fit other entries
term-rule-damage-unknown-key = nobody knows this entry; it is probably misspelt
