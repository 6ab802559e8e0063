"""A purchase at the counter: the customer, his card, his money, and what he does when nobody knows.

While the bureau cannot be reached the clerk asks the program to settle without it; where that is allowed, and the desk
knows the person, the customer leaves with the goods and the bureau hears of it later.
"""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from pos_client.desk.afterwards import customer_left
from pos_client.desk.cart import Order
from pos_client.desk.provisional import estimate, settle_provisionally
from pos_client.desk.quote import Quote, quote
from pos_client.desk.settle import settle
from pos_client.desk.station import Desk
from pos_client.errors import EnvironmentProblem
from pos_client.money import yuan
from pos_client.offline.money_book import Paid

from .card_reader import CardTrouble
from .clerk import Clerk, Deal, Told, money_in, shown_by
from .script import Act, Troubles

#: What the totals say of provisional sales: settled under their first number or a later one, refused by the bureau, or
#: still waiting behind a message that is left to a person.
PROVISIONAL_ENDS = ("provisional_settled", "provisional_settled_again", "provisional_lost")
#: What else they count of sales.
ENDS = ("provisional", *PROVISIONAL_ENDS, "other_means")

_PAUSE_MS = 15_000


def ends_of(deals: Sequence[Deal]) -> Counter[str]:
    """How many of each of :data:`ENDS`."""
    found: Counter[str] = Counter()
    for deal in deals:
        settled = deal.provisional and bool(deal.settled)
        found += Counter(
            provisional=deal.provisional,
            provisional_settled=settled and not deal.queued_again,
            provisional_settled_again=settled and deal.queued_again,
            provisional_lost=deal.lost,
            other_means=deal.other_kept_fen > 0,
        )
    return found


def sell(clerk: Clerk, act: Act) -> Deal:
    """Serves a customer, who lets the clerk try again as long as he is told that nothing was booked."""
    deal = Deal(act)
    clerk.deals.append(deal)
    clerk.tell(f"act {act.number}: {act.person} buys {act.goods}{act.troubles}")
    for attempt in range(act.tries):
        if _sold(clerk, deal, act.troubles.card if attempt == 0 else None):
            break
        clerk.machine.expect(Troubles())
        clerk.machine.wait_ms(_PAUSE_MS)
    return deal


def _sold(clerk: Clerk, deal: Deal, card: CardTrouble | None) -> bool:
    """One attempt; False when it is certain that nothing was booked."""
    told, id_ = clerk.attempt(lambda desk: _sell(clerk, desk, deal, card))
    if told is Told.DONE:
        return True
    if told is Told.SILENCE:
        fresh = clerk.newest("settle")
        id_ = "" if fresh is None else fresh.id
    if not id_:
        deal.laid_fen = deal.other_laid_fen = 0
        deal.provisional = False
        return False
    clerk.know(id_, deal)
    deal.waits_for = id_
    if deal.provisional:  # it was written before the program ended: he hands out goods and change
        clerk.keep(deal, money_in(clerk.shown(id_), "change"))
    clerk.look_at(deal)
    if deal.act.leaves and deal.waits_for and not deal.provisional:
        _leave(clerk, deal)
    return bool(deal.settled or deal.waits_for or deal.lost)


def _sell(clerk: Clerk, desk: Desk, deal: Deal, card: CardTrouble | None) -> None:
    clerk.machine.slot.insert(deal.act.person, card)
    try:
        quoted = quote(desk, _orders(deal.act), account=deal.act.account, consent_signed=True)
    except EnvironmentProblem as problem:
        if problem.code != "N-DOWN":
            raise
        _sell_provisionally(clerk, desk, deal)
        return
    _settle(clerk, desk, deal, quoted)


def _settle(clerk: Clerk, desk: Desk, deal: Deal, quoted: Quote) -> None:
    act, other_fen = deal.act, quoted.due_fen * deal.act.other_percent // 100
    deal.shown = shown_by(quoted.trial)
    deal.laid_fen = quoted.due_fen - other_fen + act.over_fen
    deal.other_laid_fen = other_fen
    other = [Paid(act.other_means, other_fen, f"V{act.number}")] if other_fen else []
    sold = settle(desk, quoted, deal.laid_fen, other)
    clerk.tell(f"told: {sold.id} is settled, {yuan(sold.change_fen)} change, {yuan(sold.short_fen)} short")
    clerk.know(sold.id, deal)
    deal.settled = sold.id
    clerk.keep(deal, sold.change_fen, sum(paid.amount_fen for paid in sold.elsewhere))


def _sell_provisionally(clerk: Clerk, desk: Desk, deal: Deal) -> None:
    """The bureau cannot be reached: settled by our own calculation, in cash, where the region allows it."""
    clerk.tell("the bureau cannot be reached: tries to settle without it")
    clerk.machine.slot.insert(deal.act.person, None)
    estimated = estimate(desk, _orders(deal.act), account=deal.act.account, consent_signed=True)
    split = estimated.split
    deal.shown = {"fund_total": split.fund_total_fen, "account": split.account_pay_fen, "cash": split.cash_pay_fen}
    deal.laid_fen = estimated.due_fen + deal.act.over_fen
    deal.provisional = True
    sold = settle_provisionally(desk, estimated, deal.laid_fen)
    clerk.tell(f"told: {sold.id} is settled provisionally, {yuan(sold.change_fen)} change")
    clerk.know(sold.id, deal)
    deal.waits_for = sold.id
    clerk.keep(deal, sold.change_fen)


def _orders(act: Act) -> list[Order]:
    return [Order(code, Decimal(count)) for code, count in act.basket]


def _leave(clerk: Clerk, deal: Deal) -> None:
    """The customer does not want to wait: he takes his money and goes without the goods."""
    told, _ = clerk.attempt(lambda desk: _hand_back(clerk, desk, deal))
    if told is Told.SILENCE:  # what the money book has handed back is his; then it is said once more
        deal.hand_back(money_in(clerk.shown(deal.waits_for), "hand_back"))
        told, _ = clerk.attempt(lambda desk: _hand_back(clerk, desk, deal))
    if told is not Told.DONE:  # it may be known by now: he is told so instead
        clerk.look_at(deal)


def _hand_back(clerk: Clerk, desk: Desk, deal: Deal) -> None:
    handed_back_fen = customer_left(desk.office, deal.waits_for)
    clerk.tell(f"the customer of {deal.waits_for} leaves with {yuan(handed_back_fen)}")
    deal.hand_back(handed_back_fen)
    deal.left = True
