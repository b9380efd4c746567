## 預かり品と持出し

term-item-state-in-safe = 保管中
term-item-state-out = 持出中
term-item-state-lost = 紛失
term-item-state-returned = 返還済
term-item-state-disposed = 廃棄済

term-move-sign-out = 持出し
term-move-sign-in = 返却
term-move-hand-over = 引継ぎ
term-move-report-lost = 紛失の届出
term-move-find = 発見
term-move-hand-back = 返還
term-move-dispose = 廃棄

term-condition-good = 異常なし
term-condition-worn = 傷みあり
term-condition-damaged = 破損
term-condition-unreadable = 読めない

term-face-authentication-unknown = 未確認
term-face-authentication-not-noted = 「顔認証」の記載なし
term-face-authentication-noted = 「顔認証」の記載あり

term-date-role-card-expires = カードの有効期限
term-date-role-certificate-expires = 電子証明書の有効期限
term-date-role-valid-from = 有効期間の始まり
term-date-role-paper-expires = 有効期限

term-cycle-none = 更新なし
term-cycle-yearly = 毎年
term-cycle-years = 数年ごと

term-due-kind-relative = 出てからの時間
term-due-kind-absolute = 時刻

term-escalation-none = 期限内
term-escalation-late = 返却時刻を過ぎました
term-escalation-late-15 = 15分以上遅れています
term-escalation-late-60 = 1時間以上遅れています

term-emergency-standing-reason-missing = 理由の記入待ち
term-emergency-standing-reason-late = 理由の記入が24時間を過ぎています
term-emergency-standing-review-missing = 別の職員の確認待ち
term-emergency-standing-closed = 完了
