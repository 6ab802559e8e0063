"""What the institution's own policies may do: everything but pay, until somebody who is trusted signs them."""

from datetime import date
from pathlib import Path

import pytest

from pos_client.benefit.facts import Event
from pos_client.benefit.policy_file import PolicyFileProblem
from pos_client.config import Home
from pos_client.desk import policies
from pos_client.desk.policies import SHIPPED_FOLDER, HomePolicies
from pos_client.errors import EnvironmentProblem, Refused
from pos_client.offline.trusted_keys import sign_file
from tests.desk.policy_files import NO_ACCOUNT, put_in_force, signer, write_policy
from tests.desk.world import World
from tests.virtual import fresh_home

IN_2012 = date(2012, 6, 1)
SHIPPED_YIZHENG = SHIPPED_FOLDER / "yizheng" / "2010-01-01.toml"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return fresh_home(tmp_path)[0]


@pytest.fixture
def own(home: Home) -> Path:
    """Yizheng's rules of 2012 in the home, unsigned."""
    return write_policy(home.policies / "yizheng" / "2012-01-01.toml", *NO_ACCOUNT)


def begins(home: Home, *, paying: bool = True) -> date:
    return HomePolicies(home).pick("yizheng", IN_2012, paying=paying).ref.valid_from


def refused(home: Home) -> str:
    with pytest.raises(Refused) as caught:
        HomePolicies(home).pick("yizheng", IN_2012)
    return caught.value.code


def used(file: Path, *, sha256: str, revision: int = 1) -> list[policies.Used]:
    record = {"id": file.parent.name, "valid_from": "2010-01-01", "revision": revision, "sha256": sha256}
    return [(record | {"includes": []}, 7)]


def test_what_comes_with_the_program_pays_without_a_signature(home: Home) -> None:
    assert begins(home) == date(2010, 1, 1)


def test_an_unsigned_version_is_computed_with_but_never_paid_by(home: Home, own: Path) -> None:
    assert begins(home, paying=False) == date(2012, 1, 1)
    assert refused(home) == "POL-45"


def test_an_unsigned_version_does_not_touch_the_days_before_it(home: Home, own: Path) -> None:
    assert HomePolicies(home).pick("yizheng", date(2011, 12, 31)).ref.valid_from == date(2010, 1, 1)


def test_a_version_signed_by_a_trusted_key_pays(home: Home, own: Path, tmp_path: Path) -> None:
    put_in_force(home, own, signer(tmp_path))
    assert begins(home) == date(2012, 1, 1)


def test_a_version_changed_after_signing_is_refused(home: Home, own: Path, tmp_path: Path) -> None:
    put_in_force(home, own, signer(tmp_path))
    own.write_text(own.read_text(encoding="utf-8") + "# harmless?\n", encoding="utf-8")
    assert refused(home) == "POL-46"


def test_a_file_changed_under_an_open_desk_is_refused_too(home: Home, own: Path, tmp_path: Path) -> None:
    put_in_force(home, own, signer(tmp_path))
    library = HomePolicies(home)
    library.versions("yizheng")
    write_policy(own, *NO_ACCOUNT, ("# 在职", "# 在岗"))
    put_in_force(home, own, tmp_path / "signer1.pem")
    with pytest.raises(Refused) as caught:
        library.pick("yizheng", IN_2012)
    assert caught.value.code == "POL-46"


def test_a_version_signed_by_a_stranger_is_refused(home: Home, own: Path, tmp_path: Path) -> None:
    put_in_force(home, own, signer(tmp_path))
    sign_file(own, signer(tmp_path, seed=2))
    assert refused(home) == "POL-46"


def test_an_unsigned_include_does_not_pay_either(home: Home, own: Path, tmp_path: Path) -> None:
    put_in_force(home, own, signer(tmp_path))
    newer = ("valid_from = 2011-07-01", "valid_from = 2012-03-01")
    write_policy(home.policies / "cn" / "2012-03-01.toml", newer, like="cn/2011-07-01")
    assert refused(home) == "POL-45"


def test_the_version_of_an_event_is_vouched_for_too(home: Home, own: Path, tmp_path: Path) -> None:
    event = Event(type="outpatient", lines=(), date=IN_2012)
    with pytest.raises(Refused):
        HomePolicies(home).pick_for("yizheng", event)
    assert HomePolicies(home).pick_for("yizheng", event, paying=False).ref.valid_from == date(2012, 1, 1)
    put_in_force(home, own, signer(tmp_path))
    assert HomePolicies(home).pick_for("yizheng", event).ref.valid_from == date(2012, 1, 1)


def test_a_simulated_version_never_pays_even_when_signed(home: Home, tmp_path: Path) -> None:
    simulated = ('status = "in_force"', 'status = "simulated"')
    own = write_policy(home.policies / "yizheng" / "2012-01-01.toml", *NO_ACCOUNT, simulated)
    put_in_force(home, own, signer(tmp_path))
    assert begins(home) == date(2010, 1, 1)
    assert begins(home, paying=False) == date(2012, 1, 1)


def test_a_copy_of_a_shipped_file_needs_no_signature(home: Home) -> None:
    write_policy(home.policies / "yizheng" / "2010-01-01.toml")
    assert begins(home) == date(2010, 1, 1)


def test_the_list_has_drafts_and_broken_files_and_says_who_signed(home: Home, own: Path, tmp_path: Path) -> None:
    put_in_force(home, own, signer(tmp_path))
    write_policy(home.policies / "mine" / "2013-01-01.toml", ('status = "in_force"', 'status = "draft"'))
    entries = {entry.path.parent.name + entry.path.stem: entry for entry in policies.list_policies(home, [])}
    assert entries["yizheng2010-01-01"].signature == "shipped"
    assert (entries["yizheng2012-01-01"].signature, entries["yizheng2012-01-01"].signer) == ("signed", "signer1")
    assert entries["mine2013-01-01"].file is None
    assert [problem.code for problem in entries["mine2013-01-01"].problems] == ["POL-05"]


def test_a_version_that_settled_bills_and_was_edited_is_named(home: Home) -> None:
    entries = policies.list_policies(home, used(SHIPPED_YIZHENG, sha256="0" * 64))
    [problem] = [problem for entry in entries for problem in entry.problems]
    assert problem.code == "POL-47"
    assert "7" in problem.sentence("zh")


def test_an_included_version_that_was_edited_is_named(home: Home) -> None:
    included = {"id": "cn", "valid_from": "2000-01-01", "revision": 1, "sha256": "0" * 64, "includes": []}
    record = {"id": "x", "valid_from": "2010-01-01", "revision": 1, "sha256": "", "includes": [included]}
    [problem] = [problem for entry in policies.list_policies(home, [(record, 1)]) for problem in entry.problems]
    assert problem.fill["file"] == "cn/2000-01-01.toml"


def test_a_check_refuses_an_edit_of_a_settled_version_and_accepts_a_revision(home: Home, tmp_path: Path) -> None:
    settled = used(SHIPPED_YIZHENG, sha256=policies.candidate(home, SHIPPED_YIZHENG).file.sha256)
    assert policies.check(home, SHIPPED_YIZHENG, settled).file.id == "yizheng"
    edited = write_policy(tmp_path / "edited.toml", NO_ACCOUNT[1])
    with pytest.raises(Refused) as caught:
        policies.check(home, edited, settled)
    assert caught.value.code == "POL-47"
    revised = write_policy(
        tmp_path / "r2.toml", NO_ACCOUNT[1], ('status = "in_force"', 'status = "in_force"\nrevision = 2')
    )
    assert policies.check(home, revised, settled).file.revision == 2


def test_a_check_runs_the_figures_that_the_source_states(home: Home, tmp_path: Path) -> None:
    wrong = write_policy(tmp_path / "new.toml", ("value = 60 }", "value = 61 }"), like="rizhao/2012-01-01")
    with pytest.raises(PolicyFileProblem) as caught:
        policies.check(home, wrong)
    assert caught.value.code == "POL-26"


def test_a_draft_is_checked_where_it_lies(home: Home, tmp_path: Path) -> None:
    draft = write_policy(tmp_path / "on the desktop.toml", ('status = "in_force"', 'status = "draft"'))
    assert policies.check(home, draft).file.status == "draft"


def test_a_date_in_the_name_must_be_the_date_in_the_file(home: Home, tmp_path: Path) -> None:
    with pytest.raises(PolicyFileProblem) as caught:
        policies.check(home, write_policy(tmp_path / "2012-01-01.toml"))
    assert caught.value.code == "POL-05"


def test_the_includes_of_a_file_may_lie_beside_it(home: Home, tmp_path: Path) -> None:
    own = write_policy(tmp_path / "set" / "yizheng" / "2012-01-01.toml", NO_ACCOUNT[0], ('["cn"]', '["province"]'))
    with pytest.raises(PolicyFileProblem):
        policies.check(home, own)
    renamed = ('id = "cn"', 'id = "province"')
    write_policy(tmp_path / "set" / "province" / "2011-07-01.toml", renamed, like="cn/2011-07-01")
    assert policies.check(home, own).policy.ref.includes[0].id == "province"


def test_only_a_file_that_is_meant_to_be_in_force_is_signed(home: Home, tmp_path: Path) -> None:
    draft = write_policy(tmp_path / "new.toml", ('status = "in_force"', 'status = "draft"'))
    with pytest.raises(Refused) as caught:
        policies.sign(home, draft, signer(tmp_path), [])
    assert caught.value.code == "POL-48"
    with pytest.raises(PolicyFileProblem):
        policies.sign(home, tmp_path / "none.toml", tmp_path / "signer1.pem", [])


@pytest.mark.parametrize("text", ["yizheng@2010", "yizheng@never"])
def test_what_is_neither_a_file_nor_a_version_is_refused(home: Home, text: str) -> None:
    with pytest.raises(Refused) as caught:
        policies.find_any(home, text, IN_2012)
    assert caught.value.code == "POL-49"


def test_a_version_is_found_by_file_by_day_and_by_name_alone(home: Home) -> None:
    for text in (str(SHIPPED_YIZHENG), "yizheng@2010-05-04", "yizheng-2010", "yizheng"):
        assert policies.find_any(home, text, IN_2012).file.path == SHIPPED_YIZHENG


def test_the_remarks_of_an_include_are_not_the_policys_own(home: Home) -> None:
    says = policies.find(home, "jiangsu-city-asrun", date(2004, 5, 1)).says
    assert "exclusion" in says
    assert "assumption" not in says


def test_a_broken_trusted_key_stops_what_hangs_on_it(home: Home, own: Path, tmp_path: Path) -> None:
    put_in_force(home, own, signer(tmp_path))
    (home.policies / "trusted" / "old.pem").write_text("", encoding="ascii")
    with pytest.raises(EnvironmentProblem) as caught:
        HomePolicies(home).pick("yizheng", IN_2012)
    assert caught.value.code == "POL-41"


def test_the_desk_says_why_it_cannot_check_and_the_sale_goes_on(world: World) -> None:
    write_policy(world.home.policies / "yizheng" / "2012-01-01.toml", *NO_ACCOUNT)
    with world.desk() as desk:
        quoted = world.quote(desk, use_account=True)
    assert quoted.assessment.split is None
    assert "(POL-45)" in quoted.assessment.sentences[0].text
    assert quoted.trial.account_pay_fen == 1260


def test_a_signed_version_explains_the_sale_and_names_the_difference(world: World, tmp_path: Path) -> None:
    own = write_policy(world.home.policies / "yizheng" / "2012-01-01.toml", *NO_ACCOUNT)
    put_in_force(world.home, own, signer(tmp_path))
    sold = world.sell(use_account=True)
    assert {one.figure for one in sold.differences} >= {"account"}
