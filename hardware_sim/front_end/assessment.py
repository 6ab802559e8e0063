"""The bureau's calculator: the only module that knows ``pos_client.benefit``."""

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from pos_client.benefit import (
    ABSENT,
    Bill,
    Event,
    Line,
    Person,
    Policy,
    PolicyLibrary,
    PolicyRef,
    Split,
    split,
)
from pos_client.benefit import Counters as YearCounters
from pos_client.benefit.library import NoVersionInForce, UnknownPolicy
from pos_client.benefit.returns import BadReturn

from .amounts import Amounts
from .fees import Charges, FeeLine, RowSplit
from .refusal import Refusal
from .region import (
    CATEGORY_OF_PSN_TYPE,
    COUNTERS,
    COUNTS,
    HOSPITAL_LEVEL,
    INPATIENT_EVENT,
    OUTPATIENT_EVENT,
)
from .register import PAUSED, Counters, Insured

#: No waiting rule is longer; further than this nobody looks for the first covered day.
_LONGEST_WAIT_DAYS = 3 * 366


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What a person may use on a day: the pool (with the large-amount fund) and the personal account.

    ``state`` is the rules' own word: ok, waiting, lapsed …; ``pool_since`` the first day that the pool covers.
    """

    state: str
    pool: bool
    account: bool
    pool_since: date


@dataclass(frozen=True, slots=True)
class Assessment:
    """Charges split by the bureau: the figures, the rows, and the counters as they stand afterwards.

    ``pool_share`` is the pool's part of what it looked at, 0.83 for 83 %; ``process`` how it came about, in words.
    """

    amounts: Amounts
    rows: tuple[RowSplit, ...]
    pool_share: Decimal
    process: str
    counters_after: Counters


class NoSuchPolicy(ValueError):
    """The policy that the bureau should compute by does not exist today."""


class Assessor:
    """Splits charges by one policy of the shipped library, a simulated one too."""

    def __init__(self, policy_id: str, today: date) -> None:
        """Raises NoSuchPolicy when there is no policy of that id (or alias) in force today."""
        self._library = PolicyLibrary.shipped()
        self._wait_days: dict[tuple[PolicyRef, Person], int] = {}
        self._policy_id = policy_id
        try:
            self._library.pick(policy_id, today, paying=False)
        except (UnknownPolicy, NoVersionInForce) as problem:
            raise NoSuchPolicy(problem.sentence("en")) from None

    def _policy(self, on: date) -> Policy:
        try:
            return self._library.pick(self._policy_id, on, paying=False)
        except NoVersionInForce:
            raise Refusal(f"{on.isoformat()}没有生效的医保政策,无法计算") from None

    def entitlement(self, person: Insured, on: date) -> Entitlement:
        """What the rules say about this person on this day.

        Raises:
            Refusal: the rules cannot say.
        """
        policy = self._policy(on)
        facts = _facts(person)
        probe = _probe(policy, facts, person.counters, on)
        return Entitlement(
            state=probe.entitlement,
            pool=_may_use_pool(probe),
            account=probe.account_pay_fen > 0,
            pool_since=person.insured_since + timedelta(self._days_of_wait(policy, facts, person)),
        )

    def _days_of_wait(self, policy: Policy, facts: Person, person: Insured) -> int:
        """How long after joining the pool stays closed; the rules do not look at counters for it."""
        covered = replace(facts, first_unpaid_month=ABSENT)
        known = (policy.ref, covered)
        if known not in self._wait_days:
            self._wait_days[known] = bisect_left(
                range(_LONGEST_WAIT_DAYS),
                True,
                key=lambda n: _may_use_pool(
                    _probe(policy, covered, person.counters, person.insured_since + timedelta(n))
                ),
            )
        return self._wait_days[known]

    def assess(self, person: Insured, charges: Charges, family_fen: int | None = None) -> Assessment:
        """The split of a visit on its day, or of a stay on the day of discharge.

        ``family_fen`` is what an account of the family holds that pays in place of the person's own.

        Raises:
            Refusal: the rules hold the bill, or it belongs to a year that is closed for this person.
        """
        if charges.ended_on.year < person.counters.year:
            raise Refusal("该费用所属年度已结转,不能结算")
        bill = Bill(
            person=_facts(person),
            counters=_year_counters(person.counters, person.balance_fen if family_fen is None else family_fen),
            event=_event(charges),
        )
        result = _settled(split(self._policy(charges.ended_on), bill))
        return Assessment(
            amounts=_amounts(result),
            rows=_rows(charges, result),
            pool_share=_pool_share(result),
            process=_process(result),
            counters_after=Counters(
                year=result.counters_after.year,
                amounts_fen=dict(result.counters_after.amounts_fen),
                counts=dict(result.counters_after.counts),
            ),
        )


def _facts(person: Insured) -> Person:
    """The register's facts as the rules read them; what the register rules out is ABSENT, not unknown."""
    paused_since = person.paused_since if person.insured_status == PAUSED else None
    return Person(
        category=CATEGORY_OF_PSN_TYPE.get(person.psn_type),
        birth=person.born_on,
        sex="M" if person.sex == "1" else "F",
        first_contribution=person.insured_since,
        first_unpaid_month=ABSENT if paused_since is None else paused_since,
        renewed_on=ABSENT,
        civil_servant=person.civil_servant,
        contract=ABSENT,
    )


def _year_counters(counters: Counters, balance_fen: int) -> YearCounters:
    amounts, counts = set(COUNTERS) - COUNTS, COUNTS
    return YearCounters(
        year=counters.year,
        amounts_fen={**dict.fromkeys(amounts, 0), **counters.amounts_fen},
        counts={**dict.fromkeys(counts, 0), **counters.counts},
        account_balance_fen=balance_fen,
    )


def _event(charges: Charges) -> Event:
    """One day at a counter, or a stay: what every policy asks of one is that it was here and at which level."""
    lines = tuple(_line(line) for line in charges.lines)
    try:
        if charges.event == INPATIENT_EVENT:
            return Event(
                type=charges.event,
                admit=charges.begun_on,
                discharge=charges.ended_on,
                level=HOSPITAL_LEVEL,
                place="local",
                use_account=charges.use_account,
                lines=lines,
            )
        return Event(type=charges.event, date=charges.begun_on, use_account=charges.use_account, lines=lines)
    except BadReturn:
        raise Refusal("退费明细与原费用明细不符,不能计算") from None


def _line(line: FeeLine) -> Line:
    item = line.item
    return Line(
        id=line.feedetl_sn,
        name=item.name,
        kind=item.kind,
        cls=item.cls,
        unit_price=line.unit_price,
        quantity=line.quantity,
        limit_price=item.limit_price,
        pre_self_pay_percent=item.pre_self_pay_percent,
        essential=item.essential,
        returns=line.returns,
    )


def _settled(result: Split) -> Split:
    if result.status == "hold":
        raise Refusal(f"按现行政策无法计算该费用({','.join(result.reasons)})")
    return result


def _probe(policy: Policy, facts: Person, counters: Counters, on: date) -> Split:
    """A bill of one fen in class A, with one fen in the account: shows what the person may use that day."""
    line = Line(id="1", name="", kind="drug", cls="A", unit_price=Decimal("0.01"), quantity=Decimal(1))
    bill = Bill(
        person=facts,
        counters=_year_counters(counters, balance_fen=1),
        event=Event(type=OUTPATIENT_EVENT, date=on, use_account=True, lines=(line,)),
    )
    return _settled(split(policy, bill))


def _may_use_pool(probe: Split) -> bool:
    return probe.entitlement == "ok"


def _amounts(result: Split) -> Amounts:
    funds = dict(result.fund_pay_fen)
    return Amounts(
        medfee_sumamt=result.total_fen,
        fulamt_ownpay_amt=sum(line.own_expense_fen for line in result.lines),
        overlmt_selfpay=sum(line.over_limit_fen for line in result.lines),
        preselfpay_amt=result.pre_self_pay_fen,
        inscp_scp_amt=result.eligible_fen,
        act_pay_dedc=result.deductible_fen,
        hifp_pay=funds.pop("pool", 0),
        hifob_pay=funds.pop("relief", 0),
        cvlserv_pay=funds.pop("civil_servant", 0),
        oth_pay=sum(funds.values()),
        hifes_pay=0,
        hifmi_pay=0,
        hifdm_pay=0,
        maf_pay=0,
        fund_pay_sumamt=result.fund_total_fen,
        psn_part_amt=result.patient_total_fen,
        acct_pay=result.account_pay_fen,
        acct_mulaid_pay=0,
        psn_cash_pay=result.cash_pay_fen,
        hosp_part_amt=0,
    )


def _rows(charges: Charges, result: Split) -> tuple[RowSplit, ...]:
    return tuple(
        RowSplit(line, part.own_expense_fen, part.over_limit_fen, part.pre_self_pay_fen, part.eligible_fen)
        for line, part in zip(charges.lines, result.lines, strict=True)
    )


def _pool_share(result: Split) -> Decimal:
    return next((piece.percent / 100 for piece in result.slices if piece.layer == "pool"), Decimal(0))


def _process(result: Split) -> str:
    """How the funds' shares came about, for ``setl_proc_info``; yuan and per cent."""
    return ";".join(
        f"{piece.layer}:({Decimal(piece.to_fen).scaleb(-2)}-{Decimal(piece.from_fen).scaleb(-2)})*{piece.percent}%"
        for piece in result.slices
    )
