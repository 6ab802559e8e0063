"""What the card room says to the clerk. Codes are K-…; every sentence is what happened, what it means, what to do.

0x: the reader. 1x: the card in the reader. 2x: the wrong card. 3x: what the card holds and its keys. 4x: its PIN.
5x: its medical-insurance application. 6x: a reader maker's library.
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
    "电脑上的读卡服务（PC/SC）没有运行，不能读卡。请重插读卡器；还不行叫信息科启动 pcscd 或 Smart Card 服务。",
    "The card service (PC/SC) is not running, so no card can be read. Plug the reader in again; if that fails ask IT "
    "to start pcscd or the Smart Card service.",
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

TWO_CARDS: Final = Words(
    "K-16",
    "两个读卡器里都有卡，不知道要读哪一张，都没有读。请只留本人的卡，拔出另一张。",
    "There are cards in two readers and nobody can tell which one is meant; neither was read. Leave the person's own "
    "card in and take the other one out.",
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

PSAM_CARD: Final = Words(
    "K-26",
    "读卡槽里插的是 PSAM 卡（终端安全卡），不是参保人的卡。请叫信息科把它插回 PSAM 槽，换社会保障卡再读。",
    "The card slot holds the PSAM (the terminal's own card), not a person's card. Ask IT to put it back into the "
    "PSAM slot, then insert the social-security card.",
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

READER_NOT_AUTHORISED: Final = Words(
    "K-33",
    "这张卡不认本机的 PSAM 卡，姓名和号码没有读。请不要重复插卡（多次会锁卡），按 F2 用身份证或医保码，并叫信息科。",
    "The card does not accept this desk's PSAM, so its name and number were not read. Do not insert it again (that "
    "may lock it): use F2 with the ID card or the voucher, and call IT.",
)
READER_KEY_LOCKED: Final = Words(
    "K-34",
    "这张卡的读取权限已锁定，读不出姓名和号码。请按 F2 用身份证或医保码，请持卡人到社保经办窗口。",
    "Reading this card is locked on the card itself. Use F2 with the ID card or the voucher; the holder must see the "
    "insurance office.",
)
PSAM_LACKS_KEY: Final = Words(
    "K-35",
    "本机的 PSAM 卡没有这张卡需要的密钥，姓名和号码没有读。请按 F2 用身份证或医保码，并叫信息科。",
    "This desk's PSAM has no key for this card, so its name and number were not read. Use F2 with the ID card or the "
    "voucher, and call IT.",
)
CARD_NOT_GENUINE: Final = Words(
    "K-36",
    "这张卡没有通过真伪验证，可能是复制的，已停止使用，没有收费。请收好卡，叫组长和信息科。",
    "This card failed the test of being genuine (it may be a copy) and is not used; nothing was charged. Keep the "
    "card and call the supervisor and IT.",
)
PSAM_TROUBLE: Final = Words(
    "K-37",
    "PSAM 卡没有正常回答，姓名和号码没有读。请再插一次卡；还不行按 F2，并叫信息科检查 PSAM 槽。",
    "The PSAM gave no proper answer, so the name and number were not read. Insert the card again; if that fails use "
    "F2 and ask IT to check the PSAM slot.",
)
VERSION_UNKNOWN: Final = Words(
    "K-38",
    "这张卡的规范版本（{version}）本程序不认识，没有读姓名。请按 F2 用身份证或医保码，并告诉信息科。",
    "This program does not know the version of this card ({version}); the name was not read. Use F2 with the ID card "
    "or the voucher, and tell IT.",
)

PIN_WRONG: Final = Words(
    "K-41",
    "卡密码不对，还可以输 {left} 次，再错会锁卡。请持卡人想好再输。",
    "The card's PIN is wrong; tries left before the card locks: {left}. Let the holder think before trying again.",
)
PIN_LOCKED: Final = Words(
    "K-42",
    "卡密码已锁定，不能再输。请按 F2 用身份证或医保码，请持卡人到社保经办窗口或制卡网点解锁。",
    "The card's PIN is locked. Use F2 with the ID card or the voucher; the holder must have it unlocked at the "
    "insurance office.",
)
PIN_NEEDED: Final = Words(
    "K-43",
    "这些内容要输卡密码才能读，没有读。请持卡人输入密码再读。",
    "Reading this needs the card's PIN; it was not read. Let the holder enter it and read again.",
)
PIN_PAD_TIMEOUT: Final = Words(
    "K-44",
    "密码键盘等待超时，密码没有送到卡上。请持卡人重新输入。",
    "Nothing was entered at the PIN pad in time; the card saw no PIN. Let the holder enter it again.",
)
PIN_PAD_CANCELLED: Final = Words(
    "K-45",
    "持卡人在密码键盘上按了取消，密码没有送到卡上。请再试，或按 F2 用身份证或医保码。",
    "The holder cancelled at the PIN pad; the card saw no PIN. Try again, or use F2 with the ID card or the voucher.",
)
PIN_FORMAT: Final = Words(
    "K-46",
    "卡密码是 4 到 16 位数字，这次没有送到卡上。请重新输入。",
    "A card's PIN has 4 to 16 digits; the card saw nothing. Enter it again.",
)
PIN_LAST_TRY: Final = Words(
    "K-47",
    "卡密码只剩最后一次机会，这次没有送到卡上。请先问持卡人是否要试，错了卡就锁定。",
    "Only one try of the card's PIN is left; the card saw nothing yet. Ask the holder first: a wrong one locks it.",
)
PIN_UNCERTAIN: Final = Words(
    "K-48",
    "输密码时没有得到卡的回答，不知道这次算不算。请重新插卡，先看还剩几次，再由持卡人输入。",
    "The card gave no answer while its PIN was checked, so this try may or may not count. Insert it again, look at "
    "the tries left, then let the holder enter it.",
)

PIN_PAD_REFUSED: Final = Words(
    "K-49",
    "这台读卡器没有密码键盘，或它做不了这一步，密码没有送到卡上。请换读卡器，或请持卡人到社保经办窗口办理。",
    "This reader has no PIN pad, or it cannot do this; the card saw no PIN. Use another reader, or let the holder see "
    "the insurance office.",
)

NO_MEDICAL_APPLICATION: Final = Words(
    "K-51",
    "这张卡上没有医疗保险应用，只能读姓名和号码。结算以医保中心为准，请照常办理。",
    "This card has no medical-insurance application; only name and number can be read. The bureau decides the "
    "settlement: go on as usual.",
)
NO_PURSE: Final = Words(
    "K-52",
    "这张卡没有开通卡内账户，没有余额可查。账户余额以医保中心为准，请照常办理。",
    "This card has no account of its own to ask for. The bureau's account balance is what counts: go on as usual.",
)

LIBRARY_UNUSABLE: Final = Words(
    "K-61",
    "读卡器厂家的读卡程序 {library} 不能用（{why_zh}），不能读卡。请叫信息科检查设置。",
    "The reader maker's library {library} cannot be used ({why_en}), so no card can be read. Ask IT to check the "
    "settings.",
)
LIBRARY_REFUSED: Final = Words(
    "K-62",
    "读卡器厂家的读卡程序没有读成（{number}），卡没有读。请再插一次卡；总是这样请把这个数字告诉信息科。",
    "The reader maker's library did not read the card ({number}). Insert it again; if it happens often, tell IT this "
    "number.",
)
LIBRARY_UNREADABLE: Final = Words(
    "K-63",
    "读卡器厂家的读卡程序给的内容不合规范，已全部丢弃。请再插一次卡；总是这样请叫信息科。",
    "What the reader maker's library gave is against the standard and is thrown away. Insert the card again; if it "
    "happens often, call IT.",
)
NEEDS_COMMANDS: Final = Words(
    "K-64",
    "读卡器厂家的读卡程序只能读姓名和号码，不能做这一项。请换 PC/SC 或串口读卡器，或不做这一项。",
    "A reader maker's library reads only name and number and cannot do this. Use a PC/SC or serial reader, or go on "
    "without it.",
)

#: Every sentence by its code: how a problem finds its words again after it crossed the pipe of the child process.
BY_CODE: Final = {words.code: words for words in tuple(globals().values()) if isinstance(words, Words)}
