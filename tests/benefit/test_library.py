from datetime import date
from pathlib import Path

import pytest

from pos_client.benefit import Event, PolicyLibrary
from pos_client.benefit.library import NoVersionInForce, UnknownPolicy
from pos_client.benefit.policy_file import PolicyFileProblem
from tests.benefit.bills import line, stay, visit
from tests.benefit.policies import FOLDER, SHIPPED, changed, write

CN = (FOLDER / "cn" / "2011-07-01.toml").read_text(encoding="utf-8")
YIZHENG = (FOLDER / "yizheng" / "2010-01-01.toml").read_text(encoding="utf-8")
HEAD = 'schema = 1\n\n[policy]\nid = "{id}"\ntitle = "…"\nvalid_from = {day}\nstatus = "{status}"\nsource = "…"\n'


def head(policy_id: str, day: str, status: str = "in_force", more: str = "") -> str:
    return HEAD.format(id=policy_id, day=day, status=status) + more


def test_the_shipped_policies_are_listed() -> None:
    assert SHIPPED.ids() == ["cn", "county001", "jiangsu-city", "jiangsu-city-asrun", "practice", "rizhao", "yizheng"]


@pytest.mark.parametrize(
    ("name", "on", "valid_from"),
    [
        ("jiangsu-city", date(2001, 1, 1), date(2001, 1, 1)),
        ("jiangsu-city", date(2003, 12, 31), date(2001, 1, 1)),
        ("jiangsu-city-2004", date(2004, 1, 1), date(2004, 1, 1)),
        ("yizheng-2010", date(2030, 1, 1), date(2010, 1, 1)),
    ],
)
def test_the_version_of_a_day_is_the_last_one_begun(name: str, on: date, valid_from: date) -> None:
    assert SHIPPED.pick(name, on).ref.valid_from == valid_from


def test_included_policies_are_those_of_the_same_day() -> None:
    before, after = (SHIPPED.pick("yizheng", date(2011, month, 1)) for month in (6, 7))

    assert [included.valid_from for included in before.ref.includes] == [date(2000, 1, 1)]
    assert [included.valid_from for included in after.ref.includes] == [date(2011, 7, 1)]
    assert after.titles["exclusion"] == "社会保险法第三十条"
    assert after.titles["benefit"] == "仪征市城镇职工医疗保险 2010"


def test_a_policy_is_compiled_once() -> None:
    assert SHIPPED.pick("yizheng", date(2010, 5, 4)) is SHIPPED.pick("yizheng-2010", date(2010, 9, 1))


def test_before_the_first_version_there_is_none() -> None:
    with pytest.raises(NoVersionInForce) as problem:
        SHIPPED.pick("yizheng", date(2009, 12, 31))

    assert "2009-12-31" in problem.value.sentence("zh")


def test_an_unknown_place_has_no_policy() -> None:
    with pytest.raises(UnknownPolicy, match="nowhere"):
        SHIPPED.pick("nowhere", date(2010, 1, 1))


def test_a_simulated_policy_may_be_computed_but_never_paid_by() -> None:
    assert SHIPPED.pick("jiangsu-city-asrun", date(2004, 5, 4), paying=False).ref.id == "jiangsu-city-asrun"
    with pytest.raises(NoVersionInForce, match="POL-32"):
        SHIPPED.pick("jiangsu-city-asrun", date(2004, 5, 4))


def test_a_simulated_version_does_not_stand_in_the_way_of_the_one_in_force(tmp_path: Path) -> None:
    write(tmp_path, "here/2010-01-01", head("here", "2010-01-01"))
    write(tmp_path, "here/2011-01-01", head("here", "2011-01-01", "simulated"))
    library = PolicyLibrary.open(tmp_path)

    assert library.pick("here", date(2012, 1, 1)).ref.valid_from == date(2010, 1, 1)
    assert library.pick("here", date(2012, 1, 1), paying=False).ref.valid_from == date(2011, 1, 1)


def test_a_draft_is_never_loaded_even_if_it_is_unfinished(tmp_path: Path) -> None:
    write(tmp_path, "here/2010-01-01", head("here", "2010-01-01"))
    write(tmp_path, "here/2011-01-01", head("here", "2011-01-01", "draft", "unfinished = true\n"))
    library = PolicyLibrary.open(tmp_path)

    assert [file.valid_from for file in library.versions("here")] == [date(2010, 1, 1)]
    assert library.pick("here", date(2012, 1, 1), paying=False).ref.valid_from == date(2010, 1, 1)


def test_a_correction_takes_the_place_of_what_it_corrects(tmp_path: Path) -> None:
    write(tmp_path, "here/2010-01-01", head("here", "2010-01-01"))
    write(tmp_path, "here/2010-01-01.r2", head("here", "2010-01-01", more="revision = 2\n"))
    library = PolicyLibrary.open(tmp_path)

    assert library.pick("here", date(2010, 1, 1)).ref.revision == 2
    assert [file.revision for file in library.versions("here")] == [1, 2]


def test_a_broken_version_stops_its_own_policy_and_no_other(tmp_path: Path) -> None:
    write(tmp_path, "here/2010-01-01", head("here", "2010-01-01"))
    write(tmp_path, "here/2011-01-01", head("here", "2011-01-01", more="surprise = 1\n"))
    write(tmp_path, "there/2010-01-01", head("there", "2010-01-01", more='aliases = ["over there"]\n'))
    library = PolicyLibrary.open(tmp_path)

    with pytest.raises(PolicyFileProblem, match="POL-02"):
        library.pick("here", date(2010, 6, 1))
    assert library.pick("over there", date(2010, 6, 1)).ref.id == "there"
    with pytest.raises(PolicyFileProblem, match="POL-02"):
        library.pick("somewhere else", date(2010, 6, 1))


def test_further_folders_add_ids_and_versions(tmp_path: Path) -> None:
    write(tmp_path, "here/2010-01-01", head("here", "2010-01-01", more='includes = ["cn"]\n'))
    write(tmp_path, "cn/2020-01-01", CN.replace("valid_from = 2011-07-01", "valid_from = 2020-01-01"))
    library = PolicyLibrary.shipped(tmp_path)

    assert "here" in library.ids()
    assert library.pick("here", date(2020, 1, 1)).ref.includes[0].valid_from == date(2020, 1, 1)
    assert library.pick("here", date(2019, 1, 1)).ref.includes[0].valid_from == date(2011, 7, 1)


def test_a_copy_of_a_file_counts_once_but_two_different_ones_are_a_fault(tmp_path: Path) -> None:
    write(tmp_path / "one", "cn/2011-07-01", CN)
    write(tmp_path / "two", "cn/2011-07-01", CN)
    write(tmp_path / "three", "cn/2011-07-01", CN + "# changed\n")

    assert len(PolicyLibrary.open(tmp_path / "one", tmp_path / "two").versions("cn")) == 1
    with pytest.raises(PolicyFileProblem, match="POL-33"):
        PolicyLibrary.open(tmp_path / "one", tmp_path / "three").versions("cn")


def test_an_alias_must_lead_to_one_policy(tmp_path: Path) -> None:
    for policy_id in ("here", "there"):
        write(tmp_path, f"{policy_id}/2010-01-01", head(policy_id, "2010-01-01", more='aliases = ["place"]\n'))

    with pytest.raises(PolicyFileProblem, match="here, there"):
        PolicyLibrary.open(tmp_path).pick("place", date(2010, 1, 1))


def test_a_policy_must_not_include_itself_nor_what_is_not_there(tmp_path: Path) -> None:
    write(tmp_path, "here/2010-01-01", head("here", "2010-01-01", more='includes = ["there"]\n'))
    write(tmp_path, "there/2010-01-01", head("there", "2010-01-01", more='includes = ["here"]\n'))
    write(tmp_path, "alone/2010-01-01", head("alone", "2010-01-01", more='includes = ["nobody"]\n'))
    library = PolicyLibrary.open(tmp_path)

    with pytest.raises(PolicyFileProblem, match="POL-35"):
        library.pick("here", date(2010, 1, 1))
    with pytest.raises(PolicyFileProblem, match="POL-36"):
        library.pick("alone", date(2010, 1, 1))


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert PolicyLibrary.open(tmp_path / "nothing").ids() == []


@pytest.mark.parametrize(
    ("event", "valid_from"),
    [
        (stay(line("1.00"), admit=date(2003, 12, 20), discharge=date(2004, 1, 1)), date(2004, 1, 1)),
        (stay(line("1.00"), admit=date(2003, 12, 20), discharge=date(2003, 12, 31)), date(2001, 1, 1)),
        (visit(line("1.00"), date=date(2004, 5, 4)), date(2004, 1, 1)),
    ],
)
def test_the_version_itself_says_which_day_decides(event: Event, valid_from: date) -> None:
    assert SHIPPED.pick_for("jiangsu-city-2004", event).ref.valid_from == valid_from


def test_a_version_by_admission_leaves_a_stay_to_the_version_before(tmp_path: Path) -> None:
    library = changed(tmp_path, "jiangsu-city/2004-01-01", ('version_by = "discharge"', 'version_by = "admission"'))
    write(
        tmp_path, "jiangsu-city/2001-01-01", (FOLDER / "jiangsu-city" / "2001-01-01.toml").read_text(encoding="utf-8")
    )
    across = stay(line("1.00"), admit=date(2003, 12, 20), discharge=date(2004, 1, 5))

    assert library.pick_for("jiangsu-city", across).ref.valid_from == date(2001, 1, 1)


def test_a_folder_before_the_shipped_one_hides_the_same_version_and_no_other(tmp_path: Path) -> None:
    write(tmp_path, "yizheng/2010-01-01", YIZHENG.replace("pay = 90", "pay = 91"))
    library = PolicyLibrary.before_shipped(tmp_path)
    own, shipped = library.pick("yizheng-2010", date(2010, 5, 4)), SHIPPED.pick("yizheng-2010", date(2010, 5, 4))
    assert own.ref.sha256 != shipped.ref.sha256
    assert own.ref.includes == shipped.ref.includes, "what it includes still comes with the program"
    assert library.pick("rizhao-2012", date(2012, 5, 4)).ref == SHIPPED.pick("rizhao-2012", date(2012, 5, 4)).ref
