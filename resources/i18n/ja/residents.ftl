## 利用者の登録とさがし方

residents-already-discharged = この利用者は{ $on }に退所しています。
    .undone = 変更していません。
    .todo = 退所日がちがうときは、退所を取り消してから登録し直してください。
residents-not-discharged = この利用者は退所していません。
    .undone = 変更していません。
    .todo = 一覧で利用者を確かめてください。
residents-possible-twin = 同じ氏名と生年月日の「{ $name }」さん（居室 { $room }）が登録されています。
    .undone = 登録していません。
    .todo = 同じ人なら、登録されている記録を直してください。別の人なら、確かめた上で「別の人として登録する」を押してください。
proxies-ended = この代理人の権限は終わっています。
    .undone = 変更していません。
    .todo = 新しい代理人として追加してください。
search-tag-voided = この袋タグは無効です。
    .undone = 何も記録していません。
    .todo = 氏名か居室でさがし、袋に新しいタグを貼ってください。古いタグは捨ててください。

term-presence-in-safe = 保管中
term-presence-out = 持出中
term-presence-partly-out = 一部持出中
term-presence-lost = 紛失
term-presence-nothing = 預かりなし

term-kana-row-a = あ
term-kana-row-ka = か
term-kana-row-sa = さ
term-kana-row-ta = た
term-kana-row-na = な
term-kana-row-ha = は
term-kana-row-ma = ま
term-kana-row-ya = や
term-kana-row-ra = ら
term-kana-row-wa = わ
term-kana-row-other = 他
