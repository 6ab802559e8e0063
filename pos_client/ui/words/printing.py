"""Words about paper."""

from pos_client.ui.words.mark import QT_TRANSLATE_NOOP

PRINTED_AGAIN = QT_TRANSLATE_NOOP("pos", "{id} 的单据已补打，请交给参保人。")
KEPT = QT_TRANSLATE_NOOP("pos", "没有设打印机，{id} 的单据存在 {file}。要打印，请先在设置里选打印机（F1、S）。")
NO_GLYPH = QT_TRANSLATE_NOOP(
    "pos", "{id} 的单据打印了，姓名里的 {codes} 字库里没有，印的是编码。请在单据上手写这个字。"
)
