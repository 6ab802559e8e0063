from pathlib import Path

import pytest

from pos_client.benefit.policy_file import PolicyFileProblem, is_draft, read_policy_file
from tests.benefit.policies import FOLDER, write

CN = (FOLDER / "cn" / "2011-07-01.toml").read_text(encoding="utf-8")


def test_a_policy_file_knows_what_it_is() -> None:
    file = read_policy_file(FOLDER / "yizheng" / "2010-01-01.toml")

    assert (file.id, str(file.valid_from), file.revision, file.status) == ("yizheng", "2010-01-01", 1, "in_force")
    assert (file.includes, file.aliases) == (("cn",), ("yizheng-2010",))
    assert len(file.sha256) == 64


def test_a_correction_carries_its_revision_in_its_name(tmp_path: Path) -> None:
    path = write(tmp_path, "cn/2011-07-01.r2", CN.replace('status = "in_force"', 'status = "in_force"\nrevision = 2'))

    assert read_policy_file(path).revision == 2


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("cn/2011-07-02", CN),
        ("china/2011-07-01", CN),
        ("cn/2011-07-01.r2", CN),
        ("cn/2011-07-01", CN.replace('status = "in_force"', 'status = "in_force"\nrevision = 2')),
        ("cn/2011-07-01.asrun", CN),
    ],
)
def test_a_file_whose_place_disagrees_with_its_content_is_refused(tmp_path: Path, name: str, source: str) -> None:
    with pytest.raises(PolicyFileProblem, match="POL-05"):
        read_policy_file(write(tmp_path, name, source))


@pytest.mark.parametrize(
    "source", ["schema = ", "schema = 1\nschema = 1\n", "x = " + "[" * 5000, "[policy]\nid = 1e9999999999999999999\n"]
)
def test_a_file_that_is_no_toml_is_refused_in_one_sentence(tmp_path: Path, source: str) -> None:
    with pytest.raises(PolicyFileProblem) as problem:
        read_policy_file(write(tmp_path, "cn/2011-07-01", source))

    assert problem.value.code in {"POL-01", "POL-02", "POL-03", "POL-04"}


def test_a_syntax_error_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(PolicyFileProblem, match="line 3"):
        read_policy_file(write(tmp_path, "cn/2011-07-01", "schema = 1\n\n[policy\n"))


def test_a_file_that_is_no_text_or_not_there_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "cn/2011-07-01", "")
    path.write_bytes(b"\xff\xfe\x00")

    for wanted in (path, tmp_path / "cn" / "1999-01-01.toml"):
        with pytest.raises(PolicyFileProblem, match="POL-01"):
            read_policy_file(wanted)


def test_a_draft_may_be_unfinished(tmp_path: Path) -> None:
    assert is_draft(write(tmp_path, "cn/2020-01-01", '[policy]\nstatus = "draft"\nunfinished = true\n'))
    assert not is_draft(FOLDER / "cn" / "2011-07-01.toml")


def test_numbers_are_exact(tmp_path: Path) -> None:
    file = read_policy_file(FOLDER / "yizheng" / "2010-01-01.toml")

    assert str(file.document["account_credit"][0]["percent"]) == "2.6"
