## 暗証番号保管庫

# 保管庫のファイル

vault-missing = 暗証番号保管庫が見つかりません。（{ $folder }）
    .undone = 暗証番号は使っていません。持出しなど、ほかの操作はできます。
    .todo = 保管庫のUSBメモリーなどをつないで、もう一度行ってください。
vault-damaged = 暗証番号保管庫のファイルが壊れています。
    .undone = 暗証番号は使っていません。
    .todo = 管理責任者に知らせてください。設定の「暗証番号」から、一つ前の保管庫に戻せることがあります。
vault-foreign = この暗証番号保管庫は、別の台帳のものです。
    .undone = 暗証番号は使っていません。
    .todo = USBメモリーやフォルダーを確かめてください。
vault-version-unknown = 暗証番号保管庫が、新しい版のプログラムで作られています。（版 { $version }）
    .undone = 暗証番号は使っていません。
    .todo = プログラムを新しくしてから、もう一度行ってください。
vault-wrong-passphrase = 合言葉が違います。
    .undone = 承認していません。
    .todo = 合言葉を確かめて、もう一度入力してください。
vault-officer-unknown = この職員は、保管庫に暗証番号管理者として登録されていません。
    .undone = 承認していません。
    .todo = ほかの暗証番号管理者に頼んでください。
vault-not-enough-officers = 承認が足りません。（{ $have }人。{ $need }人必要です）
    .undone = 保管庫は開いていません。
    .todo = 暗証番号管理者が合言葉を入力してください。承認は一度使うと消えます。
vault-entry-unknown = この暗証番号は、保管庫にありません。
    .undone = 暗証番号は使っていません。
    .todo = 暗証番号を預かり直してください。
vault-share-invalid =
    { $word ->
        [0] 復元の言葉が正しくありません。
       *[other] 復元の言葉の{ $word }番目が、言葉の一覧にありません。
    }
    .undone = 保管庫は開いていません。
    .todo = 紙の番号の順に、つづりを確かめて入力してください。
vault-share-of-another = この復元の紙は、今の保管庫のものではありません。
    .undone = 保管庫は開いていません。
    .todo = 暗証番号管理者を変えた後に印刷した、新しい紙を使ってください。
vault-shares-too-few = 復元の紙が足りません。（{ $have }枚。{ $need }枚必要です）
    .undone = 保管庫は開いていません。
    .todo = 別の番号の紙も入力してください。
vault-not-writable = 暗証番号保管庫に書き込めません。
    .undone = 暗証番号は変わっていません。
    .todo = 保管庫のUSBメモリーなどの空きと、書込み禁止を確かめてください。
vault-exists = このフォルダーには、別の暗証番号保管庫があります。
    .undone = 保管庫は作っていません。
    .todo = 別のフォルダーを選んでください。
vault-former-left = 暗証番号保管庫は移しましたが、前の場所のファイルを消せませんでした。（{ $folder }）
    .undone = 前の場所に、暗証番号の入った古いファイルが残っています。
    .todo = 前の場所の pins.vault と pins.vault.previous を、手で消してください。
vault-outdated = 暗証番号保管庫のファイルが古いものです。（{ $generation }回目の保存。台帳では{ $expected }回目）
    .undone = 暗証番号は使っていません。このことは記録しました。
    .todo = 古い写しが戻されたおそれがあります。管理責任者に知らせ、新しいファイルを探してください。
vault-agent-gone = 暗証番号保管庫が閉じました。
    .undone = 承認は消えました。途中だった操作は、済んだかどうかわかりません。
    .todo = ログインして、はじめからやり直してください。

# カードに送るとき

vault-other-card = リーダーにあるのは、この人のカードではありません。
    .undone = 暗証番号は送っていません。
    .todo = 券面の氏名と袋を確かめ、この人のカードを置いてください。承認はやり直しです。
vault-card-not-known = 台帳に、カードを見分ける期限がありません。
    .undone = 暗証番号は送っていません。
    .todo = 先にカード点検をして、期限を台帳に入れてください。
vault-counter-not-full = カードの残り回数が減っています。（残り{ $tries_left }回）
    .undone = 暗証番号は送っていません。
    .todo = 合うかどうかの確認は、残り回数が全部あるときだけできます。
vault-pin-unfit = 預かっている番号は、カードに送れる長さではありません。
    .undone = 暗証番号は送っていません。
    .todo = 暗証番号を預かり直してください。

# 預かるとき

pins-off = 暗証番号保管庫を使う設定になっていません。
    .undone = 何も変更していません。
    .todo = 使うときは、管理責任者が設定の「暗証番号」から始めます。
pins-on-already = 暗証番号保管庫は、もう使う設定になっています。
    .undone = 何も変更していません。
    .todo = 画面を開き直してください。
pins-still-held = 保管庫に暗証番号が{ $count }件残っています。
    .undone = 保管庫は使う設定のままです。
    .todo = 先にすべて消去してください。
pins-vault-at-hand = 暗証番号保管庫は開けます。
    .undone = 何も変更していません。
    .todo = やめるときは、暗証番号をすべて消去してから終了してください。
pins-place-not-separate = 保管庫を、台帳と同じフォルダーには置けません。
    .undone = 何も変更していません。
    .todo = USBメモリーなど、別の場所を選んでください。
pins-not-storable = 署名用の暗証番号は預かれません。署名用の番号は実印と同じ重みがあり、本人だけが使うものです。
    .undone = 預かっていません。
    .todo = 署名用の番号は、本人か法定代理人が持ってください。受診には使いません。
pins-kind-unknown = この種類の暗証番号はありません。
    .undone = 何も変更していません。
    .todo = 種類を選び直してください。
pins-wrong-length = 暗証番号の文字数が違います。（{ $length }文字）
    .undone = 預かっていません。
    .todo = 数えて、もう一度入力してください。
pins-wrong-characters = 使えない文字があります。（使えるのは{ $characters }）
    .undone = 預かっていません。
    .todo = もう一度入力してください。
pins-individual-number = 個人番号（マイナンバー）のおそれがある12桁です。法律により、施設では保管できません。
    .undone = 預かっていません。
    .todo = 暗証番号だけを入力してください。
pins-guessable = 推測されやすい番号です。（{ $weaknesses }）
    .undone = まだ預かっていません。
    .todo = 本人が変えられるときは、市区町村の窓口で変えてください。このまま預かるときは、もう一度確かめて進めてください。
pins-clause-missing = { $resident }さんの同意書に、暗証番号を預かることの同意がありません。
    .undone = 暗証番号は預かっていません。使ってもいません。
    .todo = 本人か法定代理人の同意を得て、同意書に登録してください。
pins-without-card = { $resident }さんのカードを預かっていません。
    .undone = 暗証番号は預かっていません。
    .todo = カードを預かっていない人の暗証番号は預かりません。先に預かり品に登録してください。
pins-held-already = { $resident }さんのこの暗証番号は、もう預かっています。
    .undone = 何も変更していません。
    .todo = 番号が変わったときは、「番号を入れ替える」を選んでください。
pins-not-held = この暗証番号は、もう預かっていません。
    .undone = 何も変更していません。
    .todo = 画面を開き直して確かめてください。

# 使うとき

pins-card-lost = { $name }さんのカードは、紛失の届が出ています。
    .undone = 暗証番号は使われていません。
    .todo = カードが見つかり、点検して袋に戻すと、また使えます。
pins-doubted = この暗証番号は、入れ替えるまで使えません。（{ $doubt }）
    .undone = 暗証番号は送っていません。表示もしていません。
    .todo = 本人か法定代理人に正しい番号を確かめて、入れ替えてください。
pins-not-for-card = この種類の暗証番号は、カードに送れません。
    .undone = 暗証番号は送っていません。
    .todo = 種類を確かめてください。
pins-card-not-checked-yet = { $resident }さんのカードの期限が台帳になく、本人のカードか確かめられません。
    .undone = 暗証番号は送っていません。
    .todo = 先にカード点検をして、期限を台帳に入れてください。
pins-face-not-confirmed = 券面の氏名が{ $resident }さんか、まだ確かめていません。
    .undone = 暗証番号は送っていません。
    .todo = カードの氏名を見て、確かめたことを選んでください。
pins-approval-lapsed = 承認から5分が過ぎました。
    .undone = 暗証番号は送っていません。表示もしていません。
    .todo = はじめから承認し直してください。
pins-approvals-missing = 暗証番号管理者の承認が足りません。（{ $have }人。{ $need }人必要です）
    .undone = 暗証番号は送っていません。表示もしていません。
    .todo = ほかの暗証番号管理者も合言葉を入力してください。
pins-own-request-alone = 求めた人だけでは承認できません。
    .undone = 暗証番号は送っていません。表示もしていません。
    .todo = ほかの暗証番号管理者に承認してもらってください。
pins-second-approver-needed = 画面に開示するには、二人の承認が必要です。
    .undone = 暗証番号は表示していません。
    .todo = もう一人の暗証番号管理者か、管理責任者に承認してもらってください。
pins-already-approved = この職員は、もう承認しています。
    .undone = 承認は増えていません。
    .todo = ほかの職員に承認してもらってください。
pins-holds-the-card = 今このカードを持ち出している職員は、暗証番号の開示と承認に加われません。
    .undone = 承認していません。行おうとしたことは記録されました。
    .todo = ほかの職員に頼むか、カードを返却してから行ってください。
pins-officer-count-impossible = 暗証番号管理者は{ $lowest }〜{ $highest }人にしてください。
    .undone = 何も変更していません。
    .todo = 人数か、承認に必要な人数を変えてください。
pins-not-an-officer = { $name }さんは、今は暗証番号管理者として承認できません。
    .undone = 承認していません。
    .todo = 役割と勤務帯、保管庫への登録を管理責任者に確かめてください。
pins-wrong-passphrase = 合言葉が違います。
    .undone = 承認していません。間違えたことは記録されました。
    .todo =
        { $wait_s ->
            [0] もう一度入力してください。
           *[other] { $wait_s }秒たってから、もう一度入力してください。
        }
pins-release-over = この承認は、もう使いました。
    .undone = 暗証番号は送っていません。表示もしていません。
    .todo = はじめから承認し直してください。

# 言葉

term-characters-digits = 数字
term-characters-alphanumeric = 数字と英大文字

term-card-pin-user-auth = 利用者証明用
term-card-pin-card-info = 券面事項入力補助用
term-card-pin-resident-register = 住民基本台帳用

term-not-storable-signature = 実印と同じ重みがあるため

term-weakness-birth-date = 生年月日からできている
term-weakness-repeated = 同じ数字の繰返し
term-weakness-sequence = 続き番号

term-doubt-wrong = カードと合わなかった
term-doubt-blocked = カードがロックされている
term-doubt-replacing = 入替えが途中で終わった
term-doubt-missing = 保管庫にない

term-entry-state-depositing = 登録の途中
term-entry-state-held = 預かり中
term-entry-state-erase-due = 消去待ち
term-entry-state-erased = 消去済み

term-erase-reason-card-void = カードが無効になった
term-erase-reason-handed-back = 返還
term-erase-reason-consent-withdrawn = 同意の撤回
term-erase-reason-discharged = 退所
term-erase-reason-deceased = 死亡
term-erase-reason-erase-asked = 求めによる消去
term-erase-reason-vault-lost = 保管庫の紛失
term-erase-reason-unfinished = 登録の中断

term-act-present = カードに直接照合
term-act-check = 合うかどうかの確認
term-act-reveal = 画面に開示
term-act-officers = 暗証番号管理者の変更

term-way-officer = 合言葉
term-way-manager = 管理責任者のパスワード

term-pin-outcome-accepted = 合った
term-pin-outcome-wrong = 合わなかった
term-pin-outcome-blocked = ロックされた

# 暗証番号を使わない方法（-papers は必要な書類）

pins-way-face-card = 顔認証マイナンバーカード
    .what = 暗証番号のないカードに切り替えます。受付では顔認証か目視で確認します。無料で、いつでも元に戻せます。
    .papers = 市区町村の窓口。本人は、カードだけ。任意代理人は、カード、委任状、顔写真つきの本人確認書類。法定代理人は、カードと3か月以内の登記事項証明書など。
pins-way-visual = 目視モード
    .what = 受付の職員が、カードの顔写真と本人を見くらべて確認します。暗証番号は使いません。
    .papers = カードだけ。予約のときに「目視で確認してください」と伝えます。
pins-way-certificate = 資格確認書
    .what = 紙やカードを見せるだけで受診できます。施設に入所している人は、マイナ保険証があっても申請できます。
    .papers = 保険者（市区町村、広域連合など）への申請書と、入所などがわかる書類、本人確認書類。職員が代わるときは委任状。

# 復元の紙

pins-share-title = 暗証番号保管庫の復元の紙
pins-share-number = { $number }枚目（全{ $count }枚）
pins-share-vault = 保管庫番号 { $name }
pins-share-what = 暗証番号管理者が承認できなくなったときに、別の番号の紙ともう1枚、合わせて{ $need }枚で、新しい暗証番号管理者を決めるための言葉です。
pins-share-keep = この紙だけでは何も開きません。2枚そろうと、保管庫の暗証番号をすべて開けます。{ $count }枚を別々の人が、別々の鍵のかかる場所に保管してください。写真に撮らないでください。
pins-share-use-title = 使い方
pins-share-use-1 = 1年に1度、設定の「暗証番号」で「復元の紙を確かめる」を選び、言葉を入力します。保管庫は開きません。
pins-share-use-2 = 使うときは、「復元の紙で始める」を選び、2枚の言葉を番号の順に入力します。
pins-share-use-3 = 暗証番号管理者を変えると、この紙は使えなくなります。新しい紙を保管し、古い紙は裁断します。
pins-share-use-4 = なくしたとき、人に見られたおそれがあるときは、すぐに管理責任者に知らせてください。
