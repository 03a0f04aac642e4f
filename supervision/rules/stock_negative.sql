/*
title      = "Billed more than there was"
title_zh   = "进销存不符"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (4), art. 40 (3); national list of rule types 2025, no. 43 and 48; typical problem list 2025, no. 4 and 33"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第四项、第四十条第三项；国家两库（2025年版）第43、48类规则；2025年版典型问题清单第4、33条"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S4"
violations = ["V17", "V11"]
natl_rule  = ["药品进销存异常", "医用耗材进销存异常"]
needs      = ["stock"]
back       = 3
ahead      = 1
about      = "Between two counts of the stock an institution billed more of an item than it can have handed out: what it had, and what came in less what went out otherwise, less what was left. The excess is set against the latest lines that were settled in the month of the second count, at the prices they were billed at."
about_zh   = "两次盘存之间，机构收费数量超过其可供数量（期初盘存加入库，减其他出库，减期末盘存）。超出部分从末次盘存当月结算的最后发生的明细起，按其计费价格计算涉及金额。"
innocent   = "Left out: items that were never counted twice within the months looked at; an excess of up to ten units or a small part of the purchases, or worth little, for counts are never quite right; lines reversed. Not visible in the data: goods that came without a document, consigned stock, gifts, other codes for the same goods, packs counted in another unit than they are billed in; what was sold without insurance, which would only add to the excess."
innocent_zh = "不计入：回溯期内未两次盘存的品种；超出不超过十个单位或采购量的一定比例、金额较小的（盘点误差）；已冲销明细。数据无法识别：无单据入库、寄售、赠药；同品种不同编码；盘存与计费的计量单位不同；自费销售（只会增加超出数量）。"
because    = "From {begun} to {day} {billed} units were billed where {available} were there to hand out: {excess} too many"
because_zh = "{begun}至{day}收费{billed}，可供数量{available}，超出{excess}"

[parameters.tolerance]
value  = 5
source = "catalogue F06, TOL: per cent of what was purchased; starting value, not law"
since  = 2026-04-01

[parameters.units]
value  = 10
source = "catalogue F06: units that may be missing in any case; starting value, not law"
since  = 2026-04-01

[parameters.yuan]
value  = 5000
source = "catalogue F06, MIN_AMT: yuan that the excess is worth at the average price; starting value, not law"
since  = 2026-04-01

[columns]
quantity  = "qty"
billed    = "qty"
available = "qty"
excess    = "qty"

[given]
stock_history = """
movement | institution | item | kind     | quantity | done_at
c1       | North       | X1   | count    | 20       | 2026-02-28 20:00
p1       | North       | X1   | purchase | 200      | 2026-03-02 09:00
"""
stock = """
movement | institution | item | kind     | quantity | done_at
c2       | North       | X1   | count    | 30       | 2026-03-31 20:00
"""

[examples]
"300 boxes billed, 200 purchased, 20 before, 30 after: 110 too many · 收费300盒，采购200，期初20，期末30：超出110" = """
charge | item | quantity | amount   | price | done_at          | flagged
a      | X1   | 100      | 5000.00  | 50    | 2026-03-05 09:00 |
b      | X1   | 100      | 5000.00  | 50    | 2026-03-10 09:00 | 500.00 high
c      | X1   | 100      | 5000.00  | 50    | 2026-03-20 09:00 | 5000.00 high
"""
"As many as there were and ten; one more; another institution, another item · 恰在十个单位内；多一个；其他机构、品种" = """
charge | institution | item | quantity | amount    | price | done_at          | flagged
a      | North       | X1   | 200      | 200000.00 | 1000  | 2026-03-05 09:00 |
b      | South       | X1   | 500      | 500000.00 | 1000  | 2026-03-10 09:00 |
c      | North       | X2   | 500      | 500000.00 | 1000  | 2026-03-10 09:00 |
"""
"The day of the first count is over, that of the second counts · 首次盘存当日不计，末次盘存当日计入" = """
charge | item | quantity | amount    | price | done_at          | flagged
a      | X1   | 190      | 190000.00 | 1000  | 2026-03-05 09:00 |
b      | X1   | 50       | 50000.00  | 1000  | 2026-02-28 09:00 |
c      | X1   | 50       | 50000.00  | 1000  | 2026-04-01 09:00 |
d      | X1   | 11       | 11000.00  | 1000  | 2026-03-31 21:00 | 11000.00
"""
"Eleven too many are not worth five thousand yuan; worth just that; more · 超出11盒不足五千元；恰五千元；超过" = """
charge | item | quantity | amount   | price  | done_at          | flagged
a      | X1   | 201      | 80400.00 | 400    | 2026-03-05 09:00 |
"""

[examples."Worth just five thousand yuan, and a little more · 超出部分恰值五千元；略多"]
stock_history = """
movement | institution | item | kind     | quantity | done_at
c1       | North       | X1   | count    | 0        | 2026-02-28 20:00
d1       | North       | X2   | count    | 0        | 2026-02-28 20:00
"""
stock = """
movement | institution | item | kind     | quantity | done_at
c2       | North       | X1   | count    | 0        | 2026-03-31 20:00
d2       | North       | X2   | count    | 0        | 2026-03-31 20:00
"""
charge = """
charge | item | quantity | amount   | price    | done_at          | flagged
a      | X1   | 20       | 5000.00  | 250      | 2026-03-05 09:00 |
b      | X2   | 20       | 5000.20  | 250.01   | 2026-03-05 09:00 | 5000.20
"""

[examples."Ten units may be missing, eleven may not; of large purchases a twentieth · 允许缺十个单位；采购量大的允许二十分之一"]
stock_history = """
movement | institution | item | kind     | quantity | done_at
a1       | North       | XA   | count    | 0        | 2026-02-28 20:00
b1       | North       | XB   | count    | 0        | 2026-02-28 20:00
c1       | North       | XC   | count    | 0        | 2026-02-28 20:00
c2       | North       | XC   | purchase | 400      | 2026-03-01 09:00
d1       | North       | XD   | count    | 0        | 2026-02-28 20:00
d2       | North       | XD   | purchase | 400      | 2026-03-31 09:00
"""
stock = """
movement | institution | item | kind     | quantity | done_at
a9       | North       | XA   | count    | 0        | 2026-03-31 20:00
b9       | North       | XB   | count    | 0        | 2026-03-31 20:00
c9       | North       | XC   | count    | 0        | 2026-03-31 20:00
d9       | North       | XD   | count    | 0        | 2026-03-31 20:00
"""
charge = """
charge | item | quantity | amount     | price | done_at          | flagged
a      | XA   | 10       | 10000.00   | 1000  | 2026-03-05 09:00 |
b      | XB   | 10.0001  | 10000.10   | 1000  | 2026-03-05 09:00 | 10000.10
c      | XC   | 420      | 420000.00  | 1000  | 2026-03-05 09:00 |
d      | XD   | 420.0001 | 420000.10  | 1000  | 2026-03-05 09:00 | 20000.10
"""

[examples."What came in and what went out otherwise; counts of another day, movements of other days · 其他入库、出库；期外变动"]
stock_history = """
movement | institution | item | kind            | quantity | done_at
o1       | North       | X1   | count           | 100      | 2026-02-20 20:00
c1       | North       | X1   | count           | 20       | 2026-02-28 20:00
m1       | North       | X1   | purchase        | 500      | 2026-02-28 09:00
m2       | North       | X1   | transfer_in     | 100      | 2026-03-01 09:00
m3       | North       | X1   | gain            | 10       | 2026-03-02 09:00
m4       | North       | X1   | other_in        | 20       | 2026-03-03 09:00
m5       | North       | X1   | transfer_out    | 5        | 2026-03-04 09:00
m6       | North       | X1   | loss            | 6        | 2026-03-05 09:00
m7       | North       | X1   | destroyed       | 7        | 2026-03-06 09:00
m8       | North       | X1   | other_out       | 8        | 2026-03-07 09:00
m9       | North       | X1   | supplier_return | 9        | 2026-03-31 09:00
n1       | North       | X1   | purchase        | 500      | 2026-04-01 09:00
n2       | South       | X1   | purchase        | 500      | 2026-03-10 09:00
n3       | North       | X2   | purchase        | 500      | 2026-03-10 09:00
"""
stock = """
movement | institution | item | kind     | quantity | done_at
c2       | North       | X1   | count    | 15       | 2026-03-31 20:00
"""
charge = """
charge | item | quantity | amount     | price | done_at          | flagged
a      | X1   | 115      | 115000.00  | 1000  | 2026-03-20 09:00 | 15000.00
"""

[examples."Lines of the time that are settled in another month count, but are not named; a single count says nothing; a time that ended before was judged then · 他月结算的期内明细计数但不列；仅一次盘存不判断；以往期间已另行判断"]
stock_history = """
movement | institution | item | kind     | quantity | done_at
c1       | North       | X1   | count    | 0        | 2026-02-20 20:00
d1       | North       | X5   | count    | 0        | 2026-02-10 20:00
d2       | North       | X5   | count    | 0        | 2026-02-20 20:00
"""
stock = """
movement | institution | item | kind     | quantity | done_at
c2       | North       | X1   | count    | 0        | 2026-03-10 20:00
s1       | North       | X3   | count    | 0        | 2026-03-10 20:00
"""
charge = """
charge | item | quantity | amount   | price | done_at          | flagged
a      | X1   | 30       | 30000.00 | 1000  | 2026-03-05 09:00 | 30000.00
b      | X3   | 30       | 30000.00 | 1000  | 2026-03-05 09:00 |
d      | X1   | 30       | 30000.00 | 1000  | 2026-02-20 09:00 |
e      | X5   | 30       | 30000.00 | 1000  | 2026-02-15 09:00 |
"""
history = """
charge | institution | item | quantity | amount   | price | done_at
c      | North       | X1   | 20       | 20000.00 | 1000  | 2026-02-25 09:00
"""
*/
WITH counts AS (  -- every count with the one before it; before the first of all there is no time to judge
    SELECT
        s.movement, s.institution, s.item, s.day, s.quantity,
        lag(s.day) OVER in_order AS begun, lag(s.quantity) OVER in_order AS opening
    FROM stock_history AS s
    WHERE s.kind = 'count'
    WINDOW in_order AS (PARTITION BY s.institution, s.item ORDER BY s.done_at, s.movement, s.quantity)
), spans AS (  -- the times that end with a count of the month
    SELECT c.movement, c.institution, c.item, c.begun, c.day, c.opening, c.quantity AS closing
    FROM counts AS c
    WHERE c.movement IN (SELECT s.movement FROM stock AS s)
), moved AS (  -- what came in and what went out otherwise
    SELECT
        p.movement,
        sum(CASE WHEN m.kind = 'purchase' THEN m.quantity ELSE 0 END) AS purchased,
        sum(CASE WHEN m.kind IN ('purchase', 'transfer_in', 'gain', 'other_in') THEN m.quantity
            WHEN m.kind IN ('transfer_out', 'loss', 'destroyed', 'other_out', 'supplier_return') THEN -m.quantity
            ELSE 0 END) AS gained
    FROM spans AS p
    JOIN stock_history AS m ON m.institution = p.institution AND m.item = p.item AND m.day > p.begun AND m.day <= p.day
    GROUP BY p.movement
), billed AS (  -- what was billed in that time, whenever it was settled
    SELECT p.movement, sum(h.quantity) AS billed, sum(h.amount) AS amount
    FROM spans AS p
    JOIN history AS h ON h.institution = p.institution AND h.item = p.item AND h.day > p.begun AND h.day <= p.day
    GROUP BY p.movement
), excess AS (
    SELECT
        p.movement, p.institution, p.item, p.begun, p.day, b.billed, b.amount, m.purchased,
        p.opening + m.gained - p.closing AS available, b.billed - (p.opening + m.gained - p.closing) AS excess
    FROM spans AS p
    JOIN billed AS b ON b.movement = p.movement
    JOIN moved AS m ON m.movement = p.movement  -- the second count itself is one of them
), named AS (  -- the latest lines first
    SELECT
        c.institution, c.claim, c.charge, c.item, c.quantity, c.amount, c.done_at, e.movement, e.begun, e.day, e.billed,
        e.available, e.excess,
        sum(c.quantity) OVER (
            PARTITION BY e.movement ORDER BY c.done_at DESC, c.charge DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - c.quantity AS taken
    FROM excess AS e
    JOIN charge AS c ON c.institution = e.institution AND c.item = e.item AND c.day > e.begun AND c.day <= e.day
    WHERE e.excess > $units * 10000 AND e.excess * 100 > e.purchased * $tolerance
        AND share(e.amount, e.excess, e.billed) > $yuan * 100
)
SELECT
    n.institution, n.claim, n.charge, share(n.amount, n.excess - n.taken, n.quantity) AS at_stake,
    least(n.quantity, n.excess - n.taken) AS units, n.movement AS finding,
    n.item, n.begun, n.day, n.billed, n.available, n.excess, n.quantity, n.done_at
FROM named AS n
WHERE n.taken < n.excess
