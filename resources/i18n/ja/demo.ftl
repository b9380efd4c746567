# 見本の施設（facility-app demo）。
demo-help = 見本の施設を開きます。利用者はすべて架空です。
demo-help-out = 見本を残すフォルダー。--offscreen のときは画面の写しを入れるフォルダー（初めは demo-output）
demo-help-offscreen = 画面を出さずに一日を通し、画面の写しと day.json を残す
demo-making-store = 暗号化した保存場所を作っています
demo-making-people = 利用者60人、職員15人、保管庫4台を登録しています
demo-making-history = これまでの持出しと返却を記録しています
demo-made-history = { $count }件の操作を記録しました
demo-made-backup = 照合値とバックアップを作りました
demo-opening-kept = 前に作った見本の施設を開きます：{ $count }
demo-playing = 一日を通しています：{ $count }
demo-pictures = 画面の写しを取っています
demo-papers = 印刷物を作っています
demo-checking = 記録を照合しています
demo-done = 終わりました：{ $count }
demo-unlock-title = 見本の施設です
demo-unlock-text =
    名前を選び、このパスワードを入力します。
    { $password }
    登場する人はすべて架空です。

demo-story-first-start = 初期設定
demo-story-new-computer = 新しいパソコンでの復元
demo-story-unlock = ログイン
demo-story-refusal = 同意のない人の持出しを断る
demo-story-out-typed = 部屋番号で持ち出す
demo-story-out-overdue = 戻りが遅れる持出し
demo-story-hand-over = 引継ぎ
demo-story-wrong-slot = 場所違いの返却
demo-story-out-scanned = 袋タグで持ち出す
demo-story-overdue = 遅れの知らせ
demo-story-missing-piece = 足りない返却
demo-story-card-good = 点検：期限内のカード
demo-story-card-expiring = 点検：期限が近いカード
demo-story-card-wrong = 点検：ちがうカード
demo-story-lock = ロック
demo-story-emergency = ロック中の緊急持出し
demo-story-change-person = 交代
demo-story-explain = 緊急持出しの理由
demo-story-review = 緊急持出しの確認
demo-story-two-person-setting = 二人確認の設定
demo-story-out-two-person = 二人で持ち出す
demo-story-returns = 残りの返却
demo-story-verify = 記録の照合
demo-story-stocktake-first = 棚卸：1人目が数える
demo-story-stocktake-second = 棚卸：2人目が数え、違いを説明する
demo-story-stocktake-approve = 棚卸の承認
demo-story-report = 先月の月次監査報告書

demo-stuck = 「{ $what }」が見つかりませんでした
    .undone = 一日の残りは行っていません。
    .todo = demo-output の failed- で始まる画面を見てください。
demo-story-failed = 「{ $story }」で止まりました。見つからなかったもの：{ $why }
    .undone = 一日の残りは行っていません。
    .todo = demo-output の failed- で始まる画面を見てください。
demo-day-incomplete = 一日の記録に足りないものがあります：{ $missing }
    .undone = day.json は作っていません。
    .todo = この版を使わずに、開発者に知らせてください。
demo-story-vault-on = 暗証番号を預かる用意
demo-story-pin-held = 暗証番号を預かる
demo-story-pin-presented = カードに直接照合
demo-story-pin-revealed = 暗証番号の開示
