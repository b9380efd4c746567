## 利用者・代理人・職員

people-name-missing = 「{ $field }」が空です。
    .undone = 保存していません。
    .todo = 「{ $field }」を入力してください。
people-name-too-long = 「{ $field }」が長すぎます。
    .undone = 保存していません。
    .todo = { $limit }文字までで入力してください。
people-staff-number-malformed = 職員番号に使えない文字があるか、長さが合いません。
    .undone = 保存していません。
    .todo = 英字と数字だけで、1文字から{ $limit }文字までにしてください。
people-birth-in-future = 生年月日（{ $birth }）がきょうより後です。
    .undone = 保存していません。
    .todo = 元号と年を確かめて、入力し直してください。
people-dates-out-of-order = 日付の順が合いません（{ $first }より{ $second }が前です）。
    .undone = 保存していません。
    .todo = 生年月日、入所日、退所日の順になるように直してください。

term-sex-male = 男
term-sex-female = 女
term-sex-not-applicable = 記載なし

term-proxy-kind-parent = 親権者
term-proxy-kind-minor-guardian = 未成年後見人
term-proxy-kind-adult-guardian = 成年後見人
term-proxy-kind-curator = 保佐人
term-proxy-kind-assistant = 補助人
term-proxy-kind-voluntary-guardian = 任意後見人
term-proxy-kind-mandatary = 任意代理人
term-proxy-kind-family = 家族
term-proxy-kind-guarantor = 身元引受人

term-proof-kind-registration-certificate = 登記事項証明書
term-proof-kind-powers-list = 代理行為目録・任意後見契約
term-proof-kind-family-register = 戸籍の証明書
term-proof-kind-court-decision = 審判書
term-proof-kind-mandate = 委任状
term-proof-kind-photo-id = 写真付き本人確認書類
