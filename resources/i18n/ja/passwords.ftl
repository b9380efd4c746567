## パスワード

passwords-too-short = パスワードが短すぎます。
    .undone = パスワードは変わっていません。
    .todo = { $minimum }文字以上にしてください。言葉をいくつか並べると覚えやすくなります。
passwords-too-long = パスワードが長すぎます。
    .undone = パスワードは変わっていません。
    .todo = { $maximum }文字までにしてください。
passwords-too-common = よく使われる言葉や並びなので、すぐに当てられます。
    .undone = パスワードは変わっていません。
    .todo = 関係のない言葉を三つか四つ並べてください。
passwords-from-facility = 施設や職員の名前・番号から作られているので、当てられやすいパスワードです。
    .undone = パスワードは変わっていません。
    .todo = 施設にも自分にも関係のない言葉を並べてください。
