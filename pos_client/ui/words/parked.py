"""Words of the list of parked bills."""

from pos_client.ui.words.mark import QT_TRANSLATE_NOOP

TITLE = QT_TRANSLATE_NOOP("pos", "等着取回的挂单")
COUNT = QT_TRANSLATE_NOOP("pos", "{count} 笔，用 ↑ ↓ 选")
WHAT = QT_TRANSLATE_NOOP("pos", "费用")
LINES = QT_TRANSLATE_NOOP("pos", "{count} 行")
SINCE = QT_TRANSLATE_NOOP("pos", "开单")
PARKED_AT = QT_TRANSLATE_NOOP("pos", "挂单时间")
OPERATOR = QT_TRANSLATE_NOOP("pos", "操作员")
NOBODY = QT_TRANSLATE_NOOP("pos", "没有识别")
CHOSEN = QT_TRANSLATE_NOOP("pos", "选中的挂单")
MASKED = QT_TRANSLATE_NOOP("pos", "姓名按规定遮盖，取回后要重新识别。")
NONE = QT_TRANSLATE_NOOP("pos", "现在没有挂单")
NONE_HOW = QT_TRANSLATE_NOOP("pos", "收费时按 F12，单子就放到这里，下一位可以先办。")
HINT = QT_TRANSLATE_NOOP("pos", "用 ↑ ↓ 选，按回车取回；按 Del 放弃选中的一单。")
HINT_NONE = QT_TRANSLATE_NOOP("pos", "没有挂单。按 Esc 返回。")
TAKE_UP = QT_TRANSLATE_NOOP("pos", "取回这一单")
REALLY = QT_TRANSLATE_NOOP("pos", "再按一次 Del 放弃这一单（{count} 行），不能再取回；按其他键保留。")
GIVEN_UP = QT_TRANSLATE_NOOP("pos", "已放弃一单（{count} 行），没有收费。")
TAKEN_UP = QT_TRANSLATE_NOOP("pos", "已取回 {count} 行，还没有收费。请重新插卡，或按 F2 识别后试算。")
DELETE = QT_TRANSLATE_NOOP("pos", "放弃选中的一单，要按两次")
