## 預かり品の受入れと種類

items-kind-not-in-use = 種類「{ $kind }」は使われていません。
    .undone = 保存していません。
    .todo = 一覧から種類を選び直してください。種類は設定で追加できます。
items-out-of-custody = この預かり品は、返還または廃棄が済んでいます。
    .undone = 変更していません。
    .todo = もう一度預かるときは、新しい預かり品として登録してください。
items-resident-left = { $resident }さんは退所しています。
    .undone = 預かっていません。
    .todo = 退所が誤りなら、先に退所を取り消してください。
kinds-exists = 種類「{ $name }」はもうあります。
    .undone = 保存していません。
    .todo = 別の名前にするか、今ある種類を直してください。
