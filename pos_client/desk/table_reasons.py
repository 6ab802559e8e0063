"""Why a place of a file cannot stand. A cell's content is never repeated: somebody may have picked another list."""

from pos_client.phrase import Phrase

MISSING_COLUMN = Phrase("缺少这一列", "this column is missing")
REPEATED_COLUMN = Phrase("这一列重复出现", "this column stands twice")
NO_ROW = Phrase("表头下面没有数据", "nothing below the header")
TOO_MANY_ROWS = Phrase("超过 {most} 行，请分成几个文件", "more than {most} rows; split the file")
TOO_MANY_CELLS = Phrase("单元格比表头多（内容里有逗号时要加引号）", "more cells than the header (quote a comma)")
FORMULA = Phrase("是公式，请粘贴成数值", "a formula; paste it as a value")
CELL_ERROR = Phrase("是 Excel 的错误值", "an error of the spreadsheet")
CELL_KIND = Phrase("不是文字、数或日期", "neither a text nor a number nor a date")
MERGED = Phrase("有合并的单元格（{cells}），请取消合并", "merged cells ({cells}); unmerge them")
EMPTY = Phrase("不能为空", "must not be empty")
REPEATED = Phrase("与前面的行重复", "stands in a row before")

UNKNOWN_DEPARTMENT = Phrase("科室清单里没有这个编码", "no such code in the list of departments")
UNKNOWN_DOCTOR = Phrase("医生清单里没有这个编码", "no such code in the list of doctors")
UNKNOWN_DIAGNOSIS_KIND = Phrase("诊断类别只能是 1、2、3", "the kind of a diagnosis is 1, 2 or 3")

UNKNOWN_ITEM = Phrase("目录里没有这个编码", "the catalogue has no such code")
AMBIGUOUS_ITEM = Phrase(
    "这个国家编码有几个项目，请用本院编码", "several items have this national code; use our own code"
)
NOT_EXACT = Phrase("不是准确的数，应写成 12.60 这样", "not an exact number written like 12.60")
QUANTITY_DECIMALS = Phrase("数量最多四位小数", "a quantity has at most four decimals")
PRICE_DECIMALS = Phrase("单价最多六位小数，不能是负数", "a price has at most six decimals and is not negative")
NOT_POSITIVE = Phrase("数量必须大于零；退费请撤销原来的费用", "must be above zero; to take back, withdraw the charge")
WRONG_AMOUNT = Phrase("金额不等于单价 × 数量（应为 {amount}）", "not price × quantity (that is {amount})")
NOT_AN_AMOUNT = Phrase("金额最多两位小数", "an amount has at most two decimals")
NOT_A_DAY = Phrase("日期应写成 2026-03-01 或 2026-03-01 08:30", "a date is written 2026-03-01 or 2026-03-01 08:30")
BEFORE_ADMISSION = Phrase("早于入院日期", "before the admission")
AFTER_NOW = Phrase("晚于现在", "after now")
NOT_A_FLAG = Phrase("只能是 0 或 1", "must be 0 or 1")
TOO_LONG = Phrase("最多 30 个字符", "at most 30 characters")
