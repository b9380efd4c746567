## 緊急持出しの理由と確認

emergency-reason-missing = 理由が書かれていません。
    .undone = 理由は記録されていません。
    .todo = 何があって、どこへ持ち出したかを短く書いてください。
emergency-not-explained-yet = 理由がまだ書かれていません。
    .undone = 確認は記録されていません。
    .todo = 持ち出した職員に、理由を書いてもらってください。
emergency-own-release = 自分が持ち出した、または理由を書いた緊急持出しは確認できません。
    .undone = 確認は記録されていません。行おうとしたことは記録されました。
    .todo = ほかの管理責任者に確認を頼んでください。
emergency-already-reviewed = この緊急持出しは、もう確認が済んでいます。
    .undone = 何も変更していません。
    .todo = 直すことがあるときは、持出記録の訂正として残してください。

emergency-not-their-release = この緊急持出しの内容は、いま表示できません。
    .undone = 何も表示・印刷していません。緊急持出しの記録はそのままです。
    .todo = ログインして「きょう」から開くか、持ち出した職員が自分の職員番号で開いてください。
reports-refusal-emergency-not-their-release = 他の職員の緊急持出しの表示
