"""What is said at the first start of a desk."""

from pos_client.errors import Words
from pos_client.phrase import Phrase

CODE_UNUSABLE = Words(
    "S-INSTCODE",
    "机构编号“{code}”不对：医院 H、药店 P 开头，加 11 位数字。没有保存，请照医保协议书改正。",
    "The institution code “{code}” is wrong: H (hospital) or P (pharmacy), then 11 digits. Nothing was saved; "
    "copy it from the contract.",
)
SAMPLE_CODE = Words(
    "S-SAMPLE",
    "编号 {code} 是训练用的示例，正式窗口不能用。没有保存，请填本机构的编号，或改选训练。",
    "The code {code} is the sample for training. Nothing was saved; type this institution's code, or choose training.",
)
NAME_MISSING = Words(
    "S-INSTNAME",
    "还没有填机构名称，小票和医保中心都要用。没有保存，请填写。",
    "The institution's name is missing; slips and the bureau need it. Nothing was saved; type it.",
)
DESK_BEYOND = Words(
    "S-DESKNO",
    "窗口号 {number} 大于全机构的窗口数 {desks}。没有保存，请改正其中一个；窗口号不能重复。",
    "Desk number {number} is above the {desks} desks of the institution. Nothing was saved; correct one of them. "
    "Numbers are never shared.",
)
OWNED = Words(
    "S-OWNED",
    "这个数据文件夹已经有账，属于 {found}，机构、窗口号和训练/正式不能再改，没有保存。要换请用新的数据文件夹。",
    "This data folder has books and belongs to {found}; institution, desk number and training/real are fixed. "
    "Nothing was saved; use a new folder to change them.",
)
SUPERVISOR_MISSING = Words(
    "S-FIRSTBOSS",
    "正式窗口要先登记一名负责人。没有保存，请填工号、姓名和口令。",
    "A real desk needs a supervisor first. Nothing was saved; type number, name and password.",
)
PASSWORDS_DIFFER = Words(
    "S-OPTWICE",
    "两次输入的口令不一样，没有登记。请重新输入两次。",
    "The two passwords differ, so nobody was registered. Type it twice again.",
)
POLICY_UNUSABLE = Words(
    "S-POLICYID",
    "没有可用的待遇政策“{id}”。没有保存，请从列表里选一个。",
    "There is no benefit policy “{id}”. Nothing was saved; choose one from the list.",
)

INSTITUTION_OK = Phrase("{name}（{code}，{kind}）", "{name} ({code}, {kind})")
HOSPITAL, PHARMACY = Phrase("医院", "hospital"), Phrase("药店", "pharmacy")
DESK_OK = Phrase("{desks} 个窗口中的 {number} 号", "desk {number} of {desks}")
TRAINING_OK = Phrase(
    "训练：只连模拟医保，不收真钱，小票印“模拟”。这个文件夹以后不能改成正式。",
    "Training: speaks to a simulated bureau only, takes no real money, marks every slip. This folder can never become "
    "a real one.",
)
REAL_OK = Phrase(
    "正式：连真医保，收真钱。这个文件夹以后不能改成训练。",
    "Real: speaks to the bureau and takes money. This folder can never become a training one.",
)
REGION_OK = Phrase("{title}", "{title}")
POLICY_OK = Phrase("{title}，{since} 起生效", "{title}, in force since {since}")
NO_EXPLANATION = Phrase(
    "今天没有可用来核对的政策版本（{why}）。可以收费，只是不能逐项说明。",
    "No version of this policy can be used today ({why}). Money can be taken, only without explanation.",
)
READERS_FOUND = Phrase("找到 {count} 个读卡器", "readers found: {count}")
READER_READY = Phrase(
    "读卡器已连上，里面没有卡。插一张社保卡可以试读。", "The reader answers and is empty. Insert a card to try it."
)
CARD_READ = Phrase("读到了卡：{name}，卡号 {card_number}", "A card was read: {name}, card {card_number}")
SIGNED_IN = Phrase(
    "已连上医保前置机并签到，时钟相差 {seconds} 秒。",
    "The front-end server answers and has signed this desk in; the clocks differ by {seconds} seconds.",
)
SIGNED_IN_CLOCK_OFF = Phrase(
    "已连上医保前置机并签到，但时钟相差 {seconds} 秒；超过 5 分钟不能收费，请信息科校准时间。",
    "The front-end server answers, but the clocks differ by {seconds} seconds; beyond 5 minutes no money is taken. Let "
    "IT set the clock.",
)
SUPERVISOR_OK = Phrase("负责人 {name} {title}", "supervisor {name} {title}")
NO_SUPERVISOR = Phrase(
    "没有登记负责人：训练窗口不用登录，谁都可以操作。", "No supervisor: at a training desk nobody has to sign in."
)

BANNER = Phrase("训练 · 模拟数据 · 不收真钱 · 小票无效", "TRAINING · simulated data · no real money · slips are void")
