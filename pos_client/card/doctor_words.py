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
    "设置里的读卡器名字和找到的不同，请在设置里重新选；或写 pcsc: 让程序用有卡的那个。",
    "The reader's name in the settings is another one: choose it anew, or write pcsc: for whichever holds a card.",
)
PORT_OPENS: Final = Phrase("串口 {port} 能打开，读卡器有回答。", "The port {port} opens and the reader answers.")
PORT_ADVICE: Final = Phrase(
    "检查线和电源；确认端口（设备管理器，或 ls /dev/ttyUSB* /dev/ttyS*）；确认没有别的程序占用。",
    "Check the cable and the power; check the port (device manager, or ls /dev/ttyUSB* /dev/ttyS*); see that no other "
    "program holds it.",
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
