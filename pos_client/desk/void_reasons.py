"""Why a bill is taken back: a short list to choose from, kept with the void."""

from collections.abc import Mapping
from enum import StrEnum

from pos_client.phrase import Phrase


class VoidReason(StrEnum):
    """One of the reasons that a clerk may name."""

    WRONG_ITEM = "wrong_item"
    WRONG_QUANTITY = "wrong_quantity"
    WRONG_PERSON = "wrong_person"
    RETURNED = "returned"
    ACCOUNT_USE = "account_use"
    OTHER = "other"


VOID_REASONS: Mapping[VoidReason, Phrase] = {
    VoidReason.WRONG_ITEM: Phrase("项目录错", "wrong item"),
    VoidReason.WRONG_QUANTITY: Phrase("数量或价格录错", "wrong quantity or price"),
    VoidReason.WRONG_PERSON: Phrase("刷错了卡，不是本人", "card of another person"),
    VoidReason.RETURNED: Phrase("参保人退药、退费", "returned by the person"),
    VoidReason.ACCOUNT_USE: Phrase("账户或付款方式要改", "pay another way"),
    VoidReason.OTHER: Phrase("其他", "another reason"),
}
