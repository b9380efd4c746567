# Reasons for taking something out (services/purposes).
purposes-too-many = 用件のボタンは{ $limit }個までです。
    .undone = 用件は変更していません。
    .todo = 使わない用件を外してから、もう一度登録してください。
purposes-name-missing = 名前のない用件があります。
    .undone = 用件は変更していません。
    .todo = ボタンに出す言葉を入力してください。
