<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>pos</name>
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
        <source>没有找到</source>
        <translation>not found</translation>
    </message>
    <message>
        <source>待办</source>
        <translation>Tasks</translation>
    </message>
    <message>
        <source>帮助</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>识别</source>
        <translation>Find</translation>
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
        <source>账户</source>
        <translation variants="yes">
            <lengthvariant>Account</lengthvariant>
            <lengthvariant>Acct</lengthvariant>
        </translation>
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
        <source>正在打开账本……</source>
        <translation>Opening the books…</translation>
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
        <translation>Status</translation>
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
        <source>费用明细・普通购药</source>
        <translation>Items, pharmacy sale</translation>
    </message>
    <message>
        <source>{count} 行</source>
        <translation>{count} lines</translation>
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
        <translation>↑ ↓ choose, {count} lines</translation>
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
        <source>合计</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>实收</source>
        <translation>Tendered</translation>
    </message>
    <message>
        <source>找零</source>
        <translation>Change</translation>
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
        <source>结算</source>
        <translation>Settle</translation>
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
        <source>本次后</source>
        <translation>after this</translation>
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
        <translation>The bureau has tried it; we cannot check it ({why}). The bureau&apos;s figure stands, F8 collects.</translation>
    </message>
    <message>
        <source>正在向医保中心试算</source>
        <translation>Asking the bureau for its trial</translation>
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
        <source>没有要签知情同意书的行。</source>
        <translation>No line wants a consent.</translation>
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
        <source>单子是空的，再按 Esc 回到等待插卡。</source>
        <translation>The bill is empty; Esc again goes back.</translation>
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
        <source>费用</source>
        <translation>Items</translation>
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
        <source>没有卡</source>
        <translation>No card</translation>
    </message>
    <message>
        <source>身份证号、医保电子凭证</source>
        <translation>ID number, e-voucher</translation>
    </message>
    <message>
        <source>住院</source>
        <translation>Stays</translation>
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
        <source>结果未知</source>
        <translation>Outcome unknown</translation>
    </message>
    <message>
        <source>现金数在交班清点后显示</source>
        <translation>Cash is shown after the count at handover</translation>
    </message>
    <message>
        <source>应退现金</source>
        <translation>Hand back in cash</translation>
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
        <source>已收 {tendered}，找零 {change}。请把单据交给参保人，下一位请插卡。</source>
        <translation>{tendered} taken, {change} change. Hand over the slip; next card, please.</translation>
    </message>
    <message>
        <source>已收 {tendered}，不用找零。请把单据交给参保人，下一位请插卡。</source>
        <translation>{tendered} taken, no change. Hand over the slip; next card, please.</translation>
    </message>
    <message>
        <source>上次没收完的 {count} 行已取回。请重新插卡核对后再收款。</source>
        <translation>The {count} lines of the unfinished bill are back. Insert the card again before collecting.</translation>
    </message>
    <message>
        <source>已挂单。下一位请插卡；按 F12 取回。</source>
        <translation>Parked. Next card, please; F12 brings the bill back.</translation>
    </message>
</context>
</TS>
