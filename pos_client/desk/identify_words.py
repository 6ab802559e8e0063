"""What the desk says when a person cannot be identified without a card."""

from pos_client.errors import Words

NUMBER_WRONG = Words(
    "S-IDNO",
    "身份证号码不对：要 18 位，最后一位是校验码（可以是 X）。没有查询，请对照证件重新输入。",
    "That is no identity number: it has 18 places, the last one a check character (X is possible). Nothing was asked; "
    "compare it with the document and type it again.",
)
NAME_DEMANDED = Words(
    "S-NAME",
    "本统筹区按身份证查询还要姓名，没有查询。请对照证件输入姓名。",
    "This region wants the name beside the identity number, so nothing was asked. Type the name from the document.",
)
OTHER_NUMBER = Words(
    "S-OTHERID",
    "医保中心回答的证件号码和输入的不一致，没有收费。请对照证件重新输入；总是这样请叫信息科。",
    "The bureau answered about another identity number than was typed; nothing was charged. Compare it with the "
    "document and type it again; if it stays so, ask IT.",
)
VOUCHER_UNREADABLE = Words(
    "S-VOUCHER",
    "扫到的不是医保电子凭证码，没有查询。请参保人打开医保码并刷新，再扫一次；或按 F2 用身份证。",
    "What was scanned is no electronic voucher, so nothing was asked. Let the person open and refresh the code and "
    "scan again, or use F2 with the identity card.",
)
VOUCHER_NOT_HERE = Words(
    "S-VOUCHER-ID",
    "本统筹区查询时要同时送证件号码和姓名，只扫医保码不能识别，没有查询。请按 F2 用身份证，或插社会保障卡。",
    "This region wants document number and name with every question, so the voucher alone identifies nobody and "
    "nothing was asked. Use F2 with the identity card, or insert the social-security card.",
)
