"""A bureau of a few tables behind the injected HTTP door, in its own time; every message may suffer a fault.

It is not the simulator: it checks nothing, and does at once what it is told, so that a test sees each step.
"""

import itertools
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import simplejson

from pos_client.runtime import HttpAnswer, NoAnswer, NotSent, shanghai
from tests.virtual import VirtualClock

Json = dict[str, Any]

NOT_SENT, LOST, DROPPED = "not sent", "lost", "dropped"
#: A message that is executed so much later than its caller has given up.
LATE = timedelta(seconds=4)
#: How the training region's bureau says that there is nothing to undo.
NO_ORIGINAL, NO_ROWS = "原交易不存在", "未找到要撤销的费用明细"
_UNKNOWN = {"2202": "未找到门诊挂号记录", "2404": "未找到入院登记记录", "2405": "未找到出院记录"}


class Refusal(Exception):
    """The bureau's sentence, infcode −1."""


#: What happens to a message: one of the words above, a delay, the bureau's own refusal, any answer at all.
Fault = str | timedelta | Refusal | HttpAnswer | Callable[[Json], HttpAnswer]


@dataclass
class Visit:
    """A visit, purchase or stay."""

    visit_id: str
    person_no: str
    own_number: str
    med_type: str
    in_hospital: bool
    by: str


@dataclass
class Settled:
    """A settlement or cancellation."""

    settlement_id: str
    visit_id: str
    person_no: str
    message_id: str
    total: Decimal
    cancels: str = ""


@dataclass
class TinyBureau:
    """The bureau's tables and what has been asked of it."""

    clock: VirtualClock
    visits: list[Visit] = field(default_factory=list)
    settled: list[Settled] = field(default_factory=list)
    rows: list[Json] = field(default_factory=list)
    reversed: set[str] = field(default_factory=set)
    posted: list[Json] = field(default_factory=list)
    faults: defaultdict[str, list[Fault | None]] = field(default_factory=lambda: defaultdict(list))
    before: Callable[[Json], None] = lambda document: None
    says_when: bool = True
    _late: list[tuple[datetime, Json]] = field(default_factory=list)
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    def fault(self, transaction: str, *faults: Fault | None) -> None:
        """The next messages of that transaction suffer these."""
        self.faults[transaction] += faults

    def asked(self) -> list[str]:
        """The transactions that came, in their order; the sign-in is left out."""
        return [one["infno"] for one in self.posted if one["infno"] != "9001"]

    def post(
        self, url: str, *, body: bytes, headers: Mapping[str, str], connect_timeout_ms: int, read_timeout_ms: int
    ) -> HttpAnswer:
        document: Json = simplejson.loads(body, use_decimal=True)
        self.before(document)
        self.posted.append(document)
        self.catch_up()
        found = self.faults[document["infno"]]
        fault = found.pop(0) if found else None
        if fault == NOT_SENT:
            raise NotSent("refused")
        if fault == DROPPED:
            raise NoAnswer("the connection broke")
        if isinstance(fault, timedelta):
            self._late.append((self.clock.now + fault, document))
            raise NoAnswer("the answer came too late")
        if isinstance(fault, HttpAnswer):
            return fault
        if isinstance(fault, Refusal):
            return self.answer(error=str(fault))
        if callable(fault):
            return fault(document)
        answer = self._executed(document)
        if fault == LOST:
            raise NoAnswer("the answer was lost")
        return answer

    def catch_up(self) -> None:
        """Executes what was late and is due now."""
        due = [document for at, document in self._late if at <= self.clock.now]
        self._late = [(at, document) for at, document in self._late if at > self.clock.now]
        for document in due:
            self._executed(document)

    def answer(self, output: object = None, *, error: str = "", received_at: datetime | None = None) -> HttpAnswer:
        """An answer as it comes over the wire."""
        envelope: Json = {"infcode": -1 if error else 0, "err_msg": error, "output": output}
        if self.says_when:
            envelope["inf_refmsgid"] = f"{next(self._numbers):030d}"
            envelope["refmsg_time"] = _stamp(received_at or self.clock.now)
            envelope["respond_time"] = _stamp(self.clock.now)
        return HttpAnswer(200, {}, simplejson.dumps(envelope, use_decimal=True).encode())

    def in_force(self) -> list[str]:
        """The messages that booked a settlement which nobody has cancelled."""
        cancelled = {one.cancels for one in self.settled}
        return [one.message_id for one in self.settled if not one.cancels and one.settlement_id not in cancelled]

    def _executed(self, document: Json) -> HttpAnswer:
        nodes = document["input"]
        try:
            output = getattr(self, f"_do_{document['infno']}", self._nothing)(document, next(iter(nodes.values())))
        except Refusal as refusal:
            return self.answer(error=str(refusal))
        return self.answer(output)

    # --- what each transaction does ----------------------------------------------------------------------------------

    def _nothing(self, document: Json, data: Json) -> Json:
        return {}

    def _do_9001(self, document: Json, data: Json) -> Json:
        return {"signinoutb": {"sign_no": f"S{next(self._numbers)}"}}

    def _open(self, document: Json, data: Json, own_number: str) -> Visit:
        opened = Visit(
            visit_id=f"V{next(self._numbers)}",
            person_no=data["psn_no"],
            own_number=own_number,
            med_type=data.get("med_type", "11"),
            in_hospital=document["infno"] == "2401",
            by=document["msgid"],
        )
        self.visits.append(opened)
        return opened

    def _visit(self, data: Json, refusal: str = "未找到就诊") -> Visit:
        found = [one for one in self.visits if one.visit_id == data["mdtrt_id"]]
        if not found:
            raise Refusal(refusal)
        return found[0]

    def _do_2201(self, document: Json, data: Json) -> Json:
        opened = self._open(document, data, data["ipt_otp_no"])
        return {"data": {"mdtrt_id": opened.visit_id, "psn_no": opened.person_no, "ipt_otp_no": opened.own_number}}

    def _do_2401(self, document: Json, data: Json) -> Json:
        return {"result": {"mdtrt_id": self._open(document, data, data["ipt_no"]).visit_id}}

    def _close(self, document: Json, data: Json) -> Json:
        self.visits.remove(self._visit(data, _UNKNOWN[document["infno"]]))
        return {}

    _do_2202 = _do_2404 = _close

    def _do_2402(self, document: Json, data: Json) -> Json:
        self._visit(data).in_hospital = False
        return {}

    def _do_2405(self, document: Json, data: Json) -> Json:
        stay = self._visit(data, _UNKNOWN["2405"])
        if stay.in_hospital:
            raise Refusal(_UNKNOWN["2405"])
        stay.in_hospital = True
        return {}

    def _charge(self, document: Json, data: Any) -> Json:
        self.rows += [row | {"by": document["msgid"]} for row in document["input"]["feedetail"]]
        return {"result": [{"feedetl_sn": row["feedetl_sn"]} for row in data]}

    _do_2204 = _do_2301 = _charge

    def _withdraw(self, document: Json, data: Any) -> Json:
        asked = data if isinstance(data, list) else [data]
        gone = [
            row
            for row in self.rows
            for one in asked
            if row["mdtrt_id"] == one["mdtrt_id"]
            and one.get("feedetl_sn", row["feedetl_sn"]) == row["feedetl_sn"]
            and one.get("chrg_bchno", "") in ("", row.get("chrg_bchno"))
        ]
        if not gone:
            raise Refusal(NO_ROWS)
        self.rows = [row for row in self.rows if row not in gone]
        return {}

    _do_2205 = _do_2302 = _withdraw

    def _do_2102(self, document: Json, data: Json) -> Json:
        return self._settle(document, self._open(document, data, ""), data)

    def _settle_visit(self, document: Json, data: Json) -> Json:
        return self._settle(document, self._visit(data), data)

    _do_2207 = _do_2304 = _settle_visit

    def _settle(self, document: Json, visit: Visit, data: Json) -> Json:
        settlement_id = f"S{next(self._numbers)}"
        total = Decimal(data["medfee_sumamt"])
        booked = Settled(settlement_id, visit.visit_id, visit.person_no, document["msgid"], total)
        self.settled.append(booked)
        return {"setlinfo": self.setlinfo(booked)}

    def _cancel(self, document: Json, data: Json) -> Json:
        original = next((one for one in self.settled if one.settlement_id == data["setl_id"]), None)
        if original is None or any(one.cancels == original.settlement_id for one in self.settled):
            raise Refusal("未找到结算记录")
        booked = Settled(
            f"S{next(self._numbers)}",
            original.visit_id,
            original.person_no,
            document["msgid"],
            -original.total,
            cancels=original.settlement_id,
        )
        self.settled.append(booked)
        return {"setlinfo": self.setlinfo(booked)}

    _do_2103 = _do_2208 = _do_2305 = _cancel

    def _do_2601(self, document: Json, data: Json) -> Json:
        original = data["omsgid"]
        if original not in self.reversed:
            settled = [one for one in self.settled if one.message_id == original]
            opened = [one for one in self.visits if one.by == original]
            if not settled and not opened:
                raise Refusal(NO_ORIGINAL)
            self.settled = [one for one in self.settled if one not in settled]
            self.visits = [one for one in self.visits if one not in opened]
            self.reversed.add(original)
        return {}

    # --- what it answers when asked ----------------------------------------------------------------------------------

    def _do_5201(self, document: Json, data: Json) -> Json:
        found = [one for one in self.visits if (one.person_no, one.med_type) == (data["psn_no"], data["med_type"])]
        return {"mdtrtinfo": [_visit_row(one) | {"inhosp_stas": "1" if one.in_hospital else "0"} for one in found]}

    def _do_5303(self, document: Json, data: Json) -> Json:
        found = [one for one in self.visits if one.person_no == data["psn_no"] and one.in_hospital]
        return {"data": [_visit_row(one) for one in found]}

    def _do_5204(self, document: Json, data: Json) -> object:
        uploaded = [
            {"feedetl_sn": row["feedetl_sn"], "setl_id": "", "det_item_fee_sumamt": row["det_item_fee_sumamt"]}
            for row in self.rows
            if row["mdtrt_id"] == data["mdtrt_id"]
        ]
        settled = [
            {"feedetl_sn": "1", "setl_id": one.settlement_id, "det_item_fee_sumamt": one.total}
            for one in self.settled
            if one.visit_id == data["mdtrt_id"]
        ]
        return [row | {"mdtrt_id": data["mdtrt_id"]} for row in uploaded + settled]

    def _do_5203(self, document: Json, data: Json) -> Json:
        found = [one for one in self.settled if one.settlement_id == data["setl_id"]]
        return {"setlinfo": [self.setlinfo(one) for one in found]}

    def setlinfo(self, booked: Settled) -> Json:
        """The settlement as the bureau shows it: all of it in cash."""
        nothing = ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "fund_pay_sumamt", "hifp_pay")
        return dict.fromkeys((*nothing, "hifob_pay", "acct_pay", "balc"), "0.00") | {
            "setl_id": booked.settlement_id,
            "mdtrt_id": booked.visit_id,
            "psn_no": booked.person_no,
            "medins_setl_id": booked.message_id,
            "setl_time": "2026-11-21 12:00:00",
            "insutype": "310",
            "clr_type": "41",
            "clr_optins": "439900",
            "medfee_sumamt": booked.total,
            "inscp_scp_amt": booked.total,
            "psn_part_amt": booked.total,
            "psn_cash_pay": booked.total,
        }


def _visit_row(visit: Visit) -> Json:
    return {"mdtrt_id": visit.visit_id, "psn_no": visit.person_no, "ipt_otp_no": visit.own_number}


def _stamp(instant: datetime) -> str:
    return f"{shanghai(instant):%Y%m%d%H%M%S}{instant.microsecond // 1000:03d}"
