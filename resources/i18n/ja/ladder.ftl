## 受付方法（医療機関の窓口での確認のしかた）

ladder-way-face = マイナ保険証と顔認証
ladder-way-pin = マイナ保険証と暗証番号
ladder-way-visual = マイナ保険証と目視確認
ladder-way-certificate = 資格確認書
ladder-way-portal = カードとマイナポータルの画面
ladder-way-notice = カードと資格情報のお知らせ
ladder-way-phone = スマホのマイナ保険証
ladder-way-oral = 口頭での確認（再診）
ladder-way-declaration = 被保険者資格申立書
ladder-way-livelihood = 医療券・診療依頼書
ladder-way-recheck = 再照会（カードなし）
ladder-way-pharmacy = 処方箋（薬局・本人なし）
ladder-way-ambulance = 救急隊にカードを見せる

term-openness-open = 頼めます
term-openness-unsure = 要確認
term-openness-closed = 使えません

term-certainty-state = 国の資料
term-certainty-published = 保険者・市区町村などの案内
term-certainty-decision = このプログラムの決めごと
term-certainty-unverified = 要確認

ladder-source = { $source }（{ $certainty }、{ $checked }に確認）

## 窓口で言うこと

ladder-say-face = 「マイナ保険証です。顔認証でお願いします。」
ladder-say-pin = 「マイナ保険証です。本人が暗証番号を入力します。」
ladder-say-visual = 「顔認証と暗証番号が使えません。目視確認をお願いします。」
ladder-say-certificate = 「資格確認書でお願いします。」
ladder-say-portal = 「カードと、この資格情報の画面で、確認をお願いします。」
ladder-say-notice = 「カードと、資格情報のお知らせで、確認をお願いします。」
ladder-say-phone = 「スマートフォンのマイナ保険証は使えますか。」
ladder-say-oral = 「前にかかっています。口頭での確認をお願いします。」
ladder-say-declaration = 「資格が確認できないので、被保険者資格申立書を出します。」
ladder-say-livelihood = 「生活保護を受けています。医療券（診療依頼書）です。」
ladder-say-recheck = 「前に同意しています。再照会をお願いします。」
ladder-say-pharmacy = 「本人の代わりに、処方箋の薬を受け取りに来ました。」
ladder-say-ambulance = 「マイナ保険証があります。マイナ救急で見てください。」

## なぜ、これが先か

ladder-first-face = カードが使え、本人がカメラを見るだけで済みます。
ladder-first-pin = カードが使え、暗証番号を言える人がいます。
ladder-first-visual = カードが使え、写真を見比べてもらえば済みます。
ladder-first-certificate = 紙を見せるだけで済みます。
ladder-first-portal = カードを読み取れないので、画面で資格を示します。
ladder-first-notice = カードを読み取れないので、お知らせで資格を示します。
ladder-first-phone = スマートフォンに電子証明書があります。
ladder-first-oral = 読み取れるものがなく、前にかかった医療機関です。
ladder-first-declaration = 読み取れるものがなく、はじめての医療機関です。
ladder-first-livelihood = 生活保護では、医療券を出せば確かめられます。
ladder-first-recheck = 前に同意しているので、カードは要りません。
ladder-first-pharmacy = 本人が行かないので、処方箋で受け取ります。
ladder-first-ambulance = 救急隊が、薬や受診の情報を見られます。

## できないこと

ladder-cannot-public-funds = 公費の受給者証は別に要ります
ladder-cannot-medical-information = 薬や健診の情報は伝わりません
ladder-cannot-takes-time = 受付に時間がかかります。予約のときに伝えてください
ladder-cannot-limit-unless-printed = 限度額は、書いてあるときだけ使えます
ladder-cannot-alone = 単独では使えません。カードも出します
ladder-cannot-not-everywhere = 使えない医療機関があります
ladder-cannot-only-known-there = 前にかかった医療機関だけです
ladder-cannot-difference-later = あとで差額を払うことがあります
ladder-cannot-as-issued = 書いてある医療機関と月だけです
ladder-cannot-while-it-goes-on = 同じ医療機関の訪問が続く間だけです
ladder-cannot-desk-asks-again = 病院の窓口では、もう一度確認されます

## 持ち物

ladder-bring-card = マイナンバーカード（ケースから出す）
ladder-bring-pin = 暗証番号を知っている本人・法定代理人
ladder-bring-certificate = 資格確認書
ladder-bring-notice = 資格情報のお知らせ
ladder-bring-screen = マイナポータルの画面、または保存した資格情報
ladder-bring-phone = 本人のスマートフォン
ladder-bring-card-first-time = マイナンバーカード（はじめての所では両方）
ladder-bring-declaration = 被保険者資格申立書
ladder-bring-ticket = 医療券・診療依頼書
ladder-bring-prescription = 処方箋
ladder-along-ticket = 医療券・診療依頼書
ladder-along-public-funds = { $kind }（紙）

## わけ

ladder-why-no-card = カードを預かっていません。
ladder-why-card-lost = カードは紛失中です。
ladder-why-card-expired = カードの期限は{ $until }に切れました。
ladder-why-certificate-past-grace = 電子証明書の猶予は{ $until }に切れました。
ladder-why-no-certificate-on-card = カードに電子証明書がありません。
ladder-why-card-blocked = きょうのカード点検で、使えないとわかりました。
ladder-why-not-registered = 健康保険証の利用登録がありません。
ladder-why-no-photo = 写真のないカードです。
ladder-why-reader-broken = 医療機関のカードリーダーが使えません。
ladder-why-declined = 本人が望んでいません。
ladder-why-face-card = 顔認証マイナンバーカードです（暗証番号がありません）。
ladder-why-pin-not-known = 本人も法定代理人も、暗証番号を知りません。
ladder-why-pin-blocked = 暗証番号の残り回数が0です（ロック中か、顔認証のカードです）。
ladder-why-visual-refused = この医療機関では、目視確認を断られています。
ladder-why-web-needs-pin = マイナ在宅受付Webは、暗証番号だけです。
ladder-why-house-call = 訪問では、顔認証の機器がありません。
ladder-why-person-not-there = 本人が行かないので使えません。
ladder-why-no-screen = 資格情報の画面も、保存したものもありません。
ladder-why-portal-in-grace = 猶予の間は、マイナポータルに入れません。
ladder-why-no-notice = 資格情報のお知らせを預かっていません。
ladder-why-notice-expired = お知らせの期限は{ $until }に切れました。
ladder-why-no-certificate = 資格確認書を預かっていません。
ladder-why-certificate-expired = 資格確認書の期限は{ $until }に切れました。
ladder-why-certificate-not-begun = 資格確認書が使えるのは{ $until }からです。
ladder-why-turned-75 = 75歳の前の保険の書類です。
ladder-why-no-phone = スマートフォンに電子証明書があると聞いていません。
ladder-why-first-visit = はじめての受診です。
ladder-why-not-insured = 生活保護で、医療保険に入っていません。
ladder-why-no-ticket = 医療券を預かっていません。
ladder-why-ticket-expired = 医療券の期限は{ $until }に切れました。
ladder-why-ticket-not-begun = 医療券が使えるのは{ $until }からです。
ladder-why-ticket-goes-along = 保険証と一緒に、医療券も出します。
ladder-why-welfare-office-not-told = 福祉事務所に連絡していません。
ladder-why-clinic-not-ready = 医療機関が、医療扶助のカードに対応していません。
ladder-why-prescription-expired = 処方箋が使えたのは{ $until }までです。
ladder-why-no-information-in-grace = 猶予の間は、薬や受診の情報を見られません。
ladder-why-only-house-call = 訪問診療だけの方法です。
ladder-why-only-livelihood = 生活保護の人だけの方法です。
ladder-why-only-pharmacy = 薬局に職員だけで行くときの方法です。
ladder-why-only-emergency = 救急のときだけの方法です。

ladder-why-dates-not-noted = 期限が台帳にありません。券面を見てください。
ladder-why-registration-unknown = 利用登録があるか、わかっていません。
ladder-why-register-at-reader = 本人が望むので、窓口の機器で利用登録をします。
ladder-why-coverage-unknown = どの医療保険か、台帳にありません。
ladder-why-coverage-outdated = 台帳の保険と書類が合いません。保険者に確かめてください。
ladder-why-consent-not-noted = 本人の希望を、まだ聞いていません。
ladder-why-photo-unknown = カードに写真があるか、見てください。
ladder-why-face-note-unknown = 追記欄に「顔認証」とあるか、見てください。
ladder-why-pin-knower-unknown = 暗証番号を知っている人を、まだ聞いていません。
ladder-why-visual-unknown = 目視確認ができるか、予約のときに聞いてください。
ladder-why-device-unknown = 医師が使う機器によります。
ladder-why-person-may-not-answer = 本人が答えられないことがあります。
ladder-why-clinic-phone-unknown = 医療機関がスマホに対応しているか、わかりません。
ladder-why-phone-in-grace = カードの電子証明書が切れています。スマホでも使えないことがあります。
ladder-why-first-visit-unknown = はじめての受診か、わかりません。
ladder-why-oral-first = 再診では、先に口頭での確認を頼みます。
ladder-why-nothing-promised = 受け付けてもらえる約束はありません。
ladder-why-earlier-reading-unknown = 前にカードを読み取ったか、確かめてください。
ladder-why-clinic-readiness-unknown = 医療機関が医療扶助のカードに対応しているか、聞いてください。
ladder-why-told-long-ago = 福祉事務所に連絡したのは{ $until }です。もう一度確かめてください。
ladder-why-prescription-day-unknown = 処方箋の日付を見てください（4日間）。

ladder-why-in-grace = { $until }まで、資格の確認だけできます。
ladder-why-pin-by-representative = 暗証番号を知る法定代理人が一緒に行きます。
ladder-why-call-first = 先に医療機関へ電話して、カードがないことを伝えます。

ladder-why-certificate-in-grace = 電子証明書は猶予中です。受診に使えるのは{ $until }までです。
ladder-why-ask-insurer-early = 資格確認書は、{ $until }より後に届くことがあります。早めに保険者へ聞いてください。
ladder-why-card-ends-soon = カードか電子証明書の期限が近いです（{ $until }まで）。
ladder-why-renewal-open = 電子証明書の更新ができます（{ $until }まで）。
ladder-why-paper-ends-soon = 資格確認書の期限が近いです（{ $until }まで）。
ladder-why-certificate-due = 資格確認書がありません。保険者に交付を頼んでください。
ladder-why-certificate-by-age = 年齢から、資格確認書が届くはずです。届いていないときは、保険者に聞いてください。
ladder-why-turning-75 = { $until }に75歳になります。後期高齢者医療の書類が届いたか、見てください。
ladder-why-look-at-face-note = 追記欄に「顔認証」とあるか、見て登録してください。
ladder-why-public-funds-expired = { $kind }の期限は{ $until }に切れました。

## 出かけられないとき

ladder-block-contact-insurer = 使える書類がありません。保険者へ連絡してください。
ladder-block-contact-welfare-office = 使える書類がありません。福祉事務所へ連絡してください。
ladder-block-contact-clinic = 処方箋の期限が切れています。医療機関へ連絡してください。
