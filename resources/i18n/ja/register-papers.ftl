# 任命書・修了証・規程・更新の委任状
action-register-printed = 台帳の書面の印刷
action-authority-printed = 委任状の印刷

registers-no-such-paper = この記入からは、この書面を作れません。
    .undone = 何も印刷していません。
    .todo = 修了証は、受講の印がついた職員の分だけ作れます。台帳を開き直してください。
renewals-nothing-to-authorise = 委任する手続が選ばれていません。
    .undone = 何も印刷していません。
    .todo = 委任する手続を一つ以上選んでください。

register-paper-appointment = 任命書
register-paper-to = { $name } 殿
register-paper-head = { $role }  { $name }
register-paper-appointed = あなたを、当施設の{ $role }に任命します。
register-paper-details = 記
register-paper-role = 役割
register-paper-from = 任期の始まり
register-paper-until = 任期の終わり
register-paper-no-end = 別に定める日まで
register-paper-scope = 担当する範囲
register-paper-duties = 利用者からお預かりするマイナンバーカード等を、管理規程に従って扱い、出し入れを記録し、異常に気づいたときは直ちに報告してください。
register-paper-secrecy = 職務で知ったことは、この役割を離れた後も、退職した後も、他人に漏らしてはなりません。
register-paper-acceptance = 上の任命を受け、規程を守ります。
register-paper-number = 番号 { $number }
register-paper-certificate = 修了証
register-paper-attended = あなたは、下の研修を受講したことを証します。
register-paper-passed = あなたは、下の研修を受講し、理解度の確認に合格したことを証します。
register-paper-training = 研修
register-paper-held-on = 実施日
register-paper-teacher = 講師
register-paper-contents = 内容
register-paper-version = 版 { $version }
register-paper-in-force = 施行 { $day }
register-paper-read = 読んで理解したことを確認した職員
register-paper-not-read = まだ確認していない職員: { $names }

renewal-authority-title = 委任状（更新などの手続）
renewal-authority-to = 市区町村長・保険者 様
renewal-authority-text = 私（{ $name }　{ $born }生まれ）は、上の者を代理人と定め、印を付けた手続を委任します。
term-renewal-act-card = マイナンバーカードの有効期限が来るための交付申請
term-renewal-act-certificate = 利用者証明用電子証明書の更新
term-renewal-act-face-card = 顔認証マイナンバーカードへの切替え
term-renewal-act-eligibility = 資格確認書の交付申請
term-renewal-act-unregister = マイナ保険証の利用登録の解除申請
term-renewal-act-care-papers = 介護保険被保険者証・負担割合証・負担限度額認定証の申請
term-renewal-act-medical-papers = 受給者証（医療・障害福祉）の更新申請
term-renewal-act-receive = 上の手続でできたものの受取り
