# カード点検の画面、カードリーダーのためし、券面の番号での本人確認、設定。
nav-cards = カード点検

# 結果がないとき
check-ready = カードをリーダーに置いてください
check-ready-todo = ケースから出して、中央に置きます。暗証番号は使いません。
check-ready-for = { $name }さんのカードを置いてください
check-former = { $name }さんのカードがまだリーダーにあります
check-former-todo = それを外してから、{ $name }さんのカードを置いてください。
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
check-done = 読み終わりました。カードを外してかまいません。
check-lifted = 外されています。次のカードを置いてください。
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

# 持出しの画面で
desk-card-unread = リーダーの上のカードは調べていません
desk-card-former = { $name }さんのカードがまだリーダーにあります
desk-card-former-text = この人の点検はしていません。外してから、この人のカードを置いてください。
desk-card-recorded = カード点検 { $number }
desk-card-said = カード点検 { $number }：{ $said }

# リーダーのためし
nav-reader-test = リーダーのためし
reader-test-plugged = リーダーを差し込む
reader-test-seen = パソコンがリーダーを見つける
reader-test-on = カードを置く
reader-test-off = カードを外す
reader-test-rounds = 続けて10回、置いて外す
reader-test-plugged-now = リーダーをパソコンに差し込んでください
reader-test-plugged-now-text = 差し込むと、ここに印が付きます。
reader-test-seen-now = パソコンがリーダーを探しています
reader-test-seen-now-text = しばらく待っても見つからないときは、別の差し込み口を試してください。
reader-test-on-now = カードを1枚、リーダーの中央に置いてください
reader-test-on-now-text = どのカードでもかまいません。暗証番号は使いません。カードの内容は残しません。
reader-test-off-now = カードを外してください
reader-test-off-now-text = 外すと、次の手順に進みます。
reader-test-rounds-now = 同じカードを、続けて10回、置いて外してください
reader-test-rounds-now-text = 1回ごとに丸が一つ増えます。読めないときは、最初から数え直します。
reader-test-missed = 読めないことがありました
reader-test-missed-text = カードを中央に置いて、もう一度10回続けてください。何度も続くときは、ケースや金属を離すか、リーダーを取り替えてください。
reader-test-good = このリーダーは使えます
reader-test-good-text = 10回続けて読み取れました。1回は平均{ $mean }秒、いちばん遅いときで{ $slowest }秒でした。
reader-test-took = { $seconds }秒
reader-test-count = { $count } / { $all }回
reader-test-again = 最初から試す
reader-test-back = カード点検に進む

# 設定
settings-page-cards = カードリーダー
settings-cards-reader = リーダー
settings-cards-checks = カード点検
settings-cards-attributes = 券面の番号で、カードと台帳を比べる
settings-cards-attributes-note = 照合番号Bを券面から入力して、氏名・生年月日・性別・住所が台帳と合うかを調べます。
settings-cards-recognition = カード認識
settings-recognition-about = カードを置くだけで、だれのカードかが分かるようにします。ふだんは袋タグで足りるので、使わない設定です。使うには、利用者ごとに同意が必要です。
settings-recognition-on = カード認識を使う
settings-recognition-off = カード認識をやめる
settings-recognition-title-on = カード認識を使いますか
settings-recognition-title-off = カード認識をやめますか
settings-recognition-lawyer = 使う前に、弁護士に確認してください
settings-recognition-lawyer-text = カードの電子証明書から作った印を使うことについて、公的個人認証法や個人情報保護法に反しないかを、施設の責任で確かめます。
settings-recognition-what-on = 発行の番号や証明書は保存しません。このパソコンだけにある鍵で作った印を、同意した人のカードについてだけ覚えます。返還したときと、同意が撤回されたときは、すぐに消します。
settings-recognition-what-off = このパソコンの鍵と、覚えたカードの印がすべて消えます。もう一度使うときは、カードを覚え直します。
settings-recognition-then-on = 切り替えたことは、記録に残ります。同意書に、カード認識の項目が出るようになります。
settings-recognition-then-off = 切り替えたことは、記録に残ります。点検の記録は、そのまま残ります。

# 同意書
agreement-recognition = カード認識に同意
agreement-recognition-note = カードを置くだけで、本人のカードと分かるようにする

# 記録の画面で
log-scan-how = 袋タグを読み取ると、その利用者の記録だけが並びます。

help-cards-title = 「カード点検」の使い{ "\u2060" }方
help-cards =
    1. カードをケースから出して、リーダーの中央に置きます。1秒ほどで結果が出ます。
    2. 一番上の言葉を読みます。下の行のボタンが、次にすることです。
    3. Enter を押して、袋タグを読み取ると、その利用者の点検として記録されます。
    暗証番号は使いません。残り回数は減りません。氏名・写真・番号は読み取りません。
    失効や一時停止は、この画面では分かりません。
help-reader-test-title = 「リーダーのためし」の使い{ "\u2060" }方
help-reader-test =
    新しいリーダーをつないだときに試します。上から順に印が付きます。
    カードは何でもかまいません。暗証番号は使わず、カードの内容は残しません。
    印が付かないときは、上の四角の中の言葉のとおりにしてください。
