"""Words between the start of the program and the first page."""

from pos_client.ui.words.mark import QT_TRANSLATE_NOOP

OPENING = QT_TRANSLATE_NOOP("pos", "正在打开账本")
HOW = QT_TRANSLATE_NOOP("pos", "可以先扫药品，打开后自动接上")
HINT = QT_TRANSLATE_NOOP("pos", "正在打开账本。现在就可以扫药品，打开后自动录入。")

NOT_OPENED = QT_TRANSLATE_NOOP("pos", "这个窗口没有打开")
NOTHING_DONE = QT_TRANSLATE_NOOP("pos", "没有收费，也没有改动任何账。")
WHAT_TO_DO = QT_TRANSLATE_NOOP("pos", "处理好以后按回车再试；按 Esc 关闭窗口。")
TRY_AGAIN = QT_TRANSLATE_NOOP("pos", "再试一次")
CLOSE = QT_TRANSLATE_NOOP("pos", "关闭窗口")
FOR_IT = QT_TRANSLATE_NOOP("pos", "给信息科")
FOLDER = QT_TRANSLATE_NOOP("pos", "数据文件夹")
CODE = QT_TRANSLATE_NOOP("pos", "代码")

SCALE_DOES_NOT_FIT = QT_TRANSLATE_NOOP("pos", "设定的显示比例在这块屏幕上放不下，已改用 {used}%。")
