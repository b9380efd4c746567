# カード点検の画面、カードリーダーのためし、券面の番号での本人確認、設定。
nav-cards = カード点検

# 結果がないとき
check-ready = カードをリーダーに置いてください
check-ready-todo = ケースから出して、中央に置きます。暗証番号は使いません。
check-ready-for = { $name }さんのカードを置いてください
check-reading = カードを読み取っています
check-reading-todo = 終わるまで、カードを動かさないでください。
check-slow = リーダーの返事を待っています
check-slow-todo = カードを置いたままお待ちください。長く続くときは、カードを中央に置き直してください。
check-try-reader = リーダーを試す
check-again = もう一度読み取る

# 結果
check-today = きょう
check-verdict-within = { $day }は期限内です
check-verdict-certificate = { $day }は電子証明書の期限内です
check-verdict-grace = { $day }は猶予の期間です
check-warnings = 注意 { $count }件
check-done = 読み取りが終わりました。カードを外してかまいません。
check-lifted = カードは外されています。次のカードを置くと読み取ります。
check-kind = 置かれたのは「{ $kind }」です。
check-recorded = 記録 { $number }
check-unrecorded = 記録されていません
check-day-today = 受診日 きょう
check-day = 受診日 { $day }
check-said = カードが答えたこと
check-card = マイナンバーカード
check-drawing = カードの絵。氏名・写真・番号は読み取りません
check-never-read = 斜線の部分（氏名・写真・番号）は読み取りません
check-card-end = カードの期限
check-certificate-end = 電子証明書の期限
check-date-none = 証明書がありません
check-date-unread = 読み取れませんでした
check-days-left = { $state } あと{ $days }日
check-last-day = { $state } この日まで
check-tries = 暗証番号の残り回数
check-tries-free = 調べても、回数は減りません
check-tries-user-auth = 利用者証明用（4桁）
check-tries-signature = 署名用（6〜16文字）
check-tries-card-info = 券面事項入力補助用（4桁）
check-tries-code-b = 照合番号B
check-tries-resident-register = 住民基本台帳用（4桁）
check-tries-no-certificate = 証明書がありません
check-tries-unread = 読み取れませんでした
check-tries-zero = 顔認証またはロック中
check-tries-figures = { $left }/{ $most }回
check-findings = 点検の結果
check-unknowable = ここでは分からないこと
check-unknowable-text = 失効・一時停止の有無と、保険の資格は、医療機関の窓口で確かめます。
check-not-remembered = このカードは、まだ覚えていません
check-not-remembered-text = 覚えると、次からは置くだけで利用者が分かります。
check-act-correct-dates = 台帳を直す
check-act-remember = カードを覚える
check-act-plan = 予定する
check-act-resident = 利用者を開く
check-act-of = { $name }さん
check-act-line = { $number } { $time } カード点検 { $who }

# 利用者と受診日
check-choose = 利用者を選んで記録する
check-choose-title = だれのカードですか
check-choose-how = 袋タグを読み取ってください
check-other-resident = 利用者を選び直す
check-to-desk = 持出し・返却に進む
check-day-title = いつの受診のために調べますか
check-day-text = その日に期限が切れていないかを、もう一度調べます。
check-day-field = 受診日
check-day-go = この日で調べる

# 券面の番号で本人確認
check-attributes = 券面の番号で本人確認

attributes-title = 本人確認
attributes-what = カードの中の氏名・生年月日・性別・住所を、台帳と比べます。比べた結果だけを記録し、番号とカードの内容は残しません。
attributes-birth = 生年月日 6桁
attributes-birth-how = 元号の年・月・日。昭和20年3月5日は 200305
attributes-year = 有効期限 4桁
attributes-year-how = カードの有効期限の西暦の年
attributes-security = セキュリティコード 4桁
attributes-security-how = 券面にある4桁の数字
attributes-field = 照合番号B（14桁）
attributes-show = 番号を見せる
attributes-hide = 番号を隠す
attributes-once = 一度押すと、カードに一度だけ確かめます。間違えると残り回数が1回減ります。
attributes-go = カードと台帳を比べる
attributes-type = 14桁の番号を入力してください
attributes-too-few = 残りが少ないため使えません
attributes-differing = 違うところ：{ $which }。{ $text }

help-cards-title = 「カード点検」の使い{ "\u2060" }方
help-cards =
    1. カードをケースから出して、リーダーの中央に置きます。1秒ほどで結果が出ます。
    2. 一番上の言葉を読みます。下の行のボタンが、次にすることです。
    3. Enter を押して、袋タグを読み取ると、その利用者の点検として記録されます。
    暗証番号は使いません。残り回数は減りません。氏名・写真・番号は読み取りません。
    失効や一時停止は、この画面では分かりません。
