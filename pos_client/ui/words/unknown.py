"""Words of the page of a settlement whose answer was lost."""

from pos_client.ui.words.mark import QT_TRANSLATE_NOOP

UNKNOWN = QT_TRANSLATE_NOOP("pos", "结果未知")
BOOKED = QT_TRANSLATE_NOOP("pos", "查清了：已入账")
NOT_BOOKED = QT_TRANSLATE_NOOP("pos", "查清了：没有入账")
TAKEN_BACK = QT_TRANSLATE_NOOP("pos", "查清了：已自动撤销")
SLIP = QT_TRANSLATE_NOOP("pos", "待确认单 {id}")
BILL = QT_TRANSLATE_NOOP("pos", "单号 {id}")
ASKING = QT_TRANSLATE_NOOP("pos", "正在向医保中心查询")
ASKED = QT_TRANSLATE_NOOP("pos", "问过 {count} 次，{seconds} 秒后再问")
ASKING_NOW = QT_TRANSLATE_NOOP("pos", "问过 {count} 次，正在问")
HOW_IT_WENT = QT_TRANSLATE_NOOP("pos", "经过")
HELD = QT_TRANSLATE_NOOP("pos", "已收，待确认")
HAND_BACK = QT_TRANSLATE_NOOP("pos", "应退")
CHANGE = QT_TRANSLATE_NOOP("pos", "找零")
NOTHING_BACK = QT_TRANSLATE_NOOP("pos", "不用退款")
LAID_DOWN = QT_TRANSLATE_NOOP("pos", "{means} 已收")
GOES_BACK = QT_TRANSLATE_NOOP("pos", "退{means}")
NOT_TWICE = QT_TRANSLATE_NOOP("pos", "不要重复收费")
ASIDE = QT_TRANSLATE_NOOP("pos", "{means} {amount} 单独放好")
BY_SLIP = QT_TRANSLATE_NOOP("pos", "请参保人凭待确认单取结果")
READ_AT = QT_TRANSLATE_NOOP("pos", "读卡时间")
LEAVE = QT_TRANSLATE_NOOP("pos", "参保人已离开：查到就撤销")
LEFT = QT_TRANSLATE_NOOP("pos", "已登记参保人离开")
NEXT = QT_TRANSLATE_NOOP("pos", "服务下一位")
TOLD = QT_TRANSLATE_NOOP("pos", "已告知，下一位")
HINT = QT_TRANSLATE_NOOP(
    "pos", "医保中心没有回答，这一笔是否入账还不知道。系统正在查询，不要重复收费，可先按 F12 服务下一位。"
)
HINT_LEFT = QT_TRANSLATE_NOOP("pos", "已登记参保人离开，钱已退还。查到已入账会自动撤销，按 F12 服务下一位。")
SURE_LEFT = QT_TRANSLATE_NOOP(
    "pos", "先把收下的钱退还，再按一次 F9 登记参保人离开；以后查到已入账会自动撤销。按 Esc 不登记。"
)
LOOK_AT_LINES = QT_TRANSLATE_NOOP("pos", "看单子的下一行")
STAYS_OPEN = QT_TRANSLATE_NOOP("pos", "这一笔还在查，按 F12 服务下一位；以后在 F11 待办里看结果。")
