"""Words of the help: what each key does, what the signs mean."""

from pos_client.ui.words.mark import QT_TRANSLATE_NOOP

KEYS = QT_TRANSLATE_NOOP("pos", "刚才那一页的按键")
OTHERS = QT_TRANSLATE_NOOP("pos", "其他键")
SIGNS = QT_TRANSLATE_NOOP("pos", "符号")
MARKS = QT_TRANSLATE_NOOP("pos", "金额前的字")
HINT = QT_TRANSLATE_NOOP("pos", "按 Esc 回到刚才那一页，什么也没有改变。")

F1 = QT_TRANSLATE_NOOP("pos", "看这一页的按键")
F2 = QT_TRANSLATE_NOOP("pos", "没有卡时识别：身份证、医保码")
F3 = QT_TRANSLATE_NOOP("pos", "取处方")
F4 = QT_TRANSLATE_NOOP("pos", "查以前的单子")
F5 = QT_TRANSLATE_NOOP("pos", "试算，不收钱")
F6 = QT_TRANSLATE_NOOP("pos", "换账户：不用、本人、家庭")
F7 = QT_TRANSLATE_NOOP("pos", "自费药已签同意，或取消")
F8 = QT_TRANSLATE_NOOP("pos", "收款，只收一次")
F9 = QT_TRANSLATE_NOOP("pos", "退回收过的费用")
F10 = QT_TRANSLATE_NOOP("pos", "打印单据")
F11 = QT_TRANSLATE_NOOP("pos", "待办：结果未知、差异")
F12 = QT_TRANSLATE_NOOP("pos", "挂单，服务下一位")
ESC = QT_TRANSLATE_NOOP("pos", "退一步，单子不丢")

ENTER = QT_TRANSLATE_NOOP("pos", "下一格；最后一格就办")
ARROWS = QT_TRANSLATE_NOOP("pos", "选一行")
DEL = QT_TRANSLATE_NOOP("pos", "删去选中的行")
STAR = QT_TRANSLATE_NOOP("pos", "选中的行改为 3 件")
STAR_CODE = QT_TRANSLATE_NOOP("pos", "扫之前输：一次 3 件")
MEANS = QT_TRANSLATE_NOOP("pos", "微信、支付宝、银行卡付一部分")

DONE = QT_TRANSLATE_NOOP("pos", "办好了")
LOOK = QT_TRANSLATE_NOOP("pos", "请看一眼，要做一步")
STOP = QT_TRANSLATE_NOOP("pos", "停下，没有办成")
UNKNOWN = QT_TRANSLATE_NOOP("pos", "结果未知，不要重复收费")
NOTE = QT_TRANSLATE_NOOP("pos", "说明，可以照常做")
RECEIVE = QT_TRANSLATE_NOOP("pos", "向参保人收钱")
GIVE_BACK = QT_TRANSLATE_NOOP("pos", "退给参保人，不要收")
CODE = QT_TRANSLATE_NOOP("pos", "句末的小代码，请报给信息科。")
