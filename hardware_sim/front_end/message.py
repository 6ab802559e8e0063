"""A request as it came over the wire, held strictly against the field tables and turned into typed rows."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import simplejson

from .refusal import Refusal
from .tables import NodeTable, Tables, Transaction
from .values import is_absent, read_value

_MESSAGE_ID = re.compile(r"([HP][0-9]{11})([0-9]{14})[0-9]{4}")
_INSTITUTION_CODE = re.compile(r"[HP][0-9]{11}")
_AREA = re.compile(r"[0-9]{6}")
_HEAD = "报文头"


@dataclass(frozen=True, slots=True)
class Row:
    """One object of a node; only what was really sent is in it."""

    values: Mapping[str, "str | Decimal | tuple[Row, ...]"]

    def text(self, name: str) -> str:
        """A text, a date or a code; the empty text when it was not sent."""
        value = self.values.get(name, "")
        assert isinstance(value, str), name
        return value

    def number(self, name: str) -> Decimal:
        """A number that the table requires."""
        value = self.values[name]
        assert isinstance(value, Decimal), name
        return value

    def has(self, name: str) -> bool:
        """Whether the field was sent and is not empty."""
        return name in self.values

    def plain(self, names: Iterable[str]) -> "dict[str, str | Decimal]":
        """Those of the named texts and numbers that were sent."""
        sent = ((name, self.values.get(name)) for name in names)
        return {name: value for name, value in sent if isinstance(value, str | Decimal)}


@dataclass(frozen=True, slots=True)
class Request:
    """A request that passed the field tables."""

    infno: str
    msgid: str
    institution_code: str
    institution_name: str
    insured_area: str
    sign_no: str
    nodes: Mapping[str, tuple[Row, ...]]

    def node(self, name: str) -> Row:
        """The one object of a node that is not a list."""
        (row,) = self.nodes[name]
        return row


def parse(body: bytes) -> dict[str, Any]:
    """The JSON object of a request body, numbers as exact decimals.

    Raises:
        Refusal: not UTF-8, not JSON, not an object.
    """
    try:
        document = simplejson.loads(body.decode("utf-8"), use_decimal=True, allow_nan=False)
    except (ValueError, RecursionError):
        raise Refusal("报文不是合法的UTF-8 JSON") from None
    if not isinstance(document, dict):
        raise Refusal("报文应为一个JSON对象")
    if b"\\u" in body and not _is_plain(document):  # a raw NUL or half a surrogate is neither JSON nor UTF-8
        raise Refusal("报文含有不允许的字符")
    return document


def _is_plain(document: Mapping[str, Any]) -> bool:
    """Whether all texts can be stored and sent back: no half surrogates, no NUL."""
    try:
        text = simplejson.dumps(document, use_decimal=True, ensure_ascii=False)
        text.encode("utf-8")
    except (ValueError, RecursionError):
        return False
    return "\\u0000" not in text


def text_of(document: Mapping[str, Any], name: str) -> str:
    """A text of the envelope as it stands, or the empty text: for finding faults and logging, not for trusting."""
    value = document.get(name)
    return value if isinstance(value, str) else ""


def check_message_id(document: Mapping[str, Any]) -> str:
    """The message id: institution code (12), time yyyyMMddHHmmss (14), sequence (4 digits).

    Raises:
        Refusal: it is missing or not of this form.
    """
    msgid = text_of(document, "msgid")
    match = _MESSAGE_ID.fullmatch(msgid)
    if match is None or not _is_time(match[2]):
        raise Refusal(f"{_HEAD}字段msgid(发送方报文ID)应为定点医药机构编号(12)+时间(14)+顺序号(4)")
    return msgid


def _is_time(digits: str) -> bool:
    try:
        datetime.fromisoformat(f"{digits[:8]}T{digits[8:]}")
    except ValueError:
        return False
    return True


def read_request(tables: Tables, document: Mapping[str, Any]) -> Request:
    """Holds envelope, nodes and fields against the tables of the edition.

    Raises:
        Refusal: the first thing found that the tables do not allow, with node, field and Chinese name.
    """
    head = _row(tables, tables.envelope, {k: v for k, v in document.items() if k != "input"}, _HEAD, {})
    transaction = tables.transactions.get(head.text("infno"))
    if transaction is None:
        raise Refusal("交易编号不存在或未开通")
    _check_head(head)
    nodes = _nodes(tables, transaction, document.get("input"))
    _check_insured_area(head, nodes)
    return Request(
        infno=transaction.infno,
        msgid=head.text("msgid"),
        institution_code=head.text("fixmedins_code"),
        institution_name=head.text("fixmedins_name"),
        insured_area=head.text("insuplc_admdvs"),
        sign_no=head.text("sign_no"),
        nodes=nodes,
    )


def _check_head(head: Row) -> None:
    institution_code = head.text("fixmedins_code")
    if not _INSTITUTION_CODE.fullmatch(institution_code):
        raise Refusal(f"{_HEAD}字段fixmedins_code(定点医药机构编号)应为H或P加11位数字")
    if not head.text("msgid").startswith(institution_code):
        raise Refusal(f"{_HEAD}字段msgid(发送方报文ID)的前12位与fixmedins_code(定点医药机构编号)不一致")
    for name, cn in (("mdtrtarea_admvs", "就医地医保区划"), ("insuplc_admdvs", "参保地医保区划")):
        if head.text(name) and not _AREA.fullmatch(head.text(name)):
            raise Refusal(f"{_HEAD}字段{name}({cn})应为6位数字")


def _check_insured_area(head: Row, nodes: Mapping[str, tuple[Row, ...]]) -> None:
    names_a_person = any(row.text("psn_no") for rows in nodes.values() for row in rows if "psn_no" in row.values)
    if names_a_person and not head.text("insuplc_admdvs"):
        raise Refusal(f"{_HEAD}字段insuplc_admdvs(参保地医保区划)在交易输入含psn_no时为必填项,不能为空")


def _nodes(tables: Tables, transaction: Transaction, raw: object) -> dict[str, tuple[Row, ...]]:
    if not isinstance(raw, dict):
        raise Refusal(f"{_HEAD}字段input(交易输入)应为JSON对象")
    for name in raw:
        if name not in transaction.inputs:
            raise Refusal(f"未知节点{name[:30]}")
    nodes = {}
    for name, table in transaction.inputs.items():
        if is_absent(raw.get(name)):
            raise Refusal(f"缺少节点{name}({table.cn})")
        nodes[name] = _rows(tables, table, raw[name], transaction.nested)
    return nodes


def _rows(
    tables: Tables, table: NodeTable, raw: object, nested: Mapping[str, NodeTable], within: str = ""
) -> tuple[Row, ...]:
    place = f"{within}节点{table.name}"
    if not table.is_list:
        return (_row(tables, table, raw, place, nested),)
    if not isinstance(raw, list) or not raw:
        raise Refusal(f"{place}({table.cn})应为非空的数组")
    return tuple(_row(tables, table, row, f"{place}第{n}行", nested) for n, row in enumerate(raw, start=1))


def _row(tables: Tables, table: NodeTable, raw: object, place: str, nested: Mapping[str, NodeTable]) -> Row:
    if not isinstance(raw, dict):
        raise Refusal(f"{place}({table.cn})应为JSON对象")
    fields, codes = table.fields, tables.codes
    values: dict[str, str | Decimal | tuple[Row, ...]] = {}
    for name, sent in raw.items():
        field = fields.get(name)
        if field is None:
            raise Refusal(f"{place}有未知字段{name[:30]}")
        if field.type == "list":
            if not is_absent(sent) and sent != []:
                values[name] = _rows(tables, nested[name], sent, nested, within=place)
            continue
        value = read_value(field, sent, place, codes)
        if value is not None:
            values[name] = value
    for field in table.required:
        if field.name not in values:
            read_value(field, None, place, codes)
    return Row(values)
