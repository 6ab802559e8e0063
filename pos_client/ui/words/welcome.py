"""Words of the page that waits for the next person."""

from pos_client.ui.words.mark import QT_TRANSLATE_NOOP

WAITING = QT_TRANSLATE_NOOP("pos", "等待插卡")
BILL = QT_TRANSLATE_NOOP("pos", "费用")
INSERT = QT_TRANSLATE_NOOP("pos", "请插卡")
HOW = QT_TRANSLATE_NOOP("pos", "芯片面朝上，插到底，读完再取")
HINT = QT_TRANSLATE_NOOP("pos", "请插卡；没有卡按 F2。也可以先扫药品。")
NO_CARD = QT_TRANSLATE_NOOP("pos", "没有卡")
NO_CARD_WAYS = QT_TRANSLATE_NOOP("pos", "身份证号、医保电子凭证")
STAYS = QT_TRANSLATE_NOOP("pos", "住院")
STAYS_WAYS = QT_TRANSLATE_NOOP("pos", "入院登记、押金、记账、出院结算")
TAKE_UP = QT_TRANSLATE_NOOP("pos", "取回挂单")
PARKED = QT_TRANSLATE_NOOP("pos", "{count} 笔")
NONE_PARKED = QT_TRANSLATE_NOOP("pos", "没有挂单")
SHIFT = QT_TRANSLATE_NOOP("pos", "本班 {since} 起")
SOLD = QT_TRANSLATE_NOOP("pos", "收费")
VOIDED = QT_TRANSLATE_NOOP("pos", "退费")
PARKED_ROW = QT_TRANSLATE_NOOP("pos", "挂单")
UNKNOWN = QT_TRANSLATE_NOOP("pos", "结果未知")
PIECES = QT_TRANSLATE_NOOP("pos", "{count} 笔")
BLIND = QT_TRANSLATE_NOOP("pos", "现金数在交班清点后显示")
COLLECT = QT_TRANSLATE_NOOP("pos", "应收现金")
CHANGE = QT_TRANSLATE_NOOP("pos", "找零")
HAND_BACK = QT_TRANSLATE_NOOP("pos", "应退现金")
LAST = QT_TRANSLATE_NOOP("pos", "上一笔")
TENDERED = QT_TRANSLATE_NOOP("pos", "实收")
BOOKED = QT_TRANSLATE_NOOP("pos", "已入账，单据已打印")
BOOKED_FILE = QT_TRANSLATE_NOOP("pos", "已入账，单据已存档")
BOOKED_NO_SLIP = QT_TRANSLATE_NOOP("pos", "已入账，单据没打出来")
READING = QT_TRANSLATE_NOOP("pos", "正在读卡")
ASKING = QT_TRANSLATE_NOOP("pos", "正在向医保中心查询参保信息")
PROVISIONAL_HINT = QT_TRANSLATE_NOOP(
    "pos", "离线暂结，联网后自动上传。已收 {tendered}，找零 {change}，请把暂结单交给参保人。下一位请插卡。"
)
SETTLED_HINT = QT_TRANSLATE_NOOP("pos", "已收 {tendered}，找零 {change}。请把单据交给参保人，下一位请插卡。")
SETTLED_EXACT = QT_TRANSLATE_NOOP("pos", "已收 {tendered}，不用找零。请把单据交给参保人，下一位请插卡。")
SETTLED_DIFFERS = QT_TRANSLATE_NOOP(
    "pos", "已收 {tendered}，找零 {change}。与本机计算有 {count} 处不同，按医保中心的收，差异已登记。下一位请插卡。"
)
BROUGHT_BACK = QT_TRANSLATE_NOOP("pos", "上次没收完的 {count} 行已取回。请重新插卡核对后再收款。")
PARKED_DONE = QT_TRANSLATE_NOOP("pos", "已挂单。下一位请插卡；按 F12 取回。")
