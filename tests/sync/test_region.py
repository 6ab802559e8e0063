"""A region file is read whole or not at all."""

from pathlib import Path

import pytest

from hardware_sim.front_end.region import PSN_TYPE_OF_EDITION, REVERSIBLE
from hardware_sim.front_end.tables import tables_of
from pos_client.errors import EnvironmentProblem, Refused
from pos_client.sync.region import AccountUse, Offline, Queries, Region, load_region

SHIPPED = Path("pos_client/sync/regions/training.toml").read_text(encoding="utf-8")


def test_the_training_region_is_complete() -> None:
    region = load_region("training", Path("/nowhere"), "training")
    assert region.simulated
    assert region.visits["pharmacy"].med_type == "41"
    assert region.reversible == {"2102", "2103", "2207", "2208", "2304", "2305", "2401"}
    assert (region.visits["outpatient"].med_type, region.visits["inpatient"].event) == ("11", "inpatient")
    assert region.queries == Queries(purchases=True, rows_without_settlement=True, open_stays=True)
    assert region.offline == Offline("self_pay")
    assert region.facts["category"].values["11"] == "active"


def test_the_training_regions_of_both_editions_differ_as_the_editions_do() -> None:
    region = load_region("training-hunan", Path("/nowhere"), "training")
    assert (region.edition, region.simulated) == ("hunan", True)
    assert region.reversible == {"2102", "2207", "2304", "2401"}
    assert not region.queries.rows_without_settlement
    assert region.facts["category"].values["12"] == "retired"


def test_a_training_region_is_what_the_simulated_bureau_is() -> None:
    for name, edition in (("training", "base"), ("training-hunan", "hunan")):
        region = load_region(name, Path("/nowhere"), "training")
        codes = tables_of(region.edition).codes
        assert region.edition == edition
        assert region.reversible == REVERSIBLE[region.edition]
        assert {visit.med_type for visit in region.visits.values()} <= set(codes["med_type"])
        retired = PSN_TYPE_OF_EDITION[region.edition].get("21", "21")
        assert {region.facts["category"].values[code] for code in ("11", retired)} == {"active", "retired"}
        assert set(region.account_used.values()) <= set(codes["acct_used_flag"])
        assert region.settle_way in codes["psn_setlway"]


def test_a_region_says_which_accounts_may_pay() -> None:
    base, hunan = (load_region(name, Path("/nowhere"), "training") for name in ("training", "training-hunan"))
    assert [hunan.account_code(one) for one in AccountUse] == ["0", "1", "2"]
    assert list(base.account_used) == [AccountUse.NO, AccountUse.OWN]
    with pytest.raises(Refused) as caught:
        base.account_code(AccountUse.FAMILY)
    assert caught.value.code == "S-FAMILY"


PROVISIONAL = """mode = "provisional"
document = "某医保发〔2026〕1号"
per_settlement_fen = 10000
count = 20
total_fen = 100000
age_days = 7
"""


def _own(tmp_path: Path, old: str, new: str) -> Region:
    assert SHIPPED.count(old) == 1
    (tmp_path / "own.toml").write_text(SHIPPED.replace(old, new), encoding="utf-8")
    return load_region("own", tmp_path, "training")


def test_provisional_money_stands_on_a_document_and_four_limits(tmp_path: Path) -> None:
    region = _own(tmp_path, 'mode = "self_pay"\n', PROVISIONAL)
    assert region.offline == Offline("provisional", "某医保发〔2026〕1号", 10000, 20, 100000, 7)


@pytest.mark.parametrize(
    "wrong",
    [
        'mode = "free"\n',
        'mode = "self_pay"\ncount = 20\n',
        PROVISIONAL.replace("某医保发〔2026〕1号", " "),
        PROVISIONAL.replace("count = 20", "count = 0"),
        PROVISIONAL.replace("total_fen = 100000", "total_fen = -1"),
        PROVISIONAL.replace("age_days = 7", "age_days = 7.0"),
        PROVISIONAL.replace("per_settlement_fen", "per_settlement"),
        PROVISIONAL + "colour = 1\n",
    ],
)
def test_provisional_money_stands_on_nothing_less(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        _own(tmp_path, 'mode = "self_pay"\n', wrong)
    assert "offline" in caught.value.sentence("en")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('edition = "base"', 'edition = "mars"', "region.edition"),
        ('family = "direct"', 'family = "csb"', "transport.family"),
        ("gateway_timeout_s = 5 ", "gateway_timeout_s = 5.5 ", "transport.gateway_timeout_s"),
        ("gateway_timeout_s = 5 ", "gateway_timeout = 5 ", "transport.gateway_timeout_s"),
        ('numbers = "number"', 'numbers = "float"', "transport.numbers"),
        ("simulated = true", "simulated = 1", "region.simulated"),
        ("[reversal]", "[reversals]", "file.reversal"),
        ('transactions = ["2102"', 'transactions = [2102, "2102"', "reversal.transactions may hold only texts"),
        ('not_found = ["原交易不存在"]', 'not_found = [""]', "reversal.not_found may hold only texts, none empty"),
        ('not_found = ["原交易不存在"]', 'not_found = "原交易不存在"', "reversal.not_found is missing or no list"),
        ("already_received", "received_already", "reversal.already_received"),
        ("[undo]", "[undoing]", "file.undo"),
        ("[undo]", "[undo]\ncolour = 1", "undo has unknown keys: colour"),
        ("[undo]", '[undo]\nnot_found = [" "]\n[undone]', "undo.not_found may hold only texts, none empty"),
        ("purchases = true", "purchases = 1", "queries.purchases"),
        ("open_stays = true", "open_stays = true\ncolour = true", "queries has unknown keys: colour"),
        ("rows_without_settlement = true", "", "queries.rows_without_settlement"),
        ('settle_way = "01"', "settle_way = 1", "codes.settle_way"),
        ('no = "0" }', 'none = "0" }', "codes.account_used wants yes and no"),
        ('no = "0" }', 'no = "0", all = "3" }', "codes.account_used wants yes and no"),
        ('insured_status_ok = ["1"]', "insured_status_ok = [1]", "codes.insured_status_ok"),
        ('from = "baseinfo.gend"', 'from = "gend"', "facts.sex"),
        ('from = "baseinfo.gend"', 'frm = "baseinfo.gend"', "facts.sex"),
        ('type = "date"\nabsent', 'type = "day"\nabsent', "facts.first_unpaid_month"),
        ('title = "', 'colour = "red"\ntitle = "', "region has unknown keys: colour"),
        ('relief = "hifob_pay"', "relief = 7", "file.funds"),
        ('med_type = "41"', "", "visits.pharmacy.med_type"),
        ("[region]", "[region", ""),
        ("[facts.sex]", "[facts.height]", "facts.height: the calculator knows no such fact"),
        ('"0" = false', '"0" = "no"', "facts.civil_servant: 'no' is no bool"),
        ('"11" = "active"', '"11" = true', "facts.category: True is no str"),
        ('"11" = "active"', '"11" = "absent"', "facts.category cannot be known to be none"),
        (
            '[facts.birth]\nfrom = "baseinfo.brdy"',
            '[facts.flexible]\nfrom = "baseinfo.brdy"',
            "facts.flexible is no date",
        ),
    ],
)
def test_a_wrong_region_file_is_refused_and_the_place_is_named(tmp_path: Path, old: str, new: str, named: str) -> None:
    assert old in SHIPPED
    (tmp_path / "own.toml").write_text(SHIPPED.replace(old, new), encoding="utf-8")
    with pytest.raises(EnvironmentProblem) as caught:
        load_region("own", tmp_path, "training")
    assert caught.value.code == "E-REGION"
    assert named in caught.value.sentence("en")


def test_a_missing_region_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        load_region("atlantis", tmp_path, "training")
    assert caught.value.code == "E-REGION"


def test_a_real_home_never_speaks_to_a_simulated_bureau_nor_the_other_way_round(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        load_region("training", tmp_path, "real")
    assert caught.value.code == "E-MODE"
    (tmp_path / "real.toml").write_text(SHIPPED.replace("simulated = true", "simulated = false"), encoding="utf-8")
    assert not load_region("real", tmp_path, "real").simulated
    with pytest.raises(EnvironmentProblem):
        load_region("real", tmp_path, "training")


def test_the_institutions_own_file_goes_before_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "training.toml").write_text(SHIPPED.replace('title = "', 'title = "own '), encoding="utf-8")
    assert load_region("training", tmp_path, "training").title.startswith("own ")
