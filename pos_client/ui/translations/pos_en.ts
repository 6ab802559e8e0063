<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>pos</name>
    <message>
        <source>入院登记</source>
        <translation>Admission</translation>
    </message>
    <message>
        <source>科室</source>
        <translation>Department</translation>
    </message>
    <message>
        <source>医生</source>
        <translation>Doctor</translation>
    </message>
    <message>
        <source>床号</source>
        <translation>Bed</translation>
    </message>
    <message>
        <source>主要诊断</source>
        <translation>Main diagnosis</translation>
    </message>
    <message>
        <source>住院号</source>
        <translation>Stay no.</translation>
    </message>
    <message>
        <source>医院级别</source>
        <translation>Hospital</translation>
    </message>
    <message>
        <source>输编码、拼音首字母或名称，↑ ↓ 选，回车下一项</source>
        <translation>Code, initials or name; ↑ ↓ choose, Enter goes on</translation>
    </message>
    <message>
        <source>收 医疗保险证</source>
        <translation>Certificate</translation>
    </message>
    <message>
        <source>收 医保卡</source>
        <translation>Card</translation>
    </message>
    <message>
        <source>请选{what}：输编码或拼音首字母，↑ ↓ 选，回车下一项。</source>
        <translation>{what}: type code or initials, ↑ ↓ choose, Enter goes on.</translation>
    </message>
    <message>
        <source>请填床号，回车下一项。</source>
        <translation>Type the bed, Enter goes on.</translation>
    </message>
    <message>
        <source>住院号已自动编好，可以改。回车下一项。</source>
        <translation>The stay&apos;s number is proposed, change it if you want. Enter goes on.</translation>
    </message>
    <message>
        <source>收下请保持打勾，没带按空格去掉。回车继续。</source>
        <translation>Ticked: the document stays here. Space takes the tick off, Enter goes on.</translation>
    </message>
    <message>
        <source>核对无误后按回车登记入院。</source>
        <translation>Compare everything, then Enter admits.</translation>
    </message>
    <message>
        <source>登记内容</source>
        <translation>To be admitted</translation>
    </message>
    <message>
        <source>未填</source>
        <translation>missing</translation>
    </message>
    <message>
        <source>下一项</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>登记入院</source>
        <translation>Admit now</translation>
    </message>
    <message>
        <source>代保管</source>
        <translation>Kept</translation>
    </message>
    <message>
        <source>没有收下</source>
        <translation>nothing</translation>
    </message>
    <message>
        <source>还没有选{what}，没有登记。请在列表里选一个。</source>
        <translation>{what} is missing, nobody was admitted. Choose one from the list.</translation>
    </message>
    <message>
        <source>还没有填床号，没有登记。请填床号。</source>
        <translation>The bed is missing, nobody was admitted. Type it.</translation>
    </message>
    <message>
        <source>清单里没有“{typed}”</source>
        <translation>“{typed}” is not in the list</translation>
    </message>
    <message>
        <source>还没有登记入院。再按一次 Esc 放弃；按其他键接着填。</source>
        <translation>Nobody is admitted yet. Esc again gives up; any other key goes on.</translation>
    </message>
    <message>
        <source>正在登记入院，不要重复办理</source>
        <translation>Admitting, do not do it again</translation>
    </message>
    <message>
        <source>已登记入院，住院号 {number}。请收押金：输金额，按 F8；不收按 Esc。</source>
        <translation>Admitted, stay {number}. Take the deposit: type an amount, F8; none: Esc.</translation>
    </message>
    <message>
        <source>已登记入院，住院号 {number}。{problem}</source>
        <translation>Admitted, stay {number}. {problem}</translation>
    </message>
    <message>
        <source>录住院费用</source>
        <translation>Enter charges</translation>
    </message>
    <message>
        <source>本次上传</source>
        <translation>To upload</translation>
    </message>
    <message>
        <source>以前已上传</source>
        <translation>Uploaded before</translation>
    </message>
    <message>
        <source>上传 {count} 行</source>
        <translation>Upload {count}</translation>
    </message>
    <message>
        <source>正在上传费用，不要重复上传</source>
        <translation>Uploading, do not do it again</translation>
    </message>
    <message>
        <source>请扫码，或输编码、拼音首字母。录完按回车上传。</source>
        <translation>Scan, or type code or initials. Enter uploads when all is entered.</translation>
    </message>
    <message>
        <source>接着录，或按回车上传；Esc 返回，录的行留着。</source>
        <translation>Go on, or Enter uploads; Esc goes back and keeps the lines.</translation>
    </message>
    <message>
        <source>有自费项目没签知情同意书。签好后按 F7，再按回车上传。</source>
        <translation>An own-expense item needs a signed consent: F7 when signed, then Enter.</translation>
    </message>
    <message>
        <source>从文件导入费用</source>
        <translation>Import charges</translation>
    </message>
    <message>
        <source>文件</source>
        <translation>File</translation>
    </message>
    <message>
        <source>输文件名的一部分，或整个路径</source>
        <translation>part of its name, or its path</translation>
    </message>
    <message>
        <source>找到的文件（XLSX、CSV）</source>
        <translation>Files found (XLSX, CSV)</translation>
    </message>
    <message>
        <source>这里没有 XLSX 或 CSV 文件</source>
        <translation>No XLSX or CSV file here</translation>
    </message>
    <message>
        <source>请输入文件的完整路径，例如 /media/usb/费用.xlsx。</source>
        <translation>Type the whole path of the file, as in /media/usb/charges.xlsx.</translation>
    </message>
    <message>
        <source>↑ ↓ 选文件，回车查看。查看不会上传。</source>
        <translation>↑ ↓ choose, Enter looks into the file. Nothing is uploaded by that.</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>Look</translation>
    </message>
    <message>
        <source>正在查看文件</source>
        <translation>Reading the file</translation>
    </message>
    <message>
        <source>第 {row} 行：{words}</source>
        <translation>Row {row}: {words}</translation>
    </message>
    <message>
        <source>检查</source>
        <translation>Finding</translation>
    </message>
    <message>
        <source>对 {right} 行，不对 {wrong} 行</source>
        <translation>{right} right, {wrong} wrong</translation>
    </message>
    <message>
        <source>{right} 行，全部正确</source>
        <translation>Rows: {right}, all right</translation>
    </message>
    <message>
        <source>不对</source>
        <translation>Wrong</translation>
    </message>
    <message>
        <source>要上传</source>
        <translation>To upload</translation>
    </message>
    <message>
        <source>自费未签</source>
        <translation>Not signed</translation>
    </message>
    <message>
        <source>价格不同</source>
        <translation>Other price</translation>
    </message>
    <message>
        <source>{count} 行</source>
        <translation>Lines: {count}</translation>
    </message>
    <message>
        <source>没有用到的列：{columns}</source>
        <translation>Columns not used: {columns}</translation>
    </message>
    <message>
        <source>还没有上传。核对后按回车上传 {count} 行。</source>
        <translation>Nothing is uploaded yet. Compare, then Enter uploads (rows: {count}).</translation>
    </message>
    <message>
        <source>有 {wrong} 行不对，还没有上传。改好再看，或按两次回车只传对的 {count} 行。</source>
        <translation>Wrong rows: {wrong}; nothing is uploaded. Correct the file, or Enter twice uploads only the right ones ({count}).</translation>
    </message>
    <message>
        <source>有 {count} 行自费没签知情同意书，还没有上传。签好后按 F7，再按回车。</source>
        <translation>Own-expense rows without consent: {count}; nothing is uploaded. F7 when signed, then Enter.</translation>
    </message>
    <message>
        <source>没有要上传的行。请按 Esc 换文件。</source>
        <translation>No row is left to upload. Esc chooses another file.</translation>
    </message>
    <message>
        <source>再按一次回车，只上传对的 {count} 行，不对的 {wrong} 行不传；按其他键不传。</source>
        <translation>Enter again uploads the right rows ({count}), not the wrong ones ({wrong}); any other key stops.</translation>
    </message>
    <message>
        <source>{count} 行自费已签知情同意书。按回车上传。</source>
        <translation>Consents noted: {count}. Enter uploads.</translation>
    </message>
    <message>
        <source>已上传</source>
        <translation>Uploaded</translation>
    </message>
    <message>
        <source>文件 {file} 已上传 {count} 行费用。</source>
        <translation>{file} is uploaded, rows: {count}.</translation>
    </message>
    <message>
        <source>自费项目已签知情同意书</source>
        <translation>own-expense items are signed</translation>
    </message>
    <message>
        <source>出院结算・试算</source>
        <translation>Discharge, trial</translation>
    </message>
    <message>
        <source>出院结算・本机估算</source>
        <translation>Discharge, our estimate</translation>
    </message>
    <message>
        <source>退押金和证件</source>
        <translation>Hand back what is left</translation>
    </message>
    <message>
        <source>出院结算・已结算</source>
        <translation>Discharge, settled</translation>
    </message>
    <message>
        <source>明细 {count} 行，已上传 {count}</source>
        <translation>Rows: {count}, uploaded: {count}</translation>
    </message>
    <message>
        <source>基金支付</source>
        <translation>Funds</translation>
    </message>
    <message>
        <source>您承担</source>
        <translation>Your part</translation>
    </message>
    <message>
        <source>块的宽度是金额，蓝色高度是统筹比例</source>
        <translation>width is money, blue is the fund</translation>
    </message>
    <message>
        <source>段</source>
        <translation>Part</translation>
    </message>
    <message>
        <source>本段金额</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>比例</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>合计</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>费用怎么付</source>
        <translation>Who pays</translation>
    </message>
    <message>
        <source>应退{means}</source>
        <translation>Hand back, {means}</translation>
    </message>
    <message>
        <source>应退押金</source>
        <translation>Hand back</translation>
    </message>
    <message>
        <source>应补收现金</source>
        <translation>Collect in cash</translation>
    </message>
    <message>
        <source>不用收，不用退</source>
        <translation>Nothing due</translation>
    </message>
    <message>
        <source>预计现金承担</source>
        <translation>Expected own cash</translation>
    </message>
    <message>
        <source>退款方式</source>
        <translation>Back by</translation>
    </message>
    <message>
        <source>X 现金  W 微信  Z 支付宝  Y 银行卡  O 原路</source>
        <translation>X cash  W WeChat  Z Alipay  Y card  O as it came</translation>
    </message>
    <message>
        <source>原路</source>
        <translation>as it came</translation>
    </message>
    <message>
        <source>结算并退款 {amount}</source>
        <translation>Settle, give {amount}</translation>
    </message>
    <message>
        <source>收款并结算 {amount}</source>
        <translation>Collect {amount}</translation>
    </message>
    <message>
        <source>结算</source>
        <translation>Settle</translation>
    </message>
    <message>
        <source>退款 {amount}</source>
        <translation>Hand back {amount}</translation>
    </message>
    <message>
        <source>交还证件</source>
        <translation>Hand back documents</translation>
    </message>
    <message>
        <source>再试算</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>试算与医保中心一致，押金够付。请收回 {count} 张押金收据，按 F8 结算并退款。</source>
        <translation>The trial agrees, the deposit is enough. Take the receipts ({count}) back; F8 settles and hands back.</translation>
    </message>
    <message>
        <source>试算与医保中心一致，押金不够。请补收 {amount} 元，按 F8 结算。</source>
        <translation>The trial agrees, the deposit is short. Collect {amount} yuan, then F8.</translation>
    </message>
    <message>
        <source>试算与医保中心一致，押金刚好。按 F8 结算。</source>
        <translation>The trial agrees, the deposit is just enough. F8 settles.</translation>
    </message>
    <message>
        <source>本机计算与医保中心不同，以医保中心为准，差异已列出。可以按 F8 结算。</source>
        <translation>Our figures differ, as listed; the bureau&apos;s stand. F8 settles.</translation>
    </message>
    <message>
        <source>医保中心已试算，本机不能核对。以医保中心为准，按 F8 结算。</source>
        <translation>The bureau&apos;s trial cannot be checked here. The bureau&apos;s figures stand, F8 settles.</translation>
    </message>
    <message>
        <source>没有医保中心的试算，不能结算。按 F5 再试；病人可凭押金先离院。</source>
        <translation>Without the bureau&apos;s trial nothing is settled. F5 tries again; the patient may leave against the deposit.</translation>
    </message>
    <message>
        <source>请收回押金收据，按 F8 退款并交还证件。</source>
        <translation>Take the receipts back; F8 hands deposit and documents back.</translation>
    </message>
    <message>
        <source>请交还证件，按 F8 记下。</source>
        <translation>Hand the documents back; F8 notes it.</translation>
    </message>
    <message>
        <source>正在办理出院结算，不要重复收退款</source>
        <translation>Settling the stay, move no money again</translation>
    </message>
    <message>
        <source>正在重新试算，看看办到了哪一步</source>
        <translation>Trying again to see how far it came</translation>
    </message>
    <message>
        <source>请退{means}</source>
        <translation>Hand out, {means}</translation>
    </message>
    <message>
        <source>请退款</source>
        <translation>Hand out</translation>
    </message>
    <message>
        <source>找零</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>已结算</source>
        <translation>Settled</translation>
    </message>
    <message>
        <source>出院结算已完成，请退 {amount} 元。{documents}按回车服务下一位。</source>
        <translation>Settled. Hand out {amount} yuan. {documents} Enter: next person.</translation>
    </message>
    <message>
        <source>出院结算已完成。{documents}按回车服务下一位。</source>
        <translation>Settled. {documents} Enter: next person.</translation>
    </message>
    <message>
        <source>出院结算已完成，找零 {amount} 元。{documents}按回车服务下一位。</source>
        <translation>Settled, change {amount}. {documents} Enter: next person.</translation>
    </message>
    <message>
        <source>已结算，比试算多，还要补收 {amount} 元，已列入待办（F11）。{documents}</source>
        <translation>Settled, for more than the trial: {amount} yuan are still to be collected (F11). {documents}</translation>
    </message>
    <message>
        <source>请交还{documents}。</source>
        <translation>Hand back {documents}.</translation>
    </message>
    <message>
        <source>押金和证件已办完。按 Esc 返回。</source>
        <translation>Deposit and documents are done. Esc goes back.</translation>
    </message>
    <message>
        <source>这种方式不找零，最多收 {open} 元，没有记下。</source>
        <translation>No change for this means: at most {open}, nothing was noted.</translation>
    </message>
    <message>
        <source>服务下一位</source>
        <translation>Next person</translation>
    </message>
    <message>
        <source>{label}（前）</source>
        <translation>{label} before</translation>
    </message>
    <message>
        <source>本次后</source>
        <translation>After</translation>
    </message>
    <message>
        <source>入院日 {day} 有效</source>
        <translation>valid on {day}</translation>
    </message>
    <message>
        <source>医保收费窗口</source>
        <translation>Insurance counter</translation>
    </message>
    <message>
        <source>模拟训练</source>
        <translation>TRAINING</translation>
    </message>
    <message>
        <source>模拟训练，不是真实收费</source>
        <translation>training, no real charges</translation>
    </message>
    <message>
        <source>{number} 号窗</source>
        <translation>Counter {number}</translation>
    </message>
    <message>
        <source>收费员 {name}</source>
        <translation>Clerk {name}</translation>
    </message>
    <message>
        <source>前置机</source>
        <translation>Bureau</translation>
    </message>
    <message>
        <source>在线</source>
        <translation>online</translation>
    </message>
    <message>
        <source>检查中</source>
        <translation>checking</translation>
    </message>
    <message>
        <source>离线</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>自 {since}，已 {minutes} 分钟</source>
        <translation>since {since}, {minutes} min</translation>
    </message>
    <message>
        <source>自 {since}</source>
        <translation>since {since}</translation>
    </message>
    <message>
        <source>未传</source>
        <translation>Unsent</translation>
    </message>
    <message>
        <source>{count} 笔 {amount}</source>
        <translation>{count}, {amount}</translation>
    </message>
    <message>
        <source>最近限额：{what}</source>
        <translation>Nearest limit: {what}</translation>
    </message>
    <message>
        <source>读卡器</source>
        <translation>Reader</translation>
    </message>
    <message>
        <source>就绪</source>
        <translation>ready</translation>
    </message>
    <message>
        <source>有卡</source>
        <translation>card in</translation>
    </message>
    <message>
        <source>按两次 F2 读卡</source>
        <translation>F2 twice reads</translation>
    </message>
    <message>
        <source>没有找到</source>
        <translation>not found</translation>
    </message>
    <message>
        <source>待办</source>
        <translation variants="yes">
            <lengthvariant>Tasks</lengthvariant>
            <lengthvariant>Jobs</lengthvariant>
        </translation>
    </message>
    <message>
        <source>帮助</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>识别</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>处方</source>
        <translation>Rx</translation>
    </message>
    <message>
        <source>查询</source>
        <translation variants="yes">
            <lengthvariant>Search</lengthvariant>
            <lengthvariant>Seek</lengthvariant>
        </translation>
    </message>
    <message>
        <source>试算</source>
        <translation>Trial</translation>
    </message>
    <message>
        <source>正在读卡内信息</source>
        <translation>Reading the card</translation>
    </message>
    <message>
        <source>卡已取出，卡内信息不再显示。下一位请插卡。</source>
        <translation>The card was taken out, so what is on it is no longer shown. Next card, please.</translation>
    </message>
    <message>
        <source>看卡内账户和卡密码</source>
        <translation>what is on the card; its PIN</translation>
    </message>
    <message>
        <source>卡还在读卡器里。请取出，下一位插卡；要看卡内账户、改卡密码按 F6。</source>
        <translation>A card is still in the reader. Take it out for the next one; F6 shows its account and PIN.</translation>
    </message>
    <message>
        <source>没有读到姓名</source>
        <translation>Name not read</translation>
    </message>
    <message>
        <source>卡上的</source>
        <translation>on the card</translation>
    </message>
    <message>
        <source>发卡地</source>
        <translation>Issued in</translation>
    </message>
    <message>
        <source>有效期到</source>
        <translation>Valid until</translation>
    </message>
    <message>
        <source>只看卡，没有向医保中心查询。</source>
        <translation>The card only; the bureau was not asked.</translation>
    </message>
    <message>
        <source>卡上的医保信息</source>
        <translation>Insurance on the card</translation>
    </message>
    <message>
        <source>发卡时写的</source>
        <translation>as of issue</translation>
    </message>
    <message>
        <source>要卡密码才能看</source>
        <translation>This opens with the card&apos;s PIN</translation>
    </message>
    <message>
        <source>按回车，请持卡人输卡密码。只看，不会扣钱。</source>
        <translation>Press Enter and let the holder type the PIN. It only looks; nothing is debited.</translation>
    </message>
    <message>
        <source>要卡密码才能看，卡密码已锁定</source>
        <translation>This opens with the PIN, which is locked</translation>
    </message>
    <message>
        <source>账户余额可以插卡收费时在左边看，以医保中心为准。</source>
        <translation>The bureau&apos;s balance stands at the left when the card is put in for a sale; that is what counts.</translation>
    </message>
    <message>
        <source>这张卡没有设密码，医保信息也打不开</source>
        <translation>This card has no PIN, and its insurance data stay shut</translation>
    </message>
    <message>
        <source>没有读到</source>
        <translation>Not read</translation>
    </message>
    <message>
        <source>卡内账户明细</source>
        <translation>Movements on the card</translation>
    </message>
    <message>
        <source>最近 {count} 笔，↑ ↓ 选行</source>
        <translation>last {count}, ↑ ↓ choose</translation>
    </message>
    <message>
        <source>卡内账户还没有明细。</source>
        <translation>Nothing has moved on the card&apos;s account yet.</translation>
    </message>
    <message>
        <source>这张卡没有开通卡内账户，多数卡都没有。</source>
        <translation>No account is open on this card; most cards have none.</translation>
    </message>
    <message>
        <source>卡内账户要卡密码才能看，按回车输入。</source>
        <translation>The account on the card opens with the PIN: press Enter.</translation>
    </message>
    <message>
        <source>卡上的数只供参考，账户余额和待遇以医保中心为准。</source>
        <translation>What stands on the card is for information; balance and entitlement are what the bureau says.</translation>
    </message>
    <message>
        <source>种类</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>账户</source>
        <translation variants="yes">
            <lengthvariant>Account</lengthvariant>
            <lengthvariant>Acct</lengthvariant>
        </translation>
    </message>
    <message>
        <source>自付</source>
        <translation>Own share</translation>
    </message>
    <message>
        <source>统筹</source>
        <translation>Pool</translation>
    </message>
    <message>
        <source>卡内账户</source>
        <translation>Account on the card</translation>
    </message>
    <message>
        <source>{year} 年度</source>
        <translation>year {year}</translation>
    </message>
    <message>
        <source>卡内余额</source>
        <translation>Balance</translation>
    </message>
    <message>
        <source>本年自付</source>
        <translation>Own this year</translation>
    </message>
    <message>
        <source>本年统筹</source>
        <translation>Pool this year</translation>
    </message>
    <message>
        <source>卡密码</source>
        <translation>Card PIN</translation>
    </message>
    <message>
        <source>还可以输 {count} 次</source>
        <translation>{count} tries left</translation>
    </message>
    <message>
        <source>只剩最后 1 次</source>
        <translation>One try left</translation>
    </message>
    <message>
        <source>再错一次，卡密码就锁定。</source>
        <translation>One more wrong PIN locks it.</translation>
    </message>
    <message>
        <source>已锁定</source>
        <translation>Locked</translation>
    </message>
    <message>
        <source>请持卡人到社保经办窗口或制卡网点解锁。结算不用卡密码，照常办理。</source>
        <translation>Unlocked at the insurance office or where cards are issued. Settling needs no PIN: go on as usual.</translation>
    </message>
    <message>
        <source>没有设密码</source>
        <translation>No PIN is set</translation>
    </message>
    <message>
        <source>要设密码，请持卡人到社保经办窗口。</source>
        <translation>The insurance office sets one.</translation>
    </message>
    <message>
        <source>还剩几次不清楚</source>
        <translation>Tries left: not known</translation>
    </message>
    <message>
        <source>核对卡密码</source>
        <translation>Check the PIN</translation>
    </message>
    <message>
        <source>改卡密码</source>
        <translation>Change the PIN</translation>
    </message>
    <message>
        <source>输卡密码，看账户</source>
        <translation>PIN, then the account</translation>
    </message>
    <message>
        <source>再读一次</source>
        <translation>Read it again</translation>
    </message>
    <message>
        <source>看完请按 Esc 返回；要收费，请取出卡再插一次。</source>
        <translation>Press Esc when done. To charge, take the card out and put it in again.</translation>
    </message>
    <message>
        <source>请持卡人准备输卡密码，按回车；不看按 Esc 返回。</source>
        <translation>Press Enter for the holder to type the PIN; Esc goes back.</translation>
    </message>
    <message>
        <source>卡密码已锁定，请持卡人到社保经办窗口解锁。结算照常办理，按 Esc 返回。</source>
        <translation>The PIN is locked: the insurance office unlocks it. Settling goes on as usual; Esc goes back.</translation>
    </message>
    <message>
        <source>卡密码正确，还可以输 {count} 次。</source>
        <translation>The PIN is right; {count} tries left.</translation>
    </message>
    <message>
        <source>卡密码正确，卡内信息已读出。以医保中心为准。</source>
        <translation>The PIN is right and the card was read. The bureau&apos;s figures are what counts.</translation>
    </message>
    <message>
        <source>卡密码正确，又可以输 {count} 次。要看账户，请按回车再输一次。</source>
        <translation>The PIN is right; {count} tries again. To see the account press Enter and type it once more.</translation>
    </message>
    <message>
        <source>卡密码已改好，从现在起用新密码。</source>
        <translation>The PIN is changed; the new one holds from now on.</translation>
    </message>
    <message>
        <source>现在的密码</source>
        <translation>Present PIN</translation>
    </message>
    <message>
        <source>新密码</source>
        <translation>New PIN</translation>
    </message>
    <message>
        <source>新密码再输一次</source>
        <translation>New PIN again</translation>
    </message>
    <message>
        <source>多数卡是 6 位数字</source>
        <translation>six digits on most cards</translation>
    </message>
    <message>
        <source>请持卡人自己输，别人不要看。</source>
        <translation>The holder types it; nobody else looks.</translation>
    </message>
    <message>
        <source>密码只送到卡上一次，本机不显示、不保存。</source>
        <translation>The PIN goes to the card once; it is neither shown nor kept here.</translation>
    </message>
    <message>
        <source>读卡器有密码键盘的，在键盘上输</source>
        <translation>At the reader&apos;s PIN pad, where it has one</translation>
    </message>
    <message>
        <source>读卡器有密码键盘的，在键盘上输（新旧都是 6 位）</source>
        <translation>At the reader&apos;s PIN pad, where it has one (six digits each)</translation>
    </message>
    <message>
        <source>请持卡人输卡密码，按回车送到卡上；按 Esc 返回，不送。</source>
        <translation>Let the holder type the PIN; Enter sends it to the card, Esc goes back and sends nothing.</translation>
    </message>
    <message>
        <source>请持卡人输现在的密码，再输两次新密码，每次按回车；按 Esc 返回，不改。</source>
        <translation>Let the holder type the present PIN, then the new one twice, Enter each; Esc changes nothing.</translation>
    </message>
    <message>
        <source>送到卡上核对</source>
        <translation>Let the card check it</translation>
    </message>
    <message>
        <source>送到卡上改密码</source>
        <translation>Let the card change it</translation>
    </message>
    <message>
        <source>卡正在核对密码</source>
        <translation>The card is checking the PIN</translation>
    </message>
    <message>
        <source>请持卡人在密码键盘上输</source>
        <translation>Let the holder type at the PIN pad</translation>
    </message>
    <message>
        <source>还没有输密码，没有送到卡上。请持卡人输入。</source>
        <translation>No PIN was typed, nothing went to the card. Let the holder type it.</translation>
    </message>
    <message>
        <source>两次输的新密码不一样，没有送到卡上。请持卡人重新输新密码。</source>
        <translation>The two new PINs differ, nothing went to the card. Let the holder type the new one again.</translation>
    </message>
    <message>
        <source>输得太快，像是扫码枪扫进来的，没有送到卡上。请持卡人用手输密码。</source>
        <translation>That came as fast as from a scanner, so nothing went to the card. Let the holder type the PIN by hand.</translation>
    </message>
    <message>
        <source>卡密码只剩最后一次机会</source>
        <translation>One last try of the PIN</translation>
    </message>
    <message>
        <source>输错了卡密码就锁定，要到社保经办窗口或制卡网点才能解锁。请先问持卡人。</source>
        <translation>A wrong one locks it; only the insurance office or a card office can unlock it. Ask the holder first.</translation>
    </message>
    <message>
        <source>持卡人记得密码，要试</source>
        <translation>the holder is sure: try</translation>
    </message>
    <message>
        <source>请先问持卡人要不要用最后一次机会：要试按 Y，不试按 Esc。</source>
        <translation>Ask the holder about the last try first: Y tries, Esc does not.</translation>
    </message>
    <message>
        <source>自费</source>
        <translation>Own</translation>
    </message>
    <message>
        <source>收款</source>
        <translation variants="yes">
            <lengthvariant>Collect</lengthvariant>
            <lengthvariant>Cash</lengthvariant>
        </translation>
    </message>
    <message>
        <source>退费</source>
        <translation variants="yes">
            <lengthvariant>Refund</lengthvariant>
            <lengthvariant>Void</lengthvariant>
        </translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>挂单</source>
        <translation>Park</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>参保人</source>
        <translation>Insured person</translation>
    </message>
    <message>
        <source>元</source>
        <translation>yuan</translation>
    </message>
    <message>
        <source>限额</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>{what}，已等 {seconds} 秒。按 Esc 不再等。</source>
        <translation>{what} ({seconds} s). Esc stops waiting.</translation>
    </message>
    <message>
        <source>窗口太小，放不下全部内容。请把窗口放大到 960×540 以上，或请信息科调低显示比例。</source>
        <translation>The window is too small to show everything. Make it at least 960×540, or ask IT for a smaller scale.</translation>
    </message>
    <message>
        <source>按键</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>提示</source>
        <translation>Message</translation>
    </message>
    <message>
        <source>收</source>
        <translation>+</translation>
    </message>
    <message>
        <source>退</source>
        <translation>−</translation>
    </message>
    <message>
        <source>扫码 / 编码 / 简码</source>
        <translation>Scan, code or pinyin initials</translation>
    </message>
    <message>
        <source>刚才那一页的按键</source>
        <translation>Keys of that page</translation>
    </message>
    <message>
        <source>其他键</source>
        <translation>Other keys</translation>
    </message>
    <message>
        <source>符号</source>
        <translation>Signs</translation>
    </message>
    <message>
        <source>金额前的字</source>
        <translation>Before an amount</translation>
    </message>
    <message>
        <source>按 Esc 回到刚才那一页，什么也没有改变。</source>
        <translation>Esc goes back to that page; nothing has changed.</translation>
    </message>
    <message>
        <source>看这一页的按键</source>
        <translation>the keys of this page</translation>
    </message>
    <message>
        <source>没有卡时识别：身份证、医保码</source>
        <translation>no card: ID number, e-voucher</translation>
    </message>
    <message>
        <source>取处方</source>
        <translation>prescriptions</translation>
    </message>
    <message>
        <source>查以前的单子</source>
        <translation>bills of the past</translation>
    </message>
    <message>
        <source>试算，不收钱</source>
        <translation>trial, no money</translation>
    </message>
    <message>
        <source>换账户：不用、本人、家庭</source>
        <translation>account: none, own, family</translation>
    </message>
    <message>
        <source>自费药已签同意，或取消</source>
        <translation>consent signed, or not</translation>
    </message>
    <message>
        <source>收款，只收一次</source>
        <translation>take the money, once</translation>
    </message>
    <message>
        <source>退回收过的费用</source>
        <translation>take a sale back</translation>
    </message>
    <message>
        <source>打印单据</source>
        <translation>print the slip</translation>
    </message>
    <message>
        <source>待办：结果未知、差异</source>
        <translation>tasks: unknown, differences</translation>
    </message>
    <message>
        <source>挂单，服务下一位</source>
        <translation>park the bill, next person</translation>
    </message>
    <message>
        <source>退一步，单子不丢</source>
        <translation>one step back, no bill is lost</translation>
    </message>
    <message>
        <source>下一格；最后一格就办</source>
        <translation>next field, then do it</translation>
    </message>
    <message>
        <source>选一行</source>
        <translation>choose a line</translation>
    </message>
    <message>
        <source>删去选中的行</source>
        <translation>take the chosen line off</translation>
    </message>
    <message>
        <source>选中的行改为 3 件</source>
        <translation>3 of the chosen line</translation>
    </message>
    <message>
        <source>扫之前输：一次 3 件</source>
        <translation>before a scan: 3 of it</translation>
    </message>
    <message>
        <source>微信、支付宝、银行卡付一部分</source>
        <translation>a part by WeChat, Alipay, bank card</translation>
    </message>
    <message>
        <source>办好了</source>
        <translation>done</translation>
    </message>
    <message>
        <source>请看一眼，要做一步</source>
        <translation>look: a step is wanted</translation>
    </message>
    <message>
        <source>停下，没有办成</source>
        <translation>stop: it was not done</translation>
    </message>
    <message>
        <source>结果未知，不要重复收费</source>
        <translation>unknown: do not charge twice</translation>
    </message>
    <message>
        <source>说明，可以照常做</source>
        <translation>note: go on as usual</translation>
    </message>
    <message>
        <source>向参保人收钱</source>
        <translation>collect from the person</translation>
    </message>
    <message>
        <source>退给参保人，不要收</source>
        <translation>hand back, do not collect</translation>
    </message>
    <message>
        <source>句末的小代码，请报给信息科。</source>
        <translation>Tell IT the small code at the end of a sentence.</translation>
    </message>
    <message>
        <source>设置（没有人在收费时）</source>
        <translation>settings, while nobody is served</translation>
    </message>
    <message>
        <source>没有卡：身份证号或医保码</source>
        <translation>No card: ID number or e-voucher</translation>
    </message>
    <message>
        <source>身份证号 / 医保码</source>
        <translation>ID no. / voucher</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>输 18 位，或扫码</source>
        <translation>18 places, or scan</translation>
    </message>
    <message>
        <source>照证件输</source>
        <translation>as on the document</translation>
    </message>
    <message>
        <source>身份证号，还差 {count} 位</source>
        <translation>ID number, places missing: {count}</translation>
    </message>
    <message>
        <source>身份证号，校验码正确</source>
        <translation>ID number, check character right</translation>
    </message>
    <message>
        <source>没有这样的身份证号，请对照证件</source>
        <translation>No such ID number; compare it with the document</translation>
    </message>
    <message>
        <source>医保电子凭证，不显示、不保存</source>
        <translation>Electronic voucher, neither shown nor kept</translation>
    </message>
    <message>
        <source>还没有输入</source>
        <translation>Nothing typed yet</translation>
    </message>
    <message>
        <source>医保码：请参保人打开手机上的医保码，直接扫。</source>
        <translation>Voucher: let the person open the code on the phone, and scan it.</translation>
    </message>
    <message>
        <source>身份证：对照证件输入 18 位，最后一位可以是 X。</source>
        <translation>ID card: type the 18 places from the document; the last may be X.</translation>
    </message>
    <message>
        <source>本统筹区还要照证件输入姓名，只扫医保码不能识别。</source>
        <translation>This region needs the name as well; a voucher alone identifies nobody.</translation>
    </message>
    <message>
        <source>重新读读卡器里的卡</source>
        <translation>Read the card in the reader again</translation>
    </message>
    <message>
        <source>请扫医保码，或输身份证号后按回车。插卡也可以；按 F2 重新读卡。</source>
        <translation>Scan the voucher, or type the ID number and press Enter. A card works too; F2 reads it again.</translation>
    </message>
    <message>
        <source>身份证号还差 {count} 位，没有查询。请接着输，或按 Esc 清空。</source>
        <translation>Places missing in the ID number: {count}; nothing was asked. Type on, or Esc clears it.</translation>
    </message>
    <message>
        <source>请对照证件核对，按回车查询。</source>
        <translation>Compare it with the document; Enter asks.</translation>
    </message>
    <message>
        <source>身份证号不对，校验码不符。请对照证件改正，或按 Esc 清空。</source>
        <translation>The ID number is wrong: its check character does not fit. Correct it, or Esc clears it.</translation>
    </message>
    <message>
        <source>扫到医保码，按回车查询。</source>
        <translation>A voucher was scanned; Enter asks.</translation>
    </message>
    <message>
        <source>还没有输入姓名，没有查询。请照证件输入姓名。</source>
        <translation>No name was typed, so nothing was asked. Type the name from the document.</translation>
    </message>
    <message>
        <source>向医保中心查询</source>
        <translation>Ask the bureau</translation>
    </message>
    <message>
        <source>已清空。再按 Esc 返回。</source>
        <translation>Cleared. Esc again goes back.</translation>
    </message>
    <message>
        <source>收费记录</source>
        <translation>Bills</translation>
    </message>
    <message>
        <source>退费・选一笔</source>
        <translation>Refund: choose the bill</translation>
    </message>
    <message>
        <source>最新 {count} 笔</source>
        <translation>newest {count}</translation>
    </message>
    <message>
        <source>找到 {count} 笔</source>
        <translation>{count} found</translation>
    </message>
    <message>
        <source>单号 / 金额 / 姓名</source>
        <translation>No. / amount / name</translation>
    </message>
    <message>
        <source>单号输末几位即可</source>
        <translation>the end of the number will do</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>When</translation>
    </message>
    <message>
        <source>单号</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>现金</source>
        <translation>Cash</translation>
    </message>
    <message>
        <source>项目</source>
        <translation>For</translation>
    </message>
    <message>
        <source>选中的单据</source>
        <translation>chosen bill</translation>
    </message>
    <message>
        <source>付款方式</source>
        <translation>Paid by</translation>
    </message>
    <message>
        <source>实收</source>
        <translation>Tendered</translation>
    </message>
    <message>
        <source>姓名按规定遮盖</source>
        <translation>The name is masked by rule</translation>
    </message>
    <message>
        <source>还没有收费记录</source>
        <translation>No bill yet</translation>
    </message>
    <message>
        <source>收过费以后，每一笔都能在这里找到。按 Esc 返回。</source>
        <translation>Every bill that is charged can be found here. Esc goes back.</translation>
    </message>
    <message>
        <source>没有找到“{typed}”</source>
        <translation>“{typed}” was not found</translation>
    </message>
    <message>
        <source>请换单号末几位、金额（例如 45.60）或姓名再找。</source>
        <translation>Try the end of the number, an amount (45.60) or the name.</translation>
    </message>
    <message>
        <source>↑ ↓ 选一笔，回车看明细，F9 退费，F10 补打单据。</source>
        <translation>↑ ↓ chooses, Enter shows the lines, F9 takes back, F10 prints again.</translation>
    </message>
    <message>
        <source>要退哪一笔？↑ ↓ 选，或输单号末几位、金额、姓名；回车退这一笔。</source>
        <translation>Which bill? ↑ ↓, or type the end of its number, an amount, a name; then Enter.</translation>
    </message>
    <message>
        <source>看明细</source>
        <translation>Show lines</translation>
    </message>
    <message>
        <source>退这一笔</source>
        <translation>Take it back</translation>
    </message>
    <message>
        <source>明细・{id}</source>
        <translation>Lines of {id}</translation>
    </message>
    <message>
        <source>这一笔没有药品明细</source>
        <translation>This bill has no lines of its own</translation>
    </message>
    <message>
        <source>门诊、住院的费用记在就诊里，单据上有合计。按 F10 补打单据。</source>
        <translation>Charges stand in the visit or stay; the slip has the sums. F10 prints it again.</translation>
    </message>
    <message>
        <source>F9 退费，F10 补打单据，Esc 回到记录。</source>
        <translation>F9 takes it back, F10 prints the slip again, Esc goes back to the list.</translation>
    </message>
    <message>
        <source>等着取回的挂单</source>
        <translation>Parked bills</translation>
    </message>
    <message>
        <source>{count} 笔，用 ↑ ↓ 选</source>
        <translation>{count}, ↑ ↓ choose</translation>
    </message>
    <message>
        <source>费用</source>
        <translation>Items</translation>
    </message>
    <message>
        <source>开单</source>
        <translation>Begun</translation>
    </message>
    <message>
        <source>挂单时间</source>
        <translation>Parked at</translation>
    </message>
    <message>
        <source>操作员</source>
        <translation>Operator</translation>
    </message>
    <message>
        <source>没有识别</source>
        <translation>not known</translation>
    </message>
    <message>
        <source>选中的挂单</source>
        <translation>chosen</translation>
    </message>
    <message>
        <source>姓名按规定遮盖，取回后要重新识别。</source>
        <translation>Names are masked; the person is identified again when the bill is taken up.</translation>
    </message>
    <message>
        <source>现在没有挂单</source>
        <translation>No parked bill</translation>
    </message>
    <message>
        <source>收费时按 F12，单子就放到这里，下一位可以先办。</source>
        <translation>F12 during a sale puts the bill here, and the next person can be served.</translation>
    </message>
    <message>
        <source>用 ↑ ↓ 选，按回车取回；按 Del 放弃选中的一单。</source>
        <translation>↑ ↓ choose, Enter takes the bill up, Del gives it up.</translation>
    </message>
    <message>
        <source>没有挂单。按 Esc 返回。</source>
        <translation>No bill is parked. Esc goes back.</translation>
    </message>
    <message>
        <source>取回这一单</source>
        <translation>Take this bill up</translation>
    </message>
    <message>
        <source>再按一次 Del 放弃这一单（{count} 行），不能再取回；按其他键保留。</source>
        <translation>Del again gives this bill up for good (lines: {count}); any other key keeps it.</translation>
    </message>
    <message>
        <source>已放弃一单（{count} 行），没有收费。</source>
        <translation>One bill was given up (lines: {count}); nothing was charged.</translation>
    </message>
    <message>
        <source>已取回 {count} 行，还没有收费。请重新插卡，或按 F2 识别后试算。</source>
        <translation>The bill is back (lines: {count}), nothing is charged yet. Insert the card again; without one press F2.</translation>
    </message>
    <message>
        <source>放弃选中的一单，要按两次</source>
        <translation>give the chosen bill up; twice</translation>
    </message>
    <message>
        <source>{id} 的单据已补打，请交给参保人。</source>
        <translation>The slip of {id} is printed again; hand it over.</translation>
    </message>
    <message>
        <source>没有设打印机，{id} 的单据存在 {file}。要打印，请先在设置里选打印机（F1、S）。</source>
        <translation>No printer is set; the slip of {id} is in {file}. Choose a printer in the settings (F1, S) to print.</translation>
    </message>
    <message>
        <source>{id} 的单据打印了，姓名里的 {codes} 字库里没有，印的是编码。请在单据上手写这个字。</source>
        <translation>The slip of {id} is printed, but the font lacks {codes} of the name and shows the code. Write the character by hand.</translation>
    </message>
    <message>
        <source>退费・{id}</source>
        <translation>Refund of {id}</translation>
    </message>
    <message>
        <source>整单退</source>
        <translation>whole bill</translation>
    </message>
    <message>
        <source>退一部分</source>
        <translation>a part</translation>
    </message>
    <message>
        <source>申请</source>
        <translation>Request</translation>
    </message>
    <message>
        <source>审核</source>
        <translation>Approval</translation>
    </message>
    <message>
        <source>执行</source>
        <translation>Execution</translation>
    </message>
    <message>
        <source>已售</source>
        <translation>Sold</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>退回金额</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>退费原因，按数字选</source>
        <translation>Reason: press its figure</translation>
    </message>
    <message>
        <source>退费原因，请按数字选</source>
        <translation>Reason: press its figure now</translation>
    </message>
    <message>
        <source>这一笔只能整单退</source>
        <translation>Only the whole bill can be taken back</translation>
    </message>
    <message>
        <source>门诊、住院结算整笔撤销，费用留在就诊里，可以改了再结。</source>
        <translation>The settlement is voided as a whole; its charges stay in the visit and can be settled anew.</translation>
    </message>
    <message>
        <source>应退现金</source>
        <translation>Cash to hand back</translation>
    </message>
    <message>
        <source>退回的药品</source>
        <translation>Goods back</translation>
    </message>
    <message>
        <source>暂不退钱</source>
        <translation>Not yet</translation>
    </message>
    <message>
        <source>怎么退</source>
        <translation>How it goes back</translation>
    </message>
    <message>
        <source>留下的重新结算</source>
        <translation>What is kept, settled anew</translation>
    </message>
    <message>
        <source>还要补收</source>
        <translation>Still to collect</translation>
    </message>
    <message>
        <source>退一部分要本人的卡</source>
        <translation>A part needs the card</translation>
    </message>
    <message>
        <source>留下的要重新结算，请插卡。没有卡，按 A 整单退，再把留下的重新收费。</source>
        <translation>What is kept is settled anew: insert the card. No card: press A for the whole bill, then charge what is kept.</translation>
    </message>
    <message>
        <source>请核对姓名和本人</source>
        <translation>Compare name and person</translation>
    </message>
    <message>
        <source>退 {amount}</source>
        <translation>Hand back {amount}</translation>
    </message>
    <message>
        <source>退费，不退现金</source>
        <translation>Take back, no cash</translation>
    </message>
    <message>
        <source>试算退多少</source>
        <translation>Try: how much</translation>
    </message>
    <message>
        <source>退费 {id}，退现金 {amount} 元</source>
        <translation>Refund of {id}, {amount} yuan in cash</translation>
    </message>
    <message>
        <source>正在向医保中心试算</source>
        <translation>Trying it out with the bureau</translation>
    </message>
    <message>
        <source>正在医保中心撤销，先不要退钱</source>
        <translation>Voiding at the bureau, hand back nothing yet</translation>
    </message>
    <message>
        <source>整单退：回车选原因。退一部分：↑ ↓ 选行，输入退回几个；A 改回整单。</source>
        <translation>Whole bill: Enter, then the reason. A part: ↑ ↓ and how many come back; A is all.</translation>
    </message>
    <message>
        <source>请插本人的卡，按 F5 试算退多少；A 改回整单退。</source>
        <translation>Insert the card, F5 tries how much; A takes back the whole bill.</translation>
    </message>
    <message>
        <source>按 1 到 {count} 选原因；回车回到各行。</source>
        <translation>Press 1 to {count} for the reason; Enter goes back to the lines.</translation>
    </message>
    <message>
        <source>核对后按 F8 退 {amount}。医保中心办成以后才退钱。</source>
        <translation>Compare, then F8 takes back {amount}. Hand back money only when the bureau has done it.</translation>
    </message>
    <message>
        <source>试算退 {amount}，以办成后的数为准。核对后按 F8。</source>
        <translation>The trial says {amount} back; what is booked counts. Compare, then F8.</translation>
    </message>
    <message>
        <source>留下的比原来付的还多 {amount} 元：按 F8 先整单撤销，留下的放进挂单另收。</source>
        <translation>What is kept costs {amount} yuan more than was paid: F8 voids the bill and parks what is kept, to be charged anew.</translation>
    </message>
    <message>
        <source>还没选退费原因，没有退费。请按数字选。</source>
        <translation>No reason chosen, nothing was taken back. Press its figure.</translation>
    </message>
    <message>
        <source>没有要退的，没有退费。请输入退回几个，或按 A 整单退。</source>
        <translation>Nothing comes back, nothing was done. Type how many come back, or A for all.</translation>
    </message>
    <message>
        <source>第 {number} 行最多退 {sold}，没有改。</source>
        <translation>Of line {number} at most {sold} can come back; nothing changed.</translation>
    </message>
    <message>
        <source>已改回整单退。要退一部分，请重新输入；再按 Esc 返回。</source>
        <translation>It is the whole bill again. For a part type how many; Esc once more goes back.</translation>
    </message>
    <message>
        <source>退费・办到哪一步</source>
        <translation>Refund: how far it is</translation>
    </message>
    <message>
        <source>撤销已发出，医保中心没有回答，办没办成还不知道。</source>
        <translation>The void was sent and not answered; nobody knows yet whether it is done.</translation>
    </message>
    <message>
        <source>系统自动查询，查到前这一笔不能再退，也不要退钱。</source>
        <translation>It is being asked. Until it is known, hand back nothing and do not void again.</translation>
    </message>
    <message>
        <source>原单 {id} 已整单撤销，账户已退回。</source>
        <translation>{id} is void as a whole; the account has its money back.</translation>
    </message>
    <message>
        <source>留下的没有结算，已放进挂单。回到首页按 F12 取回，重新收费。</source>
        <translation>What is kept is not settled and is parked. Take it up with F12 on the first page and charge it.</translation>
    </message>
    <message>
        <source>留下的已发出结算，是否入账还不知道。为它留的钱先不要动。</source>
        <translation>What is kept was sent to be settled; not known yet whether it is booked. Leave its money aside.</translation>
    </message>
    <message>
        <source>查到已撤销</source>
        <translation>Found void</translation>
    </message>
    <message>
        <source>应退的钱自动登记，凭单号来退；F4 里这一笔显示已撤销。</source>
        <translation>The refund is noted by itself and paid out on the number; F4 shows the bill as void.</translation>
    </message>
    <message>
        <source>查到没撤销</source>
        <translation>Not void</translation>
    </message>
    <message>
        <source>原单不变，可以再退一次。</source>
        <translation>The bill is as it was; take it back once more.</translation>
    </message>
    <message>
        <source>查到已入账</source>
        <translation>Found booked</translation>
    </message>
    <message>
        <source>留的钱就是付的钱，单据自动补好，F4 里可以打印。</source>
        <translation>The money left aside has paid it; its slip can be printed in F4.</translation>
    </message>
    <message>
        <source>查到没入账</source>
        <translation>Not booked</translation>
    </message>
    <message>
        <source>留的钱退还，把留下的作为新单重新收费。</source>
        <translation>Hand that money back and charge what is kept as a new bill.</translation>
    </message>
    <message>
        <source>医保中心已办成，已记账</source>
        <translation>Done at the bureau and booked</translation>
    </message>
    <message>
        <source>退费单</source>
        <translation>Slip</translation>
    </message>
    <message>
        <source>已退费 {id}</source>
        <translation>Taken back: {id}</translation>
    </message>
    <message>
        <source>费用明细・普通购药</source>
        <translation>Items, pharmacy sale</translation>
    </message>
    <message>
        <source>名称 规格</source>
        <translation>Name, strength</translation>
    </message>
    <message>
        <source>单价</source>
        <translation>Price</translation>
    </message>
    <message>
        <source>数量</source>
        <translation>Qty</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>金额</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>已签同意</source>
        <translation>signed</translation>
    </message>
    <message>
        <source>未签 F7</source>
        <translation>sign: F7</translation>
    </message>
    <message>
        <source>怎么付</source>
        <translation>Who pays</translation>
    </message>
    <message>
        <source>扫码随时有效</source>
        <translation>scanning always works</translation>
    </message>
    <message>
        <source>↑ ↓ 选行，共 {count} 行</source>
        <translation>↑ ↓ choose, of {count}</translation>
    </message>
    <message>
        <source>应收现金</source>
        <translation>Collect in cash</translation>
    </message>
    <message>
        <source>预计现金</source>
        <translation>Cash, estimated</translation>
    </message>
    <message>
        <source>还差</source>
        <translation>Missing</translation>
    </message>
    <message>
        <source>收款 {amount}</source>
        <translation>Collect {amount}</translation>
    </message>
    <message>
        <source>等待插卡</source>
        <translation>Waiting for a card</translation>
    </message>
    <message>
        <source>卡号</source>
        <translation>Card</translation>
    </message>
    <message>
        <source>身份证</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>个人账户</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>自 {day}</source>
        <translation>since {day}</translation>
    </message>
    <message>
        <source>读卡时间</source>
        <translation>Read</translation>
    </message>
    <message>
        <source>卡已取走，单子还在</source>
        <translation>Card taken out, the bill is kept</translation>
    </message>
    <message>
        <source>{minutes} 分钟前读的</source>
        <translation>{minutes} min ago</translation>
    </message>
    <message>
        <source>刚刚读的</source>
        <translation>just now</translation>
    </message>
    <message>
        <source>卡面姓名与医保中心不同，请核对本人和证件</source>
        <translation>The name differs from the bureau&apos;s: check person and papers</translation>
    </message>
    <message>
        <source>卡上姓名：{name}</source>
        <translation>On the card: {name}</translation>
    </message>
    <message>
        <source>负责人已同意按本人办理</source>
        <translation>a supervisor agreed</translation>
    </message>
    <message>
        <source>卡上姓名“{on_card}”，医保中心登记“{at_bureau}”。请核对本人和证件；试算前要负责人同意。</source>
        <translation>The card says “{on_card}”, the bureau “{at_bureau}”. Compare person and documents; a supervisor must agree before the trial.</translation>
    </message>
    <message>
        <source>卡上姓名“{on_card}”，医保中心登记“{at_bureau}”，已核对，仍按本人办理</source>
        <translation>The card says “{on_card}”, the bureau “{at_bureau}”: compared, it is the same person</translation>
    </message>
    <message>
        <source>参保人已识别，扫到的医保码没有用。要换人请按 F2。</source>
        <translation>The person is identified already, so the voucher was not used. F2 for another person.</translation>
    </message>
    <message>
        <source>扫到的像医保码，不是药品，没有加入。请扫药品的条码。</source>
        <translation>That looks like a voucher, not like goods; nothing was added. Scan the goods.</translation>
    </message>
    <message>
        <source>请扫药品，或输编码、拼音首字母。扫完按回车试算。</source>
        <translation>Scan items, or type a code or initials. Enter when done.</translation>
    </message>
    <message>
        <source>请插卡；没有卡按 F2。费用可以接着扫。</source>
        <translation>Insert the card; without one press F2. Go on scanning meanwhile.</translation>
    </message>
    <message>
        <source>接着扫，或按回车向医保中心试算。</source>
        <translation>Scan on, or press Enter for the bureau&apos;s trial.</translation>
    </message>
    <message>
        <source>试算与医保中心一致。核对实收后按 F8 收款。</source>
        <translation>Trial agrees with the bureau. Check the money, then F8 to collect.</translation>
    </message>
    <message>
        <source>试算与医保中心一致，不用收现金。按 F8 结算。</source>
        <translation>Trial agrees with the bureau, no cash to collect. F8 settles.</translation>
    </message>
    <message>
        <source>医保中心已试算，本机不能核对（{why}）。以医保中心为准，按 F8 收款。</source>
        <translation>The bureau&apos;s trial cannot be checked here ({why}). The bureau&apos;s figures stand, F8 collects.</translation>
    </message>
    <message>
        <source>离线暂结</source>
        <translation>Settle offline</translation>
    </message>
    <message>
        <source>离线暂结 {amount}</source>
        <translation>Offline {amount}</translation>
    </message>
    <message>
        <source>离线暂结：金额是本机估算，联网后以医保中心为准，多退少补。核对实收后按 F8。</source>
        <translation>Settling offline: our own estimate, the bureau&apos;s figures will stand. Check the money, then F8.</translation>
    </message>
    <message>
        <source>本机估算，医保中心尚未确认</source>
        <translation>Our estimate, not confirmed</translation>
    </message>
    <message>
        <source>连不上医保中心，按 {when} 查到的资料</source>
        <translation>Bureau out of reach: as told {when}</translation>
    </message>
    <message>
        <source>连不上医保中心，参保资料是 {when} 查到的。扫完按回车，再决定离线暂结。</source>
        <translation>Bureau out of reach; the person as told {when}. Scan, then Enter, then settle offline.</translation>
    </message>
    <message>
        <source>正在结算，不要拔卡、不要重复收款</source>
        <translation>Settling; leave the card in, do not collect twice</translation>
    </message>
    <message>
        <source>正在向医保中心查询参保信息</source>
        <translation>Asking the bureau who this is</translation>
    </message>
    <message>
        <source>正在读卡</source>
        <translation>Reading the card</translation>
    </message>
    <message>
        <source>{account}。按 F6 再换。</source>
        <translation>{account}. F6 changes it.</translation>
    </message>
    <message>
        <source>“{typed}”不是金额，没有收款。请输入元和角分，例如 50 或 50.00。</source>
        <translation>“{typed}” is no amount, nothing was collected. Type yuan, such as 50 or 50.00.</translation>
    </message>
    <message>
        <source>实收 {tendered} 元，还差 {short} 元，没有收款。请再收，或按 Esc 改单。</source>
        <translation>{tendered} yuan are {short} too little, nothing was collected. Take more, or Esc to change the bill.</translation>
    </message>
    <message>
        <source>W 微信  Z 支付宝  Y 银行卡</source>
        <translation>W WeChat  Z Alipay  Y bank card</translation>
    </message>
    <message>
        <source>微信</source>
        <translation>WeChat</translation>
    </message>
    <message>
        <source>支付宝</source>
        <translation>Alipay</translation>
    </message>
    <message>
        <source>银行卡</source>
        <translation>Bank card</translation>
    </message>
    <message>
        <source>交易号</source>
        <translation>Reference</translation>
    </message>
    <message>
        <source>{means}付多少？回车记下；Esc 改回现金。</source>
        <translation>How much by {means}? Enter notes it; Esc is back to cash.</translation>
    </message>
    <message>
        <source>请输入{means}小票上的交易号，回车记下。</source>
        <translation>Type the reference of the {means} slip, then Enter.</translation>
    </message>
    <message>
        <source>{means} 已付</source>
        <translation>{means} paid</translation>
    </message>
    <message>
        <source>单子还在。F12 挂单，Del 删去选中的行，或接着扫。</source>
        <translation>The bill is kept. F12 parks it, Del removes the chosen line, or scan on.</translation>
    </message>
    <message>
        <source>已删去第 {number} 行。</source>
        <translation>Line {number} is removed.</translation>
    </message>
    <message>
        <source>第 {number} 行已签知情同意书。</source>
        <translation>Consent for line {number} is signed.</translation>
    </message>
    <message>
        <source>第 {number} 行改为未签知情同意书。</source>
        <translation>Consent for line {number} is not signed.</translation>
    </message>
    <message>
        <source>目录里没有“{typed}”</source>
        <translation>The catalogue has no “{typed}”</translation>
    </message>
    <message>
        <source>{age} 岁</source>
        <translation>{age}</translation>
    </message>
    <message>
        <source>{count} 次</source>
        <translation>{count}</translation>
    </message>
    <message>
        <source>记下</source>
        <translation>Note it</translation>
    </message>
    <message>
        <source>本机与医保中心有 {count} 处不同，按医保中心的收，差异已登记。核对实收后按 F8。</source>
        <translation>Figures that differ from the bureau&apos;s: {count}. Collect the bureau&apos;s; the difference is noted. Check the money, then F8.</translation>
    </message>
    <message>
        <source>设置这个窗口</source>
        <translation>Set this desk up</translation>
    </message>
    <message>
        <source>设置</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>这个窗口</source>
        <translation>This desk</translation>
    </message>
    <message>
        <source>界面语言</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>机构</source>
        <translation>Institution</translation>
    </message>
    <message>
        <source>窗口号</source>
        <translation>Desk number</translation>
    </message>
    <message>
        <source>训练或正式</source>
        <translation>Training or real</translation>
    </message>
    <message>
        <source>统筹区</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>待遇政策</source>
        <translation>Benefit policy</translation>
    </message>
    <message>
        <source>负责人</source>
        <translation>Supervisor</translation>
    </message>
    <message>
        <source>小票打印机</source>
        <translation>Slip printer</translation>
    </message>
    <message>
        <source>深浅</source>
        <translation>Light or dark</translation>
    </message>
    <message>
        <source>显示比例</source>
        <translation>Size</translation>
    </message>
    <message>
        <source>收费员</source>
        <translation>Clerk</translation>
    </message>
    <message>
        <source>备份和日汇总</source>
        <translation>Backups, day totals</translation>
    </message>
    <message>
        <source>顾客显示屏</source>
        <translation>Customer display</translation>
    </message>
    <message>
        <source>报价器</source>
        <translation>Price announcer</translation>
    </message>
    <message>
        <source>钱箱</source>
        <translation>Cash drawer</translation>
    </message>
    <message>
        <source>串口扫码枪</source>
        <translation>Serial scanner</translation>
    </message>
    <message>
        <source>核对并完成</source>
        <translation>Check and finish</translation>
    </message>
    <message>
        <source>界面和提示用哪种语言。小票总是中文。</source>
        <translation>Language of window and sentences. Slips are always Chinese.</translation>
    </message>
    <message>
        <source>编号照医保协议书填：医院 H、药店 P 开头，共 12 位。名称印在小票上。</source>
        <translation>The code from the contract: H hospital, P pharmacy, 12 characters. The name stands on slips.</translation>
    </message>
    <message>
        <source>每个窗口的号在全机构里不能重复；暂结限额按窗口数分摊。</source>
        <translation>No two desks have the same number; offline limits are shared among the desks.</translation>
    </message>
    <message>
        <source>先用训练熟悉。训练和正式的数据文件夹永远分开，以后不能互改。</source>
        <translation>Begin with training. Data folders of training and of real desks stay apart for ever.</translation>
    </message>
    <message>
        <source>医保中心所在的统筹区。接口文件由省里提供，放在数据文件夹的 regions 里。</source>
        <translation>The region of the bureau. Its file comes from the province and lies in regions of the data folder.</translation>
    </message>
    <message>
        <source>用来核对和说明每一笔的待遇规定。</source>
        <translation>The rules by which every bill is checked and explained.</translation>
    </message>
    <message>
        <source>用 ↑ ↓ 选，或直接写地址。插一张社保卡再按回车，可以试读。</source>
        <translation>Choose with ↑ ↓ or type an address. With a card in it Enter reads it.</translation>
    </message>
    <message>
        <source>医保前置机的地址，由信息科或医保中心提供。按回车试签到。</source>
        <translation>Address of the front-end server, from IT or the bureau. Enter tries to sign in.</translation>
    </message>
    <message>
        <source>退费、改设置等要负责人的口令。训练窗口可以空着。</source>
        <translation>Refunds and settings need a supervisor&apos;s password. A training desk may do without.</translation>
    </message>
    <message>
        <source>80 毫米小票打印机，先在系统里装好。小票同时存文件。</source>
        <translation>An 80 mm slip printer that the system knows. Slips are kept as files too.</translation>
    </message>
    <message>
        <source>光线暗的窗口用深色。</source>
        <translation>Dark suits a dim counter.</translation>
    </message>
    <message>
        <source>字太小就放大。放不下时用能放下的最大比例。下次启动生效。</source>
        <translation>Larger where it is too small to read; the largest that fits is used. From the next start.</translation>
    </message>
    <message>
        <source>读卡结果过了有效时间，收款前要再插一次卡。第三代卡要 PSAM 卡才读得出姓名；空着就自动找。</source>
        <translation>After that time the card is asked for again before money is taken. Third-generation cards are read with a PSAM only; left empty it is found by itself.</translation>
    </message>
    <message>
        <source>没有登录时，以及程序自己向医保中心查询时，用这个编号和姓名。</source>
        <translation>Used where nobody signs in, and when the program itself asks the bureau.</translation>
    </message>
    <message>
        <source>备份留几份；各窗口交换日汇总的文件夹，空着就用本机的。</source>
        <translation>How many backups stay; the common folder of day totals, empty for this machine&apos;s.</translation>
    </message>
    <message>
        <source>给顾客看金额。写型号和端口，空着就是没有。按回车试：显示屏上应该是 8888.88。</source>
        <translation>Shows amounts to the customer. Write model and port, or nothing where there is none. Enter tries it: 8888.88.</translation>
    </message>
    <message>
        <source>报出应收、实收、找零。写型号和端口，空着就是没有。按回车试：会报 88.88 元。</source>
        <translation>Says what is due, received and given back. Write model and port, or nothing where there is none. Enter tries it: 88.88 yuan.</translation>
    </message>
    <message>
        <source>收付现金时弹开。接在显示屏上的，写显示屏的型号和端口；空着就是没有。按回车试：钱箱会弹开。</source>
        <translation>Opens when cash goes in or out. One that hangs on the display has the display&apos;s model and port; empty where there is none. Enter tries it: it opens.</translation>
    </message>
    <message>
        <source>只有接串口的扫码枪要写；像键盘一样打字的不用。空着就是没有。按回车后，10 秒内扫任意一个码。</source>
        <translation>Only a scanner on a serial line; one that types like a keyboard needs nothing here. After Enter scan any code within 10 s.</translation>
    </message>
    <message>
        <source>机构编号</source>
        <translation>Institution code</translation>
    </message>
    <message>
        <source>机构名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>医院等级</source>
        <translation>Hospital level</translation>
    </message>
    <message>
        <source>1 至 3；药店不用改</source>
        <translation>1 to 3; pharmacies leave it</translation>
    </message>
    <message>
        <source>本窗口的号</source>
        <translation>This desk</translation>
    </message>
    <message>
        <source>全机构窗口数</source>
        <translation>Desks in all</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>工号</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>口令</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>再输一次</source>
        <translation>Once more</translation>
    </message>
    <message>
        <source>至少 8 位</source>
        <translation>8 characters or more</translation>
    </message>
    <message>
        <source>有效（分钟）</source>
        <translation>Counts (min)</translation>
    </message>
    <message>
        <source>读卡时限（毫秒）</source>
        <translation>Time limit (ms)</translation>
    </message>
    <message>
        <source>PSAM 卡</source>
        <translation>PSAM</translation>
    </message>
    <message>
        <source>空：自动找；none：不用；或读卡器地址</source>
        <translation>empty: found; none: not used</translation>
    </message>
    <message>
        <source>读卡设置</source>
        <translation>Card reading</translation>
    </message>
    <message>
        <source>每张卡验真伪（yes/no）</source>
        <translation>Test all cards (yes/no)</translation>
    </message>
    <message>
        <source>训练时记录卡片指令（yes/no）</source>
        <translation>Log card commands (training, yes/no)</translation>
    </message>
    <message>
        <source>例 led8:/dev/ttyS1，vfd220:COM3</source>
        <translation>e.g. led8:/dev/ttyS1, vfd220:COM3</translation>
    </message>
    <message>
        <source>例 tdkj:/dev/ttyS2，syc:COM4</source>
        <translation>e.g. tdkj:/dev/ttyS2, syc:COM4</translation>
    </message>
    <message>
        <source>例 drawer:/dev/ttyS3，led8:/dev/ttyS1</source>
        <translation>e.g. drawer:/dev/ttyS3, led8:/dev/ttyS1</translation>
    </message>
    <message>
        <source>例 scanner:/dev/ttyACM0</source>
        <translation>e.g. scanner:/dev/ttyACM0</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>保留份数</source>
        <translation>Backups</translation>
    </message>
    <message>
        <source>文件夹</source>
        <translation>Folder</translation>
    </message>
    <message>
        <source>没有可选的统筹区。请把接口文件放进数据文件夹的 regions 里再按回车；或按 Esc 改选训练。</source>
        <translation>There is no region to choose. Put its file into regions of the data folder and press Enter, or Esc to choose training.</translation>
    </message>
    <message>
        <source>检查结果</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>上一步：{step}</source>
        <translation>Before: {step}</translation>
    </message>
    <message>
        <source>可以</source>
        <translation>good</translation>
    </message>
    <message>
        <source>请看一下</source>
        <translation>look</translation>
    </message>
    <message>
        <source>还不行</source>
        <translation>not yet</translation>
    </message>
    <message>
        <source>按回车检查。</source>
        <translation>Enter tests it.</translation>
    </message>
    <message>
        <source>先不管，往下走</source>
        <translation>go on without</translation>
    </message>
    <message>
        <source>照样保存</source>
        <translation>save all the same</translation>
    </message>
    <message>
        <source>正式窗口</source>
        <translation>A real desk</translation>
    </message>
    <message>
        <source>连真医保，收真钱。</source>
        <translation>Real bureau, real money.</translation>
    </message>
    <message>
        <source>这个数据文件夹以后不能改成训练。</source>
        <translation>This data folder can never become one for training.</translation>
    </message>
    <message>
        <source>检查并继续</source>
        <translation>Test and go on</translation>
    </message>
    <message>
        <source>完成，打开窗口</source>
        <translation>Finish, open the desk</translation>
    </message>
    <message>
        <source>填好按回车，检查后到下一步；按 Esc 回上一步。</source>
        <translation>Enter tests and goes on; Esc goes one step back.</translation>
    </message>
    <message>
        <source>用 ↑ ↓ 选，按回车到下一步；按 Esc 回上一步。</source>
        <translation>Choose with ↑ ↓, Enter goes on; Esc goes one step back.</translation>
    </message>
    <message>
        <source>请核对。按回车写入设置并打开窗口；按 Esc 回去改。</source>
        <translation>Please check. Enter writes the settings and opens the desk; Esc goes back to change them.</translation>
    </message>
    <message>
        <source>接着上次的设置，前面的都保存着。</source>
        <translation>Going on where you left; what came before is kept.</translation>
    </message>
    <message>
        <source>检查过的几步都保存着，下次启动接着填。再按一次 Esc 关闭窗口。</source>
        <translation>All tested steps are kept for the next start. Esc again closes the window.</translation>
    </message>
    <message>
        <source>正在找读卡器</source>
        <translation>Looking for readers</translation>
    </message>
    <message>
        <source>正在检查“{step}”</source>
        <translation>Testing “{step}”</translation>
    </message>
    <message>
        <source>请用扫码枪扫任意一个码</source>
        <translation>Scan any code now</translation>
    </message>
    <message>
        <source>正在写入设置，建立账本</source>
        <translation>Writing the settings, making the books</translation>
    </message>
    <message>
        <source>设置项</source>
        <translation>Setting</translation>
    </message>
    <message>
        <source>现在</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>不能改</source>
        <translation>fixed</translation>
    </message>
    <message>
        <source>改这一项</source>
        <translation>Change it</translation>
    </message>
    <message>
        <source>检查并保存</source>
        <translation>Test and save</translation>
    </message>
    <message>
        <source>用 ↑ ↓ 选一项，按回车去改；按 Esc 返回。</source>
        <translation>Choose with ↑ ↓, Enter changes it; Esc goes back.</translation>
    </message>
    <message>
        <source>改好按回车，检查后保存；按 Esc 不改。</source>
        <translation>Enter tests and saves; Esc leaves it as it was.</translation>
    </message>
    <message>
        <source>用 ↑ ↓ 选，按回车保存；按 Esc 不改。</source>
        <translation>Choose with ↑ ↓, Enter saves; Esc leaves it as it was.</translation>
    </message>
    <message>
        <source>“{step}”{why}。要换，请用新的数据文件夹。</source>
        <translation>“{step}”: {why}. To change it, use a new data folder.</translation>
    </message>
    <message>
        <source>“{step}”{why}，不能在这里改。</source>
        <translation>“{step}”: {why}; it cannot be changed here.</translation>
    </message>
    <message>
        <source>灰色的有账以后不能改。</source>
        <translation>What is grey is fixed since there are books.</translation>
    </message>
    <message>
        <source>已保存：{step}。</source>
        <translation>Saved: {step}.</translation>
    </message>
    <message>
        <source>已保存：{step}。按 Esc 返回时按新设置重新打开。</source>
        <translation>Saved: {step}. Esc goes back and opens the desk anew with it.</translation>
    </message>
    <message>
        <source>已保存：{step}。下次启动生效。</source>
        <translation>Saved: {step}, from the next start on.</translation>
    </message>
    <message>
        <source>没有改动。</source>
        <translation>Nothing was changed.</translation>
    </message>
    <message>
        <source>改设置：{step}</source>
        <translation>change a setting: {step}</translation>
    </message>
    <message>
        <source>正在为人收费，没有打开设置。请先收完或挂单，再按 F1、S。</source>
        <translation>Somebody is being served, so the settings stay closed. Finish or park the bill, then F1 and S.</translation>
    </message>
    <message>
        <source>有什么用</source>
        <translation>What it is for</translation>
    </message>
    <message>
        <source>还没有登录</source>
        <translation>Not signed in</translation>
    </message>
    <message>
        <source>登录</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>每笔收费记在登录的人名下。忘了口令请负责人重设。</source>
        <translation>Every sale is booked in the name of whoever is signed in. A supervisor can set a new password.</translation>
    </message>
    <message>
        <source>请输入工号和口令，按回车登录。</source>
        <translation>Type name and password; Enter signs in.</translation>
    </message>
    <message>
        <source>正在核对口令</source>
        <translation>Checking the password</translation>
    </message>
    <message>
        <source>还没有输入工号，没有核对。请先输入工号。</source>
        <translation>No name was typed, so nothing was checked. Type the name first.</translation>
    </message>
    <message>
        <source>负责人同意</source>
        <translation>Supervisor&apos;s word</translation>
    </message>
    <message>
        <source>这一步要负责人同意：</source>
        <translation>This step needs a supervisor:</translation>
    </message>
    <message>
        <source>负责人工号</source>
        <translation>Supervisor</translation>
    </message>
    <message>
        <source>同意后马上做，负责人的工号记入审计记录。</source>
        <translation>It is done at once; the supervisor&apos;s name goes into the audit record.</translation>
    </message>
    <message>
        <source>请负责人输入工号和口令，按回车同意；按 Esc 返回，什么也不做。</source>
        <translation>Supervisor: type name and password, Enter allows it. Esc goes back, nothing is done.</translation>
    </message>
    <message>
        <source>同意</source>
        <translation>Allow</translation>
    </message>
    <message>
        <source>负责人没有同意，什么也没有做。</source>
        <translation>No supervisor allowed it; nothing was done.</translation>
    </message>
    <message>
        <source>正在打开账本</source>
        <translation>Opening the books</translation>
    </message>
    <message>
        <source>可以先扫药品，打开后自动接上</source>
        <translation>Items may be scanned already; they follow</translation>
    </message>
    <message>
        <source>正在打开账本。现在就可以扫药品，打开后自动录入。</source>
        <translation>Opening the books. Scan items now if you like; they are entered then.</translation>
    </message>
    <message>
        <source>这个窗口没有打开</source>
        <translation>This desk did not open</translation>
    </message>
    <message>
        <source>没有收费，也没有改动任何账。</source>
        <translation>No money was taken and nothing was changed.</translation>
    </message>
    <message>
        <source>处理好以后按回车再试；按 Esc 关闭窗口。</source>
        <translation>When that is put right, Enter tries again; Esc closes the window.</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>关闭窗口</source>
        <translation>close the window</translation>
    </message>
    <message>
        <source>给信息科</source>
        <translation>For IT</translation>
    </message>
    <message>
        <source>数据文件夹</source>
        <translation>Data folder</translation>
    </message>
    <message>
        <source>代码</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>设定的显示比例在这块屏幕上放不下，已改用 {used}%。</source>
        <translation>The size that is set does not fit this screen; {used}% is used.</translation>
    </message>
    <message>
        <source>住院</source>
        <translation>Stays</translation>
    </message>
    <message>
        <source>入院</source>
        <translation>Admitted</translation>
    </message>
    <message>
        <source>{count} 天</source>
        <translation>{count} d</translation>
    </message>
    <message>
        <source>住院费</source>
        <translation>Charges</translation>
    </message>
    <message>
        <source>押金</source>
        <translation>Deposit</translation>
    </message>
    <message>
        <source>{count} 人，↑ ↓ 选</source>
        <translation>{count}, ↑ ↓ choose</translation>
    </message>
    <message>
        <source>查找</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>住院号、姓名、床号</source>
        <translation>number, name, bed</translation>
    </message>
    <message>
        <source>没有要办的住院</source>
        <translation>No stay to work on</translation>
    </message>
    <message>
        <source>办入院：请插卡；没有卡按 F2。已办完的，输住院号查找。</source>
        <translation>To admit somebody insert the card, or press F2. A stay that is done is found by its number.</translation>
    </message>
    <message>
        <source>请核对住院号、姓名或床号；按 Esc 看全部。</source>
        <translation>Check number, name or bed; Esc shows all.</translation>
    </message>
    <message>
        <source>选中的住院</source>
        <translation>chosen stay</translation>
    </message>
    <message>
        <source>列表里姓名按规定遮盖，打开后显示全名。</source>
        <translation>Names in lists are masked; an open stay shows the whole name.</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>办理入院</source>
        <translation>Admit</translation>
    </message>
    <message>
        <source>插卡直接到本人的住院，没有住院就办入院；没有卡按 F2。↑ ↓ 选，回车打开。</source>
        <translation>A card opens its own stay, or an admission; without a card F2. ↑ ↓ choose, Enter opens.</translation>
    </message>
    <message>
        <source>请插卡；没有卡按 F2。</source>
        <translation>Insert the card; without a card press F2.</translation>
    </message>
    <message>
        <source>没有找到。改一改再找，或按 Esc。</source>
        <translation>Nothing found. Type something else, or press Esc.</translation>
    </message>
    <message>
        <source>{name}没有在院。按回车办理入院。</source>
        <translation>{name} is not in hospital. Enter admits.</translation>
    </message>
    <message>
        <source>回到收费</source>
        <translation>back to sales</translation>
    </message>
    <message>
        <source>{days} 天</source>
        <translation>{days} d</translation>
    </message>
    <message>
        <source>出院</source>
        <translation>Discharged</translation>
    </message>
    <message>
        <source>诊断</source>
        <translation>Diagnosis</translation>
    </message>
    <message>
        <source>本年住院</source>
        <translation>Stay of the year</translation>
    </message>
    <message>
        <source>第 {number} 次</source>
        <translation>no. {number}</translation>
    </message>
    <message>
        <source>代保管：{documents}</source>
        <translation>Kept: {documents}</translation>
    </message>
    <message>
        <source>还没有识别本人</source>
        <translation>Not identified yet</translation>
    </message>
    <message>
        <source>试算和出院要插卡，没有卡按 F2</source>
        <translation>A trial needs the card, or F2</translation>
    </message>
    <message>
        <source>费用合计</source>
        <translation>Charges</translation>
    </message>
    <message>
        <source>住院费用</source>
        <translation>Charges of the stay</translation>
    </message>
    <message>
        <source>{count} 行，已上传</source>
        <translation>Rows uploaded: {count}</translation>
    </message>
    <message>
        <source>还没有费用</source>
        <translation>Nothing is charged yet</translation>
    </message>
    <message>
        <source>按回车录费用，或按 I 从文件导入。</source>
        <translation>Enter enters charges, I imports a file.</translation>
    </message>
    <message>
        <source>录费用</source>
        <translation>Enter charges</translation>
    </message>
    <message>
        <source>从文件导入</source>
        <translation>Import a file</translation>
    </message>
    <message>
        <source>{count} 行录了还没上传，按回车接着录</source>
        <translation>Not uploaded yet: {count}; Enter goes on</translation>
    </message>
    <message>
        <source>出院结算</source>
        <translation>Discharge</translation>
    </message>
    <message>
        <source>回车录费用，D 押金，I 导入，F5 试算，F8 出院结算。</source>
        <translation>Enter charges, D deposit, I import, F5 trial, F8 discharge.</translation>
    </message>
    <message>
        <source>已出院，还没有结算。按 F8 接着结算。</source>
        <translation>Discharged and not settled. F8 goes on.</translation>
    </message>
    <message>
        <source>结算已完成，还有押金或证件要退。按 F8 办完。</source>
        <translation>Settled; deposit or documents go back. F8 finishes.</translation>
    </message>
    <message>
        <source>这次住院已经办完。F10 补打结算单，F9 撤销。</source>
        <translation>This stay is done. F10 prints the slip, F9 takes it back.</translation>
    </message>
    <message>
        <source>这次入院没有办成或已撤销。按 Esc 返回。</source>
        <translation>Not admitted, or taken back. Esc goes back.</translation>
    </message>
    <message>
        <source>结果未知，先不要再办</source>
        <translation>Outcome unknown: do nothing again</translation>
    </message>
    <message>
        <source>还没有识别本人，没有试算。请插本人的卡；没有卡按 F2。</source>
        <translation>Not identified yet, so no trial was made. Insert the patient&apos;s card; without one press F2.</translation>
    </message>
    <message>
        <source>已上传 {count} 行费用。</source>
        <translation>Rows uploaded: {count}.</translation>
    </message>
    <message>
        <source>{count} 行费用留着，还没有上传。按回车接着录。</source>
        <translation>Lines kept, not uploaded: {count}. Enter goes on.</translation>
    </message>
    <message>
        <source>再按一次 Del，撤销这一批已上传的 {count} 行费用；按其他键保留。</source>
        <translation>Del again withdraws this whole upload (rows: {count}); any other key keeps it.</translation>
    </message>
    <message>
        <source>已撤销 {count} 行费用。</source>
        <translation>Rows withdrawn: {count}.</translation>
    </message>
    <message>
        <source>正在撤销费用</source>
        <translation>Withdrawing charges</translation>
    </message>
    <message>
        <source>这一批已经结算，不能撤销。请先按 F9 撤销结算。</source>
        <translation>These rows are settled. Take the settlement back first (F9).</translation>
    </message>
    <message>
        <source>撤销出院：{name}，住院号 {number}</source>
        <translation>Take the discharge back: {name}, stay {number}</translation>
    </message>
    <message>
        <source>撤销入院：{name}，住院号 {number}</source>
        <translation>Take the admission back: {name}, stay {number}</translation>
    </message>
    <message>
        <source>撤销全部费用 {amount} 元：{name}，住院号 {number}</source>
        <translation>Withdraw all charges, {amount} yuan: {name}, stay {number}</translation>
    </message>
    <message>
        <source>再按一次 F9 撤销出院，病人回到在院；按其他键保留。</source>
        <translation>F9 again takes the discharge back; any other key keeps it.</translation>
    </message>
    <message>
        <source>再按一次 F9 撤销入院，押金和证件退还；按其他键保留。</source>
        <translation>F9 again takes the admission back; any other key keeps it.</translation>
    </message>
    <message>
        <source>撤销入院前要先撤销费用。再按一次 F9 撤销全部 {count} 行；按其他键保留。</source>
        <translation>Charges go first: F9 again withdraws them all (rows: {count}); any other key keeps them.</translation>
    </message>
    <message>
        <source>已撤销出院，病人回到在院。可以改费用后再出院。</source>
        <translation>The discharge is taken back. Change the charges, then discharge again.</translation>
    </message>
    <message>
        <source>已撤销入院。请按 F8 退还押金和证件。</source>
        <translation>The admission is taken back. F8 hands deposit and documents back.</translation>
    </message>
    <message>
        <source>费用已全部撤销。要撤销入院请再按 F9。</source>
        <translation>All charges are withdrawn. F9 takes the admission back.</translation>
    </message>
    <message>
        <source>正在撤销，不要重复按键</source>
        <translation>Taking it back, do not press again</translation>
    </message>
    <message>
        <source>押金收据</source>
        <translation>Deposit receipts</translation>
    </message>
    <message>
        <source>{count} 张</source>
        <translation>{count}</translation>
    </message>
    <message>
        <source>收据号</source>
        <translation>Receipt</translation>
    </message>
    <message>
        <source>方式</source>
        <translation>Means</translation>
    </message>
    <message>
        <source>还没有收押金</source>
        <translation>No deposit yet</translation>
    </message>
    <message>
        <source>请输金额，按 F8 收押金，收据自动打印。</source>
        <translation>Type an amount; F8 takes it and prints the receipt.</translation>
    </message>
    <message>
        <source>押金余额</source>
        <translation>Deposit held</translation>
    </message>
    <message>
        <source>收押金</source>
        <translation>Deposit</translation>
    </message>
    <message>
        <source>退押金</source>
        <translation>Deposit back</translation>
    </message>
    <message>
        <source>收押金 {amount}</source>
        <translation>Take {amount}</translation>
    </message>
    <message>
        <source>退押金 {amount}</source>
        <translation>Hand back {amount}</translation>
    </message>
    <message>
        <source>{label}・{means}</source>
        <translation>{label}, {means}</translation>
    </message>
    <message>
        <source>请输金额，W Z Y 换方式，按 F8 收押金；要退按 F9。</source>
        <translation>Type an amount, W Z Y for other means, F8 takes it; F9 gives back.</translation>
    </message>
    <message>
        <source>请输要退的金额，最多 {held} 元，按 F8 退；按 F9 改回收押金。</source>
        <translation>Type what goes back, at most {held}; F8 hands it back, F9 turns to taking.</translation>
    </message>
    <message>
        <source>已收押金 {amount} 元（{means}），收据 {number}。押金共 {held} 元。按 Esc 回到住院。</source>
        <translation>{amount} taken ({means}), receipt {number}; {held} held. Esc goes back to the stay.</translation>
    </message>
    <message>
        <source>请退 {amount} 元（{means}），已登记，单据 {number}。押金余 {held} 元。</source>
        <translation>Hand back {amount} ({means}), noted as {number}; {held} left.</translation>
    </message>
    <message>
        <source>“{typed}”不是金额，没有动押金。请输入元和角分，例如 2000。</source>
        <translation>“{typed}” is no amount; the deposit is untouched. Type yuan, as in 2000.</translation>
    </message>
    <message>
        <source>还没有输金额，没有动押金。请输金额，按 F8。</source>
        <translation>No amount is typed; the deposit is untouched. Type one, then F8.</translation>
    </message>
    <message>
        <source>X 现金  W 微信  Z 支付宝  Y 银行卡</source>
        <translation>X cash  W WeChat  Z Alipay  Y card</translation>
    </message>
    <message>
        <source>请输入银行卡小票上的交易号，按 F8 收押金。</source>
        <translation>Type the reference on the card&apos;s receipt, then F8.</translation>
    </message>
    <message>
        <source>收押金、退押金</source>
        <translation>take or give back a deposit</translation>
    </message>
    <message>
        <source>撤销选中那一批费用，要按两次</source>
        <translation>withdraw the chosen upload; twice</translation>
    </message>
    <message>
        <source>待办 {count}</source>
        <translation>To do {count}</translation>
    </message>
    <message>
        <source>没有待办</source>
        <translation>Nothing to do</translation>
    </message>
    <message>
        <source>没有待办。按 Esc 返回。</source>
        <translation>Nothing to do. Esc goes back.</translation>
    </message>
    <message>
        <source>没有结果未知的，没有要补收或退还的，账都清楚。</source>
        <translation>No unknown outcome, nothing to collect or give back; everything is clear.</translation>
    </message>
    <message>
        <source>用 ↑ ↓ 选</source>
        <translation>choose with ↑ ↓</translation>
    </message>
    <message>
        <source>选中的待办</source>
        <translation>selected task</translation>
    </message>
    <message>
        <source>与个人无关</source>
        <translation>No single person</translation>
    </message>
    <message>
        <source>事项</source>
        <translation>What</translation>
    </message>
    <message>
        <source>姓名、证件号按规定遮盖</source>
        <translation>Names and numbers masked</translation>
    </message>
    <message>
        <source>涉及金额</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>应补收</source>
        <translation>To collect</translation>
    </message>
    <message>
        <source>应退还</source>
        <translation>To give back</translation>
    </message>
    <message>
        <source>证据</source>
        <translation>Evidence</translation>
    </message>
    <message>
        <source>中心</source>
        <translation>bureau</translation>
    </message>
    <message>
        <source>本机</source>
        <translation>desk</translation>
    </message>
    <message>
        <source>需要负责人口令，留审计记录</source>
        <translation>Needs a supervisor, recorded</translation>
    </message>
    <message>
        <source>怎么处理的</source>
        <translation>How settled</translation>
    </message>
    <message>
        <source>写明怎么处理的，回车办结；按 Esc 不办。</source>
        <translation>Say how it was settled, Enter finishes it; Esc: not now.</translation>
    </message>
    <message>
        <source>还没写怎么处理的，没有办结。请写几个字再回车，或按 Esc 不办。</source>
        <translation>Nothing was written, so it is not finished. Write a few words and Enter, or Esc.</translation>
    </message>
    <message>
        <source>已收现金</source>
        <translation>Cash received</translation>
    </message>
    <message>
        <source>已收{means}</source>
        <translation>{means} received</translation>
    </message>
    <message>
        <source>已退现金</source>
        <translation>Cash given back</translation>
    </message>
    <message>
        <source>收到现金按回车；W 微信、Z 支付宝、Y 银行卡。按 Esc 不收。</source>
        <translation>Cash received: Enter; W WeChat, Z Alipay, Y bank card. Esc: not now.</translation>
    </message>
    <message>
        <source>把现金退给参保人，再按一次回车登记。按 Esc 不办。</source>
        <translation>Give the cash back, then Enter again. Esc: not now.</translation>
    </message>
    <message>
        <source>请输入{means}小票上的交易号，回车登记；按 Esc 改回现金。</source>
        <translation>Type the number on the {means} slip, Enter; Esc: cash again.</translation>
    </message>
    <message>
        <source>还没有交易号，没有登记。请照小票输入，或按 Esc 改回现金。</source>
        <translation>The slip&apos;s number is missing, nothing was noted. Type it, or Esc for cash.</translation>
    </message>
    <message>
        <source>正在向医保中心查询这一笔</source>
        <translation>asking the bureau about it</translation>
    </message>
    <message>
        <source>选一件待办</source>
        <translation>Choose a task</translation>
    </message>
    <message>
        <source>结果未知</source>
        <translation>Outcome unknown</translation>
    </message>
    <message>
        <source>查清了：已入账</source>
        <translation>Known: booked</translation>
    </message>
    <message>
        <source>查清了：没有入账</source>
        <translation>Known: not booked</translation>
    </message>
    <message>
        <source>查清了：已自动撤销</source>
        <translation>Known: voided</translation>
    </message>
    <message>
        <source>待确认单 {id}</source>
        <translation>Slip {id}</translation>
    </message>
    <message>
        <source>单号 {id}</source>
        <translation>Bill {id}</translation>
    </message>
    <message>
        <source>正在向医保中心查询</source>
        <translation>Asking the bureau</translation>
    </message>
    <message>
        <source>问过 {count} 次，{seconds} 秒后再问</source>
        <translation>asked {count}×, again in {seconds} s</translation>
    </message>
    <message>
        <source>问过 {count} 次，正在问</source>
        <translation>asked {count}×, asking now</translation>
    </message>
    <message>
        <source>经过</source>
        <translation>What happened</translation>
    </message>
    <message>
        <source>已收，待确认</source>
        <translation>Held, unconfirmed</translation>
    </message>
    <message>
        <source>应退</source>
        <translation>To hand back</translation>
    </message>
    <message>
        <source>不用退款</source>
        <translation>Nothing to hand back</translation>
    </message>
    <message>
        <source>{means} 已收</source>
        <translation>Taken, {means}</translation>
    </message>
    <message>
        <source>退{means}</source>
        <translation>Back, {means}</translation>
    </message>
    <message>
        <source>不要重复收费</source>
        <translation>Do not charge again</translation>
    </message>
    <message>
        <source>{means} {amount} 单独放好</source>
        <translation>Keep {means} {amount} apart</translation>
    </message>
    <message>
        <source>请参保人凭待确认单取结果</source>
        <translation>Result against the slip</translation>
    </message>
    <message>
        <source>参保人已离开：查到就撤销</source>
        <translation>Left: void if booked</translation>
    </message>
    <message>
        <source>已登记参保人离开</source>
        <translation>Customer has left</translation>
    </message>
    <message>
        <source>已告知，下一位</source>
        <translation>Told, next person</translation>
    </message>
    <message>
        <source>医保中心没有回答，这一笔是否入账还不知道。系统正在查询，不要重复收费，可先按 F12 服务下一位。</source>
        <translation>The bureau gave no answer; whether this is booked is unknown. It is being asked. Do not charge again; F12 serves the next.</translation>
    </message>
    <message>
        <source>已登记参保人离开，钱已退还。查到已入账会自动撤销，按 F12 服务下一位。</source>
        <translation>Customer left, money handed back. Found booked, it is voided by itself. F12: next person.</translation>
    </message>
    <message>
        <source>先把收下的钱退还，再按一次 F9 登记参保人离开；以后查到已入账会自动撤销。按 Esc 不登记。</source>
        <translation>Hand the money back first, then F9 again notes that the customer left; found booked, it will be voided. Esc: not.</translation>
    </message>
    <message>
        <source>看单子的下一行</source>
        <translation>Look at the next line</translation>
    </message>
    <message>
        <source>这一笔还在查，按 F12 服务下一位；以后在 F11 待办里看结果。</source>
        <translation>This one is still being asked; F12 serves the next person. The outcome will stand in F11.</translation>
    </message>
    <message>
        <source>请插卡</source>
        <translation>Insert the card</translation>
    </message>
    <message>
        <source>芯片面朝上，插到底，读完再取</source>
        <translation>Chip up, all the way in; leave it until it is read</translation>
    </message>
    <message>
        <source>请插卡；没有卡按 F2。也可以先扫药品。</source>
        <translation>Insert the card; without one press F2. Items may be scanned first.</translation>
    </message>
    <message>
        <source>放卡，按回车</source>
        <translation>Card in, then Enter</translation>
    </message>
    <message>
        <source>卡放好不动，读完再取</source>
        <translation>leave it until it is read</translation>
    </message>
    <message>
        <source>请把卡放好，按回车读卡；没有卡按 F2。也可以先扫药品。</source>
        <translation>Put the card in and press Enter; without one press F2. Goods may be scanned first.</translation>
    </message>
    <message>
        <source>读卡</source>
        <translation>Read the card</translation>
    </message>
    <message>
        <source>没有卡</source>
        <translation>No card</translation>
    </message>
    <message>
        <source>身份证号、医保电子凭证</source>
        <translation>ID number, e-voucher</translation>
    </message>
    <message>
        <source>入院登记、押金、记账、出院结算</source>
        <translation>admit, deposit, charges, discharge</translation>
    </message>
    <message>
        <source>取回挂单</source>
        <translation>Parked bills</translation>
    </message>
    <message>
        <source>{count} 笔</source>
        <translation>{count}</translation>
    </message>
    <message>
        <source>没有挂单</source>
        <translation>none</translation>
    </message>
    <message>
        <source>本班 {since} 起</source>
        <translation>This shift, from {since}</translation>
    </message>
    <message>
        <source>收费</source>
        <translation>Sold</translation>
    </message>
    <message>
        <source>现金数在交班清点后显示</source>
        <translation>Cash is shown after the count at handover</translation>
    </message>
    <message>
        <source>上一笔</source>
        <translation>Last bill</translation>
    </message>
    <message>
        <source>已入账，单据已打印</source>
        <translation>Booked, slip printed</translation>
    </message>
    <message>
        <source>已入账，单据已存档</source>
        <translation>Booked, slip filed</translation>
    </message>
    <message>
        <source>已入账，单据没打出来</source>
        <translation>Booked, slip not printed</translation>
    </message>
    <message>
        <source>离线暂结，联网后自动上传。已收 {tendered}，找零 {change}，请把暂结单交给参保人。下一位请插卡。</source>
        <translation>Settled offline, sent later. {tendered} taken, {change} change; give the slip. Next: insert the card.</translation>
    </message>
    <message>
        <source>已收 {tendered}，找零 {change}。请把单据交给参保人，下一位请插卡。</source>
        <translation>{tendered} taken, {change} change. Hand over the slip; next card, please.</translation>
    </message>
    <message>
        <source>已收 {tendered}，不用找零。请把单据交给参保人，下一位请插卡。</source>
        <translation>{tendered} taken, no change. Hand over the slip; next card, please.</translation>
    </message>
    <message>
        <source>已收 {tendered}，找零 {change}。与本机计算有 {count} 处不同，按医保中心的收，差异已登记。下一位请插卡。</source>
        <translation>{tendered} taken, {change} change. Figures that differ from ours: {count}; the bureau&apos;s stand, it is noted. Next card, please.</translation>
    </message>
    <message>
        <source>上次没收完的 {count} 行已取回。请重新插卡核对后再收款。</source>
        <translation>The unfinished bill is back (lines: {count}). Insert the card again before collecting.</translation>
    </message>
    <message>
        <source>已挂单。下一位请插卡；按 F12 取回。</source>
        <translation>Parked. Next card, please; F12 brings the bill back.</translation>
    </message>
</context>
</TS>
