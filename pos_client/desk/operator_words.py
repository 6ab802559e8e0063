"""What the desk says about who may work here."""

from pos_client.errors import Words

NO_OPERATOR = Words(
    "S-OPERATOR",
    "这个正式窗口还没有登记负责人，不能收费。请先运行 operator add 登记一名 supervisor。",
    "No supervisor is registered at this real desk yet, so no money is taken. Run operator add for a supervisor first.",
)
SAY_WHO = Words(
    "S-SIGNIN",
    "不知道是谁在操作，这一步没有做。请先登录（--operator 工号）。",
    "It is not known who is working, so this step was not done. Sign in first (--operator NAME).",
)
WRONG_PASSWORD = Words(
    "S-PASSWORD",
    "工号或口令不对，没有登录，什么也没有改变。请重新输入；忘了口令请负责人运行 operator password。",
    "The name or the password is wrong; nobody was signed in and nothing was changed. Type them again; a supervisor "
    "can set a new password with operator password.",
)
SUPERVISOR_ONLY = Words(
    "S-SUPERVISOR",
    "“{act}”要负责人同意，{name} 是收费员；这一步没有做。请负责人输入自己的工号和口令。",
    "“{act}” wants a supervisor and {name} is a cashier; this step was not done. Let a supervisor type name and "
    "password.",
)
OTHER_SUPERVISOR = Words(
    "S-EYES",
    "“{act}”要另一位负责人同意，{name} 不能自己同意自己的操作；这一步没有做。请另一位负责人输入工号和口令。",
    "“{act}” wants the word of another supervisor than {name}, who does it; this step was not done. Let another "
    "supervisor type name and password.",
)
NAME_UNUSABLE = Words(
    "S-OPNAME",
    "工号“{name}”不能用：要 1 到 20 个字母、数字、- 或 _。没有登记，请换一个。",
    "“{name}” cannot be an operator's name: 1 to 20 letters, digits, - or _. Nothing was registered; choose another.",
)
TITLE_UNUSABLE = Words(
    "S-OPTITLE",
    "姓名要 1 到 25 个字，没有登记。请重新输入。",
    "A title has 1 to 25 characters; nothing was registered. Type it again.",
)
PASSWORD_WEAK = Words(
    "S-OPWEAK",
    "口令太短，至少 {shortest} 个字符；什么也没有改变。请换一个长一些的。",
    "The password is too short, at least {shortest} characters; nothing was changed. Choose a longer one.",
)
ALREADY_REGISTERED = Words(
    "S-OPKNOWN",
    "工号 {name} 已经登记，没有改变。改口令用 operator password，改角色先 operator remove。",
    "{name} is registered already and was not changed. Use operator password for a new password, or operator remove "
    "before another role.",
)
NOT_REGISTERED = Words(
    "S-OPNONE",
    "没有登记工号 {name}，什么也没有改变。请用 operator list 核对。",
    "Nobody is registered as {name}, so nothing was changed. Look it up with operator list.",
)
LAST_SUPERVISOR = Words(
    "S-OPLAST",
    "{name} 是最后一名负责人，不能取消，什么也没有改变。请先登记另一名负责人。",
    "{name} is the last supervisor and cannot be removed; nothing was changed. Register another supervisor first.",
)
FIRST_IS_SUPERVISOR = Words(
    "S-OPFIRST",
    "登记的第一个人必须是负责人（--role supervisor），没有登记。请先登记负责人，再登记收费员。",
    "The first person to be registered must be a supervisor (--role supervisor); nothing was registered. Register the "
    "cashiers afterwards.",
)
