## 受診の受付報告（services/reporting/visits）

reports-title-visits = 受診の受付報告
log-value-document-visits = 受診の受付報告
cli-help-report-visits = 受診の受付報告を作る
reports-page-paper-visits = 受診の受付報告
reports-page-what-visits = どの医療機関で、どの方法で受け付けられたか、困りごとの種類と数、かかった時間をまとめます。利用者の名前は載りません。

reports-section-visit-ways = 何がどこで使えたか
reports-section-visit-troubles = 困りごと
reports-section-visit-months = 月ごと

reports-fact-visits-made = 受診
reports-fact-visits-told = 結果の記録
reports-fact-visits-with-trouble = 困りごとあり
reports-fact-visits-questions = 割合の相違
reports-fact-visits-minutes = 窓口でかかった時間（記録のあるもの）
reports-fact-visits-minutes-lost = そのうち、困りごとのあった受付の時間
reports-fact-visits-median = 1回の受付の時間（真ん中の値）
reports-fact-visits-none-worked = どの方法でも受け付けられなかった回数
reports-fact-visits-open-questions = 保険者への確認が済んでいないもの

reports-column-clinic = 医療機関
reports-column-visits = 受診
reports-column-told = 結果
reports-column-worked = 使えた方法
reports-column-visual-mode = 目視確認
reports-column-with-trouble = 困りごと
reports-column-median-minutes = 受付の時間
reports-column-trouble = 困りごと
reports-column-clinics = 医療機関（回数）
reports-column-minutes-lost = 困りごとの受付の時間

reports-chart-visit-ways = 使えた方法
reports-chart-visit-troubles = 困りごとの種類
reports-chart-visit-troubles-note = 1回の受診に、いくつもあることがあります。
reports-chart-visit-clinics = 医療機関ごとの受付
reports-chart-visit-lost = 困りごとのあった受付の時間
reports-chart-visit-lost-note = 窓口での時間を記録した受診だけを数えています。
reports-series-smooth = 困りごとなし
reports-series-with-trouble = 困りごとあり
reports-note-visit-troubles = 分類は、医療機関の窓口の調査（茨城県保険医協会 2023年8月）に倣っています。
reports-visit-no-way = どれも使えなかった
reports-visit-way-times = { $way } { $times }回
reports-visit-clinic-times = { $name } { $times }回
reports-refusal-departure-open = 出発前の確認が残っていた
reports-refusal-departure-wrong-pouch = ほかの利用者の袋
