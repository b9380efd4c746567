# 照合値を確かめる画面と、照合値の置き場所の設定。
checkpoints-title = 照合値を確かめる
checkpoints-begin = 紙の照合値を読み取ってください
checkpoints-begin-text = いまの記録が、その紙を作ったときの記録を、書き換えずに含んでいるかを確かめます。
checkpoints-field = 照合値（QRコード、六つの言葉、または5行の文字）
checkpoints-hint = ここに読み取るか、入力します
checkpoints-clear = 消す
checkpoints-ways = 三つの入れ方
checkpoints-way-scan = 報告書の「この書類の照合値」にあるQRコードを、スキャナーで読み取ります。この画面のどこを選んでいても、そのまま確かめます。
checkpoints-way-words = 電話などで聞いた六つの言葉を、ひらがなで順に入れます。言葉の間は、空けても空けなくてもかまいません。
checkpoints-way-type = 紙にある5行の文字を、そのまま入れるか貼り付けます。
checkpoints-what = 照合値は、ある時までの記録全体から計算した値に、署名を付けたものです。記録が1文字でも変わると、合わなくなります。
checkpoints-check = 確かめる
checkpoints-empty = 照合値を入れてください
checkpoints-checking = 記録と突き合わせています
checkpoints-stopped = 中止しました
checkpoints-stopped-text = 合っているかどうかは、まだ確かめていません。
checkpoints-to-log = 記録へ戻る
checkpoints-made-at = この照合値は、{ $at }に作られました。
checkpoints-consistent = 記録は、この紙のときから書き換えられていません
checkpoints-not-consistent = 記録が、この紙の後で書き換えられています
checkpoints-future = 記録の終わりが失われています
checkpoints-not-signed = 本物と確かめられません
checkpoints-other-store = 別の施設の照合値です
checkpoints-damaged = 照合値を読み取れません
checkpoints-unknown-words = この言葉の照合値はありません
checkpoints-unclear-words = 聞き取れない言葉があります
checkpoints-else = 照合値ではありません
checkpoints-else-tag = 読み取ったのは袋タグです。記録とは突き合わせていません。
checkpoints-else-other = 読み取ったものは、照合値の形をしていません。記録とは突き合わせていません。
checkpoints-else-todo = 報告書の「この書類の照合値」にあるQRコードを読み取ってください。

settings-page-checkpoints = 照合値の置き場所
checkpoints-folders-note = ここで選んだフォルダーに、照合値を自動で写します。パソコンを使う人の手が届かない場所（USBメモリー、ほかの部署の共有フォルダー）にあると、記録の書換えがだれにも隠せなくなります。
checkpoints-folder-whole = 「フォルダーを選ぶ」で選ぶか、ドライブ名から全部入力してください。
checkpoints-folders-look = いまの状態を見る
checkpoints-folders-none = 置き場所はまだありません。照合値は、このパソコンと印刷した紙にだけあります。
checkpoints-folders-looking = 置き場所を見ています
checkpoints-open-settings = 置き場所を開く
checkpoints-outside-short = 照合値の置き場所を確かめてください
shell-reminder-later = あとで

## F1
help-checkpoint-title = 「照合値を確かめる」の使い{ "\u2060" }方
help-checkpoint =
    報告書の「この書類の照合値」のQRコードをスキャナーで読み取ると、すぐに結果が出ます。
    QRコードを読み取れないときは、六つの言葉か5行の文字を入れて、Enter を押します。
    合わなかったときは、紙を残したまま、管理責任者に知らせてください。
