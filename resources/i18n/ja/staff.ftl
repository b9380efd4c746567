## 職員と役割

staff-number-taken = 職員番号 { $number } は、ほかの職員が使っています。
    .undone = 登録していません。
    .todo = ほかの番号にしてください。退職した人の番号も、記録が残るため使えません。
staff-dates-reversed = 終わりの日が、始まりの日より前です。
    .undone = 保存していません。
    .todo = 日付を確かめて、入力し直してください。
staff-own-rights = 自分の役割や在職期間は変えられません。
    .undone = 何も変更していません。行おうとしたことは記録されました。
    .todo = ほかの管理責任者かシステム管理者に頼んでください。
staff-last-manager = 管理責任者がだれもいなくなります。
    .undone = 何も変更していません。
    .todo = 先に、別の職員に管理責任者の役割を付けてください。
staff-deputy-needs-end = 代行には、最後の日が必要です。
    .undone = 役割は付けていません。
    .todo = いつまで代行するかを入力してください。
staff-needs-account = 「{ $role }」には、ログインできる職員が必要です。
    .undone = 役割は付けていません。
    .todo = 先に、この職員のパスワードを設定してください。
