## 見直し（あとから、別の人が記録を確かめる）

review-not-due = 第{ $seq }号は、見直しの対象ではありません。
    .undone = 何も記録されていません。
    .todo = 一覧から選び直してください。
review-signed-off-already = 第{ $seq }号は、もう見直しが済んでいます。
    .undone = 何も記録されていません。
    .todo = 一覧を開き直してください。
review-own-act = 自分が関わった記録は、見直せません。
    .undone = 何も記録されていません。行おうとしたことは記録されました。
    .todo = 関わっていない管理責任者か監査担当者に頼んでください。
review-emergency-apart = 緊急持出しは、理由と並べて確認します。
    .undone = 何も記録されていません。
    .todo = 「緊急持出しを確認する」を押してください。
review-note-missing = 問題の内容が書かれていません。
    .undone = 見直しは記録されていません。
    .todo = どこがどう違うかを、短く書いてください。

term-why-emergency = 緊急持出し
term-why-reveal = 暗証番号の開示
term-why-clock = 時計の戻り
term-why-unknown-outcome = 結果が不明
term-why-second-person = 二人確認なし
term-why-override = 足りないまま返却
term-why-hand-back = 返還
term-why-overdue = 1日以上の遅れ
term-why-correction = 訂正
term-why-refusal = 断られた操作
term-why-sample = 抜き取り

term-verdict-in-order = 問題なし
term-verdict-not-in-order = 問題あり
