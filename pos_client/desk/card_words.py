"""Words for what a card says of its holder's insurance. Codes: 人社信息函〔2012〕37号, DF04."""

from collections.abc import Mapping
from typing import Final

from pos_client.phrase import Phrase

INSURANCE: Final = Phrase("险种", "Insurance")
PERSON_TYPE: Final = Phrase("人员类别", "Person")
INSURED_IN: Final = Phrase("参保地", "Insured in")
MARKS: Final = Phrase("待遇标识", "Marks")
OPENED_ON: Final = Phrase("账户建立", "Opened on")
ACCOUNT_NUMBER: Final = Phrase("个人账号", "Account no.")
CERTIFICATE: Final = Phrase("医疗证号", "Certificate")
HEALTH_RECORD: Final = Phrase("健康档案", "Health record")
HOSPITALS: Final = Phrase("定点机构", "Hospitals")
INJURY_HOSPITALS: Final = Phrase("工伤机构", "For injuries")
MATERNITY_HOSPITALS: Final = Phrase("生育机构", "For births")
USE: Final = Phrase("用卡方式", "Used")
ONLINE: Final = Phrase("联网", "online")
OFFLINE: Final = Phrase("脱网", "offline")

BETWEEN: Final = Phrase("、", ", ")

INSURANCES: Final[Mapping[str, Phrase]] = {
    "310": Phrase("职工基本医疗保险", "employees"),
    "340": Phrase("离休人员医疗保障", "retired cadres"),
    "360": Phrase("老红军医疗保障", "old Red Army"),
    "380": Phrase("新型农村合作医疗", "rural cooperative"),
    "390": Phrase("城乡居民基本医疗保险", "residents"),
    "391": Phrase("城镇居民基本医疗保险", "urban residents"),
}
PERSONS: Final[Mapping[str, Phrase]] = {
    "11": Phrase("在职", "working"),
    "21": Phrase("退休", "retired"),
    "22": Phrase("退休异地安置", "retired elsewhere"),
    "31": Phrase("离休", "retired cadre"),
    "32": Phrase("老红军", "old Red Army"),
    "33": Phrase("二等乙级伤残军人", "disabled soldier"),
    "34": Phrase("医疗照顾人员", "medical care"),
    "91": Phrase("其他", "other"),
}
TREATED_ELSEWHERE: Final = Phrase("异地就诊", "treated elsewhere")
OUTPATIENT_POOL: Final = Phrase("门诊统筹", "outpatient pool")
SERIOUS_ILLNESS: Final = Phrase("门诊大病", "serious illness")
MEDICAL_AID: Final = Phrase("医疗救助", "medical aid")
PRIVILEGED: Final = Phrase("优抚", "privileged")

MOVEMENTS: Final[Mapping[str, Phrase]] = {
    "1": Phrase("划入", "put in"),
    "2": Phrase("结算", "settled"),
}
SEXES: Final[Mapping[str, Phrase]] = {"1": Phrase("男", "M"), "2": Phrase("女", "F")}
