## Registering residents and finding them

residents-already-discharged = This resident moved out on { $on }.
    .undone = Nothing was changed.
    .todo = If the day is wrong, take the moving-out back and enter it again.
residents-not-discharged = This resident has not moved out.
    .undone = Nothing was changed.
    .todo = Check the resident in the list.
residents-possible-twin = { $name } (room { $room }) is registered with the same name and date of birth.
    .undone = Nothing was registered.
    .todo = If it is the same person, correct that record. If not, make sure and choose “Register as another person”.
proxies-ended = The power of this proxy has ended.
    .undone = Nothing was changed.
    .todo = Add a new proxy.
search-tag-voided = This pouch tag is void.
    .undone = Nothing was recorded.
    .todo = Search by name or room, put a new tag on the pouch and throw the old one away.

term-presence-in-safe = In the safe
term-presence-out = Out
term-presence-partly-out = Partly out
term-presence-lost = Lost
term-presence-nothing = Nothing in custody

term-kana-row-a = A
term-kana-row-ka = Ka
term-kana-row-sa = Sa
term-kana-row-ta = Ta
term-kana-row-na = Na
term-kana-row-ha = Ha
term-kana-row-ma = Ma
term-kana-row-ya = Ya
term-kana-row-ra = Ra
term-kana-row-wa = Wa
term-kana-row-other = Other
