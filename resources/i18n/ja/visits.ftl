## 受診の予定

visits-in-the-past = その日時は過ぎています。
    .undone = 予定は保存していません。
    .todo = これからの日時を入力してください。済んだ持出しは記録で見られます。
visits-closed = この予定は、取り消されたか、もう出かけています。
    .undone = 予定は変わっていません。
    .todo = 新しい予定を入れてください。
visits-conflict = { $kind }（{ $name }さん、{ $at }、{ $count }件）。
    .undone = 予定は保存していません。
    .todo = 時刻か付添を変えるか、承知のうえで「重なったまま予定する」を選んでください。
visit-series-empty = この条件では、受診の日が一日もありません。
    .undone = 予定は保存していません。
    .todo = はじまりの日、おわりの日、曜日を確かめてください。
visit-series-ended = このくり返しは、もう終わっています。
    .undone = 予定は変わっていません。
    .todo = 新しいくり返しを入れてください。

clinics-there = 「{ $name }」は、もう登録されています。
    .undone = 保存していません。
    .todo = 一覧から選んで、内容を直してください。

term-conflict-kind-resident = 本人の予定が重なっています
term-conflict-kind-escort = 付添の予定が重なっています
term-conflict-kind-things-out = 預かり品が持出中です

term-visit-state-planned = 予定
term-visit-state-out = 外出中
term-visit-state-back = 結果の記入待ち
term-visit-state-done = 済み
term-visit-state-cancelled = 取消

term-transport-unknown = 未定
term-transport-facility-car = 施設の車
term-transport-care-taxi = 介護タクシー
term-transport-clinic-bus = 医療機関の送迎
term-transport-family = 家族の送迎
term-transport-on-foot = 徒歩
term-transport-other = その他

term-repeat-weekly = 毎週・隔週
term-repeat-monthly-weekday = 毎月の第何曜日
term-repeat-monthly-day = 毎月の日にち

term-coverage-unknown = 未確認
term-coverage-kokuho = 国民健康保険
term-coverage-kouki = 後期高齢者医療
term-coverage-shaho = 職場の健康保険
term-coverage-livelihood = 生活保護（医療扶助）

term-answer-unknown = 未確認
term-answer-yes = はい
term-answer-no = いいえ

term-pin-known-by-unknown = 未確認
term-pin-known-by-nobody = だれも知らない
term-pin-known-by-person = 本人が言える
term-pin-known-by-legal-representative = 同行する法定代理人が知っている

term-income-class-unknown = 未確認
term-income-class-general = 一般
term-income-class-above = 一定以上所得
term-income-class-active = 現役並み

term-visual-mode-unknown = 未確認
term-visual-mode-works = 使えた
term-visual-mode-refused = 断られた

term-portal-screen-unknown = 未確認
term-portal-screen-none = なし
term-portal-screen-log-in = 窓口でログインできる
term-portal-screen-saved = 保存した画面がある

term-house-call-device-unknown = 未確認
term-house-call-device-app = マイナ資格確認アプリ
term-house-call-device-web = マイナ在宅受付Web

departure-open = 出発前の確認で、{ $count }件が残っています（{ $code }）。
    .undone = 持出しは記録されていません。
    .todo = 残りを済ませるか、権限のある職員が理由を書いて通してください。
departure-wrong-pouch = ほかの利用者の袋です。
    .undone = 持出しは記録されていません。
    .todo = 袋を元の場所に戻し、この利用者の袋を読み取ってください。

outcomes-there = この受診の結果は、もう記入されています。
    .undone = 何も変わっていません。
    .todo = 直すときは「結果を訂正する」を選んでください。
outcomes-missing = この受診の結果は、まだ記入されていません。
    .undone = 何も変わっていません。
    .todo = 先に結果を記入してください。
outcomes-not-begun = この受診は、まだ始まっていないか、取り消されています。
    .undone = 結果は記録されていません。
    .todo = 受診から戻ってから記入してください。
outcomes-choice-not-known = 選んだ項目（{ $code }）が一覧にありません。
    .undone = 結果は記録されていません。
    .todo = 画面を開き直して、選び直してください。
outcomes-no-question = この受診に、保険者への確認は残っていません。
    .undone = 何も変わっていません。
    .todo = 「きょう」のやることを見直してください。

house-calls-clinic-does-not-come = 「{ $name }」は、訪問診療をする医療機関として登録されていません。
    .undone = 予定は保存していません。
    .todo = 医療機関の登録で「訪問診療あり」にするか、ほかの医療機関を選んでください。
house-calls-closed = この訪問診療は、取り消されたか、もうカードを持ち出しています。
    .undone = 何も変わっていません。
    .todo = 新しい予定を入れるか、返却してからやり直してください。
house-calls-not-of-round = この訪問診療にいない利用者か、もう持ち出した利用者が選ばれています。
    .undone = 持出しは記録されていません。
    .todo = 一覧を読み直して、選び直してください。

term-check-code-pouch = 袋の確認
term-check-code-pieces = 中身の確認
term-check-code-card-check = きょうのカード点検
term-check-code-paper = 受診日に使えるか
term-check-code-ratio = 負担割合
term-check-code-return-time = 戻りの時刻
term-check-code-escort = 付添

term-check-state-ok = よし
term-check-state-not-needed = 不要
term-check-state-open = 未確認
term-check-state-blocked = 出発できません

term-check-why-nothing = 問題はありません
term-check-why-not-scanned = 袋タグをまだ読み取っていません
term-check-why-unknown-tag = 登録のないタグです
term-check-why-other-pouch = ほかの利用者の袋です
term-check-why-nothing-taken = 持って行く物が選ばれていません
term-check-why-pieces-missing = いつも持って行く物が足りません
term-check-why-not-checked = きょうのカード点検がまだです
term-check-why-for-another-day = 受診日より前の日付で点検しています
term-check-why-check-blocks = 点検で、このカードは使えないと出ました
term-check-why-no-card-goes = カードは持って行きません
term-check-why-birth-date-missing = 生年月日が登録されていません
term-check-why-nothing-valid = 受付で使える物がありません。保険者などへ連絡してください
term-check-why-expired = 期限の切れた物があります
term-check-why-ratio-missing = 負担割合がわかりません
term-check-why-ratio-to-confirm = 負担割合が8月の切替えより前のものです
term-check-why-ratio-impossible = 年齢や所得の区分に合わない負担割合です
term-check-why-ratio-not-paid = 医療扶助のため不要です
term-check-why-no-return-time = 戻りの時刻が決まっていません
term-check-why-no-escort = 付添が決まっていません

term-ratio-state-known = 確認済み
term-ratio-state-missing = 未確認
term-ratio-state-to-confirm = 要確認（8月の切替え）
term-ratio-state-impossible = ありえない割合

term-lack-blocked = 受付で使える物がない
term-lack-conflict = 予定が重なっている
term-lack-things-missing = 持って行く物が足りない
term-lack-ratio = 負担割合の確認
term-lack-escort = 付添
term-lack-return-time = 戻りの時刻
term-lack-card-check = カード点検
