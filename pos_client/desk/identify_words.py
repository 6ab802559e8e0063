"""What the desk says when a person cannot be identified without a card."""

from pos_client.errors import Words

NUMBER_WRONG = Words(
    "S-IDNO",
    "身份证号码不对：要 18 位，最后一位是校验码（可以是 X）。没有查询，请对照证件重新输入。",
    "This is no ID number: it has 18 places, the last a check character (or X). Nothing was asked; compare it "
    "with the document.",
)
NAME_DEMANDED = Words(
    "S-NAME",
    "本统筹区按身份证查询还要姓名，没有查询。请照证件输入姓名。",
    "This region needs the name with the ID number; nothing was asked. Type the name from the document.",
)
OTHER_NUMBER = Words(
    "S-OTHERID",
    "医保中心回答的是另一个证件号码，没有收费。请对照证件重新输入；总是这样请叫信息科。",
    "The bureau answered about another ID number; nothing was charged. Compare with the document and type it "
    "again; if it stays so, call IT.",
)
OTHER_NAME = Words(
    "S-NAMES",
    "卡上姓名“{on_card}”，医保中心登记“{at_bureau}”，没有收费。请核对本人和证件；确为本人，请负责人同意后再办。",
    "The card says “{on_card}”, the bureau “{at_bureau}”; nothing was charged. Compare person and documents; if it is "
    "the same person, a supervisor must agree first.",
)
VOUCHER_UNREADABLE = Words(
    "S-VOUCHER",
    "扫到的不是医保码，没有查询。请参保人打开医保码并刷新，再扫一次；或按 F2 用身份证。",
    "That is no insurance voucher; nothing was asked. Let the person refresh the code and scan again, or use F2 "
    "with the ID card.",
)
VOUCHER_NOT_HERE = Words(
    "S-VOUCHER-ID",
    "本统筹区还要证件号码和姓名，只扫医保码不能识别，没有查询。请按 F2 用身份证，或插社保卡。",
    "This region needs ID number and name, a voucher alone identifies nobody; nothing was asked. Use F2 with the "
    "ID card, or insert the card.",
)
