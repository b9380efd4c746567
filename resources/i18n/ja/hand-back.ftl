## 返還と訂正

hand-back-receipt-incomplete = 受領書の「{ $field ->
        [receiver] 受け取った人
        [relation] 続柄
       *[proof_seen] 確かめた書類
    }」が空です。
    .undone = 返還は記録されていません。
    .todo = 受け取る人に確かめて、入力してください。
correction-without-reason = 訂正の理由が書かれていません。
    .undone = 訂正は記録されていません。元の記録はそのままです。
    .todo = なぜ直すのかを短く書いてください。
correction-nothing-corrected = 元の記録と同じ内容です。
    .undone = 訂正は記録されていません。
    .todo = 直したい欄を変えてから、もう一度お試しください。

term-hand-back-reason-discharge = 退所
term-hand-back-reason-death = 死亡
term-hand-back-reason-request = 本人・家族の希望
term-hand-back-reason-replaced = 新しいものと交換
