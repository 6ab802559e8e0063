"""Bills of the past at the window: found, looked at, taken back as a whole or in part."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from pos_client.card.social_security.identity import CardIdentity
from pos_client.desk import open_bills, past_bill_views, sale_words
from pos_client.desk import past_bill_words as words
from pos_client.desk.bill_view import Bill, BillRow, PartTried, Refunded, ToRefund
from pos_client.desk.customer import Customer, customer_of
from pos_client.desk.identify import identify_card
from pos_client.desk.masking import masked_name
from pos_client.desk.open_bills import Draft, OpenLine
from pos_client.desk.operators import SignedIn
from pos_client.desk.quote import VISIT
from pos_client.desk.recent import recent_sales, sale_detail
from pos_client.desk.return_part import Rest, Returned, quote_rest, return_part
from pos_client.desk.sale_in_work import SaleInWork
from pos_client.desk.slip_file import write_slip
from pos_client.desk.station import Desk
from pos_client.desk.void import book_void, find_voidable, voided
from pos_client.desk.void_reasons import VoidReason
from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Problem, Refused
from pos_client.offline import money_book
from pos_client.sync import pharmacy


@dataclass(frozen=True, slots=True)
class _Tried:
    """A part that was tried at the bureau, with the person who was read for it."""

    rest: Rest
    customer: Customer


class PastBills:
    """What the window does with bills that are settled; used in the desk's thread."""

    def __init__(self, desk: Desk, sale: SaleInWork) -> None:
        self._desk, self._sale = desk, sale
        self._office = desk.office
        self._tried: _Tried | None = None

    def find(self, typed: str) -> tuple[BillRow, ...]:
        """The bills that may be meant, newest first (``recent_sales``)."""
        rows = recent_sales(self._office.books, text=typed)
        with self._office.store.read() as connection:
            totals = [money_book.totals_fen(connection, row.id) for row in rows]
        day = self._office.bureau.now
        language = self._office.settings.language
        return tuple(past_bill_views.row_of(row, total, day, language) for row, total in zip(rows, totals, strict=True))

    def look(self, id_: str) -> Bill:
        """One bill with its lines.

        Raises:
            Refused: S-NOSALE.
        """
        return past_bill_views.bill_of(
            sale_detail(self._office.books, id_), self._office.bureau.now, self._office.settings.language
        )

    def to_refund(self, id_: str) -> ToRefund:
        """A bill that may be taken back.

        Raises:
            Refused: S-NOSALE, S-VOID; S-SELLING while another bill is being made.
        """
        if self._sale.lines:
            raise Refused(words.STILL_SELLING)
        self._tried = None
        found = find_voidable(self._office, id_)
        detail = sale_detail(self._office.books, found.settle.id)
        with self._office.store.read() as connection:
            paid = money_book.kept(connection, found.settle.id, [])
        language = self._office.settings.language
        return ToRefund(
            bill=past_bill_views.bill_of(detail, self._office.bureau.now, language),
            name=detail.name,
            in_parts=found.settle.transaction == pharmacy.SETTLE and bool(detail.lines),
            cash_back_fen=past_bill_views.cash_of(paid),
            back=past_bill_views.back_rows(paid, found.booked.account_fen, found.booked.fund_fen, language),
            reasons=past_bill_views.reasons(language),
        )

    def try_part(self, id_: str, keep: Mapping[int, Decimal], card: CardIdentity) -> PartTried:
        """Asks the bureau what it comes to when only that is kept, for the holder of a card.

        Raises:
            Refused: S-PARTPERSON and the others of ``quote_rest``. EnvironmentProblem: N-….
        """
        self._tried = None
        visit = self._office.region.visits[VISIT]
        identified = identify_card(self._office, card, visit)
        rest = quote_rest(self._desk, id_, keep, identified)
        customer = customer_of(self._office, self._desk.policies, identified, visit, at=self._office.bureau.now)
        self._tried = _Tried(rest, customer)
        return past_bill_views.tried(rest, customer, self._office.settings.language)

    def give_back(self, id_: str, by: SignedIn, reason: str) -> Refunded:
        """Takes a whole bill back.

        Raises:
            Refused: S-SUPERVISOR, S-VOID, R-…; EnvironmentProblem: N-…, D-…; the bill stands.
            OutcomeUnknown: U-VOIDING; nothing is handed back until it is known.
        """
        found = find_voidable(self._office, id_)
        try:
            message = book_void(self._office, found, by, VoidReason(reason))
        except OutcomeUnknown as problem:
            self._next_person()
            evidence = {**problem.evidence, "code": problem.code}
            raise OutcomeUnknown(words.VOID_UNKNOWN, evidence, id=found.settle.id) from problem
        self._next_person()
        done = voided(self._office, message)
        slip_problem: Problem | None = None
        try:
            write_slip(self._office.books.home, done.id, done.slip)
        except EnvironmentProblem as problem:
            slip_problem = problem
        with self._office.store.read() as connection:
            paid = money_book.refunds(connection, message.id)
        self._desk.devices.money_given_back(paid)
        language = self._office.settings.language
        told = past_bill_views.told(paid, found.booked.account_fen, language)
        return Refunded(
            about=found.settle.id,
            paper=done.id,
            name_masked=masked_name(done.slip.who.name),
            cash_back_fen=past_bill_views.cash_of(paid),
            back=past_bill_views.back_rows(paid, found.booked.account_fen, 0, language),
            sentence=words.DONE_WHOLE.say(language, id=found.settle.id, what=told),
            slip_problem=slip_problem,
        )

    def give_part_back(self, by: SignedIn, reason: str) -> Refunded:
        """Takes the part back that was tried last, and settles what is kept.

        Raises:
            Refused: S-SUPERVISOR, S-VOID, S-AGE, R-…; EnvironmentProblem: N-…, D-…; the bill stands.
            OutcomeUnknown: U-PARTVOID; nothing is handed back until it is known.
        """
        assert self._tried is not None, "a part is tried before it is given back"
        tried = self._tried
        limit_min = self._office.settings.number("card.reading_age_min")
        if self._office.bureau.now - tried.customer.read_at > timedelta(minutes=limit_min):
            raise Refused(sale_words.READING_TOO_OLD, minutes=limit_min)
        try:
            returned = return_part(self._desk, tried.rest, by, VoidReason(reason))
        except OutcomeUnknown:
            self._next_person()
            raise
        self._next_person()
        self._desk.devices.money_given_back(returned.back)
        parked = self._park_rest(returned, tried)
        return self._refunded(returned, tried, parked=parked)

    def _refunded(self, returned: Returned, tried: _Tried, *, parked: bool) -> Refunded:
        language, sold = self._office.settings.language, returned.sold
        before_fen = tried.rest.found.booked.account_fen
        account_fen = before_fen - (0 if sold is None else sold.booked.figures.account_pay_fen)
        unknown = isinstance(returned.problem, OutcomeUnknown)
        back = past_bill_views.back_rows(returned.back, 0 if unknown else account_fen, 0, language)
        done = Refunded(
            about=returned.about,
            paper=returned.void_id if sold is None else sold.id,
            name_masked=masked_name(tried.customer.name),
            cash_back_fen=past_bill_views.cash_of(returned.back),
            back=back,
            sentence="",
            parked=parked,
        )
        if sold is None:
            return replace(done, problem=returned.problem)
        told = past_bill_views.told(returned.back, account_fen, language)
        sentence = words.DONE_PART.say(language, id=returned.about, new=sold.id, what=told)
        return replace(done, sentence=sentence, slip_problem=returned.problem)

    def _park_rest(self, returned: Returned, tried: _Tried) -> bool:
        """What is kept but not settled becomes a bill that waits: nobody has to enter it again."""
        if not returned.rest:
            return False
        lines = tuple(
            OpenLine(line.item.code, line.quantity, consent=True, name=line.item.name, unit_price=line.item.unit_price)
            for line in tried.rest.cart
        )
        whose = tried.rest.quoted.identified.person.person_no
        account = tried.rest.quoted.purchase.account
        open_bills.park(self._office, Draft(lines, account, "sale", whose, masked_name(tried.customer.name)))
        return True

    def _next_person(self) -> None:
        """Whoever was identified for a sale that has no lines is not the next person."""
        self._tried = None
        self._sale.give_up()
