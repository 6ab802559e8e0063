"""Who stands at the desk: a credential held against the register."""

from datetime import datetime

from sqlalchemy import Connection

from . import register, vouchers
from .message import Row
from .refusal import Refusal
from .register import Insured

_IDENTITY_CARD, _SOCIAL_SECURITY_CARD = "02", "03"
#: psn_cert_type of everybody in the simulated register: a citizen's identity card.
CITIZEN = "01"
#: psn_name is C20 in most messages: a longer name is sent cut.
_SHORT_NAME = 20


def holder_of(connection: Connection, row: Row, now: datetime) -> Insured:
    """The person of the credential in a node (mdtrt_cert_type, mdtrt_cert_no, card_sn); a voucher is used up by it.

    Raises:
        Refusal: nobody has it, card number and card identification code do not belong together, or a voucher is used
            or expired.
    """
    kind, number = row.text("mdtrt_cert_type"), row.text("mdtrt_cert_no")
    if kind == _SOCIAL_SECURITY_CARD:
        if not row.text("card_sn"):
            raise Refusal("就诊凭证类型为03时,字段card_sn(卡识别码)为必填项,不能为空")
        person = register.by_card_number(connection, number)
        if person is not None and person.card_sn != row.text("card_sn"):
            raise Refusal("社会保障卡卡号与卡识别码不匹配")
    elif kind == _IDENTITY_CARD:
        person = register.by_id_number(connection, number)
    else:
        person = register.by_psn_no(connection, vouchers.redeem(connection, number, now))
    if person is None:
        raise Refusal("就诊凭证未找到对应的参保人员")
    return person


def check_credential(connection: Connection, row: Row, person: Insured, now: datetime) -> None:
    """Holds credential, papers and name of a node against the person that it names.

    Raises:
        Refusal: the credential is another person's, or one of the papers is.
    """
    to_be_looked_up = row.has("mdtrt_cert_no") and not _holds(row, person)
    if to_be_looked_up and holder_of(connection, row, now).psn_no != person.psn_no:
        raise Refusal("就诊凭证与人员编号不是同一参保人员")
    check_papers(row, person)


def _holds(row: Row, person: Insured) -> bool:
    """Whether the credential is the person's own card or identity number: then the register need not be searched."""
    match row.text("mdtrt_cert_type"):
        case "03":  # social-security card
            return (row.text("mdtrt_cert_no"), row.text("card_sn")) == (person.card_number, person.card_sn)
        case "02":  # identity card
            return row.text("mdtrt_cert_no") == person.id_number
        case _:
            return False


def check_papers(row: Row, person: Insured) -> None:
    """Holds document type, document number and name, where they were sent, against the register.

    Raises:
        Refusal: one of them is not this person's.
    """
    expected = {
        "psn_cert_type": (CITIZEN, "人员证件类型"),
        "cert_type": (CITIZEN, "证件类型"),
        "certno": (person.id_number, "证件号码"),
        "psn_name": (person.name, "人员姓名"),
        "psn_type": (person.psn_type, "人员类别"),
    }
    for name, (value, cn) in expected.items():
        said = row.text(name)
        if said and said not in (value, value[:_SHORT_NAME]):
            raise Refusal(f"字段{name}({cn})与参保登记不一致")
