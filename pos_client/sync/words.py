"""What is said when the bureau cannot be reached, refuses, or leaves an outcome open."""

from pos_client.errors import Words

UNREACHABLE = Words(
    "N-DOWN",
    "连不上医保前置机，这一步没有做，没有收费。请稍后再试；如果总是这样，请叫信息科检查网络和前置机。",
    "The front-end server cannot be reached; this step was not done and nothing was charged. Try again; if it "
    "stays so, ask IT to check the network and the server.",
)
QUERY_UNANSWERED = Words(
    "N-ANSWER",
    "医保前置机没有正常回答（{transaction}：{why}），这一步只是查询，没有收费。请再试一次；如果总是这样，请叫信息科。",
    "The front-end server did not answer properly ({transaction}: {why}); this was only a query, nothing was charged. "
    "Try again; if it stays so, ask IT.",
)
STOPPED_HERE = Words(
    "N-STOPPED",
    "您按了 Esc，没有等医保中心回答（{transaction}）；这一步没有入账，没有收费。要继续请再做一次。",
    "You pressed Esc and did not wait for the bureau ({transaction}); nothing of this step was booked or charged. Do "
    "it again to go on.",
)
REFUSED_BY_BUREAU = Words(
    "R-{transaction}",
    "医保中心拒绝：{said}。没有收费；请按提示处理，或改为自费。",
    "The bureau refused: {said}. Nothing was charged; act on what it says, or let the person pay for himself.",
)
OUTCOME_UNKNOWN = Words(
    "U-{transaction}",
    "医保中心没有明确回答，{id} 这一笔是否入账还不知道。不要重复收费；程序会继续查询（也可运行 sync --once），"
    "可先服务下一位。",
    "The bureau gave no clear answer, so it is not known whether {id} was booked. Do not charge again; the program "
    "keeps asking (or run sync --once), serve the next person meanwhile.",
)
CLOCK_OFF = Words(
    "N-CLOCK",
    "本机时钟与医保中心相差 {minutes} 分钟，超过 5 分钟不能收费。请叫信息科校准时间。",
    "This machine's clock is {minutes} minutes away from the bureau's; beyond 5 minutes no money is taken. Ask IT to "
    "set the clock.",
)
REGION_WRONG = Words(
    "E-REGION",
    "统筹区文件 {file} 不能使用（{why}），程序没有启动。请叫信息科。",
    "The region file {file} cannot be used ({why}), so the program did not start. Ask IT.",
)
REGION_OF_OTHER_MODE = Words(
    "E-MODE",
    "训练数据文件夹不能连接正式医保，正式的也不能连接模拟医保（{region}）。程序没有启动，请检查设置。",
    "A training home never speaks to a real bureau, nor a real home to a simulated one ({region}). The program did "
    "not start; check the settings.",
)
NO_INSURANCE = Words(
    "R-1101",
    "医保中心没有这位参保人的有效险种（{scheme}），不能按医保收费。请改为自费，或请参保人联系医保经办机构。",
    "The bureau knows no valid insurance ({scheme}) of this person, so the bill cannot be settled as insured. Charge "
    "it as own expense, or send the person to the bureau.",
)
NO_FAMILY_ACCOUNT = Words(
    "S-FAMILY",
    "{region}没有开通家庭共济，不能用家人的账户支付，没有收费。请改用本人账户或现金。",
    "{region} has no family account, so a relative's account cannot pay and nothing was charged. Use the person's own "
    "account or cash.",
)
FIGURES_DO_NOT_ADD_UP = Words(
    "R-SUM",
    "医保中心返回的金额自己对不上（{why}），没有收费。请再试一次；如果总是这样，请叫信息科联系医保中心。",
    "The bureau's own figures do not add up ({why}); nothing was charged. Try again; if it stays so, let IT ask the "
    "bureau.",
)
MESSAGE_WRONG = Words(
    "S-BUG",
    "程序组成的报文不合规范（{where}：{why}），没有发出，没有收费。请叫信息科。",
    "The message that the program made breaks the interface ({where}: {why}); it was not sent and nothing was "
    "charged. Ask IT.",
)
