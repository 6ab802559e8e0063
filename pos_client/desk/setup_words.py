"""Words of what there is to choose at the first start and among the settings."""

from pos_client.phrase import Phrase

AS_SYSTEM = Phrase("随系统", "as the system")
CHINESE, ENGLISH = Phrase("中文", "中文 (Chinese)"), Phrase("English（英文）", "English")
LIGHT, DARK = Phrase("浅色", "light"), Phrase("深色", "dark")
TRAINING, REAL = Phrase("训练", "training"), Phrase("正式", "real")
TRAINING_NOTE = Phrase("模拟医保，不收真钱，小票印“模拟”", "simulated bureau, no money, slips marked")
REAL_NOTE = Phrase("真医保，收真钱；要有本统筹区的接口文件", "the real bureau and money; needs the region's file")
ANY_READER = Phrase("任意 PC/SC 读卡器", "any PC/SC reader")
CARD_IN = Phrase("有卡", "card in")
FILE_ONLY = Phrase("不打印，只存文件", "none: slips only as files")
OWN_FILE = Phrase("本机构文件", "own file")
NOBODY = Phrase("没有", "none")
DESK_VALUE = Phrase("{number} 号，共 {desks} 个窗口", "no. {number} of {desks}")
READING_VALUE = Phrase("有效 {age} 分钟，读卡限 {seconds} 秒", "counts {age} min, read within {seconds} s")
READING_VALUE_TESTED = Phrase(
    "有效 {age} 分钟，读卡限 {seconds} 秒，每张卡验真伪", "counts {age} min, read within {seconds} s, all cards tested"
)
KEEPING_VALUE = Phrase("保留 {count} 份", "kept: {count}")
CHOSEN = Phrase("{what}", "{what}")
NO_DEVICE = Phrase("没有这个设备。", "There is no such device.")
DISPLAY_OK = Phrase(
    "已送出 8888.88。请看显示屏；不是这个数，多半是型号或波特率不对。",
    "8888.88 was sent. Look at the display; another figure means a wrong model or speed.",
)
ANNOUNCER_OK = Phrase(
    "已送出应收 88.88 元。没有听到，多半是型号或波特率不对。",
    "“88.88 due” was sent. If nothing was heard, model or speed is wrong.",
)
DRAWER_OK = Phrase(
    "已送出开箱指令。钱箱没有弹开，多半是型号或接线不对。",
    "The drawer was told to open. If it did not, model or wiring is wrong.",
)
SCANNER_OK = Phrase("扫到 {count} 位，扫码枪可以用。", "{count} characters were scanned: it works.")
NO_SCAN = Phrase(
    "{seconds} 秒里没有扫到东西。请检查线和波特率，按回车再试。",
    "Nothing was scanned within {seconds} s. Check cable and speed; Enter tries again.",
)
TRIAL_STOPPED = Phrase("没有试完就停了。按回车再试。", "The trial was stopped. Enter tries it again.")
LOOK_STOPPED = Phrase(
    "读卡器没有找完就停了。可以直接填地址；要再找，退出这一步再进来。",
    "The search for readers was stopped. Type the address, or leave this step and come back to search again.",
)
CAN_STAND = Phrase("可以这样设置", "this can stand")
FIXED_BY_BOOKS = Phrase("有账以后不能改", "fixed since there are books")
FIXED_BY_ENVIRONMENT = Phrase("由环境变量 {name} 指定", "given by {name}")
