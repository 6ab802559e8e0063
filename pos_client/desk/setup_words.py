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
KEEPING_VALUE = Phrase("保留 {count} 份", "kept: {count}")
CHOSEN = Phrase("{what}", "{what}")
CAN_STAND = Phrase("可以这样设置", "this can stand")
FIXED_BY_BOOKS = Phrase("有账以后不能改", "fixed since there are books")
FIXED_BY_ENVIRONMENT = Phrase("由环境变量 {name} 指定", "given by {name}")
