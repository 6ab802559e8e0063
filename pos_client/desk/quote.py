"""What a sale comes to: by our calculation, and by the bureau's trial beside it. Books nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from pos_client.desk.assess import Assessment, assess
from pos_client.desk.cart import CartLine, Order, fill_cart
from pos_client.desk.differences import compare_with_trial
from pos_client.desk.identify import Identified, identify
from pos_client.desk.known_people import remember
from pos_client.desk.other_name import require_own_word
from pos_client.desk.station import Desk
from pos_client.offline.settlements import Difference
from pos_client.sync import pharmacy
from pos_client.sync.person import visit_day
from pos_client.sync.pharmacy import Purchase, PurchaseLine
from pos_client.sync.region import AccountUse
from pos_client.sync.setlinfo import BureauFigures

VISIT = "pharmacy"


@dataclass(frozen=True, slots=True)
class Quote:
    """What a sale comes to, before anything is booked."""

    identified: Identified
    cart: tuple[CartLine, ...]
    purchase: Purchase
    assessment: Assessment
    trial: BureauFigures
    differences: tuple[Difference, ...]

    @property
    def due_fen(self) -> int:
        """What is to be collected: the bureau's figure stands."""
        return self.trial.cash_pay_fen


def quote(desk: Desk, orders: Sequence[Order], *, account: AccountUse, consent_signed: bool) -> Quote:
    """Prices the order, reads the card, asks the bureau, splits, and compares. Books nothing.

    Raises:
        Refused: S-… of the cart, S-NAMES, S-FAMILY, R-… of the bureau.
        EnvironmentProblem: K-… of the card, N-… of the network.
    """
    cart = fill_cart(desk.office.store, orders, consent_signed=consent_signed)
    identified = identify(desk, desk.office.region.visits[VISIT])
    require_own_word(desk.office, identified)
    return quote_for(desk, identified, cart, account=account)


def quote_for(desk: Desk, identified: Identified, cart: tuple[CartLine, ...], *, account: AccountUse) -> Quote:
    """The same for a person who is identified and a cart that is priced.

    Raises:
        Refused: S-FAMILY, the region knows no family account; R-… of the bureau.
        EnvironmentProblem: N-….
    """
    office = desk.office
    remember(office, identified)
    purchase, assessment = estimate_for(desk, identified, cart, account=account)
    trial = pharmacy.trial(office.bureau, purchase)
    ours = assessment.settled
    found = compare_with_trial(ours, trial, account) if ours is not None else ()
    return Quote(identified, cart, purchase, assessment, trial, found)


def estimate_for(
    desk: Desk, identified: Identified, cart: tuple[CartLine, ...], *, account: AccountUse
) -> tuple[Purchase, Assessment]:
    """The purchase as the bureau would be told, and what we make of it; asks nobody."""
    office = desk.office
    visit = office.region.visits[VISIT]
    purchase = Purchase(
        person=identified.person,
        credential=identified.credential,
        visit=visit,
        lines=tuple(_purchase_line(line) for line in cart),
        begun_at=office.bureau.now,
        account=account,
    )
    assessment = assess(
        desk.policies,
        office.settings.text("policy.id"),
        identified,
        visit,
        cart,
        day=visit_day(office.bureau),
        account=account,
        language=office.settings.language,
    )
    return purchase, assessment


def _purchase_line(line: CartLine) -> PurchaseLine:
    return PurchaseLine(
        number=line.number,
        national_code=line.item.national_code,
        own_code=line.item.code,
        unit_price=line.item.unit_price,
        quantity=line.quantity,
        amount_fen=line.amount_fen,
    )
