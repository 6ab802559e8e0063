"""How money was paid, in words."""

from pos_client.offline.money_book import Means
from pos_client.phrase import Phrase

MEANS = {
    Means.CASH: Phrase("现金", "cash"),
    Means.WECHAT: Phrase("微信", "WeChat"),
    Means.ALIPAY: Phrase("支付宝", "Alipay"),
    Means.BANK_CARD: Phrase("银行卡", "bank card"),
    Means.DEPOSIT: Phrase("押金", "deposit"),
}
