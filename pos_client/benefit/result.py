"""What a bill was split into. The constructor refuses parts that do not add up."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from pos_client.benefit.facts import Counters
from pos_client.errors import OurBug, Words

DOES_NOT_ADD_UP = Words(
    "SPLIT-01",
    "这张费用分割后各部分加起来不等于合计，已停止，没有收费。请叫信息科，不要重试。",
    "The parts of this split do not add up to the total, so nothing was charged. Call the IT staff; do not retry.",
)

Mode = Literal["pos", "bureau"]


class PolicyRef(NamedTuple):
    """Which rules were used: enough to find the very file again and to prove that it is the same."""

    id: str
    valid_from: date
    revision: int
    sha256: str
    includes: "tuple[PolicyRef, ...]" = ()


class Slice(NamedTuple):
    """One piece of the axis that a fund takes part in: ``pays_fen`` is ``percent`` of ``to_fen − from_fen``."""

    layer: str
    from_fen: int
    to_fen: int
    percent: Decimal
    pays_fen: int


class Grant(NamedTuple):
    """What a fund pays beside the slices: a share of one item, or a supplement to what was left (then no line)."""

    fund: str
    line_id: str | None
    base_fen: int
    percent: Decimal
    pays_fen: int


class LineSplit(NamedTuple):
    """One line: own expense, part above the price limit, first share and eligible part add up to its amount."""

    id: str
    amount_fen: int
    own_expense_fen: int
    over_limit_fen: int
    pre_self_pay_fen: int
    eligible_fen: int
    reasons: tuple[str, ...]


class DepositFigures(NamedTuple):
    """The deposit that was asked for, and what is given back or still collected once the bill is split."""

    required_fen: int
    refund_fen: int
    collect_fen: int


# A bill is split in a few microseconds, of which building named tuples would be half. The two plain forms below have
# the fields of Slice and LineSplit in their order and become those when somebody looks.
PlainSlice = tuple[str, int, int, Decimal, int]
PlainLine = tuple[str, int, int, int, int, int, tuple[str, ...]]

_Sums = tuple[int, int, int, int]

_NOTHING: Final[Mapping[str, int]] = MappingProxyType({})


class Unapproved(NamedTuple):
    """A line without an approval that it needs: which approval, and what of the line is eligible all the same."""

    approval_id: str
    reason: str
    holds: bool
    line_id: str
    eligible_fen: int


class BillLines:
    """The lines of a bill split, with their sums; ``own_expense_fen`` includes the parts above price limits.

    ``lines`` are what remains after returns, ``rows`` all rows of the bill; without returns the two are the same.
    ``sums`` are total, own expense, first shares and eligible expense where they were added up while splitting.
    """

    __slots__ = ("eligible_fen", "lines", "own_expense_fen", "pre_self_pay_fen", "rows", "total_fen", "unapproved")

    def __init__(
        self,
        lines: Sequence[PlainLine],
        sums: _Sums | None = None,
        unapproved: Sequence[Unapproved] = (),
        rows: Sequence[PlainLine] | None = None,
    ) -> None:
        total, own, first, eligible = _sums(lines) if sums is None else sums
        self.lines = lines
        self.rows = lines if rows is None else rows
        self.unapproved = unapproved
        self.total_fen: Final = total
        self.own_expense_fen: Final = own
        self.pre_self_pay_fen: Final = first
        self.eligible_fen: Final = eligible


def _sums(lines: Iterable[PlainLine]) -> _Sums:
    total = own = first = eligible = 0
    for _, amount, line_own, line_over, line_first, line_eligible, _ in lines:
        total += amount
        own += line_own + line_over
        first += line_first
        eligible += line_eligible
    return total, own, first, eligible


class Payment(NamedTuple):
    """The outcome of one benefit for one bill.

    ``own_deductible_fen`` is what of the deductible the patient bears, less than all of it where a supplement helps.
    ``copay_fen`` is what the funds leave of the expense they take part in, ``above_limits_fen`` the eligible expense
    that no fund takes. ``counted_fen`` and ``raised`` are what the counters gain; ``reasons`` are pairs as in
    :class:`Outcome`. ``layer_deductible_fen`` is the part of ``deductible_fen`` that layers ask for themselves.
    """

    deductible_fen: int = 0
    own_deductible_fen: int = 0
    copay_fen: int = 0
    above_limits_fen: int = 0
    fund_pay_fen: Mapping[str, int] = _NOTHING
    counted_fen: Mapping[str, int] = _NOTHING
    raised: tuple[str, ...] = ()
    slices: tuple[PlainSlice, ...] = ()
    layer_deductible_fen: Mapping[str, int] = _NOTHING
    grants: tuple[Grant, ...] = ()
    flat_benefit_fen: int = 0
    reasons: tuple[tuple[str, str], ...] = ()


class Outcome(NamedTuple):
    """What the questions about a bill came to; ``reasons`` are pairs of a code and what it is about."""

    status: Literal["settled", "hold"]
    entitlement: str
    mode: Mode
    reasons: Sequence[tuple[str, str]]
    lines: BillLines
    payment: Payment


class Split:
    """A whole bill split, or held: a held one carries reasons, details and the counters unchanged, no amounts.

    The patient's part is the total less the funds and the cash that part less the account, so they add up by
    construction; what can go wrong is refused.

    Raises:
        OurBug: the parts of the lines do not come to the total, or more is paid than there is.
    """

    __slots__ = ("_account_pay_fen", "_counters_after", "_deposit", "_fund_total_fen", "_funds", "_outcome", "_policy")

    def __init__(
        self,
        policy: PolicyRef,
        outcome: Outcome,
        counters_after: Counters,
        account_pay_fen: int = 0,
        deposit: DepositFigures | None = None,
        funds: Mapping[str, int] = _NOTHING,
    ) -> None:
        lines = outcome.lines
        fund_total = sum(outcome.payment.fund_pay_fen.values())
        if (
            lines.total_fen != lines.own_expense_fen + lines.pre_self_pay_fen + lines.eligible_fen
            or fund_total < 0
            or not 0 <= account_pay_fen <= lines.total_fen - fund_total
        ):
            raise OurBug(DOES_NOT_ADD_UP, {"policy": policy, "lines": lines.lines, "payment": outcome.payment})
        self._policy = policy
        self._outcome = outcome
        self._counters_after = counters_after
        self._account_pay_fen = account_pay_fen
        self._deposit = deposit
        self._funds = funds
        self._fund_total_fen = fund_total

    @property
    def status(self) -> Literal["settled", "hold"]:
        """Whether the bill was split, or held because something is not known."""
        return self._outcome.status

    @property
    def entitlement(self) -> str:
        """ok, excluded, or the state of the person in the policy's words (waiting, lapsed); unknown when held."""
        return self._outcome.entitlement

    @property
    def mode(self) -> Mode:
        """Whether the bill is settled at the window or at the bureau."""
        return self._outcome.mode

    @property
    def reasons(self) -> tuple[str, ...]:
        """The codes of why the bill was held, or came out as it did."""
        return tuple(reason for reason, _ in self._outcome.reasons)

    @property
    def details(self) -> tuple[str, ...]:
        """One for each reason: the fact, counter or line that it is about, or empty."""
        return tuple(detail for _, detail in self._outcome.reasons)

    @property
    def policy(self) -> PolicyRef:
        """The rules that were used."""
        return self._policy

    @property
    def counters_after(self) -> Counters:
        """The counters after this bill."""
        return self._counters_after

    @property
    def total_fen(self) -> int:
        """What the bill comes to."""
        return self._outcome.lines.total_fen

    @property
    def own_expense_fen(self) -> int:
        """Outside the insurance altogether (自费): whole lines, and the parts of lines above a price limit."""
        return self._outcome.lines.own_expense_fen

    @property
    def pre_self_pay_fen(self) -> int:
        """The first shares of class-B items (先行自付)."""
        return self._outcome.lines.pre_self_pay_fen

    @property
    def eligible_fen(self) -> int:
        """What is left of the bill for deductible, funds and copay."""
        return self._outcome.lines.eligible_fen

    @property
    def deductible_fen(self) -> int:
        """What of the eligible expense lies under a deductible (起付线), that of the bill or that of a layer."""
        return self._outcome.payment.deductible_fen

    @property
    def layer_deductible_fen(self) -> Mapping[str, int]:
        """What of the deductible belongs to layers that have one of their own, by fund."""
        return self._outcome.payment.layer_deductible_fen

    @property
    def fund_pay_fen(self) -> Mapping[str, int]:
        """What each fund of the policy pays, also those that pay nothing."""
        return {**self._funds, **self._outcome.payment.fund_pay_fen}

    @property
    def fund_total_fen(self) -> int:
        """What all funds pay together."""
        return self._fund_total_fen

    @property
    def patient_total_fen(self) -> int:
        """The patient's part: always the total less the funds."""
        return self._outcome.lines.total_fen - self._fund_total_fen

    @property
    def account_pay_fen(self) -> int:
        """What of the patient's part the personal account pays."""
        return self._account_pay_fen

    @property
    def cash_pay_fen(self) -> int:
        """What is left to collect from the patient: the patient's part less the account."""
        return self.patient_total_fen - self._account_pay_fen

    @property
    def flat_benefit_fen(self) -> int:
        """A fixed sum paid to the person outside the bill."""
        return self._outcome.payment.flat_benefit_fen

    @property
    def above_limits_fen(self) -> int:
        """The eligible expense that no fund takes part in because their limits are reached."""
        return self._outcome.payment.above_limits_fen

    @property
    def slices(self) -> tuple[Slice, ...]:
        """The pieces of the axis that funds take part in, in order."""
        return tuple(map(Slice._make, self._outcome.payment.slices))

    @property
    def grants(self) -> tuple[Grant, ...]:
        """What funds pay beside the slices."""
        return self._outcome.payment.grants

    @property
    def lines(self) -> tuple[LineSplit, ...]:
        """All rows in the order of the bill, returns with negative amounts; they add up to the total."""
        return tuple(map(LineSplit._make, self._outcome.lines.rows))

    @property
    def remaining(self) -> tuple[LineSplit, ...]:
        """What remains of the lines after their returns: that is what was split."""
        return tuple(map(LineSplit._make, self._outcome.lines.lines))

    @property
    def deposit(self) -> DepositFigures | None:
        """The deposit; None where the policy asks for none or nothing was estimated."""
        return self._deposit

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Split) and self._compared() == other._compared()

    def __hash__(self) -> int:
        return hash((self._policy, self.total_fen, self._fund_total_fen, self._account_pay_fen))

    def __repr__(self) -> str:
        return f"Split{self._compared()}"

    def _compared(self) -> tuple[object, ...]:
        outcome = self._outcome
        return (
            self._policy.id,
            outcome[:4],
            outcome.lines.rows,
            outcome.payment,
            self._account_pay_fen,
            self._counters_after,
            self._deposit,
            self._policy,
        )
