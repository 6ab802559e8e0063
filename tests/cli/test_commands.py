"""The commands as a script or a clerk uses them."""

import json
import re
from pathlib import Path

from tests.cli.conftest import PosClient
from tests.desk.world import World


def test_a_sale_tells_the_clerk_who_what_why_and_how_much(world: World, pos_client: PosClient) -> None:
    done = pos_client("sale", "--item", "YD0001x2", "--item", "YD0004", "--use-account", "--tendered", "20")
    assert done.returncode == 0, done.stderr
    for said in ("张**", "阿莫西林胶囊", "25.20", "应收现金", "试算与医保中心一致", "找零", "小票"):
        assert said in done.stdout
    for private in ("张建国", "439999197003030012", "A00000011"):
        assert private not in done.stdout + done.stderr
    assert done.stderr == ""
    assert world.agreement().disagreements == ()


def test_a_sale_in_english(world: World, pos_client: PosClient) -> None:
    done = pos_client("--language", "en", "sale", "--item", "YD0001")
    assert done.returncode == 0
    assert "Settled 01-000001" in done.stdout


def test_a_sale_as_json_is_one_object_and_the_words_go_to_stderr(world: World, pos_client: PosClient) -> None:
    done = pos_client("sale", "--item", "2000000000015", "--tendered", "20.00", "--json")
    record = json.loads(done.stdout)
    assert (record["total_fen"], record["cash_fen"], record["change_fen"]) == (1260, 1260, 740)
    assert record["settlement_id"] == world.ledger()[0]["setl_id"]
    assert Path(record["slip"]).exists()
    assert "应收现金" in done.stderr


def test_a_difference_is_told_by_the_exit_code_and_the_sale_stands(world: World, pos_client: PosClient) -> None:
    world.faults({"name": "off_by_one_fen", "figure": "cash"})
    done = pos_client("sale", "--item", "YD0001", "--use-account", "--json")
    record = json.loads(done.stdout)
    assert done.returncode == 1
    assert {one["figure"] for one in record["differences"]} >= {"cash"}
    assert "差异已登记" in done.stderr
    assert world.agreement().standing == 1


def test_one_account_pays_at_most_and_a_familys_only_where_there_are_such(pos_client: PosClient) -> None:
    both = pos_client("sale", "--item", "YD0001", "--use-account", "--family-account")
    assert (both.returncode, "exclude each other" in both.stderr) == (2, True)
    here = pos_client("sale", "--item", "YD0001", "--family-account")
    assert (here.returncode, "S-FAMILY" in here.stderr) == (1, True)


def test_a_void_by_the_number_on_the_slip(world: World, pos_client: PosClient) -> None:
    number = json.loads(pos_client("sale", "--item", "YD0001", "--json").stdout)["id"]
    done = pos_client("void", number)
    assert done.returncode == 0
    assert "应退现金 12.60" in done.stdout
    assert world.agreement().standing == 0


def test_the_queue_lists_every_message_as_the_contract_says(pos_client: PosClient) -> None:
    sold = json.loads(pos_client("sale", "--item", "YD0001", "--json").stdout)
    voided = json.loads(pos_client("void", sold["id"], "--json").stdout)
    rows = [json.loads(line) for line in pos_client("queue", "list", "--all", "--json").stdout.splitlines()]
    assert rows == [
        {"id": sold["id"], "kind": "settle", "state": "OK", "message_id": sold["message_id"], "amount_fen": 1260},
        {"id": voided["id"], "kind": "void", "state": "OK", "message_id": voided["message_id"], "amount_fen": -1260},
    ]
    assert pos_client("queue", "list", "--json").stdout == ""
    assert "没有待办" in pos_client("queue", "list").stdout


def test_a_lost_answer_is_told_listed_and_resolved(world: World, pos_client: PosClient) -> None:
    world.faults({"name": "drop_answer", "infno": "2102", "times": 1})
    lost = pos_client("sale", "--item", "YD0001", "--tendered", "20.00")
    assert lost.returncode == 3
    assert "不要重复收费" in lost.stderr
    assert "(U-2102)" in lost.stderr
    listed = pos_client("queue", "list").stdout
    assert "结果未知（程序在查，不要重复收费）" in listed
    assert "收下的 20.00 元先放着" in listed
    shown = json.loads(pos_client("queue", "show", "01-000001").stdout)
    assert shown["settlement"] == "UNKNOWN"
    synced = pos_client("sync", "--once")
    assert synced.returncode == 0
    assert "医保中心已经入账" in synced.stdout
    assert "实收 12.60 元，请找零 7.40 元" in synced.stdout
    assert "没有待查" in pos_client("sync", "--once").stdout
    assert "现金支付" in (world.home.slips / "01-000001.txt").read_text(encoding="utf-8")
    assert world.agreement().disagreements == ()


def test_a_customer_who_leaves_takes_the_money_along(world: World, pos_client: PosClient) -> None:
    world.faults({"name": "drop_answer", "infno": "2102", "times": 1})
    pos_client("sale", "--item", "YD0001", "--tendered", "20.00")
    assert "20.00 元退还" in pos_client("queue", "left", "01-000001").stdout
    assert "参保人已离开" in pos_client("queue", "list").stdout
    assert "已自动撤销" in pos_client("sync", "--once").stdout
    assert world.agreement().disagreements == ()


def test_what_is_missing_is_collected_and_the_task_is_done(world: World, pos_client: PosClient) -> None:
    world.faults({"name": "off_by_one_fen", "figure": "cash", "infno": "2102"})
    pos_client("sale", "--item", "YD0001", "--use-account")
    listed = pos_client("queue", "list").stdout
    assert "少收 0.01 元" in listed
    assert pos_client("queue", "collect", "01-000001", "0.02").returncode == 1
    assert "补收 0.01 元" in pos_client("queue", "collect", "01-000001", "0.01").stdout
    assert "没有待办" in pos_client("queue", "list").stdout
    assert world.agreement().disagreements == ()


def test_a_task_is_done_by_saying_how(world: World, pos_client: PosClient) -> None:
    world.faults({"name": "off_by_one_fen", "figure": "cash", "infno": "2102"})
    pos_client("sale", "--item", "YD0001", "--use-account")
    assert "已办结" in pos_client("queue", "done", "1", "--how", "由药店承担").stdout
    assert pos_client("queue", "done", "1", "--how", "again").returncode == 1


def test_what_cannot_be_resolved_yet_ends_with_unknown(world: World, pos_client: PosClient) -> None:
    world.faults({"name": "drop_answer", "infno": "2102", "times": 1}, {"name": "refuse", "infno": "5204"})
    pos_client("sale", "--item", "YD0001")
    for command in (("sync", "--once"), ("queue", "resolve", "01-000001")):
        done = pos_client(*command)
        assert done.returncode == 3
        assert "不要重复收费" in done.stdout


def test_a_card_is_read_masked_and_as_json_in_full(pos_client: PosClient) -> None:
    words = pos_client("card", "read")
    assert "张建国" not in words.stdout
    assert "439999********0012" in words.stdout
    record = json.loads(pos_client("card", "read", "--json").stdout)
    assert record == {
        "card_number": "A00000011",
        "identification_code": "439900D15600000500000001A1B2C301",
        "region": "439900",
        "version": "2.00",
        "issued_on": "2016-06-01",
        "expires_on": "2036-06-01",
        "name": "张建国",
        "id_number": "439999197003030012",
        "sex": "1",
        "born_on": "1970-03-03",
    }


def test_the_serial_reader_is_listed(world: World, pos_client: PosClient) -> None:
    done = pos_client("readers", "--json")
    assert world.reader_url in done.stdout


def test_bills_are_split_line_by_line(pos_client: PosClient) -> None:
    vectors = Path("tests/benefit/vectors/hand.jsonl").read_text(encoding="utf-8").splitlines()[:2]
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "pos_client", "split"],
        input="\n".join([vectors[0], "{broken", vectors[1]]),
        capture_output=True,
        text=True,
        check=False,
    )
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [record["status"] for record in records] == ["settled", "refused", "settled"]
    assert records[1]["error"]["message"]
    assert records[0]["pool_pay"] == json.loads(vectors[0])["expected"]["pool_pay"]


def test_a_catalogue_is_imported_whole_or_not_at_all(tmp_path: Path, pos_client: PosClient) -> None:
    sample = Path("pos_client/offline/sample_catalogue.csv").read_text(encoding="utf-8").splitlines()
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("\n".join(sample[:3]), encoding="utf-8")
    bad.write_text("\n".join([*sample[:2], sample[2].replace(",B,5,", ",B,,")]), encoding="utf-8")
    assert "2 项" in pos_client("catalogue", "import", str(good)).stdout
    done = pos_client("catalogue", "import", str(bad))
    assert done.returncode == 1
    assert re.search(r"第 3 行 pre_self_pay_percent", done.stderr)
    assert pos_client("sale", "--item", "YD0002").returncode == 0
    assert pos_client("sale", "--item", "YD0003").returncode == 1


def test_help_names_every_command(pos_client: PosClient) -> None:
    done = pos_client("--help")
    for command in ("sale", "void", "split", "catalogue", "readers", "card", "queue", "sync"):
        assert command in done.stdout
