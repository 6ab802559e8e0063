from tests.ui.test_any_keys import *
from tests.ui.test_any_keys import _walk
from pos_client.desk import sale_in_work as S
import tests.ui.test_any_keys as T
from tests.ui import keys as K
from PySide6.QtTest import QTest
def test_w(keys, monkeypatch):
    log=open('/tmp/O/seed.log','w')
    from pos_client.ui.frame import window as W
    orig=W.Window._key
    def k(self,e):
        p=self.page
        log.write(f"key {e.key():x} {e.text()!r} on {type(p).__name__} busy {p.busy} lines {len(p.view.lines) if hasattr(p,'view') and hasattr(p.view,'lines') else '-'} pages {[type(x).__name__ for x in self.pages]}\n"); log.flush()
        return orig(self,e)
    monkeypatch.setattr(W.Window,"_key",k)
    oc=S.SaleInWork.clear
    def c(self):
        log.write("CLEAR\n"); oc(self)
    monkeypatch.setattr(S.SaleInWork,"clear",c)
    of=keys.program._ground.report
    def rep(e):
        import traceback
        log.write("BROKE "+"".join(traceback.format_exception(e))); log.flush()
        return of(e)
    keys.program._ground.report=rep
    _walk(keys, 119)
    can_go_on(keys)
