## 棚卸（きまりと断り）

stocktake-exists = 保管庫 { $cabinet } の棚卸は、もう始まっているか、今月分が済んでいます。
    .undone = 新しい棚卸は始まっていません。
    .todo = 途中の棚卸を続けるか、来月の分を待ってください。
stocktake-no-such-cabinet = 保管庫 { $cabinet } に、使っている場所がありません。
    .undone = 棚卸は始まっていません。
    .todo = 一覧から選び直してください。
stocktake-same-counter = 1回目を数えた人は、2回目を数えられません。
    .undone = 2回目は始まっていません。数えようとしたことは記録されました。
    .todo = ほかの職員に2回目を頼んでください。
stocktake-counts-taken = 2人がすでに数えています。
    .undone = 何も変更していません。
    .todo = 数え終わるのを待つか、管理責任者に相談してください。
stocktake-closed = この棚卸は、もう閉じています。
    .undone = 何も変更していません。
    .todo = 直すことがあるときは、次の棚卸で数え直してください。
stocktake-not-your-count = この数えは、ほかの職員が行っています。
    .undone = 何も記録されていません。行おうとしたことは記録されました。
    .todo = 数えている職員に代わってもらってください。
stocktake-count-finished = この数えは、もう終わっています。
    .undone = 何も記録されていません。
    .todo = 数え直すときは、管理責任者に数えの取りやめを頼んでください。
stocktake-place-elsewhere = { $place } は、別の保管庫の場所です。
    .undone = この場所は記録されていません。
    .todo = いま数えている保管庫の場所を選んでください。
stocktake-moved-meanwhile = { $place } のものが、数えている間に動きました。
    .undone = この場所は記録されていません。
    .todo = もう一度、いま中にあるものを数えてください。
stocktake-counted-elsewhere = この袋は、{ $place } で数えています。
    .undone = この場所は記録されていません。
    .todo = 本当に両方の場所にあるときだけ、続けて記録してください。
stocktake-places-left = まだ数えていない場所が { $count }か所あります（{ $place } など）。
    .undone = 数えは終わっていません。
    .todo = 残りの場所を数えてください。何もないときは「空です」を押します。
stocktake-places-changed = 数えたあとに袋の場所が変わりました（{ $places }）。
    .undone = 数えは終わっていません。
    .todo = その場所だけ、もう一度数えてください。
stocktake-not-compared = 2人の数えが、まだ終わっていません。
    .undone = 承認されていません。
    .todo = 2人目の数えが終わるのを待ってください。
stocktake-own-count = 自分で数えた棚卸は、承認できません。
    .undone = 承認されていません。承認しようとしたことは記録されました。
    .todo = 数えていない管理責任者に頼んでください。
stocktake-unexplained = 説明のない違いが { $count }件あります。
    .undone = 承認されていません。
    .todo = 違いの一つ一つに、わかったことを書いてください。
stocktake-count-tampered = 数えた内容が、記録したときと違います（{ $place }）。
    .undone = 承認されていません。
    .todo = 使うのをやめて、管理責任者に知らせ、記録を照合してください。

term-stocktake-state-counting = 数えている途中
term-stocktake-state-compared = 結果待ち
term-stocktake-state-approved = 承認済
term-stocktake-state-given-up = 取りやめ

term-stop-reason-by-mistake = まちがえて始めた
term-stop-reason-cannot-go-on = 続けられなくなった
term-stop-reason-count-again = 数え直す
term-stop-reason-cabinet-changed = 保管庫を変えた

term-difference-kind-missing = 見つからない
term-difference-kind-wrong-place = 場所が違う
term-difference-kind-unknown-pouch = だれのか分からない袋
term-difference-kind-pieces = 点数が違う

## 棚卸表（紙で数えるとき）

papers-stocktake-title = 棚卸表
papers-stocktake-what = 保管庫 { $cabinet }
papers-stocktake-how = 場所ごとに、袋タグの短い番号と、中にある品物の点数を書きます。袋がない場所には「なし」と書きます。1回目と2回目は別の人が、別の紙に書きます。
papers-stocktake-round = 1回目・2回目（○）
papers-stocktake-by = 数えた人
papers-stocktake-at = 日時
papers-stocktake-place = 場所
papers-stocktake-tag = 袋タグ
