"""The bureau's figures: what it computes in a trial, books in a settlement or cancellation, and finds when asked.

One reader for the ``setlinfo`` of all these answers; it differs between them only in names and in what may be absent
(protocol, 3.0 and 5.6). Money identities of the interface are held hard where the standard prints them: total = funds
+ person's part + institution's part (M1), person's part = account + cash (M2).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pos_client.errors import Refused
from pos_client.money import NotAnAmount, fen_of_yuan, yuan
from pos_client.sync.envelope import Answer, UnreadableError, node, rows_of
from pos_client.sync.region import Region
from pos_client.sync.words import FIGURES_DO_NOT_ADD_UP

#: Cash and the person's part under all their names: 2208 writes pdn_cash_pay, 5203 cash_payamt and psn_pay.
_CASH = ("psn_cash_pay", "pdn_cash_pay", "cash_payamt")
_PERSONS_PART = ("psn_part_amt", "psn_pay")


@dataclass(frozen=True, slots=True)
class BureauFigures:
    """The bureau's split; amounts in fen, negative for a cancellation.

    ``own_expense_fen`` is all that the catalogue does not cover, ``over_limit_fen`` that part of it which lies above
    a price ceiling. ``family_pay_fen`` is that part of ``account_pay_fen`` which a relative's account bears (M4).
    """

    total_fen: int
    own_expense_fen: int
    over_limit_fen: int
    pre_self_pay_fen: int
    eligible_fen: int
    deductible_fen: int
    fund_pay_fen: Mapping[str, int]
    fund_total_fen: int
    patient_total_fen: int
    account_pay_fen: int
    cash_pay_fen: int
    account_balance_fen: int
    family_pay_fen: int = 0

    def by_name(self) -> dict[str, int]:
        """The figures that are compared and shown, by their names in the program; in fen."""
        return {
            "total": self.total_fen,
            "own_expense": self.own_expense_fen,
            "pre_self_pay": self.pre_self_pay_fen,
            "eligible": self.eligible_fen,
            "deductible": self.deductible_fen,
            "fund_total": self.fund_total_fen,
            "account": self.account_pay_fen,
            "cash": self.cash_pay_fen,
        } | {f"fund.{fund}": amount_fen for fund, amount_fen in self.fund_pay_fen.items()}


@dataclass(frozen=True, slots=True)
class Booked:
    """A settlement or cancellation that the bureau has booked.

    ``settled_at`` is the bureau's clock; it, ``insurance_type``, ``clearing_type`` and ``clearing_agency`` are empty
    where the answer may leave them out and does.
    """

    settlement_id: str
    visit_id: str
    settled_at: str
    insurance_type: str
    clearing_type: str
    clearing_agency: str
    figures: BureauFigures


@dataclass(frozen=True, slots=True)
class Found:
    """A settlement or cancellation that 5203 found; ``message_id`` is the message that booked it."""

    booked: Booked
    message_id: str


def read_trial(
    region: Region, answer: Answer, *, person_no: str, total_fen: int, visit_id: str | None = None
) -> BureauFigures:
    """Reads the answer of a trial (2101, 2206, 2303), which books nothing.

    Raises:
        UnreadableError: a figure is missing, or the answer is about another person or visit.
        Refused: R-SUM, the figures break M1 or M2 or are those of another total.
    """
    info = node(answer.output, "setlinfo")
    figures = read_figures(region, info)
    _require_echo(info, {"psn_no": person_no, "mdtrt_id": visit_id})
    broken = broken_identity(figures)
    if broken is None and figures.total_fen != total_fen:
        broken = f"{yuan(figures.total_fen)} ≠ {yuan(total_fen)}"
    if broken is not None:
        raise Refused(FIGURES_DO_NOT_ADD_UP, why=broken)
    return figures


def read_booked(
    region: Region, answer: Answer, *, message_id: str, person_no: str, total_fen: int, visit_id: str | None = None
) -> Booked:
    """Reads the accepted answer of 2102, 2103, 2207, 2208, 2304 or 2305, if it answers *this* message.

    Raises:
        UnreadableError: a figure is missing or breaks M1 or M2, or message, person, visit or total are not ours. The
            bureau has booked something then, so the outcome is open, not failed.
    """
    info = node(answer.output, "setlinfo")
    booked = _booked(region, info)
    _require_echo(info, {"medins_setl_id": message_id, "psn_no": person_no, "mdtrt_id": visit_id})
    if booked.figures.total_fen != total_fen:
        raise UnreadableError("not the answer to this message: medfee_sumamt")
    return booked


def read_found(region: Region, answer: Answer, *, person_no: str, visit_id: str, settlement_id: str) -> Found | None:
    """Reads the answer of 5203: the settlement or cancellation asked for, or None when the bureau has none.

    Raises:
        UnreadableError: a figure or the message id is missing, M1 or M2 is broken, or it is not what was asked for.
    """
    if not rows_of(answer.output, "setlinfo"):
        return None
    info = node(answer.output, "setlinfo")
    booked = _booked(region, info)
    _require_echo(info, {"psn_no": person_no, "mdtrt_id": visit_id, "setl_id": settlement_id})
    message_id = _text(info, "medins_setl_id")
    if not message_id:
        raise UnreadableError("setlinfo without medins_setl_id")
    return Found(booked, message_id)


def message_id_of(answer: Answer) -> str:
    """The message that booked what 5203 shows, also where its figures cannot be used; empty when it is not said."""
    rows = rows_of(answer.output, "setlinfo")
    return _text(rows[0], "medins_setl_id") if len(rows) == 1 else ""


def broken_identity(figures: BureauFigures) -> str | None:
    """Which of the interface's hard money identities the figures break, or None."""
    if figures.patient_total_fen != figures.account_pay_fen + figures.cash_pay_fen:
        return "M2: psn_part_amt ≠ acct_pay + psn_cash_pay"
    if figures.total_fen != figures.fund_total_fen + figures.patient_total_fen:
        return "M1: medfee_sumamt ≠ fund_pay_sumamt + psn_part_amt"
    return None


def read_figures(region: Region, info: Mapping[str, Any]) -> BureauFigures:
    """Reads the amounts of a setlinfo; what the institution bears counts with the funds, nobody at the counter pays it.

    Raises:
        UnreadableError: one is missing or is no amount.
    """
    account, cash = _fen(info, "acct_pay"), _fen(info, *_CASH)
    over_limit = _fen(info, "overlmt_selfpay")
    return BureauFigures(
        total_fen=_fen(info, "medfee_sumamt"),
        own_expense_fen=_fen(info, "fulamt_ownpay_amt") + over_limit,
        over_limit_fen=over_limit,
        pre_self_pay_fen=_fen(info, "preselfpay_amt"),
        eligible_fen=_fen(info, "inscp_scp_amt"),
        deductible_fen=_fen(info, "act_pay_dedc", absent=0),
        fund_pay_fen={fund: _fen(info, name) for fund, name in region.funds.items()},
        fund_total_fen=_fen(info, "fund_pay_sumamt") + _fen(info, "hosp_part_amt", absent=0),
        # Some editions have no person's part in 2103, 2304 and 2305; M2 then defines it.
        patient_total_fen=_fen(info, *_PERSONS_PART, absent=account + cash),
        account_pay_fen=account,
        cash_pay_fen=cash,
        account_balance_fen=_fen(info, "balc"),
        family_pay_fen=_fen(info, "acct_mulaid_pay", absent=0),
    )


def _booked(region: Region, info: Mapping[str, Any]) -> Booked:
    booked = Booked(
        settlement_id=_text(info, "setl_id"),
        visit_id=_text(info, "mdtrt_id"),
        settled_at=_text(info, "setl_time"),
        insurance_type=_text(info, "insutype"),
        clearing_type=_text(info, "clr_type"),
        clearing_agency=_text(info, "clr_optins"),
        figures=read_figures(region, info),
    )
    if not booked.settlement_id or not booked.visit_id:
        raise UnreadableError("setlinfo without setl_id or mdtrt_id")
    broken = broken_identity(booked.figures)
    if broken is not None:
        raise UnreadableError(broken)
    return booked


def _require_echo(info: Mapping[str, Any], expected: Mapping[str, str | None]) -> None:
    """What the answer repeats of the message must be ours; what it leaves out, or we do not know, says nothing."""
    foreign = [name for name, ours in expected.items() if ours is not None and (_text(info, name) or ours) != ours]
    if foreign:
        raise UnreadableError(f"not the answer to this message: {', '.join(foreign)}")


def _text(info: Mapping[str, Any], name: str) -> str:
    found = info.get(name)
    return "" if found is None else str(found)


def _fen(info: Mapping[str, Any], *names: str, absent: int | None = None) -> int:
    """The amount under the first of its names that is there."""
    for name in names:
        if info.get(name) not in (None, ""):
            try:
                return fen_of_yuan(info[name])
            except NotAnAmount as error:
                raise UnreadableError(f"setlinfo.{name}: {error}") from error
    if absent is None:
        raise UnreadableError(f"setlinfo without {names[0]}")
    return absent
