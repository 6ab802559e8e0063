"""What the desk says about who may work here."""

from pos_client.errors import Words

NO_OPERATOR = Words(
    "S-OPERATOR",
    "这个正式窗口还没有登记负责人，不能收费。请叫信息科登记一名（operator add --role supervisor）。",
    "This real desk has no supervisor yet, so no money is taken. Ask IT to register one (operator add --role "
    "supervisor).",
)
SAY_WHO = Words(
    "S-SIGNIN",
    "不知道是谁在操作，这一步没有做。请先登录（命令行加 --operator 工号）。",
    "Nobody is signed in, so this step was not done. Sign in first (on the command line: --operator NAME).",
)
WRONG_PASSWORD = Words(
    "S-PASSWORD",
    "工号或口令不对，没有登录，什么也没有改变。请重新输入；忘了口令请负责人重设。",
    "Name or password is wrong; nobody was signed in and nothing was changed. Type them again; a supervisor can "
    "set a new password.",
)
SUPERVISOR_ONLY = Words(
    "S-SUPERVISOR",
    "“{act}”要负责人同意，{name} 是收费员，这一步没有做。请负责人输入自己的工号和口令。",
    "“{act}” needs a supervisor and {name} is a cashier; this step was not done. Let a supervisor type name and "
    "password.",
)
OTHER_SUPERVISOR = Words(
    "S-EYES",
    "“{act}”要另一位负责人同意，{name} 不能同意自己的操作，这一步没有做。请另一位负责人输入工号和口令。",
    "“{act}” needs another supervisor than {name}, who does it; this step was not done. Let the other one type "
    "name and password.",
)
NAME_UNUSABLE = Words(
    "S-OPNAME",
    "工号“{name}”不能用：要 1 到 20 个字母、数字、- 或 _。没有登记，请换一个。",
    "“{name}” cannot be an operator's name: 1 to 20 letters, digits, - or _. Nothing was registered; choose another.",
)
TITLE_UNUSABLE = Words(
    "S-OPTITLE",
    "姓名要 1 到 25 个字，没有登记。请重新输入。",
    "The full name has 1 to 25 characters; nothing was registered. Type it again.",
)
PASSWORD_WEAK = Words(
    "S-OPWEAK",
    "口令太短，至少 {shortest} 个字符；什么也没有改变。请换一个长一些的。",
    "The password is too short, at least {shortest} characters; nothing was changed. Choose a longer one.",
)
ALREADY_REGISTERED = Words(
    "S-OPKNOWN",
    "工号 {name} 已经登记，没有改变。请换一个工号；改口令、改角色请负责人办（operator password、remove）。",
    "{name} is registered already and was not changed. Choose another name; a supervisor changes password or "
    "role (operator password, remove).",
)
NOT_REGISTERED = Words(
    "S-OPNONE",
    "没有登记工号 {name}，什么也没有改变。请核对工号（operator list）。",
    "Nobody is registered as {name}, so nothing was changed. Check the name (operator list).",
)
LAST_SUPERVISOR = Words(
    "S-OPLAST",
    "{name} 是最后一名负责人，不能取消，什么也没有改变。请先登记另一名负责人。",
    "{name} is the last supervisor and cannot be removed; nothing was changed. Register another supervisor first.",
)
FIRST_IS_SUPERVISOR = Words(
    "S-OPFIRST",
    "登记的第一个人必须是负责人，没有登记。请先登记负责人（--role supervisor），再登记收费员。",
    "The first person must be a supervisor; nothing was registered. Register a supervisor (--role supervisor), "
    "then the cashiers.",
)
