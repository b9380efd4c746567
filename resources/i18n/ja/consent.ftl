## だれが預かりに同意できるか
term-consent-advice-ask-the-person = まず本人に、わかる言葉で説明して尋ねます。書面が難しいときは、口頭や身ぶりで確かめ、立会い者と日を記録します。
term-consent-advice-confirm-will = 家族というだけでは代理権はありません。本人の意思をどう確かめたか、だれが立ち会ったかを記録します。
term-consent-advice-list-must-name-card = 代理行為目録・任意後見契約・委任状に、カードの預かりや手続が書かれていることを見てください。
term-consent-advice-proofs-missing = 権限を示す書類をまだ見ていません。
term-consent-advice-one-proof-enough = 権限を示す書類を、どれか一つ見てください。
term-consent-advice-certificate-old = 登記事項証明書を見てから3か月を過ぎています。市区町村の手続には、新しいものが要ります。
term-consent-advice-came-of-age = 本人が成年になりました。この人は同意できません。本人に確かめてください。
term-consent-advice-power-over = 権限が終わっています。
term-consent-advice-no-power = 身元引受人には、同意する権限がありません。
term-consent-advice-law-open = 後見人などがいない場合の扱いは、法律上はっきりしていません。意思の確認と、次に見直す日を必ず記録し、成年後見の利用も相談してください。
term-consent-advice-pin-not-told = この人に暗証番号を知らせることは、原則として適切ではありません。
