# ログイン、画面を隠す、ロック。
unlock-who = だれが使いますか
unlock-who-how = 名前を選ぶか、職員番号を入力
unlock-number = 職員番号
unlock-choose-first = 名前を選ぶか、職員番号を入力してください
unlock-password = パスワード
unlock-enter = ログイン
unlock-checking = 確かめています
unlock-wait = あと { $seconds }秒お待ちください
unlock-night-only = 夜間（緊急だけ）
unlock-no-right-now = きょうの役割はありません
unlock-emergency-how =
    ログインしなくても使えます。
    職員番号だけを入力します。
unlock-out = 持出中 { $count }件
unlock-late = 遅れ { $count }件
cover-hidden = 画面を隠しています
cover-in-use = { $name }さんが使用中
cover-any-key = どれかのキーを押すと、もとの画面に戻ります
cover-left = あと { $seconds }秒で、自動でロックします
cover-left-minutes = あと { $minutes }分{ $seconds }秒で、自動でロックします
cover-lock = ロックする
cover-change = 別の人に代わる
