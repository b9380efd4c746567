# 報告の画面、グラフの画面、印刷と保存。
date-month-of-year = { $era }{ $year }年{ $month }月

## 報告を選ぶ
reports-page-title = 報告書
reports-page-which = どの報告書を作りますか
reports-page-paper-monthly = 月次監査報告書
reports-page-paper-statement = 本人への開示
reports-page-paper-blackout = いまの所在一覧
reports-page-paper-rights = 権限の確認表
reports-page-paper-ledger = 出し入れ管理簿
reports-page-paper-expiry = 期限の一覧
reports-page-what-monthly = 1か月の持出しと返却、遅れ、緊急持出しとその確認、引継ぎ、権限、点検、棚卸、バックアップをまとめます。見直していないことも載せます。管理責任者と監査担当者のための報告書です。
reports-page-what-statement = 一人の利用者について、記録にあることをすべて載せます。本人や代理人から開示を求められたときに渡します。
reports-page-what-blackout = いま何がどこにあり、だれが持ち出しているかの一覧です。停電やパソコンの故障に備えて、紙で持っておきます。
reports-page-what-rights = だれにどの権限があるかの一覧です。管理責任者が確かめて、押印します。
reports-page-what-ledger = 期間の中のすべての出し入れを、1行ずつ載せます。紙の管理簿の代わりになります。
reports-page-what-expiry = 期限の近いものと切れたものを、日付の順に並べます。
reports-page-signed = 報告書には照合値のQRコードが付きます。紙だけで、記録が書き換えられていないことを後から確かめられます。
reports-page-recorded = 作ったことは、記録に残ります。
reports-page-field-month = どの月ですか
reports-page-field-first = はじめの日
reports-page-field-last = 終わりの日
reports-page-field-resident = どの利用者ですか
reports-page-field-password = PDFのパスワード
reports-page-ask-month = 月を読み取れません。令和8年11月、R8.11、2026/11 のように入力してください。
reports-page-ask-first = はじめの日を入力してください。
reports-page-ask-last = はじめの日と同じ日か、後の日を入力してください。
reports-page-ask-resident = 利用者を選んでください。
reports-page-ask-password = パスワードを入力してください。
reports-page-month-note = R8.11 や 2026/11 でも入力できます。
reports-page-earlier = 前の月
reports-page-later = 次の月
reports-page-choose = 利用者を選ぶ
reports-page-whole = はじめからの記録をすべて載せる
reports-page-lock = PDFにパスワードを付ける
reports-page-lock-note = メールなどで送るときに使います
reports-page-password-note = 空のままなら、プログラムが作って一度だけ見せます。
reports-page-go = 報告書を作る
reports-page-making = 報告書を作っています
reports-page-part = 報告書を作っています（{ $percent }％）
reports-page-stopped = 中止しました。報告書は作っていません。

## 作った報告書
reports-page-preview = 印刷される紙面
reports-page-page = { $number }ページ目（全{ $count }ページ）
reports-page-made-as = 全{ $pages }ページ・記録 第{ $seq }号
reports-page-all-days = はじめから今日まで
reports-page-days = { $first }から{ $last }まで
reports-page-now = いまの状態
reports-page-about-who = { $name }さん・{ $days }
reports-page-back = 前
reports-page-on = 次
reports-page-smaller = 小さく
reports-page-larger = 大きく
reports-page-other = ほかの報告書を選ぶ
reports-page-csv = CSVで保存
reports-page-json = JSONで保存
reports-page-save = PDFを保存する
reports-page-save-title = 保存する場所
reports-page-saving = 保存しています
reports-page-saved = 保存しました（{ $place }）
reports-page-print = 印刷する
reports-page-printers = プリンターを探しています
reports-page-printing = 印刷しています
reports-page-printed = { $pages }ページをプリンターに送りました
reports-page-stopped-out = 中止しました。
reports-page-password-title = PDFのパスワード
reports-page-password-text = このPDFは、このパスワードで開きます。書き写して、PDFとは別の方法で伝えてください。
reports-page-password-other-way = 電話や手渡しで伝えます。同じメールには書きません。
reports-page-password-once = この画面を閉じると、もう見られません。忘れたときは、報告書を作り直します。
reports-page-password-noted = 書き写しました
reports-page-password-close = 閉じる

## ログインしたとき
reports-page-due = { $month }の月次監査報告書が、まだ作られていません
reports-page-due-short = { $month }の報告書がまだです
reports-page-due-text = 次の画面で「報告書を作る」を押すまで、何も作られません。
reports-page-due-go = 報告書へ進む

## 印刷と保存
printing-no-printer = プリンターが見つかりません。
    .undone = 印刷していません。
    .todo = プリンターの電源とケーブルを確かめるか、「PDFを保存する」でファイルにしてください。
printing-failed = プリンターが途中で止まりました。
    .undone = 全部のページは印刷されていません。
    .todo = 用紙と電源を確かめて、もう一度印刷してください。
printing-place-unusable = 選んだ場所に書き込めません（{ $place }）。
    .undone = 何も保存していません。書きかけのファイルも残っていません。
    .todo = 書込みが禁止されていない、別のフォルダーを選んでください。
printing-place-full = 選んだ場所の空きが足りません（{ $place }）。
    .undone = 何も保存していません。書きかけのファイルも残っていません。
    .todo = 空きのある、別の場所を選んでください。
printing-pdf-unreadable = この報告書の紙面を表示できません。
    .undone = 印刷も保存もしていません。
    .todo = もう一度作ってください。続くときは管理責任者に知らせてください。

## グラフ
charts-title = グラフ
charts-span = 期間
charts-span-month = 今月
charts-span-last-month = 先月
charts-span-quarter = 3か月
charts-span-year = 12か月
charts-counting = 数えています
charts-as-table = 表で見る
charts-as-chart = 図で見る
charts-nothing = この期間には、数えるものがありません
charts-year = { $year }年
charts-mark-day = { $month }/{ $day }
charts-mark-month = { $month }月
charts-head-day = 日
charts-head-month = 月
charts-head-year = 年
charts-head-name = 区分
charts-counted = { $name }（{ $unit }）
charts-spoken = { $title }。合計{ $total }{ $unit }。いちばん多いのは{ $top }の{ $most }{ $unit }です。
charts-spoken-nothing = { $title }。この期間には、数えるものがありません。
charts-spoken-series = { $name } { $total }{ $unit }

## 記録の画面からの入口
log-reports = 報告書を作る
log-charts = グラフ
log-checkpoint = 照合値を確かめる

## F1
help-reports-title = 「報告書」の使い{ "\u2060" }方
help-reports =
    1. どの報告書を、どの期間について作るかを選び、「報告書を作る」を押します。押すまでは何も作られません。
    2. 印刷される紙面を確かめます。PageUp と PageDown でページを移ります。
    3. 「印刷する」か「PDFを保存する」を押します。同じ内容を、表計算で使えるCSVでも保存できます。
    パスワードを付けると、PDFはそのパスワードがないと開きません。パスワードは一度だけ見られます。
help-charts-title = 「グラフ」の使い{ "\u2060" }方
help-charts =
    期間を選ぶと、持出し、外に出ていた時間、遅れ、点検の結果を数えます。
    「表で見る」を押すと、同じ数字を表で読めます。報告書にも同じ図が載ります。
