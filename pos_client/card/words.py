"""What the card room says to the clerk. Codes are K-…; every sentence is what happened, what it means, what to do.

0x: the reader. 1x: the card in the reader. 2x: the wrong card. 3x: what the card holds.
"""

from typing import Final

from pos_client.errors import Words

WRONG_READER_URL: Final = Words(
    "K-01",
    "读卡器地址写得不对：{url}。没有读卡。请在设置里从列表选一个，或写成 ccid-serial:/dev/ttyUSB0 这样。",
    "The reader address {url} is wrong, so no card was read. Choose one of the list in the settings, or write it "
    "like ccid-serial:/dev/ttyUSB0.",
)
NO_READER: Final = Words(
    "K-02",
    "没有找到读卡器，不能读卡。请插好读卡器的线；没有卡也可以按 F2 识别。",
    "No card reader was found, so no card can be read. Plug the reader in; without a card press F2.",
)
READER_UNAVAILABLE: Final = Words(
    "K-03",
    "读卡器“{reader}”连不上，可能线松了或没通电，卡没有读。请插好线，再插一次卡。",
    "The reader “{reader}” cannot be reached (loose cable or no power); the card was not read. Plug it in, then "
    "insert the card again.",
)
SERVICE_NOT_RUNNING: Final = Words(
    "K-04",
    "电脑上的读卡服务（PC/SC）没有运行，不能读卡。请叫信息科启动 pcscd 或 Smart Card 服务。",
    "The card service (PC/SC) is not running, so no card can be read. Ask IT to start pcscd or the Smart Card service.",
)
READER_BUSY: Final = Words(
    "K-05",
    "读卡器“{reader}”正被另一个程序占用，卡没有读。请关掉那个程序（例如银行控件），再插一次卡。",
    "Another program is using the reader “{reader}”; the card was not read. Close it (a bank control, for "
    "instance), then insert the card again.",
)
READER_SILENT: Final = Words(
    "K-06",
    "读卡器没有按时回答，已重新连接，卡没有读完。请拔出卡再插一次；还不行就重插读卡器的线。",
    "The reader did not answer in time and was connected anew; the card was not read. Insert the card again; if "
    "that fails, plug the reader in again.",
)
LINE_DISTURBED: Final = Words(
    "K-07",
    "读卡器“{reader}”的线路有干扰，读到的不对，已全部丢弃。请再插一次卡；常这样就换一根线。",
    "The line to the reader “{reader}” is disturbed; what was read is thrown away. Insert the card again; if it "
    "happens often, change the cable.",
)
READING_STOPPED: Final = Words(
    "K-08",
    "读卡程序意外停止，已自动重新启动，卡没有读完。请再插一次卡。",
    "The card program stopped and was started again; the card was not read. Insert the card again.",
)
ACCESS_DENIED: Final = Words(
    "K-09",
    "电脑不允许本程序用读卡器“{reader}”，不能读卡。请叫信息科给当前用户开通权限。",
    "This user may not use the reader “{reader}”, so no card can be read. Ask IT for the permission.",
)

NO_CARD: Final = Words(
    "K-11",
    "读卡器里没有卡。请插卡；没有卡按 F2。",
    "There is no card in the reader. Insert the card; without one press F2.",
)
CARD_TORN: Final = Words(
    "K-12",
    "卡已拔出，刚才没有读完。请重新插卡。",
    "The card was pulled out before it was read to the end. Insert it again.",
)
CARD_MUTE: Final = Words(
    "K-13",
    "卡没有反应，可能插反了或芯片脏了，没有读到。请芯片朝上重新插；还不行就擦净芯片或换读卡器。",
    "The card does not answer (wrong way round, or a dirty chip); nothing was read. Insert it chip up; if that "
    "fails, clean the chip or use another reader.",
)
CARD_CHANGED: Final = Words(
    "K-14",
    "读卡中途换了卡，刚才读到的已全部丢弃。请只插一张卡，读完再拔。",
    "The card was exchanged while it was read; what was read is thrown away. Insert one card and leave it in.",
)

STOPPED_BY_CLERK: Final = Words(
    "K-15",
    "您按了 Esc，卡没有读完。请再插一次卡；没有卡按 F2。",
    "You pressed Esc, so the card was not read to the end. Insert it again; without one press F2.",
)

BANK_CARD: Final = Words(
    "K-21",
    "这是银行卡，没有社会保障应用，不能用来看病结算。请换社会保障卡。",
    "This is a bank card without the social-security application. Insert the social-security card.",
)
HEALTH_CARD: Final = Words(
    "K-22",
    "这是居民健康卡，不是社会保障卡，不能用来结算。请换社会保障卡。",
    "This is a resident health card, not a social-security card. Insert the social-security card.",
)
NOT_SOCIAL_SECURITY: Final = Words(
    "K-23",
    "这张卡不是社会保障卡，没有读到参保信息。请换社会保障卡。",
    "This is not a social-security card; nothing was read. Insert the social-security card.",
)
CARD_BLOCKED: Final = Words(
    "K-24",
    "这张卡已被锁定，不能使用。请持卡人找发卡机构；今天按 F2 用身份证或医保码。",
    "This card is blocked. The holder must see its issuer; today use F2 with the ID card or the voucher.",
)
APPLICATION_BLOCKED: Final = Words(
    "K-25",
    "卡上的社会保障应用已停用，不能使用。请持卡人到社保经办窗口；今天按 F2 用身份证或医保码。",
    "Social security on this card is disabled. The holder must see the insurance office; today use F2 with the "
    "ID card or the voucher.",
)

HOLDER_DATA_LOCKED: Final = Words(
    "K-31",
    "这是第三代社保卡，本机没有 PSAM 卡，读不出姓名和号码。请按 F2 用身份证或医保码。",
    "This is a third-generation card; its name and number need a PSAM, which is not in use here. Use F2 with the "
    "ID card or the voucher.",
)
DATA_DAMAGED: Final = Words(
    "K-32",
    "卡里的数据不完整或不合规范，已全部丢弃。请擦净芯片再插；还不行请持卡人换卡，今天按 F2。",
    "The data on the card is incomplete or against the standard and is thrown away. Clean the chip, insert it "
    "again; if that fails use F2, the holder needs a new card.",
)

#: Every sentence by its code: how a problem finds its words again after it crossed the pipe of the child process.
BY_CODE: Final = {
    words.code: words
    for words in (
        WRONG_READER_URL, NO_READER, READER_UNAVAILABLE, SERVICE_NOT_RUNNING, READER_BUSY, READER_SILENT,
        LINE_DISTURBED, READING_STOPPED, ACCESS_DENIED, NO_CARD, CARD_TORN, CARD_MUTE, CARD_CHANGED,
        STOPPED_BY_CLERK, BANK_CARD, HEALTH_CARD, NOT_SOCIAL_SECURITY, CARD_BLOCKED, APPLICATION_BLOCKED,
        HOLDER_DATA_LOCKED, DATA_DAMAGED,
    )
}  # fmt: skip
