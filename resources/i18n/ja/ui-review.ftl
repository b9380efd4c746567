# 記録の見直しの画面。
nav-review = 記録の見直し
review-page-title = 記録の見直し
review-page-list = 見直しを待っている記録
review-page-why = 理由
review-page-at = 日時
review-page-what = したこと
review-page-who = だれが
review-page-count = { $count }件が待っています
review-page-count-more = { $count }件より多く待っています
review-page-own = ほかに { $count }件は、あなたが関わったため、ほかの人が見直します。
review-page-target = { $first }月から{ $last }月　{ $done } / { $target }件
review-page-target-name = 四半期の目標
review-page-change = 目標を変える
review-page-none = 見直す記録はありません
review-page-none-how = 例外の記録は必ず、ほかの記録は20件に1件がここに出ます。どれが選ばれるかは、だれにも前もって分かりません。
review-page-in-order = 問題なし
review-page-not-in-order = 問題あり
review-page-emergency = 緊急持出しを確認する
review-page-emergency-manager = 管理責任者が確認します
review-page-done = 見直しを記録しました（{ $number }）
review-page-busy = 記録を調べています
review-page-back = 記録に戻る

review-fault-title = 問題の内容
review-fault-field = どこが、どう違いますか
review-fault-hint = 例：行先の医院は、この日は休診
review-fault-go = 問題ありと記録する

review-target-title = 見直しの目標
review-target-text = 3か月に見直す件数です。例外の記録は、目標にかかわらずすべて見直します。
review-target-field = 四半期の件数
review-target-go = 決める
review-target-done = 目標を変えました

log-detail-why = 理由
log-detail-verdict = 結果
log-detail-exceptions = 例外の記録
log-detail-by-lot = 抜き取った記録
log-detail-review-target = 見直しの目標
log-detail-commitment = 中身の値（照合用）
