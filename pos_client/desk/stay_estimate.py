"""What a stay comes to at any moment: the bureau's trial, our own calculation beside it, the deposit, and every part.

The bureau's figures stand where it answers; where it does not, ours are told as what they are: an estimate. Books
nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pos_client.benefit import Event, PolicyLibrary
from pos_client.benefit.stay_deductible import StayDeductible, stay_deductible
from pos_client.desk import differences as difference_words
from pos_client.desk import stay
from pos_client.desk.assess import Assessment, assess_event
from pos_client.desk.bill_parts import parts_of, parts_of_figures
from pos_client.desk.deposit import Deposit, deposit_of
from pos_client.desk.differences import compare_with_trial
from pos_client.desk.identify import Identified
from pos_client.desk.station import Office
from pos_client.desk.stay_face import face_of
from pos_client.desk.stay_lines import bill_lines, charged
from pos_client.desk.stay_papers import days_of
from pos_client.desk.stay_slices import SliceRow, slice_rows
from pos_client.desk.visit_desk import VisitQuote, free, unsettled_fen
from pos_client.errors import EnvironmentProblem, Problem, Refused
from pos_client.money import yuan_grouped
from pos_client.offline.settlements import Difference
from pos_client.offline.visits import Visit, VisitState
from pos_client.phrase import Language, Phrase
from pos_client.runtime import business_date
from pos_client.sync.region import AccountUse

_OF_ONE_LINE = ("own_expense.", "over_limit.", "pre_self_pay.", "returned.")
_FUNDS = {
    "pool": Phrase("统筹支付", "pool"),
    "relief": Phrase("医疗救助", "relief"),
    "civil_servant": Phrase("公务员补助", "civil servants"),
}
_OTHER_FUNDS = Phrase("其他基金支付", "other funds")
_ESTIMATE_ALONE = Phrase(
    "没有医保中心的试算，以下是本机估算，出院结算以医保中心为准。",
    "There is no trial by the bureau; these are our own figures, the bureau's stand at the settlement.",
)
_DEPOSIT_BACK = Phrase(
    "已交押金 {held} 元（{count} 张收据），减您承担的现金 {cash} 元，退您 {rest} 元。",
    "The deposit is {held} yuan (receipts: {count}); less your cash part of {cash}, {rest} yuan goes back to you.",
)
_DEPOSIT_SHORT = Phrase(
    "已交押金 {held} 元（{count} 张收据），减您承担的现金 {cash} 元，还要补交 {rest} 元。",
    "The deposit is {held} yuan (receipts: {count}); less your cash part of {cash}, {rest} yuan is still to be paid.",
)


@dataclass(frozen=True, slots=True)
class FundRow:
    """What one fund pays, in fen."""

    name: str
    label: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class StayFigures:
    """The amounts that stand, in fen: total = funds + own, own = account + cash."""

    total_fen: int
    eligible_fen: int
    pre_self_pay_fen: int
    own_expense_fen: int
    deductible_fen: int
    funds: tuple[FundRow, ...]
    fund_total_fen: int
    own_total_fen: int
    account_fen: int
    cash_fen: int


@dataclass(frozen=True, slots=True)
class StayEstimate:
    """A stay as it would be settled now.

    ``figures`` are the bureau's where ``quoted`` is there, else ours, and None where neither can say. ``not_asked``
    says why there is no trial. ``due_fen`` is to be collected and ``back_fen`` to be handed back after the deposit.
    ``stay_number`` counts the stays of the year, None where the policy does not.
    """

    id: str
    discharged: bool
    days: int
    stay_number: int | None
    rows: int
    total_fen: int
    figures: StayFigures | None
    deposit: Deposit
    account: AccountUse
    assessment: Assessment
    quoted: VisitQuote | None
    not_asked: str
    differences: tuple[Difference, ...]
    sentences: tuple[str, ...]
    line_sentences: tuple[str, ...]
    slices: tuple[SliceRow, ...]

    @property
    def due_fen(self) -> int:
        """What the deposit does not cover."""
        return 0 if self.figures is None else max(self.figures.cash_fen - self.deposit.held_fen, 0)

    @property
    def back_fen(self) -> int:
        """What of the deposit is left."""
        return 0 if self.figures is None else max(self.deposit.held_fen - self.figures.cash_fen, 0)


def estimate(
    office: Office, policies: PolicyLibrary, id_: str, identified: Identified, *, account: AccountUse
) -> StayEstimate:
    """What the unsettled charges of a stay come to.

    Raises:
        Refused: S-NOVISIT, S-BLOCKED, S-VISIT, S-STAYPERSON, S-NOCHARGES, S-FAMILY. What the bureau refuses is no
            refusal here: it is told beside our own figures.
    """
    visit = free(office, id_, Phrase("试算", "try"), VisitState.OPEN, VisitState.DISCHARGED)
    stay.require_same_person(visit, identified)
    total_fen = unsettled_fen(visit)
    language = office.settings.language
    assessment, deductible = _ours(office, policies, visit, identified, account)
    quoted, not_asked = _theirs(office, id_, identified, account)
    ours, trial = assessment.settled, None if quoted is None else quoted.trial
    found = compare_with_trial(ours, trial, account) if ours is not None and trial is not None else ()
    figures = _figures(assessment, quoted, language)
    deposit = deposit_of(office, visit.id)
    if ours is not None and not found:
        slices = slice_rows(parts_of(ours), deductible, language)
    else:
        slices = () if trial is None else slice_rows(parts_of_figures(trial), deductible, language)
    return StayEstimate(
        id=visit.id,
        discharged=visit.state is VisitState.DISCHARGED,
        days=days_of(office, visit),
        stay_number=None if deductible is None else deductible.stay,
        rows=len(charged(visit)),
        total_fen=total_fen,
        figures=figures,
        deposit=deposit,
        account=account,
        assessment=assessment,
        quoted=quoted,
        not_asked=not_asked,
        differences=found,
        sentences=tuple(_sentences(assessment, found, not_asked, figures, deposit, language)),
        line_sentences=tuple(one.text for one in assessment.sentences if one.key.startswith(_OF_ONE_LINE)),
        slices=slices,
    )


def _ours(
    office: Office, policies: PolicyLibrary, visit: Visit, identified: Identified, account: AccountUse
) -> tuple[Assessment, StayDeductible | None]:
    with office.store.read() as connection:
        face = face_of(connection, visit)
    last_day = stay.left_on(visit) or business_date(office.bureau.now)
    event = Event(
        type=office.region.visits[stay.VISIT].event,
        admit=stay.admitted_on(visit),
        discharge=last_day,
        level=office.settings.number("institution.level") if face is None else face.level,
        place="local",
        lines=bill_lines(office, charged(visit)),
    )
    policy_id, language = office.settings.text("policy.id"), office.settings.language
    assessment = assess_event(policies, policy_id, identified, event, day=last_day, account=account, language=language)
    if assessment.settled is None:
        return assessment, None
    return assessment, stay_deductible(policies.pick(policy_id, last_day), assessment.bill)


def _theirs(office: Office, id_: str, identified: Identified, account: AccountUse) -> tuple[VisitQuote | None, str]:
    """The bureau's trial, or why there is none."""
    try:
        return stay.quote(office, id_, identified, account=account), ""
    except (Refused, EnvironmentProblem) as problem:
        if not _is_the_bureaus(problem):
            raise
        return None, problem.sentence(office.settings.language)


def _is_the_bureaus(problem: Problem) -> bool:
    return problem.code.startswith(("R-", "N-"))


def _figures(assessment: Assessment, quoted: VisitQuote | None, language: Language) -> StayFigures | None:
    if quoted is not None:
        trial = quoted.trial
        return StayFigures(
            total_fen=trial.total_fen,
            eligible_fen=trial.eligible_fen,
            pre_self_pay_fen=trial.pre_self_pay_fen,
            own_expense_fen=trial.own_expense_fen,
            deductible_fen=trial.deductible_fen,
            funds=_fund_rows(trial.fund_pay_fen, trial.fund_total_fen, language),
            fund_total_fen=trial.fund_total_fen,
            own_total_fen=trial.patient_total_fen,
            account_fen=trial.account_pay_fen,
            cash_fen=trial.cash_pay_fen,
        )
    ours = assessment.settled
    if ours is None:
        return None
    return StayFigures(
        total_fen=ours.total_fen,
        eligible_fen=ours.eligible_fen,
        pre_self_pay_fen=ours.pre_self_pay_fen,
        own_expense_fen=ours.own_expense_fen,
        deductible_fen=ours.deductible_fen,
        funds=_fund_rows(dict(ours.fund_pay_fen), ours.fund_total_fen, language),
        fund_total_fen=ours.fund_total_fen,
        own_total_fen=ours.patient_total_fen,
        account_fen=ours.account_pay_fen,
        cash_fen=ours.cash_pay_fen,
    )


def _fund_rows(paid_fen: Mapping[str, int], total_fen: int, language: Language) -> tuple[FundRow, ...]:
    """One row a fund, also where it pays nothing; what no named fund accounts for comes last."""
    rows = [
        FundRow(name, _FUNDS[name].say(language) if name in _FUNDS else name, amount_fen)
        for name, amount_fen in paid_fen.items()
    ]
    other_fen = total_fen - sum(paid_fen.values())
    return (*rows, FundRow("other", _OTHER_FUNDS.say(language), other_fen)) if other_fen else tuple(rows)


def _sentences(
    assessment: Assessment,
    found: tuple[Difference, ...],
    not_asked: str,
    figures: StayFigures | None,
    deposit: Deposit,
    language: Language,
) -> Iterator[str]:
    """How the bill comes about, without what is only about one line; then what becomes of the deposit."""
    if not_asked:
        yield not_asked
        yield _ESTIMATE_ALONE.say(language)
    for difference in found:
        yield difference_words.sentence(difference, language)
    if not found:
        for sentence in assessment.sentences:
            if not sentence.key.startswith(_OF_ONE_LINE) and sentence.key != "deposit":
                yield sentence.text
    if figures is not None and deposit.held_fen:
        rest_fen = deposit.held_fen - figures.cash_fen
        yield (_DEPOSIT_BACK if rest_fen >= 0 else _DEPOSIT_SHORT).say(
            language,
            held=yuan_grouped(deposit.held_fen),
            count=len(deposit.receipts),
            cash=yuan_grouped(figures.cash_fen),
            rest=yuan_grouped(abs(rest_fen)),
        )
