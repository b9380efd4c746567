## 保管場所と袋タグ

cabinets-slot-taken = 保管場所 { $label } には、別の人の袋があります。
    .undone = 袋の場所は変わっていません。
    .todo = 空いている場所を選んでください。
cabinets-slot-exists = 保管場所 { $label } はもうあります。
    .undone = 保管場所は追加していません。
    .todo = 番号の始まりを変えるか、別の保管庫名にしてください。
cabinets-no-such-slot = 保管場所 { $label } は使われていません。
    .undone = 袋の場所は変わっていません。
    .todo = 一覧から選び直してください。
cabinets-no-tag = この袋に有効なタグがありません。
    .undone = 何も変更していません。
    .todo = 新しいタグを発行してください。
