## スキャンした書面の取込み
action-paper-attached = 書面の取込み
action-paper-removed = 取り込んだ書面の削除

attachments-not-a-paper = 「{ $name }」は、PDF・PNG・JPEGのどれでもありません。
    .undone = 取り込んでいません。
    .todo = 書面をPDFか画像で保存し直して、選んでください。
attachments-too-large = 「{ $name }」は { $largest } MB を超えています。
    .undone = 取り込んでいません。
    .todo = 解像度を下げるか、ページを分けて保存し直してください。
attachments-not-looked-through = 「{ $name }」の全ページを確かめたという印がありません。
    .undone = 取り込んでいません。
    .todo = 個人番号（12桁）、カードの裏面、暗証番号が写っていないことを見てから、印をつけてください。
attachments-too-many = 取り込めるのは { $most } 枚までです。
    .undone = 取り込んでいません。
    .todo = 要らないものを削除するか、1つのPDFにまとめてください。
attachments-damaged = 「{ $name }」を開けません。取り込んだときの内容と違うか、鍵が消去されています。
    .undone = 表示していません。
    .todo = 紙の原本を見てください。保存期間が過ぎて消去されたものは、戻せません。
