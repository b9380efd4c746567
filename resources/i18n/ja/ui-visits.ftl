# 受診の画面: 予定、出発前の確認、受付方法、訪問診療、結果、医療機関、保険の情報。
nav-visits = 受診

## 予定の一覧
calendar-before = 前
calendar-after = 次
calendar-today = きょう
calendar-span = 表示する期間
calendar-day = 日
calendar-week = 週
calendar-plan = 予定に入れる
calendar-week-of = { $first }〜{ $last }
calendar-clinic = 医療機関で絞る
calendar-clinic-all = すべての行先
calendar-who = 利用者で絞る、袋タグ
calendar-rounds = 訪問診療
calendar-import = 取り込む
calendar-between = ・
calendar-done = 済み
calendar-missed = 出かけていません
calendar-edit = 変える
calendar-step-prepare = 準備する
calendar-step-take = 持ち出す
calendar-step-return = 返却する
calendar-step-outcome = 結果を書く
calendar-none = { $day }の受診はありません
calendar-none-how = 「予定に入れる」で、行く人・医療機関・時刻を登録します。当日はここから準備と出発ができます。
calendar-none-found = 当てはまる受診はありません
calendar-none-found-how = 絞込みを変えるか、別の日を選んでください。
calendar-day-count = { $day } 受診 { $count }件
calendar-clash-escort = { $name }さんの付添が重なっています。{ $first } { $one }と { $second } { $other }
calendar-clash-resident = { $name }さんの受診が重なっています。{ $first } と { $second }

## 予定を入れる
plan-as-last-time = 前回と同じ
plan-as-last-time-of = 前回と同じにする（{ $place }、{ $day }）
plan-place-hint = 医療機関の名前
plan-clinic-new = 登録にない行先です
plan-clinic-phone = 電話 { $phone }
plan-clinic-visual = 目視確認 { $answer }
plan-note-label = メモ
plan-note-hint = 持ち物、お願いなど
plan-transport = 移動
plan-first-visit = はじめての受診か
plan-first-visit-unknown = わからない
plan-first-visit-yes = はじめて
plan-first-visit-no = 再診
plan-again = くり返し
plan-again-never = くり返さない
plan-again-weekly = 毎週 { $weekday }曜日
plan-again-fortnightly = 2週ごと { $weekday }曜日
plan-again-four-weekly = 4週ごと { $weekday }曜日
plan-again-monthly-weekday = 毎月 第{ $nth }{ $weekday }曜日
plan-again-monthly-last = 毎月 最後の{ $weekday }曜日
plan-again-monthly-day = 毎月 { $day }日
plan-until = いつまで
plan-until-hint = 空ならずっと
plan-conflict = 予定が重なっています
plan-conflict-resident = 本人の別の受診があります。{ $starts }〜{ $ends } { $place }
plan-conflict-escort = 付添の職員は、{ $name }さんに付き添っています。{ $starts }〜{ $ends } { $place }
plan-conflict-things-out = 預かり品が持出中です。{ $ends }に戻る予定（{ $place }）
plan-go-despite = 重なったまま予定する
plan-end-series = くり返しを終える

## 受付方法
ways-title = 受付方法
ways-details = { $way }のくわしい内容
ways-along = 一緒に持っていくもの
ways-closed = 使えない方法 { $count }件とそのわけ
ways-no-birth-date = 生年月日がないので、受付方法を出せません。利用者の画面で登録してください。
ways-ratio = { $tenths }割
ways-ratio-or = か
ways-ratio-unknown = わからない
ways-ratio-nothing = 自己負担なし（医療扶助）
ways-ratio-no-source = 出所の記録なし
ways-ratio-source = { $source }、{ $day }
ways-ratio-missing = 負担割合の記録がありません。届いた書類か保険者で確かめてください。
ways-ratio-to-confirm = 8月1日に変わることがあります。新しい書類で確かめてください。
ways-ratio-impossible = 年齢と所得の区分からは、{ $possible }のはずです。保険者に確かめてください。

## 出発前の確認
leave-scan = 袋タグを読み取ってください
leave-change = 予定を変える
leave-go = 出発する
leave-when = { $day } { $time }
leave-with = 付添
leave-back = 戻り
leave-papers = 出発と一緒に印刷するもの
leave-sheet = 受診準備シート
leave-card = 付添カード
leave-declaration = 資格申立書
leave-print-now = いま印刷する
leave-printed = 印刷しました
leave-making-paper = 印刷するものを作っています
leave-reasons = わけを書いて進む
leave-card-read = カードを点検しました
leave-done = { $name }さんが出発しました（{ $number }）
leave-then = 押すと記録され、{ $time }まで「持出中」になります。
leave-then-print = 押すと記録され、{ $time }まで「持出中」になります。{ $count }枚印刷します。
leave-pouch = 袋
leave-pieces = 持っていくもの
leave-card-check = カード点検
leave-paper = 書類の期限
leave-ratio = 負担割合
leave-return-time = 戻る時刻
leave-escort = 付添
leave-pouch-ok = 本人の袋です
leave-pieces-ok = { $count }点
leave-items = { $items }
leave-card-check-ok = { $time } に点検しました
leave-paper-ok = 受診の日に使えます
leave-return-time-ok = { $time }
leave-escort-ok = { $name }さん
leave-why-not-scanned = 袋タグを読み取ってください
leave-why-unknown-tag = 登録のない袋タグです。もう一度読み取ってください
leave-why-other-pouch = { $name }さんの袋です。{ $kana }さんの袋を出してください
leave-why-nothing-taken = 持っていくものを選んでください
leave-why-pieces-missing = 足りません: { $items }
leave-why-not-checked = カードをリーダーに置くと点検します
leave-why-for-another-day = 別の日の点検です。カードを置き直してください
leave-why-check-blocks = { $time } の点検で、受診に使えないとわかりました
leave-why-no-card-goes = カードは持っていきません
leave-why-birth-date-missing = 生年月日がないので、確かめられません
leave-why-nothing-valid = 受診の日に使える書類がありません。保険者に連絡してください
leave-why-expired = 期限切れ: { $items }
leave-why-no-return-time = 戻る時刻を入れてください
leave-why-no-escort = 付き添う人を決めてください
leave-passed = わけ: { $reason }
leave-mend-pieces = 選ぶ
leave-mend-card = 点検へ
leave-mend-ratio = 記入する
leave-mend-return-time = 入れる
leave-mend-escort = 決める
leave-state-ok = 確認済
leave-state-notice = わけを書いて進む
leave-state-warn = 未確認
leave-state-block = 出発できません
leave-verdict-green = そろいました
leave-verdict-green-text = 出発できます。
leave-verdict-passed = わけを書いて出発します
leave-verdict-passed-text = 書いたわけは記録に残ります。
leave-verdict-open = あと { $count }件
leave-verdict-open-text = 黄色の行を確かめてください。
leave-verdict-blocked = 袋が違います
leave-verdict-blocked-text = この袋では出発できません。
leave-verdict-day = 受診は{ $day }です
leave-verdict-day-text = きょうは準備と印刷だけできます。
leave-off-right = 持ち出す権限がありません
leave-off-pouch = 袋が違います
leave-off-day = 出発は受診の日にできます
leave-off-open = あと { $count }件あります
leave-off-nothing = 持っていくものがありません
leave-pieces-title = 持っていくもの
leave-pieces-go = これを持っていく
leave-reason-hint = わけ（空なら、そのまま）
leave-reasons-note = だれが、どの確認を、なぜ残して出発したかが記録に残ります。
leave-reasons-go = わけを残す

## 訪問診療
rounds-name = 訪問診療
rounds-people = { $count }人
rounds-unit = 人
rounds-place = 館内・{ $clinic }
rounds-ready = 準備 { $done } / { $count }
rounds-out = 持出中 { $done } / { $count }
rounds-title = 訪問診療 { $clinic } { $day } { $time }
rounds-who = 診てもらう人
rounds-together = まとめて持ち出す・返す
rounds-device = 医師の機器: { $device }
rounds-device-unknown = 医師の機器は、まだ聞いていません
rounds-device-label = 医師が使う機器
rounds-carries = カードを持つ人
rounds-no-card = カードなし（再照会）
rounds-card = カードが要ります
rounds-nothing = 持っていくものがありません
rounds-blocked = 使える書類がありません
rounds-things = { $items }
rounds-mark-known = 前に読み取った
rounds-mark-new = まだ読み取っていない
rounds-how-out = カードは館内の人だけが持ちます。一つの記録で、全員分が持出中になります。
rounds-how-back = 元の場所にしまったら、一つずつ選ぶか袋タグを読み取ります。
rounds-slot = { $slot } { $name }
rounds-take = { $count }人分を持ち出す
rounds-return = { $count }人分を返却する
rounds-off-back = あと { $count }人分をしまってください
rounds-off-none = 持ち出すカードはありません
rounds-done-out = まとめて持ち出しました（{ $number }）
rounds-done-back = まとめて返却しました（{ $number }）
rounds-planned = 訪問診療を予定に入れました
rounds-plan-title = 訪問診療を予定する
rounds-change-title = 訪問診療の予定
rounds-plan-note = 当日は、全員のカードを一度に持ち出し、一度に返せます。
rounds-cancel = 訪問診療を取りやめる
rounds-clinic = 訪問する医療機関
rounds-no-clinic = 訪問診療に来る医療機関が登録されていません。「医療機関」で登録してください。
rounds-begins = 始まり
rounds-ends = 終わり
rounds-choose = 診てもらう人を選んでください
rounds-chosen = { $count }人を選びました

## 結果
outcome-title = 受診の結果
outcome-of = { $name }さん { $day } { $place }
outcome-way = 受付できた方法
outcome-no-way = どれも使えなかった
outcome-other-way = ほかの方法
outcome-minutes = 窓口でかかった時間（分）
outcome-minutes-wrong = 分を数字で入れてください
outcome-ratio = 窓口で示された負担割合
outcome-ratio-not-seen = 見ていない
outcome-ratio-ours = こちらの記録は { $ratio }（{ $source }、{ $day }）
outcome-ratio-ours-none = こちらの記録はありません
outcome-differs = 負担割合が違います
outcome-differs-text = 保険者に確かめる用件として残ります。
outcome-troubles = 窓口で困ったことがあった
outcome-papers = 受け取ったもの
outcome-note = メモ
outcome-note-hint = 次の人に伝えること
outcome-note-corrects = 前に書いた結果は記録に残り、新しい結果が加わります。
outcome-go = 結果を残す
outcome-off = 受付できた方法を選んでください
outcome-done = 受診の結果を残しました（{ $number }）
outcome-done-question = 受診の結果を残しました（{ $number }）。負担割合を保険者に確かめてください。

## 医療機関
clinics-page-title = 医療機関
clinics-unit = 件
clinics-search = 名前、電話番号でさがす
clinics-add = 医療機関を加える
clinics-add-title = 医療機関を加える
clinics-change-title = 医療機関の登録
clinics-add-save = 加える
clinics-none = 医療機関はまだありません
clinics-none-how = 電話番号や、目視確認ができるかを登録しておくと、受付方法がくわしく出ます。
clinics-none-found = 見つかりません
clinics-none-found-how = 名前の一部か、電話番号で探してください。
clinics-visual-works = 目視確認 使えた
clinics-visual-refused = 目視確認 断られた
clinics-visual-unknown = 目視確認 未確認
clinics-pmh-yes = 公費もカードで
clinics-livelihood-ready-yes = 医療扶助に対応
clinics-phone-ready-yes = スマホに対応
clinics-comes = 訪問診療に来る
clinics-resting = 使っていない
clinics-name = 名前
clinics-visual-mode = 目視確認
clinics-pmh = 公費をカードで確認できる
clinics-livelihood-ready = 医療扶助のカードに対応
clinics-phone-ready = スマホに対応
clinics-house-calls = 訪問診療に来る
clinics-active = 予定を入れるときに選べる
clinics-active-note = はずすと、一覧に残りますが選べなくなります
clinics-note = 受診の結果を書くと、目視確認が使えたかどうかは自動で変わります。
clinics-done-added = 医療機関を加えました
clinics-done-changed = 医療機関の登録を変えました

## 保険の情報
insurance-title = 保険の情報
insurance-card = 保険の情報
insurance-coverage = 医療保険
insurance-registered = 健康保険証の利用登録
insurance-income = 所得の区分
insurance-ratio = 負担割合
insurance-source-how = 書類の名前、保険者の電話など
insurance-at-desk = 窓口での確認
insurance-pin-known-by = 暗証番号を言える人
insurance-consents-face = 顔認証を望む
insurance-consents-visual = 目視確認を望む
insurance-more = そのほかの情報
insurance-wishes-registration = 利用登録を望む
insurance-disability-certified = 障害認定（65歳以上の後期）
insurance-card-has-photo = カードに写真がある
insurance-portal = マイナポータルの画面
insurance-phone-certificates = スマホに電子証明書がある
insurance-phone-needs-pin = スマホで暗証番号が要る
insurance-welfare = 福祉事務所
insurance-told-on = 受診を伝えた日
insurance-note-label = メモ
insurance-not-noted = 記録なし
insurance-note = わからないことは「未確認」のままにします。ほかの項目から推測して埋めることはありません。

## ふり返り
works-title = ふり返り
works-where = どこで何が使えたか
works-paper = 報告書
works-none = まだ結果がありません
works-none-how = 受診から戻ったときに結果を書くと、ここに集まります。
works-unit-times = 回
works-unit-minutes = 分
works-unit-cases = 件
works-visits = 受診
works-told = 結果あり
works-trouble = 困りごと
works-lost = かかった時間（困りごと）
works-questions = 保険者に確認中
works-way-count = { $way } { $count }
works-head-clinic = 医療機関
works-head-visits = 受診
works-head-ways = 受付できた方法
works-head-trouble = 困りごと
works-head-median = 分（中央）
works-head-lost = 分（困りごと）
works-chart-months = 月ごとの受診
works-chart-ways = 受付できた方法
works-chart-troubles = 困りごとの種類
works-chart-lost = 困りごとにかかった時間
works-series-smooth = 困りごとなし
works-series-trouble = 困りごとあり
works-questions-title = 保険者に確かめること
works-question = { $name }さんの負担割合
works-question-text = 窓口では{ $seen }、こちらの記録は{ $noted }（{ $place }、{ $day }）
works-settle = 答えを書く
works-settle-title = 保険者の答え
works-settle-save = 残す
works-answer = 保険者が答えたこと
works-settle-note = 負担割合そのものは、利用者の「保険・受付」で直してください。
works-settled = 保険者の答えを残しました
residents-tab-insurance = 保険・受付

## 取込み
visit-import-title = 受診の予定を取り込む
visit-import-what = 受診の予定の一覧（CSV、Excel）を選んでください。日・時刻・医療機関・氏名の列が要ります。
visit-import-counts = 受診 新しく { $new }件、変更 { $changed }件、そのまま { $unchanged }件
visit-import-conflicts = { $count }件が、ほかの予定と重なっています
visit-import-despite = 重なったまま取り込む
visit-import-done = 受診の予定を { $count }件取り込みました
import-head-when = 日時
import-head-place = 行先
import-head-change = 取込み

## 救急
release-sheet-title = 救急シート
release-sheet = 救急シートを印刷する
release-sheet-done = 救急シートを印刷しました
release-family = 家族・代理人へ電話する
release-family-none = 電話番号の登録がありません
release-doing-sheet = 救急シートを作っています

help-visits-title = 「受診」の使い{ "\u2060" }方
help-visits =
    1. 「予定に入れる」で、だれがいつどこへ行くかを登録します。くり返しもできます。
    2. 当日、行のボタンを押すか袋タグを読み取ると、出発前の確認が出ます。
    3. カードをリーダーに置き、黄色の行がなくなったら「出発する」を押します。シートも印刷されます。
    4. 戻ったら袋タグを読み取り、しまう場所を確かめて Enter。続けて結果を書きます。
    訪問診療は、全員分のカードを一度に持ち出し、一度に返せます。
help-departure-title = 「出発前の確認」の使い{ "\u2060" }方
help-departure =
    袋タグを読み取り、カードをリーダーに置きます。緑の行は済んだ確認、黄色の行は残っている確認です。
    左の「受付方法」は、窓口で試す順番です。行を押すと、言うことと持っていくものが出ます。
    どうしても残る確認は、わけを書けば進めます。わけは記録に残ります。

## きょうの画面に加わるもの
today-do-ratio-question = 負担割合を保険者に確かめる
today-do-ratio-question-text = { $name }さん { $item }の窓口と違いました
today-step-question = 答えを書く
term-to-do-kind-ratio-question = 負担割合の確認
term-to-do-kind-lost-steps = 紛失の対応
term-to-do-kind-lost-close = 紛失対応の終了
term-to-do-kind-lost-review = 紛失の見直し
term-unit-minutes = 分

term-visit-target-number = 利用者番号
term-visit-target-name = 氏名
term-visit-target-birth-date = 生年月日
term-visit-target-room = 居室
term-visit-target-day = 日
term-visit-target-starts = 出る時刻
term-visit-target-returns = 戻る時刻
term-visit-target-clinic = 医療機関
term-visit-target-purpose = 用件
term-visit-target-escort = 付添
term-visit-target-transport = 移動
term-visit-target-booked = 予約済
term-visit-target-first-visit = はじめてか
term-visit-target-note = メモ

help-house-call-title = 「訪問診療」の使い{ "\u2060" }方
help-house-call =
    1. 医師が前にカードを読み取った人は「前に読み取った」を押します。その人のカードは要りません。
    2. カードを持つ人を選び、大きなボタンで全員分を一度に持ち出します。
    3. 戻ったら、元の場所にしまった袋を選ぶか袋タグを読み取り、全部そろったら返却します。
help-clinics-title = 「医療機関」の使い{ "\u2060" }方
help-clinics =
    電話番号と、窓口で何ができるかを登録します。受付方法の順番は、ここの内容で変わります。
    目視確認が使えたかどうかは、受診の結果を書くと自動で変わります。
help-visit-results-title = 「ふり返り」の使い{ "\u2060" }方
help-visit-results =
    どの医療機関で、どの方法が使えたか、何に困ったかを数えています。結果が書かれた受診だけが対象です。
    窓口で負担割合が違ったときは、保険者に確かめて答えを書きます。「報告書」で紙に印刷できます。
