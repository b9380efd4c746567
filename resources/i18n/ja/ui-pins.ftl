# 暗証番号の画面。暗証番号そのものは、開示の絵のほかには、どこにも出ない。
nav-pins = 暗証番号

pin-vault-title = 暗証番号保管庫

# 一覧
pin-list-title = 預かっている暗証番号
pin-list-find = 袋タグを読み取るか、氏名・部屋番号を入力
pin-list-use = 使う
pin-list-more = ほかの操作
pin-list-not-shown = ほかに{ $count }件あります。上の欄で、氏名か部屋番号からさがしてください。
pin-list-kind = { $name }（{ $length }桁）
pin-list-kind-unknown = 分からない種類（{ $code }）
pin-list-since = { $day }から
pin-list-agreed = 同意あり
pin-list-agreement = 同意書: { $stands }
pin-list-no-clause = 暗証番号の同意なし
pin-list-card = カード { $state }
pin-list-card-out = 持出中 { $holder }さん
pin-list-erase-due = 消去を待っています
pin-list-doubt-wrong = カードと合いません
pin-list-doubt-blocked = カードがロック中
pin-list-doubt-replacing = 入れ替えが途中です
pin-list-doubt-missing = 保管庫にありません
pin-list-doubted = 入れ替えるまで使えません
pin-list-not-agreed = 同意書がないので使えません
pin-list-kind-gone = この種類は使えません
pin-list-vault-absent = 保管庫がつながっていません
pin-list-place = 保管庫 { $folder }
pin-list-place-absent = 保管庫がつながっていません { $folder }
pin-list-used = 今月 直接照合 { $presented }回・開示 { $revealed }回
pin-deposit = 預かる
pin-own = 自分の合言葉
pin-manage = 保管庫の管理
pin-absent-title = 保管庫のある場所が見つかりません
pin-absent-text = 取り外したドライブをつないでから、この画面を開き直してください。つながるまで暗証番号は使えませんが、ほかの仕事はいつもどおりできます。
pin-off-title = この施設では暗証番号を預かっていません
pin-off-text = 暗証番号は、本人と法定代理人のほかには知らせないのが原則です。預からずに受診できる方法が、たいていあります。どうしても必要なときは、管理責任者が保管庫を作ります。
pin-off-set-up = 預かる前に確かめる
pin-none-title = 預かっている暗証番号はありません
pin-none-text = 預かると、利用者ごとに1行ずつここに並びます。番号そのものは、どこにも出ません。
pin-unmatched-title = 当てはまる暗証番号はありません
pin-unmatched-text = 入力を消すと、すべての行に戻ります。

# 使う
pin-release-title-present = 暗証番号を使う
pin-release-title-check = 暗証番号が合うか確かめる
pin-release-title-reveal = 暗証番号を画面に開示する
pin-release-title-officers = 暗証番号管理者を変える
pin-release-present = カードに直接照合
pin-release-check = カードと合うか確かめる
pin-release-reveal = 画面に開示する（20秒）
pin-release-back = 直接照合に戻る
pin-release-officers = 変える
pin-release-person = { $number }人目
pin-release-not-the-first = 1人目と別の人
pin-release-somebody-else = ほかの人と別の人
pin-release-confirmed = 確認できました
pin-release-confirmed-at = { $role }・{ $time }
pin-release-unlocked-at = { $role }・ログイン中
pin-release-role-officer = 暗証番号管理者
pin-release-role-manager = 管理責任者
pin-release-candidate = { $name }（{ $role }）
pin-release-choose = 選んでください
pin-release-passphrase = 合言葉
pin-release-left = 残り
pin-release-visit = { $place }・{ $time }
pin-release-no-visit = きょうの受診予定はありません
pin-release-face = 券面の氏名が { $name }さんであることを見ました
pin-release-reason = 開示する理由
pin-release-once = カードに送るのは1回だけです。
pin-release-unseen = 番号は画面に出ません。
pin-release-seconds = 番号が20秒だけ画面に出ます。
pin-release-seen = まわりから見えないようにしてください。
pin-release-recorded = だれが何に使ったかが、記録に残ります。
pin-release-busy = 確かめています
pin-release-holder = このカードを持ち出している人は開示できません
pin-release-too-few = 確かめる人が足りません
pin-release-reason-missing = 理由を選んでください
pin-release-face-missing = 券面の氏名を確かめてください
pin-release-choose-person = もう1人を選んでください
pin-release-passphrase-missing = 合言葉を入力してください
pin-release-not-for-card = カードの期限を登録してから使います

pin-reveal-reason-reader-broken = 受付の機器の故障
pin-reveal-reason-other-place = 直接照合できない場所
pin-reveal-reason-card-renewal = 更新の手続
pin-reveal-reason-resident-asked = 本人の求め

# リーダーのカード
pin-card-reading = カードを調べています
pin-card-put = カードを置いてください
pin-card-no-reader = リーダーがありません
pin-card-other-kind = マイナンバーカードではありません
pin-card-same = 期限が登録と同じです
pin-card-differs = 期限が登録と違います
pin-card-by-chip = この人のカードか、送る前に調べます
pin-card-unknown = 期限が登録されていません
pin-card-tries-unread = 残り回数を読めません
pin-card-blocked = 顔認証カードかロック中です
pin-card-last-try = 残り1回のため送りません
pin-card-not-full = 残り回数が減っているので確かめません

# カードの返事
pin-answer-accepted = { $name }さんの暗証番号をカードが受け付けました。
pin-answer-wrong = カードが「違う」と答えました。残りは{ $left }回です。
pin-answer-wrong-undone = この暗証番号は、入れ替えるまで送りません。
pin-answer-wrong-todo = 本人か法定代理人に番号を確かめて、「番号を入れ替える」で入れ替えてください。受付では顔認証か目視を使えます。
pin-answer-blocked = カードの暗証番号がロックされました。
pin-answer-blocked-undone = この暗証番号は、入れ替えるまで送りません。
pin-answer-blocked-todo = 市区町村の窓口で暗証番号を設定し直してもらってください。受付では顔認証か目視を使えます。

# 開示
pin-reveal-title = 暗証番号を開示しています
pin-reveal-spoken = 暗証番号を表示しています
pin-reveal-covered = 枠の上にポインターを置くと見えます（スペースキーを押している間も）
pin-reveal-left = あと{ $seconds }秒で消えます
pin-reveal-close = いま消す
pin-reveal-gone = 暗証番号を消しました
pin-reveal-note = 紙に書き写さないでください。写しを取ることはできません。

# ほかの操作
pin-more-title = この暗証番号
pin-more-check = 合うか確かめる
pin-more-check-what = カードに1回送って、まだ合うかを見ます。残り回数が満ちているときだけできます。
pin-more-check-unfit = カードの期限が登録されていないか、カードに送らない種類です。
pin-more-replace = 番号を入れ替える
pin-more-replace-what = 本人が番号を変えたときに、新しい番号を預かります。
pin-more-erase = 消す
pin-more-erase-what = 預かるのをやめて、保管庫から消します。
pin-erase-title = 暗証番号を消す
pin-erase-what = { $kind }の暗証番号を、保管庫から消します。
pin-erase-reason = 消す理由
pin-erase-say-why = 理由を入力してください
pin-erase-for-good = 元には戻せません。前の世代からも消えます。
pin-erase-recorded = 消したことが、番号なしで記録に残ります。
pin-erase-go = 消す
pin-erased = { $name }さんの暗証番号を消しました。

# 預かる
pin-deposit-whose = だれの暗証番号ですか
pin-deposit-title-new = 暗証番号を預かる
pin-deposit-title-replace = 暗証番号を入れ替える
pin-deposit-go-new = 預かる
pin-deposit-go-replace = 入れ替える
pin-deposit-kind = 種類
pin-deposit-never = 署名用（6〜16文字）は預かりません。実印と同じ重さがあり、受診には使わないためです。
pin-deposit-pin = 暗証番号
pin-deposit-again = もう一度
pin-deposit-knows = 推測されやすいと分かったうえで預かる
pin-deposit-unseen = 打った番号は、だれも読み出せません。
pin-deposit-recorded = 預かったことが、番号なしで記録に残ります。
pin-deposit-former = 前の番号は消えます。
pin-deposit-type = 同じ番号を2回打ってください
pin-deposit-guessable = 推測されやすい番号です
pin-deposit-looking = 同意書を調べています
pin-deposit-not-possible = 預かれません
pin-deposit-no-agreement = 預かれません（{ $why }）
pin-deposit-no-agreement-todo = 「暗証番号を預かる」に同意した同意書を、利用者の画面で登録してください。
pin-deposit-no-card = カードを預かっていません
pin-deposit-no-card-todo = 預かっているカードの暗証番号だけを預かります。先にカードを登録してください。
pin-deposit-held = この種類はもう預かっています
pin-deposit-held-todo = 番号が変わったときは、一覧の「番号を入れ替える」で入れ替えてください。
pin-deposited = { $name }さんの暗証番号を預かりました。
pin-replaced = { $name }さんの暗証番号を入れ替えました。
pin-rule-length = { $length }桁の数字
pin-rule-again = 2回とも同じ
pin-rule-guessable = 推測されにくい
pin-rule-kept = よい
pin-rule-broken = よくない
pin-rule-open = まだ
pin-weak-birth-date = 生年月日と同じ並びです。他人が最初に試します。
pin-weak-repeated = 同じ数字のくり返しです。他人が最初に試します。
pin-weak-sequence = 並んだ数字です。他人が最初に試します。
pin-key-paste = 貼り付けはできません。キーで打ってください。
pin-key-character = 数字だけを打ってください。
pin-key-full = これより長くは打てません。

# 月ごとの回数
pin-months-none = 開示なし
pin-months-some = 減らせるかを見てください

# 合言葉
pin-passphrase-old = いまの合言葉
pin-passphrase-new = 新しい合言葉
pin-passphrase-again = 新しい合言葉をもう一度
pin-passphrase-long = { $least }文字以上（いま{ $count }文字）
pin-passphrase-how = 半角の英字・数字・記号とスペースを使えます。ログインのパスワードとは別のものにします。
pin-own-title = 自分の合言葉を変える
pin-own-type = 三つの欄に打ってください
pin-own-note = 忘れても、だれにも調べられません。
pin-own-recorded = 変えたことが記録に残ります。
pin-own-go = 合言葉を変える
pin-own-changed = 合言葉を変えました。

# 保管庫を作る前に
pin-walk-title = 預かる前に
pin-walk-step-ways = 暗証番号なしで足りるか
pin-walk-step-place = 保管庫を置く場所
pin-walk-step-officers = 暗証番号管理者
pin-walk-step-passphrases = 合言葉
pin-walk-would-it-do = これで足りますか
pin-walk-does = これで足りる
pin-walk-does-not = 足りない
pin-walk-answer-all = 三つの方法に答えてください
pin-walk-not-needed = 足りる方法があります
pin-walk-do-without = その方法で受診できるなら、暗証番号は預からないでください
pin-walk-do-without-text = 預からなければ、漏れることも、まちがえてロックすることもありません。どの方法でも足りない利用者がいるときだけ、進んでください。
pin-walk-give-up = 預からない
pin-walk-place = 保管庫のフォルダー
pin-walk-choose-folder = フォルダーを選ぶ
pin-walk-choose-place = フォルダーを選んでください
pin-walk-place-what = 暗証番号は、台帳とは別の場所に、別のファイルで保管します。
pin-walk-place-drive = 取り外せるドライブを勧めます
pin-walk-place-drive-text = 使わないときは外して、カードとは別の鍵のかかる場所にしまえます。外している間も、ほかの仕事はいつもどおりできます。
pin-walk-officers-what = 合言葉で保管庫を開ける人を選びます。カード管理担当者とは別の人にしてください。
pin-walk-candidate = { $name }（{ $number }）
pin-walk-yourself = 管理責任者は、なるべく兼ねないでください
pin-walk-nobody = 暗証番号管理者の役割をもつ職員が足りません
pin-walk-nobody-text = 職員の画面で、2人以上に役割を付けてから戻ってください。
pin-walk-to-staff = 職員の画面へ
pin-walk-threshold = 使うときに要る人数
pin-walk-of = { $count }人
pin-walk-alone = 1人だけでも開けられる保管庫になります。2人を勧めます。
pin-walk-choose-officers = 人数分の管理者を選んでください
pin-walk-passphrases-what = 選んだ人が1人ずつ席に着き、自分の合言葉を打ちます。ほかの人は画面から離れてください。
pin-walk-your-turn = { $name }さんが打ってください
pin-walk-keep = この合言葉にする
pin-walk-type-yours = 自分の合言葉を2回打ってください
pin-walk-typed = 打ちました
pin-walk-type-passphrases = 全員の合言葉が要ります
pin-walk-make = 保管庫を作る
pin-walk-making = 保管庫を作っています

# 復元の紙
pin-shares-title = 復元の紙を印刷する
pin-shares-once = この3枚は、いまだけ印刷できます
pin-shares-once-text = 暗証番号管理者が開けられなくなったとき、2枚で開け直せます。1枚では何も開きません。
pin-shares-print = 3枚を印刷する
pin-shares-back = 印刷した紙を見て、次の語を入力してください。初めの4文字でかまいません。
pin-shares-word = { $share }枚目の{ $position }番目の語
pin-shares-first = 先に印刷してください
pin-shares-not-yet = まだ印刷していません。
pin-shares-printed = 印刷しました。
pin-shares-type = 3枚から1語ずつ入力してください
pin-shares-wrong = 紙と違います
pin-shares-check = 紙があることを確かめる
pin-shares-apart = 3枚は、別々の人が別々の場所にしまいます。
pin-shares-yearly = 年に1度、1枚を確かめてください。
pin-shares-kept = 復元の紙を確かめました。3枚を別々にしまってください。
pin-shares-left = 復元の紙を確かめる前に閉じました。紙がないときは、「暗証番号管理者を変える」から作り直してください。
pin-share-words = 紙の33語
pin-share-count = { $all }語のうち{ $typed }語
pin-share-type = 紙の33語を入力してください
pin-share-check-title = 復元の紙を確かめる
pin-share-check-what = 3枚のうち1枚だけ、番号の順に入力します。各語の初めの4文字でもかまいません。語の間は1つあけます。
pin-share-check-go = この紙を確かめる
pin-share-opens-nothing = 保管庫は開きません。
pin-share-recorded = 確かめたことが記録に残ります。
pin-share-fits = 復元の紙の{ $number }枚目は、いまの保管庫のものです。
pin-recover-title = 復元の紙で始める
pin-recover-what = 2枚の紙の語を入力し、新しい暗証番号管理者を決めます。これまでの管理者の合言葉では開けなくなります。
pin-recover-share = { $number }枚目の33語
pin-recover-go = 管理者を決めて始める

# 保管庫の管理
pin-vault-place = 保管庫の場所
pin-vault-there = つながっています
pin-vault-absent = つながっていません
pin-vault-held = 預かり { $held }件・{ $generation }回目の保存
pin-vault-held-due = 預かり { $held }件・消去待ち { $due }件・{ $generation }回目の保存
pin-vault-move = 場所を移す
pin-vault-use-previous = 一つ前の保存に戻す
pin-vault-switch-off = 預かるのをやめる
pin-vault-still-held = 預かりがあるうちはやめられません
pin-vault-who = 開けられる人
pin-vault-threshold = { $all }人のうち{ $need }人の合言葉で開きます
pin-vault-since = { $day }から
pin-vault-no-role = いまは役割がありません
pin-vault-officers = 暗証番号管理者を変える
pin-vault-shares = 復元の紙
pin-vault-shares-what = 管理者が開けられなくなったときのための3枚です。年に1度、1枚を確かめてください。
pin-vault-never-checked = まだ確かめていません
pin-vault-checked = { $day }に確かめました
pin-vault-check-share = 復元の紙を確かめる
pin-vault-recover = 復元の紙で始める
pin-vault-move-former = 移し終わると、元の場所のファイルは消えます。
pin-vault-move-go = ここに移す
pin-vault-moved = 保管庫を移しました。
pin-vault-off-what = 保管庫のファイルを消し、暗証番号を預かるのをやめます。
pin-vault-off-papers = 復元の紙は使えなくなります。裁断してください。
pin-vault-off-recorded = やめたことが記録に残ります。
pin-vault-off-go = 保管庫を消す
pin-vault-off-done = 暗証番号を預かるのをやめました。
pin-vault-give-up = 保管庫をなくしたとき
pin-vault-give-up-what = ドライブをなくしたか、壊れて直せないときだけ使います。台帳から保管庫を外し、新しい保管庫を作れるようにします。
pin-vault-give-up-why = なくした、または壊れたいきさつ
pin-vault-give-up-say-why = いきさつを入力してください
pin-vault-give-up-change = 預かっていた人は、市区町村の窓口で暗証番号を変えます。
pin-vault-give-up-recorded = だれの番号があったかが、番号なしで記録に残ります。
pin-vault-give-up-go = 保管庫をあきらめる
pin-vault-give-up-done = 保管庫を台帳から外しました。預かっていた人の暗証番号を変えてください。
pin-vault-previous-what = ファイルが壊れているとき、一つ前の保存を元の場所に戻します。壊れていなければ、何もしません。
pin-vault-previous-lost = 最後の保存で預かった番号は、預かり直しが要ります。
pin-vault-previous-recorded = 戻したことが記録に残ります。
pin-vault-previous-go = 戻す
pin-vault-previous-done = 保管庫を確かめました。
pin-officers-go = 管理者を変える
pin-officers-new-paper = 新しい復元の紙を3枚印刷します。
pin-officers-former = 外した人の合言葉と、古い紙では開かなくなります。

# 月ごとの回数と減らし方
pin-months-title = 使った回数
pin-months-month = 月
pin-months-presented = 直接照合
pin-months-revealed = 開示
pin-other-ways-title = 開示をなくすには
pin-other-ways-what = 開示が0回になれば、預かるのをやめられます。
pin-other-ways-has = いまも使える方法: { $ways }
pin-other-ways-none = 顔認証マイナンバーカードに切り替えるか、資格確認書を申請できます。
pin-other-ways-open = 利用者を開く

# 設定
pin-settings-what = 暗証番号は、預からずに受診できる方法を先に確かめ、どうしても要る分だけを、カードと別の場所・別の人で預かります。
pin-settings-off = 預かっていません
pin-settings-on = 預かり { $held }件
pin-settings-absent = 保管庫がつながっていません
settings-page-pins = 暗証番号

help-pins-title = 「暗証番号」の使い{ "\u2060" }方
help-pins =
    1. 袋タグを読み取るか、氏名を入力して、行を選びます。番号そのものは、どこにも出ません。
    2. カードをリーダーに置き、「使う」を押します。券面の氏名を見て、印を付けます。
    3. 2人が順に自分の合言葉を打ち、Enter を押します。番号がカードに1回だけ送られます。
    「違う」と言われた番号は、入れ替えるまで送りません。画面への開示は、カードに送れないときだけにしてください。
    画面が隠れたりロックしたりすると、保管庫は閉じ、はじめからになります。
help-pin-vault-title = 「暗証番号保管庫」の使い{ "\u2060" }方
help-pin-vault =
    作る前に、暗証番号なしで受診できる方法で足りないかを確かめます。足りるなら、預からないでください。
    保管庫は、取り外せるドライブに置き、カードとは別の場所にしまいます。合言葉は、選ばれた人が自分で打ちます。
    復元の紙3枚は、作ったときだけ印刷できます。別々の人が別々の場所にしまい、年に1度、1枚を確かめます。
    暗証番号管理者を変えると、新しい紙ができ、古い合言葉と紙では開かなくなります。
