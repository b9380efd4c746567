"""What happens to a resident and makes tasks, and what became of a task (domain facts §3-§4)."""

from __future__ import annotations

from enum import Enum


class LifeEventKind(Enum):
    """What is noted because no other table says it.

    MOVED_IN: 住民票 moved to the facility on `happened_on`, 転入届 handed in on `ended_on`;
    ELSEWHERE: 住民票 stays elsewhere, so that notices go there; MOVE_OUT_PLANNED: the day of moving
    out as told to the old city; LIVELIHOOD: 生活保護 from `happened_on` through `ended_on`;
    CERTIFICATE_ASKED: a 資格確認書 applied for; NOTICE_CAME: the 有効期限通知書 of a card arrived;
    CANCEL_ASKED, CANCEL_ENTERED: 利用登録の解除 applied for, and entered by the insurer;
    FACE_CARD_WISHED: the person wants a 顔認証マイナンバーカード.
    """

    MOVED_IN = "moved-in"
    ELSEWHERE = "elsewhere"
    MOVE_OUT_PLANNED = "move-out-planned"
    LIVELIHOOD = "livelihood"
    CERTIFICATE_ASKED = "certificate-asked"
    NOTICE_CAME = "notice-came"
    CANCEL_ASKED = "cancel-asked"
    CANCEL_ENTERED = "cancel-entered"
    FACE_CARD_WISHED = "face-card-wished"


class DutyState(Enum):
    """What became of a task: OPEN means somebody was named for it and nothing else."""

    OPEN = "open"
    PUT_OFF = "put-off"
    DONE = "done"
    DISMISSED = "dismissed"
