## 保存期間と消去
action-retention-held = 消去の停止
action-retention-released = 消去の停止の解除
action-resident-erased = 利用者の記録の消去
action-backups-renewed = バックアップの入れ替え
action-register-erased = 台帳の記入の消去

retention-not-due-yet = まだ保存期間の中です（消去できる日: { $due_on }）。
    .undone = 何も消していません。
    .todo = 保存期間が終わってから消去してください。入所中の人の記録は消去できません。
retention-needed-still = この人の記録は、まだ消去できません（{ $why }）。
    .undone = 何も消していません。
    .todo = 残っていることを終わらせてから、もう一度お試しください。
retention-erased-already = この人の記録は、すでに消去されています。
    .undone = 何も変わっていません。
    .todo = 消去の証明は「保存期間」の一覧にあります。
retention-held-already = 消去の停止は、すでにその状態です。
    .undone = 何も変わっていません。
    .todo = 一覧を開き直してください。

term-still-needed-in-custody = 預かり品が残っています
term-still-needed-out = 持出し中のものがあります
term-still-needed-pin-held = 暗証番号の消去が終わっていません
term-still-needed-loss-open = 紛失の対応が終わっていません
term-still-needed-register-open = 台帳の記入が終わっていません
term-still-needed-hold = 消去の停止がかかっています

reports-refusal-retention-not-due-yet = 保存期間中の消去
reports-refusal-retention-needed-still = まだ要る記録の消去
