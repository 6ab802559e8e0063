"""The slip of a settlement whose outcome was learned later: written from what the store kept of the sale."""

from collections.abc import Sequence
from typing import Any

from pos_client.desk.masking import masked_name
from pos_client.desk.slip import NOT_A_FISCAL_BILL, Slip, SlipLine
from pos_client.desk.slip_file import write_slip
from pos_client.desk.station import Office
from pos_client.money import fen_of_yuan
from pos_client.offline import journal, money_book, settlements
from pos_client.offline.journal import Kind, Message, Remark
from pos_client.offline.money_book import Entry
from pos_client.offline.settlements import Settlement
from pos_client.sync.attempts import Attempt, Result


def write_late_slips(office: Office, attempts: Sequence[Attempt]) -> None:
    """Writes a slip for every settlement that was found booked, after its commit; it takes the 待确认 slip's place.

    Raises:
        EnvironmentProblem: S-SLIP; the settlements stay booked.
    """
    for attempt in attempts:
        message = attempt.message
        if attempt.result not in (Result.FOUND, Result.SENT) or message.kind is not Kind.SETTLE:
            continue
        with office.store.read() as connection:
            if journal.has_remark(connection, message.id, Remark.CUSTOMER_LEFT):
                continue
            booked = settlements.settlement_of(connection, message.id)
            record = settlements.sale_record(connection, message.id)
            money = money_book.totals_fen(connection, message.id)
        assert booked is not None, "what was found has its figures"
        assert record is not None, "a settlement has its record, both are written in one commit"
        write_slip(office.books.home, message.id, _slip(office, message, booked, record, money))


def _slip(
    office: Office, message: Message, booked: Settlement, record: dict[str, Any], money: dict[Entry, int]
) -> Slip:
    return Slip(
        training=office.settings.mode == "training",
        institution=office.settings.text("institution.name"),
        title="医保结算单（查询确认后补打）",
        number=message.id,
        at=booked.settled_at,
        who=((masked_name(str(record["person"]["name"])), ""),),
        lines=tuple(_line(line) for line in record.get("lines", ())),
        sentences=tuple(record.get("sentences", ())),
        slices=(),
        sums=(
            ("合计", booked.total_fen),
            ("基金支付合计", booked.fund_fen),
            ("账户支付", booked.account_fen),
            ("现金支付", booked.cash_fen),
            ("实收", money[Entry.TENDER]),
            ("找零", money[Entry.CHANGE]),
        ),
        big=("现金支付", booked.cash_fen),
        after=(),
        policy="",
        notices=(f"医保结算号 {booked.settlement_id}", NOT_A_FISCAL_BILL),
        operator=message.operator,
    )


def _line(line: dict[str, Any]) -> SlipLine:
    return SlipLine(
        name=f"{line['number']} {line['name']} {line['spec']}".rstrip(),
        price_and_quantity=f"{line['unit_price']} × {line['quantity']}",
        mark="",
        amount_fen=fen_of_yuan(line["amount"]),
    )
