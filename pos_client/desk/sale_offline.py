"""A sale while the bureau is out of reach: whether settling provisionally is offered, what of the limits it uses."""

from collections.abc import Callable
from datetime import datetime

from pos_client.desk import provisional, sale_words
from pos_client.desk.bill_words import BILL_STATES
from pos_client.desk.identify import Identified
from pos_client.desk.provisional import Estimate, SoldProvisionally
from pos_client.desk.sale_view import LimitView, OfflineView, SoldView
from pos_client.desk.shown_figures import estimated_sums
from pos_client.desk.station import Office
from pos_client.desk.words import NOT_OFFLINE_HERE
from pos_client.errors import EnvironmentProblem, Refused
from pos_client.money import yuan_grouped
from pos_client.offline.settlements import SettlementState
from pos_client.phrase import Language
from pos_client.sync.words import QUERY_UNANSWERED, UNREACHABLE

#: What may be an outage; whether it is one is looked at again before anything is settled.
_OUTAGE = (UNREACHABLE, QUERY_UNANSWERED)
#: Somebody as the bureau last told about him, and when.
Recall = Callable[[], tuple[Identified, datetime]]


def is_outage(problem: EnvironmentProblem) -> bool:
    """Whether a problem may mean that the bureau is out of reach; that nobody waited does not."""
    return problem.words in _OUTAGE


def asked_or_recalled(
    office: Office, ask: Callable[[], Identified], recall: Recall | None
) -> tuple[Identified, datetime | None]:
    """Who that is: by the bureau, or in an outage as it last told about him and when, where that may be used.

    Raises:
        EnvironmentProblem, Refused: as ``desk.identify``; S-PERSON-OLD.
    """
    try:
        return ask(), None
    except EnvironmentProblem as problem:
        if recall is None or not provisional.is_allowed(office) or not is_outage(problem):
            raise
        return recall()


def offer(office: Office, problem: EnvironmentProblem) -> str:
    """The sentence that offers to settle provisionally instead of a trial that failed.

    Raises:
        EnvironmentProblem: the problem itself, where it is no outage.
        Refused: S-OFFLINE, the region does not allow it.
    """
    if not is_outage(problem):
        raise problem
    if not provisional.is_allowed(office):
        if problem.words is UNREACHABLE:
            raise Refused(NOT_OFFLINE_HERE) from problem
        raise problem
    limits = office.region.offline
    return sale_words.OFFLINE_OFFERED.say(
        office.settings.language, document=limits.document, each=yuan_grouped(limits.per_settlement_fen)
    )


def offline_view(office: Office, estimated: Estimate) -> OfflineView:
    """What the clerk sees of it: by which document, and how much of two limits this bill uses: its own, and the one of
    all that wait that is used up more.
    """
    language, limits = office.settings.language, office.region.offline
    used = provisional.limits_used(office, estimated.at_risk_fen)
    this, total = (
        LimitView(phrase.say(language), yuan_grouped(fen), yuan_grouped(most), _per_mille(fen, most))
        for phrase, fen, most in (
            (sale_words.LIMIT_EACH, used.this_fen, limits.per_settlement_fen),
            (sale_words.LIMIT_TOTAL, used.total_fen, limits.total_fen),
        )
    )
    per_mille = _per_mille(used.count, limits.count)
    count = LimitView(sale_words.LIMIT_COUNT.say(language), str(used.count), str(limits.count), per_mille)
    return OfflineView(limits.document, (this, max(total, count, key=lambda one: one.per_mille)))


def _per_mille(used: int, limit: int) -> int:
    return 1000 * used // limit if limit else 1000


def sold_view(sold: SoldProvisionally, estimated: Estimate, name_masked: str, language: Language) -> SoldView:
    """A provisional sale as the next glance tells it."""
    return SoldView(
        id=sold.id,
        at=sold.at,
        name_masked=name_masked,
        sums=estimated_sums(estimated.split, language),
        change_fen=sold.change_fen,
        tendered_fen=sold.tendered_fen,
        provisional=True,
        state_word=BILL_STATES[SettlementState.PROVISIONAL].say(language),
    )
