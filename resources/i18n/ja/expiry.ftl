## 期限

term-expiry-state-valid = 有効
term-expiry-state-renewable = 更新可
term-expiry-state-soon = 期限間近
term-expiry-state-grace = 猶予中
term-expiry-state-unusable = 利用不可

term-residence-status-japanese = 日本国籍
term-residence-status-permanent = 永住者
term-residence-status-special-permanent = 特別永住者
term-residence-status-highly-skilled-2 = 高度専門職2号
term-residence-status-limited = 在留期限あり

term-insurance-kokuho = 国民健康保険
term-insurance-kouki = 後期高齢者医療
term-insurance-shaho = 社会保険

term-end-reason-printed = 券面の期限
term-end-reason-period = 年度の終わり
term-end-reason-turns-70 = 70歳になる月の終わり
term-end-reason-turns-75 = 75歳の誕生日の前日
term-end-reason-residence = 在留期限
