"""What is said when the bureau cannot be reached, refuses, or leaves an outcome open."""

from pos_client.errors import Words

UNREACHABLE = Words(
    "N-DOWN",
    "连不上医保前置机，这一步没有做，没有收费。请稍后再试；总是这样请叫信息科看网络和前置机。",
    "The front-end server cannot be reached; this step was not done and nothing was charged. Try again; if it "
    "stays so, call IT.",
)
QUERY_UNANSWERED = Words(
    "N-ANSWER",
    "医保前置机没有正常回答，这只是查询，没有收费。请再试一次；总是这样请叫信息科。",
    "The front-end server gave no proper answer; this was only a query, nothing was "
    "charged. Try again; if it happens often, call IT.",
)
STOPPED_HERE = Words(
    "N-STOPPED",
    "您按了 Esc，没有等医保中心回答（{transaction}），没有入账，没有收费。要继续请再做一次。",
    "You pressed Esc before the bureau answered ({transaction}); nothing was booked or charged. Do it again to go on.",
)
REFUSED_BY_BUREAU = Words(
    "R-{transaction}",
    "医保中心拒绝：{said}。没有收费；请按提示处理，或改为自费。",
    "The bureau refused: {said}. Nothing was charged; act on what it says, or charge as own expense.",
)
OUTCOME_UNKNOWN = Words(
    "U-{transaction}",
    "医保中心没有明确回答，{id} 是否入账还不知道。系统正在查询，不要重复收费，可先服务下一位。",
    "The bureau gave no clear answer; whether {id} was booked is unknown. It is being asked: do not charge "
    "again, serve the next person.",
)
CLOCK_OFF = Words(
    "N-CLOCK",
    "本机时钟与医保中心相差 {minutes} 分钟，超过 5 分钟不能收费。请叫信息科校准时间。",
    "This machine's clock is {minutes} min away from the bureau's; beyond 5 min no money is taken. Ask IT to set "
    "the clock.",
)
REGION_WRONG = Words(
    "E-REGION",
    "统筹区文件 {file} 不能使用（{why}），程序没有启动。请叫信息科。",
    "The region file {file} cannot be used ({why}), so the program did not start. Ask IT.",
)
REGION_OF_OTHER_MODE = Words(
    "E-MODE",
    "训练数据文件夹不能连接正式医保，正式的也不能连接模拟医保（{region}），程序没有启动。请叫信息科检查设置。",
    "A training folder never speaks to a real bureau, nor a real one to a simulated bureau ({region}). The "
    "program did not start; ask IT to check the settings.",
)
NO_INSURANCE = Words(
    "R-1101",
    "医保中心没有这位参保人的有效险种（{scheme}），不能按医保收费。请改为自费，或请参保人联系医保经办机构。",
    "The bureau knows no valid insurance ({scheme}) of this person, so it does not pay. Charge the bill as own "
    "expense, or send the person to the bureau.",
)
NO_FAMILY_ACCOUNT = Words(
    "S-FAMILY",
    "{region}没有开通家庭共济，不能用家人的账户支付，没有收费。请改用本人账户或现金。",
    "{region} has no family account, so a relative's account cannot pay and nothing was charged. Use the person's own "
    "account or cash.",
)
FIGURES_DO_NOT_ADD_UP = Words(
    "R-SUM",
    "医保中心返回的金额自己对不上（{why}），没有收费。请再试一次；总是这样请信息科联系医保中心。",
    "The bureau's own figures do not add up ({why}); nothing was charged. Try again; if it stays so, IT must ask "
    "the bureau.",
)
MESSAGE_WRONG = Words(
    "S-BUG",
    "程序做的报文不合规范（{where}：{why}），没有发出，没有收费。请叫信息科。",
    "The message made here breaks the interface ({where}: {why}); it was not sent and nothing was charged. Call IT.",
)
