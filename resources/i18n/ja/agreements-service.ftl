## 同意書の登録・見直し・撤回

agreements-no-kind-named = 同意書に、預かる物の種類が選ばれていません。
    .undone = 同意書は登録していません。
    .todo = 預かる物の種類を一つ以上選んでください。
agreements-proxy-does-not-fit = 同意した代理人が、立場と合わないか、この日に権限がありません。
    .undone = 同意書は登録していません。
    .todo = 「代理人」に登録した人から選び、立場と権限の期限を確かめてください。
agreements-already-withdrawn = この同意書は撤回されています。
    .undone = 変更していません。
    .todo = 新しい同意書を登録してください。
