"""A region file is read whole or not at all."""

from pathlib import Path

import pytest

from pos_client.errors import EnvironmentProblem
from pos_client.sync.region import load_region

SHIPPED = Path("pos_client/sync/regions/training.toml").read_text(encoding="utf-8")


def test_the_training_region_is_complete() -> None:
    region = load_region("training", Path("/nowhere"), "training")
    assert region.simulated
    assert region.visits["pharmacy"].med_type == "41"
    assert region.reversible == {"2102", "2103"}
    assert region.facts["category"].values["11"] == "active"


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
