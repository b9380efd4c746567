# 報告書と書類（services/reporting、reports）。
reports-period-in-future = { $first }は、まだ来ていません。
    .undone = 報告書は作っていません。
    .todo = きょうまでの期間を選んでください。
reports-period-too-long = { $first }から{ $last }までは、{ $years }年をこえています。
    .undone = 報告書は作っていません。
    .todo = { $years }年以内の期間を選んでください。年の間違いがないかも確かめてください。
reports-password-too-short = パスワードが短すぎます。
    .undone = 報告書は作っていません。
    .todo = { $shortest }文字以上にするか、プログラムが作るパスワードを使ってください。
