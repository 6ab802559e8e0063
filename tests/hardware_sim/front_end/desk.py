"""A plain client of the interface, as another vendor would write one: JSON over HTTP, nothing shared."""

import itertools
from decimal import Decimal
from typing import Any

import requests
import simplejson

PHARMACY = "P43999900001"
PATH = "/fsi/api/rsfComIfsService/callService"

#: Register numbers of the shipped personas.
ZHANG = "43990000000000000000000001"
LI = "43990000000000000000000002"
WANG = "43990000000000000000000004"
ZHAO = "43990000000000000000000005"

PAPERS: dict[str, dict[str, str]] = {
    ZHANG: {
        "mdtrt_cert_no": "A00000011",
        "card_sn": "439900D15600000500000001A1B2C301",
        "certno": "439999197003030012",
        "psn_name": "张建国",
        "psn_type": "11",
    },
    LI: {
        "mdtrt_cert_no": "A0000002X",
        "card_sn": "439900D15600000500000002A1B2C302",
        "certno": "439999195108120023",
        "psn_name": "李秀兰",
        "psn_type": "21",
    },
    WANG: {
        "mdtrt_cert_no": "A00000046",
        "card_sn": "439900D15600000500000004A1B2C304",
        "certno": "439999198809090043",
        "psn_name": "王小梅",
        "psn_type": "11",
    },
    ZHAO: {
        "mdtrt_cert_no": "A00000054",
        "card_sn": "439900D15600000500000005A1B2C305",
        "certno": "439999198012250054",
        "psn_name": "赵停保",
        "psn_type": "11",
    },
}

#: (national code, price, quantity, amount): 甲类, 乙类 with 10 % first share, outside the catalogue.
THREE_ROWS = (
    ("XTEST0000000000000000A1", "12.5", "2", "25.00"),
    ("XTEST0000000000000000B2", "38.6", "1", "38.60"),
    ("XTEST0000000000000000C3", "15", "1", "15.00"),
)

_sequence = itertools.count(1)


def new_msgid(institution: str = PHARMACY) -> str:
    """A message id that no other message of this test run has."""
    number = next(_sequence)
    return f"{institution}202611210800{number // 10000 % 60:02d}{number % 10000:04d}"


class Desk:
    """One till of a pharmacy: builds messages, sends them, keeps its sign-in number."""

    def __init__(self, url: str, institution: str = PHARMACY, timeout_s: float = 30) -> None:
        self.url = url
        self.institution = institution
        self.sign_no = ""
        self.timeout_s = timeout_s

    def message(self, infno: str, content: dict[str, Any], **envelope: Any) -> dict[str, Any]:
        return {
            "infno": infno,
            "msgid": new_msgid(self.institution),
            "mdtrtarea_admvs": "439900",
            "insuplc_admdvs": "439900",
            "recer_sys_code": "99",
            "dev_no": "",
            "dev_safe_info": "",
            "cainfo": "",
            "signtype": "",
            "infver": "V1.0",
            "opter_type": "1",
            "opter": "TEST001",
            "opter_name": "测试收费员",
            "inf_time": "2026-11-21 08:00:00",
            "fixmedins_code": self.institution,
            "fixmedins_name": "测试大药房",
            "sign_no": self.sign_no,
            "input": content,
            **envelope,
        }

    def post(self, message: dict[str, Any]) -> requests.Response:
        body = simplejson.dumps(message, use_decimal=True, ensure_ascii=False).encode()
        return requests.post(self.url + PATH, data=body, timeout=self.timeout_s)

    def send(self, message: dict[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = simplejson.loads(self.post(message).content, use_decimal=True)
        return answer

    def call(self, infno: str, content: dict[str, Any], **envelope: Any) -> dict[str, Any]:
        return self.send(self.message(infno, content, **envelope))

    def output(self, infno: str, content: dict[str, Any], **envelope: Any) -> dict[str, Any]:
        """The output of a call that must succeed."""
        answer = self.call(infno, content, **envelope)
        assert answer["infcode"] == 0, answer["err_msg"]
        output: dict[str, Any] = answer["output"]
        return output

    def refusal(self, infno: str, content: dict[str, Any], **envelope: Any) -> str:
        """The sentence of a call that must be refused."""
        return refusal_of(self.call(infno, content, **envelope))

    def sign_in(self, opter_no: str = "TEST001") -> str:
        content = {"signIn": {"opter_no": opter_no, "mac": "00-00-5E-00-53-01", "ip": "192.0.2.10"}}
        self.sign_no = self.output("9001", content, sign_no="")["signinoutb"]["sign_no"]
        return self.sign_no

    def settle(self, psn_no: str = ZHANG, **changes: Any) -> dict[str, Any]:
        """The output of a purchase of the three rows that must succeed."""
        return self.output("2102", purchase(psn_no, **changes))

    def reverse(self, msgid: str, psn_no: str = ZHANG, infno: str = "2102") -> dict[str, Any]:
        return self.call("2601", {"data": {"psn_no": psn_no, "omsgid": msgid, "oinfno": infno}})

    def ledger(self) -> list[dict[str, Any]]:
        answer = requests.get(self.url + "/_sim/ledger", timeout=self.timeout_s)
        rows: list[dict[str, Any]] = answer.json()["settlements"]
        return rows

    def balance(self, psn_no: str = ZHANG) -> str:
        answer = requests.get(self.url + "/_sim/persons", timeout=self.timeout_s)
        (person,) = (person for person in answer.json()["persons"] if person["psn_no"] == psn_no)
        balance: str = person["balance"]
        return balance


def refusal_of(answer: dict[str, Any]) -> str:
    assert answer["infcode"] == -1
    assert answer["output"] == ""
    sentence: str = answer["err_msg"]
    return sentence


def credential(psn_no: str = ZHANG) -> dict[str, Any]:
    """Everything that names a person in 1101: the card, and the papers that Hunan asks for as well."""
    papers = PAPERS[psn_no]
    return {
        "mdtrt_cert_type": "03",
        "mdtrt_cert_no": papers["mdtrt_cert_no"],
        "card_sn": papers["card_sn"],
        "psn_cert_type": "01",
        "certno": papers["certno"],
        "psn_name": papers["psn_name"],
    }


def purchase(
    psn_no: str = ZHANG, rows: tuple[tuple[str, str, str, str], ...] = THREE_ROWS, **changes: Any
) -> dict[str, Any]:
    """The input of 2101 and 2102; ``changes`` replace fields of druginfo."""
    total = sum((Decimal(amount) for _, _, _, amount in rows), Decimal(0))
    druginfo = {
        "psn_no": psn_no,
        **credential(psn_no),
        "psn_type": PAPERS[psn_no]["psn_type"],
        "begntime": "2026-11-21 09:17:40",
        "medfee_sumamt": total,
        "insutype": "310",
        "dise_codg": "",
        "dise_name": "",
        "acct_used_flag": "1",
        "med_type": "41",
        **changes,
    }
    drugdetail = [
        {
            "feedetl_sn": str(number),
            "rxno": "",
            "rx_circ_flag": "0",
            "fee_ocur_time": "2026-11-21 09:17:40",
            "med_list_codg": code,
            "medins_list_codg": f"YD{number:04d}",
            "det_item_fee_sumamt": Decimal(amount),
            "cnt": Decimal(quantity),
            "pric": Decimal(price),
            "prd_days": 4,
        }
        for number, (code, price, quantity, amount) in enumerate(rows, start=1)
    ]
    return {"druginfo": druginfo, "drugdetail": drugdetail}


def entitlement(psn_no: str = ZHANG, **changes: Any) -> dict[str, Any]:
    """The input of 2001."""
    data = {
        "psn_no": psn_no,
        "insutype": "310",
        "fixmedins_code": PHARMACY,
        "med_type": "41",
        "begntime": "2026-11-21 09:15:00",
        **changes,
    }
    return {"data": data}


def cancellation(setlinfo: dict[str, Any], psn_no: str = ZHANG) -> dict[str, Any]:
    """The input of 2103 for a settlement."""
    return {"data": {"setl_id": setlinfo["setl_id"], "mdtrt_id": setlinfo["mdtrt_id"], "psn_no": psn_no}}
