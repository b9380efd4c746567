# Printed papers (reports/).
papers-page = { $number } / { $count } ページ
papers-glyph-missing = 印刷できない文字（{ $characters }）があります。「{ $name }」
    .undone = 印刷していません。
    .todo = IPAmj明朝フォントを入れるか、別の字体で登録してください。

papers-recovery-title = 復元シート
papers-recovery-store = 台帳番号 { $name }
papers-recovery-what = このパソコンが壊れたり、鍵が失われたりしたときに、台帳を開くための24の言葉です。
papers-recovery-keep = この紙があれば、だれでも台帳を開けます。写真に撮らず、パソコンやバックアップとは別の、鍵のかかる場所に保管してください。
papers-recovery-use-title = 使い方
papers-recovery-use-1 = 新しいパソコンにこのプログラムを入れて、「復元シートから始める」を選びます。
papers-recovery-use-2 = 24の言葉を、番号の順に、ひらがなで入力します。各語の最初の3文字だけでもかまいません。
papers-recovery-use-3 = バックアップのファイルを選びます。これで元の台帳が開きます。
papers-recovery-use-4 = この紙をなくしたとき、人に見られたおそれがあるときは、すぐに管理責任者に知らせてください。

papers-tags-title = 袋タグ
papers-tags-slot = 保管場所 { $slot }
