## 設定

settings-out-of-range =
    「{ $name ->
        [lock-after] ロックするまでの時間
        [cover-after] 画面を隠すまでの時間
        [minimum-password] パスワードの長さ
        [emergency-reason-hours] 緊急持出しの理由の期限
        [review-target] 記録を見直す件数（四半期）
        [retention-years] 保存期間（年）
        [backup-folders] バックアップの置き場所の数
        [checkpoint-folders] 照合値の置き場所の数
        [night-begins] 夜勤の始まり
        [night-ends] 夜勤の終わり
       *[other] 二人確認の対象
    }」は、この範囲で設定できません。
    .undone = 設定は変わっていません。
    .todo = { $lowest }から{ $highest }までの値にしてください。
