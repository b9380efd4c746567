## 持出し・返却・引継ぎ

custody-not-in-safe = { $count }点が、もう保管場所にありません。
    .undone = 持出しは記録されていません。
    .todo = ほかの画面で先に持ち出されていないか、「きょう」の持出中を確かめてください。
custody-nothing-chosen = 品物が選ばれていません。
    .undone = 何も記録されていません。
    .todo = 手元にある品物に印を付けてください。
custody-due-in-the-past = 戻りの時刻が過ぎています。
    .undone = 持出しは記録されていません。
    .todo = これからの時刻を入力してください。
custody-second-person-needed = この操作には二人目の確認が必要です。
    .undone = 何も記録されていません。
    .todo = もう一人の職員が、自分の職員番号とパスワードで確認してください。確認は5分間使えます。
custody-holder-unavailable = 選ばれた付添の職員は、きょうは勤務の登録がありません。
    .undone = 何も記録されていません。
    .todo = ほかの職員を選ぶか、職員の登録を管理責任者に確認してください。
custody-wrong-slot = 保管場所が違います。正しい場所は { $expected } です。
    .undone = 返却は記録されていません。
    .todo = 袋を { $expected } に入れて、{ $expected } を読み取るか入力してください。
custody-pieces-missing = 持ち出したもののうち、{ $count }点が戻っていません。
    .undone = 返却は記録されていません。
    .todo = 袋とかばんの中、受診先を確かめてください。見つからないときは「足りないまま返却する」を選びます。
custody-loan-closed = この持出しは、もうすべて返却されています。
    .undone = 何も記録されていません。
    .todo = 最近の記録で、だれが返却したかを確かめられます。

term-desk-act-item-signed-out = 持出し
term-desk-act-item-signed-in = 返却
term-desk-act-loan-handed-over = 引継ぎ
term-desk-act-emergency-released = 緊急持出し
term-desk-act-item-handed-back = 返還
term-desk-act-loan-corrected = 訂正
