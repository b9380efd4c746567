## 紛失の書類

lost-paper-say = 電話で言うこと
lost-paper-keys = 音声案内が流れたら { $keys } を押す
lost-paper-number = 電話番号
lost-paper-checked = 番号の確認日 { $day }
lost-paper-what = 紛失 第{ $number }号　{ $items }
lost-paper-how = 上から順に行い、済んだら□に印を付け、欄に書きます。停電やパソコンが使えないあいだはこの紙に書き、あとで画面に写します。行わないときは、理由と管理責任者の名前を余白に書きます。
lost-paper-residents = 利用者
lost-paper-noticed = 気づいた日時
lost-paper-beside = （{ $who }）
lost-paper-until = 期限 { $due }
lost-paper-time = 期限 { $due }
lost-paper-who = 行う人 { $who }
lost-paper-where-it-applies = （なくした場所や盗難のときによる）
lost-paper-source = 出典 { $source }（確認 { $day }）
lost-paper-fee = 手数料 { $name } { $yen }円{ $note }　出典 { $source }（確認 { $day }）
lost-paper-done = 済み { $at } { $name }
lost-paper-waived = 行わない { $at } { $name }　理由 { $reason }
lost-due-now = 気づいてから { $n }分以内
lost-due-days = { $n ->
        [0] その日のうち
       *[other] { $n }日以内
    }
lost-due-open-days = { $n }開庁日以内
lost-due-leak-first = 速報の日まで
lost-due-leak-final = 確報の日まで

## 漏えい等報告の下書き

lost-draft-mark = 【下書き】 出す前に、管理責任者が内容を確かめ、直してください。
lost-draft-unknown = 不明
lost-draft-overview = { $at } ごろ、{ $items }（{ $count }人分）がないことに気づいた。なくした場所: { $where }（{ $place }）。最後に確かめたとき: { $last_seen }。盗難: { $stolen }。
lost-draft-persons = { $count }人
lost-draft-cause = 調査中
lost-draft-damage = いまのところ確認していない。悪用のおそれについて確認中。
lost-draft-publication = していない（要否を確認中）
lost-draft-prevention = 検討中
lost-draft-response = 連絡中
lost-draft-told = { $name }さん: { $step }（{ $at }）
lost-draft-receipt = { $step }　受理番号 { $number }

## 本人への通知文

lost-notice-title = { $items }の紛失について（お知らせとおわび）
lost-notice-to = { $name } 様
lost-notice-to-family = ご家族・成年後見人 様
lost-notice-greeting = { $facility }でお預かりしていたものをなくしました。ご心配とご迷惑をおかけし、おわび申し上げます。分かっていることを、つぎのとおりお知らせします。
lost-notice-what = 1 起きたこと: { $at } ごろ、{ $items }がないことに気づきました。なくした場所: { $where }。
lost-notice-data = 2 載っている情報: { $data }
lost-notice-cause = 3 原因: { $cause }
lost-notice-damage = 4 悪用などの被害: { $damage }
lost-notice-done = 5 行ったことと、これから行うこと: { $measures }
lost-notice-ask = 6 おたずねの先: { $facility } { $phone }。身に覚えのない郵便や電話、請求がありましたら、すぐにお知らせください。

## 委任状

lost-authority-proxy = 代理人（窓口に行く人）
lost-authority-staff = { $facility }の職員
lost-authority-text = 私（{ $name }　{ $born }生まれ）は、上の者を代理人と定め、{ $items }について、印を付けた手続を委任します。
lost-authority-receive = 新しいものを受け取る（カードは、本人が来られないことの証明が要る）
lost-authority-person = 委任する人（本人）
lost-authority-day = 書いた日
lost-authority-name = 氏名（自署）
lost-authority-reason = 窓口に行けない理由
lost-authority-seal = 印
lost-authority-own-form = 市区町村や保険者の様式があるときは、そちらを使います。代理人の本人確認書類、法定代理人は登記事項証明書（3か月以内）も持って行きます。15歳未満と成年被後見人の手続は、法定代理人だけが行えます。
lost-authority-no-pin = 暗証番号と個人番号（12桁）は、この紙に書きません。暗証番号が要るときは、本人が書いた紙を封筒に入れて封をします。

## 報告書の言葉

lost-about-case = 紛失 第{ $number }号
reports-title-lost-report = 事故報告書（紛失）
reports-title-leak-report = 漏えい等報告書の下書き
reports-section-lost-case = 事案
reports-section-lost-things = なくしたもの
reports-section-lost-steps = 行ったこと
reports-section-lost-leak = 漏えい等の確認
reports-section-lost-cause = 原因と再発防止
reports-section-lost-timeline = 時間の流れ（記録から）
reports-section-leak-case = 事案
reports-section-leak-questions = 4つの問い
reports-section-leak-items = 報告する9項目
reports-section-leak-ask = 問い合わせる先
reports-fact-lost-noticed-at = 気づいた日時
reports-fact-lost-noticed-by = 気づいた人
reports-fact-lost-reported = 届けた日時と人
reports-fact-lost-last-seen = 最後に見たとき
reports-fact-lost-happened = なくした場所
reports-fact-lost-stolen = 盗難
reports-fact-lost-state = いまの状態
reports-fact-lost-known-on = 知った日（1日目）
reports-fact-lost-first-safe = 速報の日（この日までに）
reports-fact-lost-first-last = 速報の最後の日
reports-fact-lost-final-safe = 確報の日（この日までに）
reports-fact-lost-final-last = 確報の最後の日
reports-fact-lost-decision = 報告するか
reports-fact-lost-decided-by = 決めた人
reports-fact-lost-consulted = 問い合わせた相手と答え
reports-fact-lost-cause = 原因
reports-fact-lost-measures = 再発防止
reports-fact-lost-first-review = 1回目の見直し
reports-fact-lost-second-review = 2回目の見直し
reports-fact-lost-facility = 施設
reports-column-lost-thing = もの
reports-column-lost-outcome = いま
reports-column-lost-found = 見つかったとき
reports-column-lost-step = 対応項目
reports-column-lost-step-about = だれの・何の
reports-column-lost-due = 期限
reports-column-lost-state = 状態
reports-column-lost-state-by = 記録した時刻と人
reports-column-lost-evidence = 内容
reports-column-leak-question = 問い
reports-column-leak-help = 考え方
reports-column-leak-answer = 答え
reports-column-leak-item = 項目
reports-column-leak-text = 内容
reports-column-leak-ask = 問い合わせる先
reports-column-leak-phone = 電話
reports-column-leak-hours = 受付時間
reports-remark-lost = 紛失
reports-refusal-lost-not-losable = 紛失の届の誤り
reports-refusal-lost-found-card-differs = 見つかったカードの違い
reports-refusal-pins-card-lost = 紛失中の暗証番号
lost-not-yet = まだ書いていない
lost-note-timeline = 気づいた日の2週間前からの、なくしたものの記録と、この事案の記録です。番号は記録の番号（第 n 号）です。
lost-note-leak = 要確認: 報告が要るかどうかを、このプログラムは決めません。答えがどれも「いいえ」でも、問い合わせてから決めてください。
lost-note-leak-open = まだ確かめていません。{ $day } までに確かめます。
lost-note-origin = 日数の数え方の出典: { $source }（確認 { $day }）。資料で分かれるところは、早い方の日を示しています。
