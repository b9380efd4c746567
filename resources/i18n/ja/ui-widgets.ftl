# 部品の言葉。
widgets-undo = 取り消す
widgets-close = 閉じる
widgets-cancel = やめる
widgets-stop = 中止する
widgets-busy = 処理しています
widgets-more = ほか { $count }件
widgets-show-password = パスワードを見せる
widgets-hide-password = パスワードを隠す
widgets-honorific = さん
widgets-cases = 件
widgets-people = 人
