## 預かり同意書

agreements-missing = { $resident }さんの預かり同意書がありません。
    .undone = 預かりも持出しも記録していません。
    .todo = 先に同意書を登録してください。救急のときは緊急持出し（F12）を使えます。
agreements-withdrawn = { $resident }さんの預かり同意は撤回されています。
    .undone = 預かりも持出しも記録していません。
    .todo = 預かり品を返すか、新しい同意書を登録してください。救急のときは緊急持出し（F12）を使えます。
agreements-review-passed = { $resident }さんの同意書は、見直しの日を過ぎています。
    .undone = 預かりも持出しも記録していません。
    .todo = 本人の意思を確かめて、同意書の見直しを記録してください。救急のときは緊急持出し（F12）を使えます。
agreements-kind-not-covered = { $resident }さんの同意書に「{ $kind }」がありません。
    .undone = 預かりも持出しも記録していません。
    .todo = 「{ $kind }」を含む同意書を登録してください。
agreements-power-missing = { $resident }さんの同意書の同意者は、預かりに同意する立場にありません。
    .undone = 預かりも持出しも記録していません。
    .todo = 本人か、権限のある代理人の同意を登録してください。家族の場合は、本人の意思をどう確かめたかも記録します。
agreements-proof-missing = { $resident }さんの代理人の権限を示す書類が確認されていません。
    .undone = 預かりも持出しも記録していません。
    .todo = 登記事項証明書などを見て、同意書に「確認済み」と記録してください。

term-capacity-self = 本人
term-capacity-parent = 親権者
term-capacity-minor-guardian = 未成年後見人
term-capacity-adult-guardian = 成年後見人
term-capacity-curator = 保佐人
term-capacity-assistant = 補助人
term-capacity-voluntary-guardian = 任意後見人
term-capacity-mandatary = 任意代理人
term-capacity-family = 家族
term-capacity-guarantor = 身元引受人

term-power-own = 本人
term-power-by-law = 法定の代理権あり
term-power-if-named = 目録などにカードの記載があるときだけ
term-power-with-person = 本人の意思の確認が必要
term-power-none = 同意できません

term-will-confirmed-written = 書面で確認
term-will-confirmed-spoken = 口頭で確認
term-will-confirmed-gesture = 身ぶり・うなずきで確認
term-will-confirmed-supported = 支援を受けて確認
term-will-confirmed-not-possible = 確認できない

term-standing-valid = 有効
term-standing-none = 同意書なし
term-standing-not-yet = まだ始まっていません
term-standing-withdrawn = 撤回済み
term-standing-review-passed = 見直しの日を過ぎています
term-standing-kind-not-covered = この種類は対象外
term-standing-power-missing = 同意者に権限がありません
term-standing-proof-missing = 権限の書類が未確認
