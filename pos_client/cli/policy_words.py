"""How policies, their changes and their history look on a terminal and as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pos_client.benefit import PolicyRef
from pos_client.benefit.policy_diff import Change
from pos_client.benefit.policy_history import Stand
from pos_client.benefit.policy_keys import figures_of
from pos_client.desk.policies import Entry, Subject, place_of, shown, signature_of
from pos_client.errors import Problem
from pos_client.phrase import Language, Phrase

SIGNED = Phrase(
    "已签名：{file}。把政策文件和它一起放进数据文件夹的 policies/ 就启用了。",
    "Signed: {file}. Put it and the policy file together into policies/ of the data folder, and it is in force.",
)
KEY_MADE = Phrase(
    "私钥 {file}（只给签发人，不要放进任何收费电脑）；公钥 {public}（各窗口用 policy trust 采用）。",
    "Private key {file} (for the signer alone, on no desk); public key {public} (each desk takes it by policy trust).",
)
TRUSTED = Phrase(
    "已信任 {file}，指纹 {fingerprint}。请与签发人核对指纹。",
    "{file} is trusted from now on; its fingerprint is {fingerprint}. Compare it with the signer.",
)
_SIGNATURES: Mapping[str, Phrase] = {
    "shipped": Phrase("随程序提供", "shipped"),
    "signed": Phrase("已签名：{signer}", "signed by {signer}"),
    "unsigned": Phrase("未签名，不能收费", "not signed, may not pay"),
    "wrong": Phrase("签名不符，不能收费", "signature does not fit, may not pay"),
}
_STATUSES: Mapping[str, Phrase] = {
    "in_force": Phrase("正式", "in force"),
    "simulated": Phrase("模拟，不能收费", "simulated, may not pay"),
    "draft": Phrase("草稿，不加载", "draft, never loaded"),
}
_ALIASES = Phrase("别名 {aliases}", "aliases {aliases}")
_BEGINS = Phrase("自 {day} 起，修订 {revision}", "from {day}, revision {revision}")
_SOURCE = Phrase("来源  {source}", "Source  {source}")
_FILE = Phrase("文件  {file}", "File  {file}")
_INCLUDES = Phrase("包含  {id} {day} 修订 {revision}", "Includes  {id} {day} revision {revision}")
_ASSUMPTIONS = Phrase("原文没有写明、按下面理解的", "Not said by the source, read as follows")
_UNSET = Phrase("原文没有的数（遇到就暂不核对）", "Figures that the source does not give")
_PASSED = Phrase(
    "检查通过：{id} {day} 修订 {revision}（{status}）", "Passed: {id} {day} revision {revision} ({status})"
)
_PLACE = Phrase("启用时必须放在 policies/{place}", "To be in force it must stand at policies/{place}")
_NO_CHANGE = Phrase("没有变化。", "Nothing changed.")
_ABSENT = Phrase("（没有）", "(not there)")
_CHANGES: Mapping[str, Phrase] = {
    "changed": Phrase("改  {key}：{old} → {new}", "changed  {key}: {old} → {new}"),
    "added": Phrase("增  {key} = {new}", "added    {key} = {new}"),
    "removed": Phrase("删  {key}（原为 {old}）", "removed  {key} (was {old})"),
    "moved": Phrase("次序  {key}：{old} → {new}", "order    {key}: {old} → {new}"),
}


def is_wrong(entry: Entry) -> bool:
    """Whether somebody must look at it; a draft may be unfinished."""
    return bool(entry.problems) and (entry.file is None or entry.file.status != "draft")


def entry_lines(entry: Entry, language: Language) -> Iterator[str]:
    """One version as ``policy list`` shows it."""
    file = entry.file
    if file is None:
        yield f"{entry.path.parent.name} {entry.path.stem}"
    else:
        status = _STATUSES[file.status].say(language)
        signature = _SIGNATURES[entry.signature].say(language, signer=entry.signer)
        title = file.document["policy"]["title"]
        yield f"{file.id}  {file.valid_from} r{file.revision}  {status}  {signature}  {title}"
        if file.aliases:
            yield "  " + _ALIASES.say(language, aliases=", ".join(file.aliases))
    yield from (f"  ! {problem.sentence(language)}" for problem in entry.problems)


def entry_record(entry: Entry, language: Language) -> dict[str, Any]:
    """One version as ``policy list --json`` prints it."""
    file = entry.file
    record: dict[str, Any] = {"id": entry.path.parent.name, "path": str(entry.path)}
    if file is not None:
        record |= {
            "valid_from": file.valid_from.isoformat(),
            "revision": file.revision,
            "status": file.status,
            "title": file.document["policy"]["title"],
            "aliases": list(file.aliases),
            "sha256": file.sha256,
            "signature": entry.signature,
            "signer": entry.signer,
        }
    problems = [{"code": problem.code, "message": problem.sentence(language)} for problem in entry.problems]
    return record | {"problems": problems}


def ref_record(ref: PolicyRef) -> dict[str, Any]:
    """Which version it is, with its includes."""
    return {
        "id": ref.id,
        "valid_from": ref.valid_from.isoformat(),
        "revision": ref.revision,
        "sha256": ref.sha256,
        "includes": [ref_record(included) for included in ref.includes],
    }


def subject_record(subject: Subject) -> dict[str, Any]:
    """One version as ``policy show --json`` prints it."""
    head = subject.file.document["policy"]
    signature, signer = signature_of(subject.file)
    return ref_record(subject.policy.ref) | {
        "title": head["title"],
        "status": head["status"],
        "source": head["source"],
        "aliases": list(subject.file.aliases),
        "path": str(subject.file.path),
        "signature": signature,
        "signer": signer,
        "figures": _figures(subject),
        "assumptions": list(subject.file.document.get("assumption", ())),
        "unset": list(subject.file.document.get("unset", ())),
    }


def subject_lines(subject: Subject, language: Language) -> Iterator[str]:
    """One version as ``policy show`` shows it: where it comes from, what it says, what it leaves open."""
    file, ref = subject.file, subject.policy.ref
    signature, signer = signature_of(file)
    yield f"{file.id}  {subject.policy.title}"
    yield "  ".join(
        (
            _BEGINS.say(language, day=file.valid_from, revision=file.revision),
            _STATUSES[file.status].say(language),
            _SIGNATURES[signature].say(language, signer=signer),
        )
    )
    yield _SOURCE.say(language, source=file.document["policy"]["source"])
    yield _FILE.say(language, file=shown(file))
    yield from _ref_lines(ref, language)
    yield ""
    yield from (f"{key}  {value}" for key, value in _figures(subject).items())
    for title, section, field in ((_ASSUMPTIONS, "assumption", "text"), (_UNSET, "unset", "effect")):
        remarks = file.document.get(section, ())
        if remarks:
            yield ""
            yield title.say(language)
            yield from (f"  {remark['key']}: {remark[field]}" for remark in remarks)


def _ref_lines(ref: PolicyRef, language: Language) -> Iterator[str]:
    yield f"SHA-256  {ref.sha256}"
    for included in ref.includes:
        yield _INCLUDES.say(language, id=included.id, day=included.valid_from, revision=included.revision)
        yield from (f"  {line}" for line in _ref_lines(included, language))


def _figures(subject: Subject) -> dict[str, str]:
    said = {name: part for name, part in subject.says.items() if name not in ("schema", "assumption", "unset")}
    return {key: value for key, value in figures_of(said).values.items() if not key.startswith("policy.")}


def passed_lines(subject: Subject, language: Language) -> Iterator[str]:
    """What ``policy check`` says of a file that passed."""
    file = subject.file
    status = _STATUSES[file.status].say(language)
    yield _PASSED.say(language, id=file.id, day=file.valid_from, revision=file.revision, status=status)
    yield from _ref_lines(subject.policy.ref, language)
    if shown(file) != place_of(file):
        yield _PLACE.say(language, place=place_of(file))


def fault_record(file: Path, problem: Problem, language: Language) -> dict[str, Any]:
    """What ``policy check --json`` says of a file that did not pass."""
    place = {name: problem.fill[name] for name in ("line", "key") if name in problem.fill}
    return {"file": str(file), "ok": False, "code": problem.code, **place, "message": problem.sentence(language)}


def diff_lines(old: Subject, new: Subject, found: Sequence[Change], language: Language) -> Iterator[str]:
    """Both versions, then each change."""
    for mark, subject in (("−", old), ("+", new)):
        ref = subject.policy.ref
        yield f"{mark} {ref.id} {ref.valid_from} r{ref.revision}  {subject.policy.title}"
    yield ""
    for change in found:
        yield _CHANGES[change.kind].say(language, key=change.key, old=change.old, new=change.new)
    if not found:
        yield _NO_CHANGE.say(language)


def history_lines(stands: Sequence[Stand], key: str, language: Language) -> Iterator[str]:
    """One line a version and figure: from when, what, and where that is written; ``*`` marks a change."""
    yield key
    for stand in stands:
        mark = "*" if stand.changed else " "
        status = _STATUSES[stand.status].say(language)
        yield f"{mark} {stand.valid_from} r{stand.revision}  {status}  {stand.source}"
        for name, value in stand.figures.items():
            yield f"    {name.removeprefix(key).lstrip('.')}  {value}".rstrip() if name != key else f"    {value}"
        if not stand.figures:
            yield f"    {_ABSENT.say(language)}"
