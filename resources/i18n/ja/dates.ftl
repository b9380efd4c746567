## 日付の入力

dates-not-understood = 「{ $given }」は日付として読めません。
    .undone = この欄の日付は変わっていません。
    .todo = 「S20.3.5」「昭和20年3月5日」「1945/3/5」「19450305」のように入力してください。
dates-incomplete = 「{ $given }」には月か日がありません。
    .undone = この欄の日付は変わっていません。
    .todo = 年・月・日をそろえて入力してください（例：昭和20年3月5日）。
dates-era-missing = 「{ $given }」は、どの年か決められません。
    .undone = この欄の日付は変わっていません。
    .todo = 元号をつけるか（S20.3.5）、西暦を4けたで（1945/3/5）入力してください。
dates-does-not-exist = 「{ $given }」という日はありません。
    .undone = この欄の日付は変わっていません。
    .todo = 月と日を確かめて、入力し直してください。
dates-out-of-range = 「{ $given }」は使えない年です。
    .undone = この欄の日付は変わっていません。
    .todo = 明治6年（1873年）から2199年までの日付を入力してください。
dates-era-never-reached = 「{ $given }」という日は、その元号にはありません。
    .undone = この欄の日付は変わっていません。
    .todo = 正しくは { $offered } です。よければ、そう入力してください。
dates-years-disagree = 「{ $given }」は、元号の年と西暦の年が合いません。
    .undone = この欄の日付は変わっていません。
    .todo = 書類を見て、どちらか正しいほうだけを入力してください。
dates-two-eras = { $day }は、元号が変わった日です。古い元号の書き方も受け付けました。
