"""What the admission desk says when a rule of its own stops an act of a stay."""

from pos_client.errors import Words

OTHER_PERSONS_STAY = Words(
    "S-STAYPERSON",
    "{id} 这次住院是另一位参保人的，这一步没有做。请核对卡和住院号，重新选住院。",
    "Stay {id} is another person's, so this step was not done. Compare card and stay number, and choose again.",
)
NUMBER_UNUSABLE = Words(
    "S-STAYNUMBER",
    "住院号“{number}”不能用：{why_zh}。没有办理入院；请改一个住院号。",
    "The inpatient number “{number}” cannot be used: {why_en}. Nobody was admitted; choose another one.",
)
NO_DIAGNOSIS = Words(
    "S-DIAGNOSIS",
    "入院要有一个主要诊断，现在有 {count} 个，没有办理。请选一个主要诊断。",
    "An admission needs one main diagnosis and has {count}; nothing was done. Choose exactly one.",
)
DOCUMENT_NOT_THERE = Words(
    "S-CUSTODY",
    "{id} 的{document_zh}{why_zh}，没有登记。请核对证件和登记。",
    "{document_en} of {id}: {why_en}, so nothing was noted. Compare the documents with what is noted.",
)
NO_FACE = Words(
    "S-NOFACE",
    "{id} 这次住院没有科室和诊断（旧版本登记的），这一步没有做。请先补上科室、医生和诊断。",
    "Stay {id} has no department or diagnosis (admitted by an older version); this step was not done. Enter "
    "department, doctor and diagnosis first.",
)
FIGURES_CHANGED = Words(
    "S-CHANGED",
    "医保中心的金额变了（现金从 {before} 元变成 {now} 元），没有结算，没有动押金。请按 F5 重新试算，看清后再按 F8。",
    "The bureau's figures have changed (cash {before}, now {now} yuan); nothing is settled, the deposit is "
    "untouched. F5 tries again; look, then F8.",
)
NO_TRIAL = Words(
    "S-NOTRIAL",
    "{id} 还没有医保中心的试算，不能结算，什么也没有做。请按 F5 试算；连不上时病人可凭押金先离院，以后再结。",
    "{id} has no trial by the bureau, so nothing was settled. F5 tries; while the bureau is out of reach the "
    "patient may leave against the deposit and settle later.",
)
NO_MONEY_WANTED = Words(
    "S-PAID",
    "{id} 已经结算，不用再收钱，没有记账。请把刚收的钱退还，再按 F8 办完押金和证件。",
    "Stay {id} is settled, so no more money was booked. Hand back what was just taken, then F8 for deposit and "
    "documents.",
)
NOTHING_LEFT = Words(
    "S-LEFT",
    "{id} 这次住院已经结清，押金和证件都已办完，什么也没有做。需要单据请按 F10 补打。",
    "Stay {id} is settled, deposit and documents are done; nothing was done again. F10 prints its slip.",
)
ROWS_WRONG = Words(
    "S-ROWS",
    "文件 {file} 有 {count} 行不对，什么也没有上传。请改好文件，或确认只上传对的 {right} 行。",
    "Wrong rows in {file}: {count}; nothing was uploaded. Correct the file, or confirm that only the {right} "
    "right ones are uploaded.",
)
ROWS_UNSIGNED = Words(
    "S-UNSIGNED",
    "有 {count} 行自费没签知情同意书（第一处：第 {row} 行），什么也没有上传。签好后按 F7，或去掉这些行。",
    "Own-expense rows without a signed consent: {count} (the first is row {row}); nothing was uploaded. Press F7 "
    "when signed, or leave them out.",
)
NO_ROWS_LEFT = Words(
    "S-NOROWS",
    "文件 {file} 没有要上传的行，{already} 行以前已上传，什么也没有上传。请换一个文件。",
    "Nothing in {file} is left to upload (uploaded before: {already}); nothing was uploaded. Choose another file.",
)
NO_SUCH_UPLOAD = Words(
    "S-UPLOAD",
    "{id} 没有未结算的费用批次 {upload}，没有撤销。已结算的请先按 F9 撤销结算，再看费用清单。",
    "Stay {id} has no unsettled upload {upload}, so nothing was withdrawn. If it is settled, take the settlement "
    "back first (F9), then look at the charges.",
)
