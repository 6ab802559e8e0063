"""What an examination of reader and card says, in plain words: what was found, and what to do about it."""

from typing import Final

from pos_client.phrase import Phrase

SERVICE_RUNS: Final = Phrase("读卡服务（PC/SC）在运行。", "The card service (PC/SC) runs.")
SERVICE_NOT_USED: Final = Phrase(
    "这个读卡器不经过读卡服务（PC/SC），不用检查。", "This reader does not use the card service (PC/SC)."
)
SERVICE_ADVICE: Final = Phrase(
    "启动服务：systemctl enable --now pcscd.socket；没有安装就装 pcscd 和读卡器驱动 libccid。"
    "Windows：服务里启动 Smart Card。",
    "Start it: systemctl enable --now pcscd.socket; if it is not installed, install pcscd and the driver libccid. "
    "On Windows start the service Smart Card.",
)
ACCESS_ADVICE: Final = Phrase(
    "给运行本程序的用户加读卡权限：polkit 规则放行 org.debian.pcsc-lite.access_pcsc 和 access_card；"
    "串口读卡器要加入 dialout 组。",
    "Give the user of this program access: a polkit rule for org.debian.pcsc-lite.access_pcsc and access_card; for a "
    "serial reader the group dialout.",
)
READERS_FOUND: Final = Phrase("找到读卡器：{names}。", "Readers found: {names}.")
NO_READERS_ADVICE: Final = Phrase(
    "换一个 USB 口再插；lsusb 看不到就换线或换读卡器，看得到就装它的驱动（多数用 libccid）。",
    "Plug it into another USB port. If lsusb does not show it, change the cable or the reader; if it does, install "
    "its driver (libccid for most).",
)
OTHER_NAME_ADVICE: Final = Phrase(
    "没有叫这个名字的读卡器，本机现有：{names}。请在设置里重新选；或写 pcsc: 让程序用有卡的那个。",
    "No reader has this name; there are: {names}. Choose it anew in the settings, or write pcsc: for whichever holds a "
    "card.",
)
PORT_OPENS: Final = Phrase("串口 {port} 能打开，读卡器有回答。", "The port {port} opens and the reader answers.")
PORT_ADVICE: Final = Phrase(
    "检查线和电源；确认端口写对了，本机现有的串口：{ports}。",
    "Check the cable and the power; see that the port is the right one. The serial ports of this machine: {ports}.",
)
NO_PORTS: Final = Phrase("没有", "none")
SERVER_ADVICE: Final = Phrase(
    "检查串口服务器的电源、网线、地址和端口号；它一次只接一台电脑，确认没有别的电脑或程序连着它。",
    "Check the serial server's power, network cable, address and port number; it serves one computer at a time: see "
    "that no other computer or program is connected to it.",
)
SILENT_ADVICE: Final = Phrase(
    "口能打开，没有读卡器回答：检查线和读卡器的电源；接在这个口上的可能是别的设备，或不是 TWIN 协议的串口读卡器。",
    "The port opens, but no reader answers: check the cable and the reader's power. Another device may hang on this "
    "port, or a serial reader that does not speak TWIN.",
)
BUSY_ADVICE: Final = Phrase(
    "关掉占用它的程序：银行控件、厂家测试程序、另一个收费程序，Linux 上还有 scdaemon（GnuPG）；"
    "串口读卡器不能同时给 pcscd 用。",
    "End the program that holds it: a bank control, the maker's test program, another counter program, on Linux "
    "scdaemon (GnuPG) as well; a serial reader cannot be pcscd's at the same time.",
)
LINE_ADVICE: Final = Phrase(
    "换一根线、换一个 USB 转串口再试，查接地；一次也没有成功过的话，接在这个口上的可能不是读卡器。",
    "Try another cable and another USB-serial adapter, check the earth; if it never worked, what hangs on this port "
    "may be no reader.",
)
TORN_ADVICE: Final = Phrase(
    "没有人拔卡也这样，就是卡座触点磨损或卡片变形：换一张卡试，再换一台读卡器。",
    "If nobody pulled it out, the contacts of the slot are worn or the card is bent: try another card, then another "
    "reader.",
)
TWO_CARDS_ADVICE: Final = Phrase(
    "只留一张卡；或在设置里把读卡器从 pcsc: 改成收费员用的那一台。"
    "其中一张是 PSAM 卡的话，它没有作为 PSAM 回答：可能已锁定或插反。",
    "Leave one card in; or choose in the settings the reader that the clerk uses instead of pcsc:. If one of them is "
    "the PSAM, it did not answer as one: blocked, or the wrong way round.",
)
LIBRARY_SET: Final = Phrase("用厂家的读卡程序 {name}。", "The maker's library {name} is used.")
SLOT_PERSON: Final = Phrase("卡槽里有卡。", "There is a card in the slot.")
SLOT_EMPTY: Final = Phrase(
    "卡槽里没有卡，后面的没有检查。", "There is no card in the slot; what follows was not examined."
)
SLOT_AND_PSAM: Final = Phrase("{slot}PSAM 卡在 {psam}。", "{slot} The PSAM is in {psam}.")
INSERT_ADVICE: Final = Phrase("插一张社会保障卡，再检查一次。", "Insert a social-security card and examine again.")
POWERED: Final = Phrase(
    "卡有反应：{protocol}，{speed}，复位信息 {length} 字节。", "The card answers: {protocol}, {speed}, {length} bytes."
)
POWER_ADVICE: Final = Phrase(
    "芯片朝上重新插；用橡皮擦净芯片；换一张卡试，好了就是卡的问题，不好就是读卡器的问题。",
    "Insert it chip up; clean the chip with an eraser; try another card: if that works it was the card, if not it is "
    "the reader.",
)
NOT_T0_ADVICE: Final = Phrase(
    "接触式社会保障卡只用 T=0；这可能不是社会保障卡，或读卡器驱动不对。",
    "A contact social-security card speaks T=0 only: this may be another card, or the reader's driver is wrong.",
)
APPLICATION_FOUND: Final = Phrase(
    "社会保障应用在，密钥算法：{algorithm}。", "The social-security application is there; keys: {algorithm}."
)
#: The algorithm of the card's keys as SELECT tells it (card specification, part 5).
ALGORITHMS: Final[dict[int | None, str]] = {1: "3DES", 2: "SSF33", 3: "SM4"}
APPLICATION_ADVICE: Final = Phrase("换社会保障卡再检查。", "Examine again with a social-security card.")
FILES_READ: Final = Phrase(
    "读出了发卡信息和持卡人信息：版本 {version}，发卡地 {region}，卡号 {card_number}，姓名 {name}。",
    "Issuer's and holder's data read: version {version}, region {region}, card {card_number}, name {name}.",
)
FILES_ADVICE: Final = Phrase(
    "擦净芯片再读；换一台读卡器；还不行请持卡人去发卡机构换卡。",
    "Clean the chip and read again; try another reader; if that fails the holder needs a new card from the issuer.",
)
PSAM_FOUND: Final = Phrase("PSAM 卡在，终端机编号 {terminal}。", "The PSAM is there, terminal number {terminal}.")
PSAM_USED: Final = Phrase("PSAM 卡在，并通过了这张卡的验证。", "The PSAM is there, and this card accepted it.")
PSAM_NONE: Final = Phrase(
    "没有找到 PSAM 卡；第一、二代卡不需要，第三代卡没有它读不出姓名。",
    "No PSAM was found: cards of the first and second generation do without, of the third the name cannot be read.",
)
PSAM_OFF: Final = Phrase("设置为不用 PSAM 卡。", "The settings say to use no PSAM.")
PSAM_ADVICE: Final = Phrase(
    "确认 PSAM 卡插在读卡器的 PSAM 槽、方向正确；在设置 reader.psam 里写它的读卡器；密钥不对请找发卡中心换 PSAM 卡。",
    "See that the PSAM is in its slot the right way round; name its reader in the setting reader.psam; if it lacks "
    "keys, the issuing office must replace it.",
)
PSAM_OFF_ADVICE: Final = Phrase(
    "设置 reader.psam 是 none，所以没有找 PSAM 卡：改为空再检查。",
    "The setting reader.psam is none, so no PSAM was looked for: make it empty and examine again.",
)
PSAM_STRANGE: Final = Phrase(
    "旁边的卡槽里有卡，但不是能用的 PSAM 卡。", "There is a card in another slot, but it is no PSAM that can be used."
)
PSAM_STRANGE_ADVICE: Final = Phrase(
    "旁边卡槽里的卡没有作为 PSAM 回答：可能已锁定、插反、接触不良，或是别的卡。取出擦净再插；还不行请发卡中心检查或换 "
    "PSAM 卡。",
    "The card in the other slot does not answer as a PSAM: blocked, the wrong way round, bad contacts, or another "
    "card. Take it out, clean it, put it back; if that fails, the issuing office must check or replace the PSAM.",
)
PSAM_REFUSED_ADVICE: Final = Phrase(
    "停止再试，每试一次卡就少一次机会。问发卡中心：这张 PSAM 卡是不是给这个地区的卡用的，是不是测试卡。",
    "Stop trying: every try costs the card one of its own. Ask the issuing office whether this PSAM is for the cards "
    "of this region, and whether it is a test one.",
)
NOT_GENUINE_ADVICE: Final = Phrase(
    "只有一张卡这样：收好，报告社保经办窗口。每张卡都这样：是 PSAM 卡不对（测试卡或外地的），请发卡中心换。",
    "One card only: keep it and tell the insurance office. Every card: it is the PSAM (a test one, or of elsewhere); "
    "the issuing office must replace it.",
)
TIMES: Final = Phrase(
    "读一次用 {read_ms} 毫秒：{commands} 条指令，{length} 字节。",
    "One reading took {read_ms} ms: {commands} commands, {length} bytes.",
)
SLOW: Final = Phrase(
    "读一次用 {read_ms} 毫秒，太慢：{commands} 条指令，{length} 字节，最慢的一条 {slowest_ms} 毫秒。",
    "One reading took {read_ms} ms, which is slow: {commands} commands, {length} bytes, the slowest {slowest_ms} ms.",
)
SLOW_ADVICE: Final = Phrase(
    "串口读卡器把波特率设到 115200；USB 集线器换成主机口；关掉同时访问读卡器的程序；擦净芯片。",
    "Set a serial reader to 115200 baud; use a port of the machine instead of a hub; close other programs that use "
    "the reader; clean the chip.",
)
LIBRARY_POWERS: Final = Phrase(
    "厂家的读卡程序自己管卡，这一步看不到。", "The maker's library handles the card itself; this step cannot be seen."
)
LIBRARY_ADVICE: Final = Phrase(
    "毛病在厂家的读卡程序或它的驱动：先用厂家自带的测试程序读一次；也读不了就重装或换版本，读得了就把这一步的内容告诉厂家。",
    "The trouble is in the maker's library or its driver: read a card with the maker's own test program first. If that "
    "fails, install it anew or take another version; if it works, show the maker what this step says.",
)
LIBRARY_TIME: Final = Phrase("读一次用 {read_ms} 毫秒。", "One reading took {read_ms} ms.")
#: What each step is called.
STEPS: Final[dict[str, Phrase]] = {
    "service": Phrase("读卡服务", "service"),
    "readers": Phrase("读卡器", "reader"),
    "slots": Phrase("卡槽", "slot"),
    "power": Phrase("卡上电", "power"),
    "application": Phrase("社保应用", "application"),
    "files": Phrase("卡内文件", "files"),
    "psam": Phrase("PSAM 卡", "PSAM"),
    "times": Phrase("用时", "times"),
}
LEFT_OUT: Final = Phrase("前面一步没有通过，没有检查。", "Left out, because an earlier step failed.")
