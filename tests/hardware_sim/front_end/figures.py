"""What every answer with money in it must satisfy: the identities of the interface, and the field tables."""

from collections.abc import Mapping
from typing import Any

from hardware_sim.front_end.tables import Tables
from hardware_sim.front_end.values import read_value

AMOUNTS = (
    *("medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt"),
    *("act_pay_dedc", "hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "maf_pay", "oth_pay"),
    *("fund_pay_sumamt", "psn_part_amt", "acct_pay", "psn_cash_pay", "acct_mulaid_pay"),
)


def assert_identities(output: Mapping[str, Any]) -> None:
    """M1 to M7 of the interface, to the fen."""
    info = with_common_names(output["setlinfo"])
    funds = ("hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "maf_pay", "oth_pay")
    cuts = ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt")
    assert info["medfee_sumamt"] == info["fund_pay_sumamt"] + info["psn_part_amt"]
    assert info["psn_part_amt"] == info["acct_pay"] + info["psn_cash_pay"]
    assert info["fund_pay_sumamt"] == sum(info[name] for name in funds) + info.get("hifdm_pay", 0)
    assert abs(info["acct_pay"]) >= abs(info["acct_mulaid_pay"])
    assert info["medfee_sumamt"] == sum(info[name] for name in cuts)
    paid = {row["fund_pay_type"]: row["fund_payamt"] for row in output["setldetail"]}
    assert paid.pop("310200", 0) == info["acct_pay"]
    assert sum(paid.values()) == info["fund_pay_sumamt"]
    if "detlcutinfo" in output:
        assert_rows_add_up(output)


def with_common_names(setlinfo: Mapping[str, Any]) -> dict[str, Any]:
    """2208 and 5203 have other names for what the person pays."""
    cash = next(setlinfo[name] for name in ("psn_cash_pay", "pdn_cash_pay", "cash_payamt") if name in setlinfo)
    part = next(setlinfo[name] for name in ("psn_part_amt", "psn_pay") if name in setlinfo)
    return {**setlinfo, "psn_cash_pay": cash, "psn_part_amt": part}


def assert_rows_add_up(output: Mapping[str, Any]) -> None:
    rows, info = output["detlcutinfo"], output["setlinfo"]
    assert sum(row["det_item_fee_sumamt"] for row in rows) == info["medfee_sumamt"]
    pairs = (
        ("fulamt_ownpay_amt", "fulamt_ownpay_amt"),
        ("overlmt_amt", "overlmt_selfpay"),
        ("preselfpay_amt", "preselfpay_amt"),
        ("inscp_scp_amt", "inscp_scp_amt"),
    )
    for of_row, of_bill in pairs:
        assert sum(row[of_row] for row in rows) == info[of_bill]
    for row in rows:
        assert row["det_item_fee_sumamt"] == sum(row[name] for name, _ in pairs)


def assert_by_the_tables(tables: Tables, infno: str, output: Any) -> None:
    """Every node, field, type and code of an answer is what the edition's tables promise."""
    nodes = tables.transactions[infno].outputs
    found: dict[str, Any] = {"output": output} if isinstance(output, list) else output or {}
    assert set(found) == set(nodes)
    for name, table in nodes.items():
        rows = found[name] if table.is_list else [found[name]]
        for row in rows:
            assert set(row) == set(table.fields)
            for field in table.fields.values():
                read_value(field, row[field.name], name, tables.codes)
