"""What a card's status words mean (《社会保障（个人）卡规范》 part 5; ISO 7816-4 where it is silent)."""

from collections.abc import Mapping
from typing import Final

from hardware_sim.saying import Language, Text

_WORDS: Final[Mapping[int, Text]] = {
    0x9000: Text("成功", "done"),
    0x6281: Text("数据可能有误", "data may be damaged"),
    0x6282: Text("不够长，文件到头了", "end of file came first"),
    0x6283: Text("文件已停用", "file invalidated"),
    0x6400: Text("密码键盘超时", "PIN pad timed out"),
    0x6401: Text("持卡人取消输入", "cancelled at the PIN pad"),
    0x6581: Text("写卡失败", "writing failed"),
    0x6700: Text("长度错", "wrong length"),
    0x6882: Text("不支持安全报文", "no secure messaging"),
    0x6901: Text("此状态不接受这条命令", "not accepted in this state"),
    0x6981: Text("命令与文件结构不符", "does not fit the file's structure"),
    0x6982: Text("安全状态不满足", "security status not satisfied"),
    0x6983: Text("密码或密钥已锁定", "PIN or key locked"),
    0x6984: Text("随机数无效", "no valid challenge"),
    0x6985: Text("使用条件不满足", "conditions not satisfied"),
    0x6986: Text("没有当前文件", "no current file"),
    0x6987: Text("缺少 MAC", "MAC missing"),
    0x6988: Text("MAC 错", "MAC wrong"),
    0x6A80: Text("数据域错", "wrong data"),
    0x6A81: Text("不支持此功能，或卡已锁定", "function not supported, or card blocked"),
    0x6A82: Text("没有这个文件或应用", "no such file or application"),
    0x6A83: Text("没有这条记录", "no such record"),
    0x6A84: Text("空间不够", "no room"),
    0x6A85: Text("长度与记录不符", "length does not fit the record"),
    0x6A86: Text("参数 P1 P2 错", "wrong P1 P2"),
    0x6A88: Text("没有这个密钥", "no such key"),
    0x6B00: Text("超出文件", "beyond the file"),
    0x6D00: Text("没有这条命令", "no such instruction"),
    0x6E00: Text("没有这类命令", "no such class"),
    0x6F00: Text("没有数据", "nothing to say"),
    0x9302: Text("MAC 无效", "MAC invalid"),
    0x9303: Text("应用已永久锁定", "application locked for good"),
    0x9401: Text("余额不足", "not enough in the purse"),
    0x9402: Text("交易次数已满", "counter is full"),
    0x9403: Text("不支持这个密钥索引", "no such key index"),
    0x9406: Text("没有交易证明", "no proof of the transaction"),
}
_MORE: Final = Text("还有 {count} 字节", "{count} bytes more")
_LENGTH: Final = Text("长度应为 {count}", "length is {count}")
_WRONG: Final = Text("不对，还可试 {count} 次", "wrong, tries left: {count}")
_WRONG_AND_LOCKED: Final = Text("不对，已锁定", "wrong, and locked now")
_UNKNOWN: Final = Text("未知状态 {status}", "unknown status {status}")


def in_words(status: int, language: Language) -> str:
    """A status word in words."""
    first, second = status >> 8, status & 0xFF
    if first == 0x61:
        return _MORE.said(language, count=second or 256)
    if first == 0x6C:
        return _LENGTH.said(language, count=second or 256)
    if status == 0x63C0:
        return _WRONG_AND_LOCKED.said(language)
    if status & 0xFFF0 == 0x63C0:
        return _WRONG.said(language, count=second & 0x0F)
    known = _WORDS.get(status)
    return known.said(language) if known else _UNKNOWN.said(language, status=f"{status:04X}")
