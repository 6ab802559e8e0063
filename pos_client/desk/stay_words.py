"""What the admission desk says when a rule of its own stops an act of a stay."""

from pos_client.errors import Words

OTHER_PERSONS_STAY = Words(
    "S-STAYPERSON",
    "{id} 这次住院不是这位参保人的，这一步没有做。请核对卡和住院号，选对住院记录。",
    "Stay {id} is another person's, so this step was not done. Compare the card with the number of the stay and choose "
    "the right one.",
)
NUMBER_UNUSABLE = Words(
    "S-STAYNUMBER",
    "住院号“{number}”不能用：{why_zh}。没有办理入院；请改一个住院号。",
    "The inpatient number “{number}” cannot be used: {why_en}. Nobody was admitted; choose another one.",
)
NO_DIAGNOSIS = Words(
    "S-DIAGNOSIS",
    "入院要有一个主要诊断，现在有 {count} 个；没有办理。请选定一个主要诊断。",
    "An admission wants one main diagnosis and there are {count}; nothing was done. Choose exactly one.",
)
DOCUMENT_NOT_THERE = Words(
    "S-CUSTODY",
    "{id} 的{document_zh}{why_zh}，没有登记。请核对证件和登记。",
    "{document_en} of {id}: {why_en}, so nothing was noted. Compare the documents with what is noted.",
)
NO_FACE = Words(
    "S-NOFACE",
    "{id} 这次住院没有留下科室和诊断（旧版本登记的），这一步没有做。请先变更住院信息，把科室、医生和诊断补上。",
    "Ward and diagnoses of stay {id} were not kept (an older version admitted it), so this step was not done. Change "
    "the stay first and enter department, doctor and diagnosis.",
)
FIGURES_CHANGED = Words(
    "S-CHANGED",
    "医保中心的金额和刚才看到的不一样了（现金从 {before} 元变成 {now} 元），没有结算，没有动押金。"
    "请重新试算，看清后再按 F8。",
    "The bureau's figures are not those shown before (cash {before}, now {now} yuan); nothing is settled and the "
    "deposit is untouched. Try again, look at the figures and press F8.",
)
NO_TRIAL = Words(
    "S-NOTRIAL",
    "{id} 还没有医保中心的试算，不能结算，什么也没有做。请先按 F5 试算；连不上时病人可凭押金先离院，结算以后再办。",
    "There is no trial by the bureau for {id}, so nothing was settled or done. Press F5 to try; while the bureau "
    "cannot be reached the patient may leave against the deposit and the stay is settled later.",
)
NO_MONEY_WANTED = Words(
    "S-PAID",
    "{id} 已经结算，不用再收钱，没有记账。请把刚收的钱退还，再按 F8 办完押金和证件。",
    "Stay {id} is settled and wants no money, so none was booked. Hand back what was just laid down and press F8 for "
    "deposit and documents.",
)
NOTHING_LEFT = Words(
    "S-LEFT",
    "{id} 这次住院已经结清，押金和证件都已办完，没有再做什么。需要单据请按 F10 补打。",
    "Stay {id} is settled, deposit and documents are done, so nothing was done again. Press F10 for its slip.",
)
ROWS_WRONG = Words(
    "S-ROWS",
    "文件 {file} 里有 {count} 行不对，什么也没有上传。请改好文件，或确认只上传正确的 {right} 行。",
    "{count} rows of {file} are wrong and nothing was uploaded. Correct the file, or confirm that only the {right} "
    "right rows are uploaded.",
)
ROWS_UNSIGNED = Words(
    "S-UNSIGNED",
    "有 {count} 行目录外自费项目没有知情同意（第一行：第 {row} 行），什么也没有上传。"
    "请签知情同意书后确认，或去掉这些行。",
    "{count} rows outside the insurance have no signed consent (the first is row {row}) and nothing was uploaded. Have "
    "the form signed and confirm, or leave them out.",
)
NO_ROWS_LEFT = Words(
    "S-NOROWS",
    "文件 {file} 里没有要上传的行：{already} 行以前已经上传。什么也没有上传。",
    "Nothing of {file} is left to be uploaded: {already} rows were uploaded before. Nothing was uploaded.",
)
NO_SUCH_UPLOAD = Words(
    "S-UPLOAD",
    "{id} 没有未结算的费用批次 {upload}，没有撤销。已结算的请先撤销结算；请重新看一遍费用清单。",
    "Stay {id} has no unsettled upload {upload}, so nothing was withdrawn. Void the settlement first if it is settled; "
    "look at the list of charges again.",
)
