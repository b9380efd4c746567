## 規則のデータ

rules-damaged = 規則のファイル「{ $file }」を使えません。{ $line ->
        [0] { $reason }
       *[other] { $line }行目 { $place } … { $reason }
    }
    .undone = 記録は変わっていません。
    .todo = 管理責任者に知らせ、ファイルを直すか、プログラムを入れ直してください。

term-rule-damage-unreadable = ファイルがないか、文字として読めません
term-rule-damage-syntax = 書き方が TOML の形になっていません
term-rule-damage-missing = 必要な項目がありません
term-rule-damage-wrong-type = 値の種類が違います（数、文字、日付など）
term-rule-damage-out-of-range = 数が決められた範囲にありません
term-rule-damage-not-allowed = 使えない値か、ほかの項目と合いません
term-rule-damage-unknown-key = 知らない項目です（書きまちがい）
