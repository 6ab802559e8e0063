"""Everything the panel says, in Chinese and English."""

from dataclasses import dataclass
from typing import Final, Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One saying in both languages; places in braces are filled in by :meth:`said`."""

    zh: str
    en: str

    def said(self, language: Language, **places: object) -> str:
        """The saying in one language."""
        return (self.zh if language == "zh" else self.en).format(**places)


TITLE: Final = Text("模拟设备（不是真的医保中心）", "Simulated devices (no real bureau)")

READER: Final = Text("读卡器", "Reader")
SLOT_EMPTY: Final = Text("没有卡", "no card")
BANK_CARD: Final = Text("银行卡", "bank card")

FRONT_END: Final = Text("前置机", "Front end")
UP: Final = Text("在线", "up")
DOWN: Final = Text("已停", "down")

CARD_PAGE: Final = Text("持卡人", "Persons")
CARD_HINT: Final = Text("↑ ↓ 选人  Enter 插卡", "↑ ↓ choose  Enter insert")
INSERT: Final = Text("插卡", "Insert card")
REMOVE: Final = Text("拔卡", "Pull out")
TEAR: Final = Text("读到一半拔出", "Tear in mid-reading")
MUTE: Final = Text("不应答，到拔卡为止", "Mute until pulled out")
INSERT_BANK_CARD: Final = Text("误插银行卡", "Bank card by mistake")
ID_NUMBER: Final = Text("证件号码", "ID number")
COPY: Final = Text("复制", "Copy")
VOUCHER: Final = Text("电子凭证", "E-voucher")
ISSUE: Final = Text("发电子凭证", "New e-voucher")
NO_VOUCHER: Final = Text("按 F7 发码", "press F7")

BUREAU_PAGE: Final = Text("前置机", "Front end")
STOP: Final = Text("停", "Take down")
START: Final = Text("启动", "Take up")
LEDGER: Final = Text("账本", "Ledger")
LEDGER_SUM: Final = Text("{count} 笔 {total} 元", "{count} settled, {total} yuan")
CLOCK: Final = Text("中心时钟", "Bureau's clock")
AHEAD: Final = Text("秒，负数为慢", "s ahead")
FAULTS: Final = Text("故障", "Faults")
FAULT_HINT: Final = Text("Enter 一次  1–9 次数  0 一直  Del 关", "Enter once  1–9 times  0 always  Del off")
ONLY_FOR: Final = Text("只对", "Only for")
ONLY_HINT: Final = Text("← → 换交易", "← → change")
EVERY_TRANSACTION: Final = Text("全部交易", "every transaction")

ONCE: Final = Text("一次", "once")
TIMES: Final = Text("{times} 次", "{times} times")
ALWAYS: Final = Text("一直", "always")
STRUCK_TIMES: Final = Text("，已 {fired} 次", ", {fired} so far")
USED_UP: Final = Text("已发生", "done")

LOG: Final = Text("记录", "Log")
LOG_CARD_IN: Final = Text("卡已插入 {name}", "card inserted, {name}")
LOG_CARD_OUT: Final = Text("卡已拔出", "card pulled out")
LOG_READING: Final = Text("开始读卡", "reading begins")
LOG_TORN: Final = Text("读到一半，卡被拔出", "card pulled out in mid-reading")
LOG_MUTE: Final = Text("读到一半，卡不应答", "card fell silent in mid-reading")
LOG_PLANNED: Final = Text("读卡时：{what}", "when read: {what}")
LOG_UNPLANNED: Final = Text("读卡时：正常", "when read: as it should be")
LOG_STARTED: Final = Text("已启动", "up")
LOG_STOPPED: Final = Text("已停", "down")
LOG_DIED: Final = Text("意外停止。按 F10 再启动", "ended unexpectedly. F10 takes it up again")
LOG_BOOKED: Final = Text("收到 {infno}，已入账 {total}", "{infno} received, {total} booked")
LOG_CANCELLED: Final = Text("收到 {infno}，已撤销 {total}", "{infno} received, {total} cancelled")
LOG_REVERSED: Final = Text("{infno} 已冲正 {total}", "{infno} of {total} reversed")
LOG_SWITCHED: Final = Text("故障开：{fault} {how}", "fault on: {fault}, {how}")
LOG_SWITCHED_OFF: Final = Text("故障关：{fault}", "fault off: {fault}")
LOG_STRUCK: Final = Text("故障发生：{fault}", "fault struck: {fault}")
LOG_OFFSET: Final = Text("时钟快 {offset_s} 秒", "clock {offset_s} s ahead")
LOG_ISSUED: Final = Text("已发码 {name}，只用一次，有效到 {until}", "code for {name}, good once until {until}")
LOG_COPIED: Final = Text("已复制", "copied")
LOG_TROUBLE: Final = Text("没有做成：{why}", "not done: {why}")
