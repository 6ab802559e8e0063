"""How messages name a person, the credential of the visit, and what there is to pay."""

from dataclasses import dataclass

from pos_client.money import yuan_decimal
from pos_client.sync.person import Credential, InsuredPerson, credential_fields
from pos_client.sync.region import AccountUse, Region, Visit
from pos_client.sync.setlinfo import BureauFigures

#: psn_name is C50 where the bureau answers (1101) and C20 where it is asked (2101, 2102, 2201 …): longer names, such as
#: transliterated ones, are cut, as the field is only compared.
LONGEST_NAME = 20


@dataclass(frozen=True, slots=True)
class Bill:
    """What of a registered visit or stay is tried or settled: by whom, with which credential, how much.

    ``total_fen`` is the sum of the rows that the message settles.
    """

    person: InsuredPerson
    credential: Credential
    visit: Visit
    visit_id: str
    total_fen: int
    account: AccountUse
    invoice_number: str = ""


def paper_fields(person: InsuredPerson) -> dict[str, object]:
    """The person's identity document, demanded even with a card in some editions (protocol, 5.10)."""
    return {"psn_cert_type": person.id_type, "certno": person.id_number}


def category_fields(person: InsuredPerson) -> dict[str, object]:
    """The person's category, given back as 1101 gave it, and name."""
    return {"psn_type": person.person_type, "psn_name": person.name[:LONGEST_NAME]}


def bill_fields(region: Region, bill: Bill) -> dict[str, object]:
    """What 2206, 2207, 2303 and 2304 have in common."""
    return {
        "psn_no": bill.person.person_no,
        **credential_fields(bill.credential),
        **paper_fields(bill.person),
        "medfee_sumamt": yuan_decimal(bill.total_fen),
        "psn_setlway": region.settle_way,
        "mdtrt_id": bill.visit_id,
        "acct_used_flag": region.account_code(bill.account),
        "insutype": bill.person.insurance_type,
    }


def echo_fields(trial: BureauFigures) -> dict[str, object]:
    """The four sums of the trial, which a settlement repeats (protocol, 5.3)."""
    return {
        "fulamt_ownpay_amt": yuan_decimal(trial.own_expense_fen - trial.over_limit_fen),
        "overlmt_selfpay": yuan_decimal(trial.over_limit_fen),
        "preselfpay_amt": yuan_decimal(trial.pre_self_pay_fen),
        "inscp_scp_amt": yuan_decimal(trial.eligible_fen),
    }
