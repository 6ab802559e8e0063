"""A purchase at the counter: the customer, his card, his money, and what he does when nobody knows."""

from decimal import Decimal

from pos_client.desk.afterwards import customer_left
from pos_client.desk.cart import Order
from pos_client.desk.quote import quote
from pos_client.desk.settle import settle
from pos_client.desk.station import Desk
from pos_client.money import yuan

from .card_reader import CardTrouble
from .clerk import Clerk, Deal, Told, money_in, shown_by
from .script import Act, Troubles

_PAUSE_MS = 15_000


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
        deal.laid_fen = 0
        return False
    clerk.know(id_, deal)
    deal.waits_for = id_
    clerk.look_at(deal)
    if deal.act.leaves and deal.waits_for:
        _leave(clerk, deal)
    return bool(deal.settled or deal.waits_for)


def _sell(clerk: Clerk, desk: Desk, deal: Deal, card: CardTrouble | None) -> None:
    act = deal.act
    clerk.machine.slot.insert(act.person, card)
    orders = [Order(code, Decimal(count)) for code, count in act.basket]
    quoted = quote(desk, orders, use_account=act.use_account, consent_signed=True)
    deal.shown = shown_by(quoted.trial)
    deal.laid_fen = quoted.due_fen + act.over_fen
    sold = settle(desk, quoted, deal.laid_fen)
    clerk.tell(f"told: {sold.id} is settled, {yuan(sold.change_fen)} change, {yuan(sold.short_fen)} short")
    clerk.know(sold.id, deal)
    deal.settled = sold.id
    clerk.cash_fen += deal.laid_fen - sold.change_fen
    deal.laid_fen = 0


def _leave(clerk: Clerk, deal: Deal) -> None:
    """The customer does not want to wait: he takes his money and goes without the goods."""
    told, _ = clerk.attempt(lambda desk: _hand_back(clerk, desk, deal))
    if told is Told.SILENCE:  # what the money book has handed back is his; then it is said once more
        deal.laid_fen -= money_in(clerk.shown(deal.waits_for), "hand_back")
        told, _ = clerk.attempt(lambda desk: _hand_back(clerk, desk, deal))
    if told is not Told.DONE:  # it may be known by now: he is told so instead
        clerk.look_at(deal)


def _hand_back(clerk: Clerk, desk: Desk, deal: Deal) -> None:
    handed_back_fen = customer_left(desk.office, deal.waits_for)
    clerk.tell(f"the customer of {deal.waits_for} leaves with {yuan(handed_back_fen)}")
    deal.laid_fen -= handed_back_fen
    deal.left = True
