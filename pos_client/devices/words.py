"""What the counter devices say to the clerk. Codes are G-…; no sentence ever holds what was scanned."""

from typing import Final

from pos_client.errors import Words
from pos_client.phrase import Phrase

DISPLAY: Final = Phrase("顾客显示屏", "the customer display")
ANNOUNCER: Final = Phrase("报价器", "the price announcer")
DRAWER: Final = Phrase("钱箱", "the cash drawer")
SCANNER: Final = Phrase("扫码枪", "the scanner")
#: None of the counter devices, but it may hang on a port that one of them is set to.
READER: Final = Phrase("读卡器", "the card reader")

NOT_REACHED: Final = Words(
    "G-01",
    "{device_zh}连不上（{target}），可能线松了或没通电；收费照常。请插好线，几秒钟后会自动恢复。",
    "No connection to {device_en} ({target}): a loose cable or no power. Go on charging; plug it in, it comes back by "
    "itself within seconds.",
)
BACK: Final = Words(
    "G-02",
    "{device_zh}已恢复，可以照常使用。",
    "Connected again to {device_en}; use it as usual.",
)
ACCESS_DENIED: Final = Words(
    "G-03",
    "电脑不允许本程序使用{device_zh}（{target}）；收费照常。请叫信息科给当前用户开通权限。",
    "This user may not use {device_en} ({target}). Go on charging and ask IT for the permission.",
)
BUSY: Final = Words(
    "G-04",
    "{device_zh}（{target}）正被另一个程序占用；收费照常。请关掉那个程序，几秒钟后会自动恢复。",
    "Another program holds {device_en} ({target}). Go on charging; close that program, it comes back by itself within "
    "seconds.",
)
DRAWER_NOT_OPENED: Final = Words(
    "G-05",
    "钱箱没有弹开，因为连不上。请用钥匙打开，并插好钱箱的线。",
    "The cash drawer did not open, for there is no connection to it. Open it with its key and plug it in.",
)
DOES_NOT_FIT: Final = Words(
    "G-06",
    "{amount} 元在顾客显示屏上放不下，上面显示横线。请把金额念给顾客听。",
    "{amount} yuan do not fit on the customer display, which shows dashes. Tell the customer the amount.",
)
WRONG_URL: Final = Words(
    "G-07",
    "{device_zh}的地址写得不对：{url}。这个设备没有启用，收费照常。请在设置里改成 {example} 这样，或留空。",
    "The address {url} of {device_en} is wrong, so it is not in use; go on charging. In the settings write it like "
    "{example}, or leave it empty.",
)
SCAN_UNUSABLE: Final = Words(
    "G-08",
    "扫到的内容不完整或有乱码，已丢弃，什么都没有录入。请再扫一次；总是这样请检查扫码枪的线和波特率。",
    "What was scanned is damaged and thrown away; nothing was entered. Scan it again; if it happens often, check the "
    "scanner's cable and speed.",
)
PROCESS_STOPPED: Final = Words(
    "G-09",
    "外设程序意外停止，已自动重新启动；收费照常。刚才扫的码请再扫一次，钱箱没开请用钥匙。",
    "The program of the counter devices stopped and was started again. Go on charging; scan again what was just "
    "scanned, and open the drawer with its key if it stayed shut.",
)
PORT_SHARED: Final = Words(
    "G-10",
    "{device_zh}和{other_zh}都设在 {target}，一个口只能接一个，两个都可能不工作；收费照常。"
    "请在设置里给{device_zh}换一个口。",
    "The port {target} has room for one, but {other_en} and {device_en} are both set to it, so neither may work. Go on "
    "charging; in the settings give {device_en} a port of its own.",
)

#: Every sentence by its code: how a problem finds its words again after it crossed the pipe of the child process.
BY_CODE: Final = {words.code: words for words in tuple(globals().values()) if isinstance(words, Words)}
