## Stocktake (rules and refusals)

stocktake-exists = The stocktake of cabinet { $cabinet } has begun already, or this month's is done.
    .undone = No new stocktake has begun.
    .todo = Go on with the one under way, or wait for next month.
stocktake-no-such-cabinet = Cabinet { $cabinet } has no place in use.
    .undone = The stocktake has not begun.
    .todo = Choose again from the list.
stocktake-same-counter = Who made the first count cannot make the second.
    .undone = The second count has not begun. The attempt was recorded.
    .todo = Ask somebody else to make the second count.
stocktake-counts-taken = Two people are counting already.
    .undone = Nothing was changed.
    .todo = Wait until they have finished, or ask the manager.
stocktake-closed = This stocktake is closed.
    .undone = Nothing was changed.
    .todo = What is still to be put right is counted again in the next stocktake.
stocktake-not-your-count = Somebody else makes this count.
    .undone = Nothing was recorded but the attempt.
    .todo = Let the person who counts go on.
stocktake-count-finished = This count is finished.
    .undone = Nothing was recorded.
    .todo = To count again, ask the manager to throw the count away.
stocktake-place-elsewhere = { $place } belongs to another cabinet.
    .undone = This place was not recorded.
    .todo = Choose a place of the cabinet that is being counted.
stocktake-moved-meanwhile = Things of { $place } were moved while they were being counted.
    .undone = This place was not recorded.
    .todo = Count once more what lies there now.
stocktake-counted-elsewhere = This pouch was counted in { $place }.
    .undone = This place was not recorded.
    .todo = Go on only if its things really lie in both places.
stocktake-places-left = { $count } places are not counted yet ({ $place } among them).
    .undone = The count is not finished.
    .todo = Count the places that are left; where there is nothing, press "Empty".
stocktake-places-changed = Pouches were given another place after they were counted ({ $places }).
    .undone = The count is not finished.
    .todo = Count these places once more.
stocktake-not-compared = The two counts are not finished yet.
    .undone = Nothing was approved.
    .todo = Wait for the second count.
stocktake-own-count = Who counted cannot approve.
    .undone = Nothing was approved. The attempt was recorded.
    .todo = Ask a manager who did not count.
stocktake-unexplained = { $count } differences have no explanation.
    .undone = Nothing was approved.
    .todo = Write for each difference what was found out.
stocktake-count-tampered = What was counted is not what was recorded then ({ $place }).
    .undone = Nothing was approved.
    .todo = Stop, tell the manager, and verify the record.

term-stocktake-state-counting = being counted
term-stocktake-state-compared = to be answered for
term-stocktake-state-approved = approved
term-stocktake-state-given-up = given up

term-stop-reason-by-mistake = begun by mistake
term-stop-reason-cannot-go-on = cannot be gone on with
term-stop-reason-count-again = to be counted again
term-stop-reason-cabinet-changed = the cabinet was changed

term-difference-kind-missing = missing
term-difference-kind-wrong-place = in the wrong place
term-difference-kind-unknown-pouch = a pouch that nobody can name
term-difference-kind-pieces = number of pieces

## Count sheet (counting on paper)

papers-stocktake-title = Count sheet
papers-stocktake-what = Cabinet { $cabinet }
papers-stocktake-how = For each place, write the short number of the pouch's tag and how many pieces of each kind are in it; where there is no pouch, write "none". The first and the second count are made by different people, on different sheets.
papers-stocktake-round = first / second count
papers-stocktake-by = counted by
papers-stocktake-at = date and time
papers-stocktake-place = Place
papers-stocktake-tag = Pouch tag
