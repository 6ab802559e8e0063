"""Words of signing in, and of asking for a supervisor's word."""

from pos_client.ui.words.mark import QT_TRANSLATE_NOOP

OPERATOR = QT_TRANSLATE_NOOP("pos", "操作员")
NOBODY = QT_TRANSLATE_NOOP("pos", "还没有登录")
TITLE = QT_TRANSLATE_NOOP("pos", "登录")
NAME = QT_TRANSLATE_NOOP("pos", "工号")
PASSWORD = QT_TRANSLATE_NOOP("pos", "口令")
NOTES = QT_TRANSLATE_NOOP("pos", "每笔收费记在登录的人名下。忘了口令请负责人重设。")
HINT = QT_TRANSLATE_NOOP("pos", "请输入工号和口令，按回车登录。")
SIGN_IN = QT_TRANSLATE_NOOP("pos", "登录")
SIGNING_IN = QT_TRANSLATE_NOOP("pos", "正在核对口令")
NAME_MISSING = QT_TRANSLATE_NOOP("pos", "还没有输入工号，没有核对。请先输入工号。")

SUPERVISOR = QT_TRANSLATE_NOOP("pos", "负责人同意")
WANTED = QT_TRANSLATE_NOOP("pos", "这一步要负责人同意：")
SUPERVISOR_NAME = QT_TRANSLATE_NOOP("pos", "负责人工号")
RECORDED = QT_TRANSLATE_NOOP("pos", "同意后马上做，负责人的工号记入审计记录。")
SUPERVISOR_HINT = QT_TRANSLATE_NOOP("pos", "请负责人输入工号和口令，按回车同意；按 Esc 返回，什么也不做。")
ALLOW = QT_TRANSLATE_NOOP("pos", "同意")
NOT_ALLOWED = QT_TRANSLATE_NOOP("pos", "负责人没有同意，什么也没有做。")
