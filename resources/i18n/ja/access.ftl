## ログイン・権限・二人確認

access-not-permitted = 「{ $permission }」の権限がありません。
    .undone = 何も変更していません。行おうとしたことは記録されました。
    .todo = 権限のある職員に代わるか、管理責任者に確認してください。
access-wrong-password = 職員番号かパスワードが違います。
    .undone = ログインも確認もできていません。
    .todo = { $wait_s ->
        [0] もう一度入力してください。
       *[other] { $wait_s }秒たってから、もう一度入力してください。
    }
access-must-wait = 続けて間違えたため、しばらく入力できません。
    .undone = ログインも確認もできていません。
    .todo = { $wait_s }秒たってから、もう一度入力してください。急ぐときは緊急持出し（F12）を使えます。
access-no-rights-now = { $name }さんに、いま使える役割がありません。
    .undone = ログインも確認もできていません。
    .todo = 勤務帯や役割の期間を管理責任者に確認してください。
access-unknown-number = この職員番号は見つかりません。
    .undone = 何も持ち出していません。
    .todo = 番号を確かめて、もう一度入力してください。
access-same-person = 同じ職員は選べません。
    .undone = 何も記録されていません。
    .todo = ほかの職員に頼んでください。

term-role-manager = 管理責任者
term-role-custodian = カード管理担当者
term-role-pin-officer = 暗証番号管理者
term-role-escort = 付添職員
term-role-auditor = 監査担当者
term-role-system-admin = システム管理者

term-shift-always = いつでも
term-shift-day = 日勤
term-shift-night = 夜勤（緊急と返却）

term-identified-password = パスワード
term-identified-number = 職員番号
term-identified-system = プログラム

term-permission-view-desk = 持出し・返却の画面を見る
term-permission-sign-out = 持ち出す
term-permission-sign-in = 返却する
term-permission-hand-over = 引き継ぐ
term-permission-release-emergency = 緊急持出しをする
term-permission-explain-emergency = 緊急持出しの理由を書く
term-permission-review-emergency = 緊急持出しを確認する
term-permission-hand-back = 返還する
term-permission-correct-record = 記録を訂正する
term-permission-witness = 二人目として確認する
term-permission-view-residents = 利用者を見る
term-permission-manage-residents = 利用者と預かり品を登録する
term-permission-manage-agreements = 同意書を登録する
term-permission-plan-visits = 受診を予定する
term-permission-override-departure = 受診前の確認を理由を書いて通す
term-permission-check-cards = カードを点検する
term-permission-view-lost = 紛失対応を見る
term-permission-report-lost = 紛失を届け、対応を記録する
term-permission-manage-lost = 紛失対応の省略と終了を決める
term-permission-view-registers = 台帳（研修・任命・苦情など）を見る
term-permission-write-registers = 台帳に記入する
term-permission-manage-registers = 台帳の規程・任命を管理する
term-permission-manage-retention = 保存期間と消去を管理する
term-permission-import = 一覧を取り込む
term-permission-print-tags = 袋タグを印刷する
term-permission-view-staff = 職員を見る
term-permission-manage-staff = 職員を登録する
term-permission-view-log = 記録を見る
term-permission-verify-log = 記録を照合する
term-permission-review-record = 記録を見直す
term-permission-view-stocktake = 棚卸を見る
term-permission-count-stocktake = 棚卸で数える
term-permission-approve-stocktake = 棚卸を承認する
term-permission-make-checkpoint = 照合値を作る
term-permission-make-reports = 報告書を作る
term-permission-manage-settings = 設定を変える
term-permission-manage-cabinets = 保管場所を変える
term-permission-view-vault = 預かっている暗証番号の一覧を見る
term-permission-deposit-pin = 暗証番号を預かる
term-permission-present-pin = 暗証番号をカードに送る
term-permission-reveal-pin = 暗証番号を画面に開示する
term-permission-approve-pin = 暗証番号の利用を承認する
term-permission-erase-pin = 暗証番号を消去する
term-permission-manage-vault = 暗証番号保管庫を管理する
term-permission-back-up = バックアップする
term-permission-restore = バックアップから戻す
term-permission-change-own-password = 自分のパスワードを変える
term-permission-identify = 職員を確かめる
term-permission-set-up = 初期設定をする
