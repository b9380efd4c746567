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
