"""What is kept of a sale as it was shown: enough to print it again and to replay its split; no credential in it."""

from collections.abc import Sequence

from pos_client.benefit import record_of_split
from pos_client.benefit.kept_bill import record_of_bill
from pos_client.desk.assess import Assessment
from pos_client.desk.cart import CartLine
from pos_client.desk.quote import Quote
from pos_client.desk.slip_record import slip_record
from pos_client.money import yuan
from pos_client.sync.person import InsuredPerson
from pos_client.sync.region import AccountUse


def sale_record(quoted: Quote) -> dict[str, object]:
    """The sale as data, with the bureau's trial."""
    kept = record_of(quoted.identified.person, quoted.cart, quoted.assessment, account=quoted.purchase.account)
    return kept | slip_record(quoted.identified, quoted.assessment) | {"trial_fen": quoted.trial.by_name()}


def record_of(
    person: InsuredPerson, cart: Sequence[CartLine], assessment: Assessment, *, account: AccountUse
) -> dict[str, object]:
    """What was shown: money in yuan with two decimals, prices and quantities as exact texts."""
    return {
        "person": {
            "person_no": person.person_no,
            "name": person.name,
            "place_of_insurance": person.place_of_insurance,
            "insurance_type": person.insurance_type,
        },
        "lines": [_line(line) for line in cart],
        "use_account": account is not AccountUse.NO,
        "account": account.value,
        "bill": record_of_bill(assessment.bill),
        "split": None if assessment.split is None else record_of_split("", assessment.split),
        "sentences": [sentence.text for sentence in assessment.sentences],
    }


def _line(line: CartLine) -> dict[str, object]:
    item = line.item
    return {
        "number": line.number,
        "code": item.code,
        "national_code": item.national_code,
        "name": item.name,
        "spec": item.spec,
        "kind": item.kind,
        "cls": item.cls,
        "pre_self_pay_percent": None if item.pre_self_pay_percent is None else str(item.pre_self_pay_percent),
        "limit_price": None if item.limit_price is None else str(item.limit_price),
        "unit": item.unit,
        "unit_price": str(item.unit_price),
        "quantity": str(line.quantity),
        "amount": yuan(line.amount_fen),
    }
