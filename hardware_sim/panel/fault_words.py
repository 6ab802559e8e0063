"""The faults of the front-end server in words, and the transactions that one may be limited to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hardware_sim.panel.words import EVERY_TRANSACTION
from hardware_sim.saying import Text


@dataclass(frozen=True, slots=True)
class FaultWords:
    """A fault's name, and what it does in one sentence."""

    name: Text
    sentence: Text


def _words(zh: str, zh_sentence: str, en: str, en_sentence: str) -> FaultWords:
    return FaultWords(Text(zh, en), Text(zh_sentence, en_sentence))


#: Every fault that the front-end server knows (``front_end.faults.FAULTS``), in an order of use.
FAULT_WORDS: Final[Mapping[str, FaultWords]] = {
    "drop_answer": _words(
        "不回答", "已入账，没有回答就断开。",
        "No answer", "Booked, then the connection is closed without an answer.",
    ),
    "drop_request": _words(
        "报文丢失", "还没收下就断开；没有入账。",
        "Message lost", "The connection is closed before anything is done; not booked.",
    ),
    "refuse": _words(
        "中心拒绝", "医保中心回“系统繁忙”；没有入账。",
        "Bureau refuses", "The bureau answers “busy”; not booked.",
    ),
    "late": _words(
        "回答迟", "马上入账，5 秒后才回答。",
        "Late answer", "Booked at once, answered after 5 s.",
    ),
    "late_commit": _words(
        "入账迟", "5 秒后才入账，不管窗口还等不等。",
        "Late booking", "Booked only after 5 s, whether anybody still waits or not.",
    ),
    "commit_after_reversal": _words(
        "冲正后入账", "冲正答复“原交易不存在”之后才入账，最迟 5 秒。",
        "Booked after reversal", "Booked once its reversal found nothing, at latest after 5 s: the worst race.",
    ),
    "off_by_one_fen": _words(
        "差一分", "已入账，账户支付错一分。",
        "One fen off", "Booked with the account's part wrong by a fen.",
    ),
    "down": _words(
        "端口关闭", "不接受连接；没有入账。",
        "Port closed", "Connections are refused; not booked.",
    ),
    "gateway_refusal": _words(
        "网关拒绝", "网关回 401“签名不一致”，不往里送；没有入账。",
        "Gateway refuses", "The gateway answers 401 and passes nothing on; not booked.",
    ),
    "http_500": _words(
        "服务器出错", "回 HTTP 500；没有入账。",
        "Server error", "HTTP 500; not booked.",
    ),
    "http_500_after": _words(
        "入账后出错", "已入账，却回 HTTP 500。",
        "Error after booking", "Booked, then HTTP 500.",
    ),
    "truncated": _words(
        "回答残缺", "已入账，回答只到一半。",
        "Answer cut short", "Booked; only the first half of the answer comes.",
    ),
    "answered_twice": _words(
        "回答重叠", "已入账，同一个回答连着两遍。",
        "Answer doubled", "Booked; the answer's body holds it twice.",
    ),
    "twice": _words(
        "报文重送", "已入账，网关又送一遍，回的是“报文重复”。",
        "Delivered twice", "Booked, then delivered again: the answer refuses the repetition.",
    ),
    "foreign": _words(
        "别人的回答", "已入账，回的是另一笔的回答。",
        "Another's answer", "Booked; the answer is that of another message.",
    ),
    "string_typed": _words(
        "数字成文本", "已入账，回答里的数字都是文本；规范允许。",
        "Numbers as texts", "Booked; the numbers of the answer are texts, which is legal.",
    ),
    "string_for_object": _words(
        "结构不对", "已入账，结算信息只是一段文字。",
        "Wrong structure", "Booked; the settlement in the answer is a plain text.",
    ),
    "clock_skew": _words(
        "时钟跑偏", "从下一条报文起快 400 秒，到故障有变动为止。",
        "Clock jumps", "400 s ahead from the next message on, until a fault is changed.",
    ),
    "recon_missing": _words(
        "对账少一笔", "对总账时漏掉最后一笔。",
        "Totals: one missing", "The totals of the day leave out the last settlement.",
    ),
    "recon_extra": _words(
        "对账多一笔", "对总账时最后一笔算两次。",
        "Totals: one too many", "The totals of the day count the last settlement twice.",
    ),
    "recon_shifted": _words(
        "对账错一天", "对总账时最后一笔算到第二天。",
        "Totals: wrong day", "The totals count the last settlement on the next day.",
    ),
}  # fmt: skip

#: What a fault may be limited to; None: every transaction.
TRANSACTIONS: Final[Mapping[str | None, Text]] = {
    None: EVERY_TRANSACTION,
    "2102": Text("2102 药店结算", "2102 pharmacy settlement"),
    "2207": Text("2207 门诊结算", "2207 outpatient settlement"),
    "2304": Text("2304 住院结算", "2304 inpatient settlement"),
    "2103": Text("2103 药店撤销", "2103 pharmacy cancellation"),
    "2208": Text("2208 门诊撤销", "2208 outpatient cancellation"),
    "2305": Text("2305 住院撤销", "2305 inpatient cancellation"),
    "2601": Text("2601 冲正", "2601 reversal"),
    "2101": Text("2101 药店试算", "2101 pharmacy trial"),
    "2206": Text("2206 门诊试算", "2206 outpatient trial"),
    "2303": Text("2303 住院试算", "2303 inpatient trial"),
    "9001": Text("9001 签到", "9001 sign-in"),
    "1101": Text("1101 识别", "1101 identification"),
    "2001": Text("2001 待遇", "2001 entitlement"),
    "2201": Text("2201 挂号", "2201 registration"),
    "2203": Text("2203 就诊信息", "2203 visit"),
    "2204": Text("2204 门诊明细", "2204 outpatient rows"),
    "2401": Text("2401 入院", "2401 admission"),
    "2301": Text("2301 住院明细", "2301 inpatient rows"),
    "2402": Text("2402 出院", "2402 discharge"),
    "5203": Text("5203 结算查询", "5203 settlement query"),
    "3201": Text("3201 对总账", "3201 totals"),
}
