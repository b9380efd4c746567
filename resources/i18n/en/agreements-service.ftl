## Making, reviewing and withdrawing agreements

agreements-no-kind-named = The agreement names no kind of things to keep.
    .undone = The agreement was not entered.
    .todo = Choose at least one kind.
agreements-proxy-does-not-fit = The proxy does not fit the capacity, or had no power on that day.
    .undone = The agreement was not entered.
    .todo = Choose somebody entered under “Proxies” and check the capacity and until when the power holds.
agreements-already-withdrawn = This agreement was withdrawn.
    .undone = Nothing was changed.
    .todo = Enter a new agreement.
