"""Slips for the tests of the paper: an ordinary one with every part, and one that is too long everywhere."""

from dataclasses import replace
from decimal import Decimal
from typing import Final

from pos_client.desk.slip import Pair, SliceRow, Slip, SlipLine, Sum, Who

ORDINARY: Final = Slip(
    training=True,
    institution="示例市人民医院",
    title="医保结算单（出院）",
    number="03-000087",
    at="2010-09-14 14:32",
    operator="03",
    who=Who(
        "陈秀英",
        "女 45 岁",
        "第 2 次住院",
        (Pair("卡 **** 2076", "证 3210 **** 5628"), Pair("内二科 12 床", "09-02 至 09-14  12 天")),
    ),
    lines=(SlipLine("1 阿莫西林胶囊 0.25g×24粒", "12.60 × 2 盒", "甲", 2520),),
    sentences=("本次费用 8,228.90 元，符合报销 7,713.10 元。今年第 2 次住院，起付线 600 − 100 = 500 元由您承担。",),
    slices=(
        SliceRow("起付线", 50_000, None, 0, 50_000),
        SliceRow("至 5,000.00", 150_000, Decimal(83), 124_500, 25_500),
        SliceRow("5,000.00 以上", 571_310, Decimal(86), 491_327, 79_983),
        SliceRow("乙类先自付", 26_180, None, 0, 26_180),
        SliceRow("自费", 25_400, None, 0, 25_400),
    ),
    sums=(Sum("统筹支付", 615_827), Sum("账户支付", 86_040), Sum("现金承担", 121_023)),
    big=Sum("应退现金", 178_977),
    after=(Pair("今年统筹已付", "8,150.27"), Pair("个人账户余额", "0.00")),
    policy="仪征市 2010（2010-01-01 起），住院第 2 条",
)
TOO_LONG: Final = replace(
    ORDINARY,
    institution="示例省示例市示例自治县医疗集团中心人民医院第三门诊部暨示例大药房连锁有限公司" * 2,
    title="医保退费单（部分退货，其余重新结算）" * 2,
    about="原单号 03-000001 已撤销（撤销单号 03-000002）；" * 3,
    who=Who(
        "阿卜杜热合曼·阿卜杜克热木·买买提艾力·吐尔逊江依明江买买",
        "男 103 岁",
        "第 12 次住院",
        (Pair("左" * 40, "右" * 40),),
    ),
    lines=(SlipLine("2 " + "药" * 90, "1,234.567800 × 1000.5 支", "乙 10%", 10**12),),
    sentences=("NoSpaceAtAll" * 12, "他说：“《规定》第（一）条”。" * 5),
    slices=(SliceRow("公务员 10,000,000.00 以上的部分", 10**11, Decimal("83.33"), 9 * 10**10, 10**10),),
    sums=(Sum("应由参保人所在单位以及其他各方共同承担的补充保险", 10**13),),
    big=Sum("应退现金", 10**13),
    after=(Pair("今年" * 20, "1,000,000.00 / 2,000,000.00"),),
    notices=("医保结算号 " + "4399" * 20,),
    operator="ABCDEFGHIJKLMNOPQRST",
)
