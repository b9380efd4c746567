# カード点検とカードリーダー。

# 所見：題は「どうか」、-todo は「いつまで・どうするか」。
# 使える値：until（日）、days、pin（名前）、which（pin の種類）、tries、other（人）、named（other があるか）。
card-finding-no-card = カードがありません
card-finding-no-card-todo = ケースから出して、カードリーダーの中央に置いてください。
card-finding-not-a-my-number-card = マイナンバーカードではありません
card-finding-not-a-my-number-card-todo = ほかのカードを離して、マイナンバーカードだけを置いてください。
card-finding-certificate-missing = 電子証明書がありません
card-finding-certificate-missing-todo = 受付では使えません。資格確認書などを持っていき、窓口で発行してください（無料）。
card-finding-certificate-unreadable = 電子証明書を読み取れません
card-finding-certificate-unreadable-todo = もう一度置いてください。続くときは、資格確認書などを持っていき、市区町村の窓口に相談してください。
card-finding-certificate-not-yet-valid = 電子証明書の有効期間が始まっていません
card-finding-certificate-not-yet-valid-todo = { $until }から使えます。それまでは資格確認書などを持っていってください。
card-finding-certificate-expires-soon = 電子証明書の期限が近いです
card-finding-certificate-expires-soon-todo = { $until }までです。市区町村の窓口で更新できます（無料）。
card-finding-certificate-in-grace = 電子証明書は猶予中です
card-finding-certificate-in-grace-todo = 受診には{ $until }まで使えます（資格の確認だけ）。市区町村の窓口で更新できます（無料）。
card-finding-certificate-past-grace = 電子証明書の猶予が切れています
card-finding-certificate-past-grace-todo = 受診に使えたのは{ $until }までです。資格確認書などを持っていき、窓口で更新してください（無料）。
card-finding-card-expires-soon = カードの期限が近いです
card-finding-card-expires-soon-todo = { $until }までです。新しいカードを申請してください。届くまで1か月ほどかかります。
card-finding-card-expired = カードの期限が切れています
card-finding-card-expired-todo = { $until }で切れました。資格確認書などを持っていき、新しいカードを申請してください。
card-finding-blocked-or-face-card =
    { $which ->
        [user_auth] 顔認証マイナンバーカード、またはロック中です
       *[other] { $pin }：顔認証マイナンバーカード、またはロック中です
    }
card-finding-blocked-or-face-card-todo =
    { $which ->
        [user_auth] 追記欄に「顔認証」とあるか見てください。受付では顔認証か目視で使えます。「顔認証」がなければ、窓口で戻せます。
        [code_b] 受診には関係ありません。カードとの照合には使えないので、券面を目で確かめてください。
       *[other] 受診には関係ありません。追記欄に「顔認証」とあれば、はじめから使いません。なければ、市区町村の窓口で戻せます。
    }
card-finding-tries-low = { $pin }の残りは{ $tries }回です
card-finding-tries-low-todo =
    { $which ->
        [user_auth] 受付では顔認証を使ってください。使えなくなると、市区町村の窓口でしか戻せません。
        [code_b] 受診には使いません。使うときは、券面の数字をよく見てください。
       *[other] 受診には使いません。次に使うときは、番号をよく確かめてください。
    }
card-finding-signature-certificate-missing = 署名用の電子証明書がありません
card-finding-signature-certificate-missing-todo = 受診には使いません。
card-finding-dates-differ = カードの期限が台帳と違います
card-finding-dates-differ-todo = 券面の氏名を見て、この人のカードなら、台帳を直してください。
card-finding-card-of-another-resident = 別の利用者のカードです
card-finding-card-of-another-resident-todo =
    { $named ->
        [yes] { $other }さんのカードとして登録されています。券面の氏名と、袋を確かめてください。
       *[no] 別の利用者のカードとして登録されています。券面の氏名と、袋を確かめてください。
    }
card-finding-card-not-recognised = 登録してあるカードと違います
card-finding-card-not-recognised-todo = 電子証明書を更新したカードか、別のカードです。券面の氏名を確かめてください。
card-finding-attributes-differ = 台帳の人と違うカードです
card-finding-attributes-differ-todo = 別の人のカードのおそれがあります。券面と台帳を見比べ、袋を確かめてください。
card-finding-attributes-unclear = 本人のカードか、目で確かめてください
card-finding-attributes-unclear-todo = 台帳と、文字や住所などが少し違います。券面の氏名と生年月日を見比べてください。
card-finding-not-in-custody = この人のカードは預かっていません
card-finding-not-in-custody-todo = 預かるときは、利用者の画面で預かり品に登録してください。
card-finding-reported-lost = 紛失中のカードです
card-finding-reported-lost-todo = 管理責任者に知らせてください。一時停止を市区町村の窓口で解くまで、受付では使えません。
card-finding-out-to-another = 持出中のカードです
card-finding-out-to-another-todo =
    { $named ->
        [yes] { $other }さんが持ち出しています。返却か引継ぎを記録してください。
       *[no] ほかの職員が持ち出しています。返却か引継ぎを記録してください。
    }
card-finding-certificate-valid = 電子証明書は期限内です
card-finding-certificate-valid-todo = { $until }までです。
card-finding-card-valid = カードは期限内です
card-finding-card-valid-todo = { $until }までです。
card-finding-card-recognised = 登録してあるカードです
card-finding-card-recognised-todo = この利用者のカードとして登録されています。
card-finding-attributes-match = 台帳の人のカードです
card-finding-attributes-match-todo = 氏名・生年月日・性別・住所が台帳と合っています。
card-unknowable = 失効・一時停止の有無と、保険の資格は、ここではわかりません。医療機関の窓口で確かめます。

# 所見の短い名前（記録の画面）。
term-code-no-card = カードなし
term-code-not-a-my-number-card = マイナンバーカード以外
term-code-certificate-missing = 電子証明書なし
term-code-certificate-unreadable = 電子証明書を読めず
term-code-certificate-not-yet-valid = 電子証明書の開始前
term-code-certificate-expires-soon = 電子証明書の期限間近
term-code-certificate-in-grace = 電子証明書の猶予中
term-code-certificate-past-grace = 電子証明書の猶予切れ
term-code-card-expires-soon = カードの期限間近
term-code-card-expired = カードの期限切れ
term-code-blocked-or-face-card = 顔認証カードまたはロック中
term-code-tries-low = 残り回数が少ない
term-code-signature-certificate-missing = 署名用の電子証明書なし
term-code-dates-differ = 期限が台帳と違う
term-code-card-of-another-resident = 別の利用者のカード
term-code-card-not-recognised = 登録と違うカード
term-code-attributes-differ = 台帳と違う人
term-code-attributes-unclear = 目での確認が必要
term-code-not-in-custody = 預かっていないカード
term-code-reported-lost = 紛失中
term-code-out-to-another = 持出中
term-code-certificate-valid = 電子証明書は期限内
term-code-card-valid = カードは期限内
term-code-card-recognised = 登録どおりのカード
term-code-attributes-match = 台帳どおりの人

term-level-ok = 問題なし
term-level-notice = お知らせ
term-level-warn = 注意
term-level-late = 遅れ
term-level-danger = 危険
term-level-block = 使えません

term-card-kind-my-number-card = マイナンバーカード
term-card-kind-juki-card = 住民基本台帳カード
term-card-kind-phone = スマートフォン
term-card-kind-driving-licence = 運転免許証
term-card-kind-residence-card = 在留カードなど
term-card-kind-felica = 職員証などのICカード
term-card-kind-unknown = 種類のわからないカード
term-card-kind-none = カードなし

term-pin-user-auth = 利用者証明用の暗証番号
term-pin-signature = 署名用の暗証番号
term-pin-card-info = 券面事項入力補助用の暗証番号
term-pin-code-b = 照合番号B
term-pin-resident-register = 住民基本台帳用の暗証番号

term-attribute-name = 氏名
term-attribute-birth-date = 生年月日
term-attribute-sex = 性別
term-attribute-address = 住所

term-recognition-state-off = 使っていません
term-recognition-state-on = 使っています
term-recognition-state-key-missing = このパソコンには鍵がありません

# カードリーダーの状態。
term-place-empty = カードなし
term-place-card = カードあり
term-place-silent = 応答なし
term-place-busy = ほかのプログラムが使用中
card-reader-busy = ほかのプログラムがカードを使っています。
    .undone = カードは調べていません。
    .todo = そのプログラムが終わるのを待つか、終了してください。
card-reader-fault = カードリーダーがおかしな答えを返しています。
    .undone = カードは調べていません。暗証番号の残り回数は減っていません。
    .todo = 抜いてから差し直してください。続くときは、パソコンを再起動してください。

# うまくいかなかったとき。
card-no-reader = カードリーダーがつながっていません。
    .undone = カードは調べていません。
    .todo = 差し込みを確かめて、抜いてから差し直してください。
card-service-stopped = カードリーダーのしくみ（スマートカード サービス）が止まっています。
    .undone = カードは調べていません。
    .todo = パソコンを再起動してください。続くときは、管理責任者に知らせてください。
card-no-card = カードリーダーに、カードがありません。
    .undone = 点検は記録していません。
    .todo = ケースから出して、カードリーダーの中央に置いてください。
card-silent = 置いたものが応答しません。
    .undone = カードは調べていません。
    .todo = ケースから出し、裏返すか、中央に置き直してください。続くときは、カードの傷みを確かめてください。
card-removed = 読み終わる前に、カードが離れました。
    .undone = 点検は記録していません。暗証番号の残り回数は減っていません。
    .todo = もう一度置いて、読み終わるまで動かさないでください。
card-was-reset = ほかのプログラムが、途中でカードを使いました。
    .undone = 点検は記録していません。暗証番号の残り回数は減っていません。
    .todo = ほかのプログラムを終了して、もう一度置いてください。
card-too-slow = カードの答えが遅すぎます。
    .undone = 点検は記録していません。暗証番号の残り回数は減っていません。
    .todo = カードを中央に置き直してください。
card-wrong-code = 照合番号が違います。残りは{ $tries_left }回です。
    .undone = カードの氏名などは読んでいません。
    .todo = 券面の生年月日6桁、有効期限の西暦4桁、セキュリティコード4桁を見て、入力し直してください。
card-code-blocked = このカードの照合番号は、使えない状態です。
    .undone = カードの氏名などは読んでいません。
    .todo = 券面の氏名と生年月日を目で確かめてください。戻すには、市区町村の窓口に行きます。
card-tries-too-few = 照合番号の残りが{ $tries_left }回なので、照合しませんでした。
    .undone = 照合番号はカードに送っていません。残りの回数は減っていません。
    .todo = 券面の氏名と生年月日を目で確かめてください。
card-unreadable = カードを読み取れません。
    .undone = 点検は記録していません。暗証番号の残り回数は減っていません。
    .todo = もう一度置いて、読み終わるまで動かさないでください。続くときは、市区町村の窓口に相談してください。
card-tries-unknown = カードが、照合番号の残りの回数を答えません。
    .undone = 照合番号はカードに送っていません。残りの回数は減っていません。
    .todo = 券面の氏名と生年月日を目で確かめてください。
card-verify-interrupted = 照合の途中で、カードが離れました。
    .undone = カードの氏名などは読んでいません。残りの回数が減ったかどうかは、わかりません。
    .todo = もう一度カードを置き、残りの回数を見てから、やり直してください。
card-attributes-unreadable = カードの氏名などを読み取れません。
    .undone = 照合の結果は記録していません。
    .todo = 券面の氏名と生年月日を目で確かめてください。

card-checks-too-old = 点検から{ $minutes }分以上たっています。
    .undone = 何も変えていません。
    .todo = カードをもう一度置いてください。
card-checks-of-another = この点検は、別の利用者のものになっています。
    .undone = 点検の利用者は変わっていません。
    .todo = カードをもう一度置いて、利用者を選び直してください。
card-checks-other-card = 点検したカードと、いま置いてあるカードが違います。
    .undone = 何も変えていません。
    .todo = カードをもう一度置いて、点検からやり直してください。
card-checks-not-theirs = 別の人のカードとわかっているため、取り込めません。
    .undone = 台帳は変わっていません。
    .todo = 券面の氏名と、袋を確かめてください。
card-checks-nothing-differs = 台帳の期限は、もうカードと同じです。
    .undone = 台帳は変わっていません。
    .todo = このまま続けられます。
card-checks-attributes-off = カードと台帳の照合は、使わない設定です。
    .undone = 照合していません。
    .todo = 使うときは、管理責任者が設定を変えてください。
card-checks-unassigned = だれのカードか、まだ選んでいません。
    .undone = 照合番号はカードに送っていません。
    .todo = 利用者を選んでから、もう一度行ってください。
recognition-needs-keyring = このパソコンでは、カード認識の鍵をしまう仕組み（キーリング）が使えません。
    .undone = カード認識の設定は変わっていません。
    .todo = キーリングを使えるようにしてから、もう一度行ってください。袋タグは、これまでどおり使えます。
recognition-off = カード認識は、使わない設定です。
    .undone = カードは登録していません。
    .todo = 使うときは、管理責任者が設定を変えてください。
recognition-not-agreed = { $resident }さんの同意書に、カード認識の項目がありません。
    .undone = カードは登録していません。
    .todo = カード認識に同意した同意書を登録してから、もう一度行ってください。
recognition-mark-missing = このカードの電子証明書を読めないか、このパソコンにカード認識の鍵がありません。
    .undone = カードは登録していません。
    .todo = カードをもう一度置いてください。続くときは、設定を確かめてください。
