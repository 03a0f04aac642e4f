/*
title      = "Pack sold to a member, then on the market elsewhere"
title_zh   = "回流药（先售后再售）"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (4), (5), art. 41; Implementing Rules (NHSA Order 7), art. 31; typical problem list 2025 for pharmacies, no. 4 and 5"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第四项、第五项、第四十一条；《实施细则》（国家医疗保障局令第7号）第三十一条；2025年版零售药店典型问题清单第4、5条"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S4"
violations = ["V11", "V12", "V21"]
natl_rule  = ["药品进销存异常"]
needs      = ["scan"]
subject    = "institution"
about      = "A pack that the fund had paid for appeared again at another institution days or months later, as stock taken in or as another sale, and had not come back in between: somebody collects drugs from insured persons and sells them on. Accused is the reading at the other institution; of a sale that was settled, the pack's share of its line. The first sale is shown beside it. That one code was sold twice is accused by the rule on repeated codes too; the amount counts once."
about_zh   = "基金已支付的药品，相隔数日至数月又在另一机构入库或销售，其间并无退货：有人向参保人收购药品再行销售。以在后机构的扫码为疑点；已结算的销售，涉及金额为该盒药品在明细中的份额；首次销售一并列示。同一追溯码两次销售另由重复追溯码规则处理，金额只计一次。"
innocent   = "Left out: a pack that was returned, taken back into stock or sent out between the two, which is the lawful way back to the supplier; sales within one institution; packs sold loose out of an opened one; lines taken back; a first sale that the fund did not pay for; a second reading of the pack for the same line; one within so few days that a transfer may be posted late. Not visible in the data: deliveries between branches of one chain that nobody read; who supplied the pack."
innocent_zh = "不计入：其间已退货、重新入库或出库的（退回供应商的合法途径）；同一机构内；拆零销售；已冲销的明细；首次销售非基金结算的；同一明细对同一盒重复扫码；间隔仅数日的（可能为调拨补记）。数据无法识别：同一连锁门店间未扫码的调拨；供货来源。"
because    = "The pack {code} was sold by {sold_by} on {sold}, and was in {institution} on {again}"
because_zh = "追溯码{code}的药品{sold}由{sold_by}售出，{again}又出现在{institution}"
back       = 18  # as long as the parameter `most` reaches
ahead      = 1   # the first sale may stand in a stay settled later

[columns]
sold_by = "institution"

[parameters.least]
value  = 3
source = "catalogue F08, MIN_D: starting value, not law"
since  = 2026-04-01

[parameters.most]
value  = 540
source = "catalogue F08, MAX_D: starting value, not law"
since  = 2026-04-01

[examples]
"Taken into stock elsewhere; sent on by a chain with the movement read · 另一机构入库；连锁门店调拨有出库记录" = """
charge | claim | code  | event | institution | done_at             | amount | flagged
a      | s     | 81101 | sale  | North       | 2026-03-01 10:00:00 | 58.00  |
-      | -     | 81101 | in    | South       | 2026-03-20 10:00:00 |        | 0.00 high
c      | t     | 81102 | sale  | North       | 2026-03-01 10:00:00 | 58.00  |
-      | -     | 81102 | out   | North       | 2026-03-10 10:00:00 |        |
-      | -     | 81102 | in    | East        | 2026-03-20 10:00:00 |        |
d      | u     | 81103 | sale  | North       | 2026-03-01 10:00:00 | 58.00  |
d      | u     | 81103 | return | North      | 2026-03-02 10:00:00 | 58.00  |
-      | -     | 81103 | in    | West        | 2026-03-20 10:00:00 |        |
"""
"Taken in elsewhere and sold there: the first reading is accused; sold thrice; one of two packs of a line · 入库后又销售：以入库为疑点；三次销售；一条明细两盒中一盒" = """
charge | claim | code  | event | institution | done_at             | amount | flagged
a      | s     | 81101 | sale  | North       | 2026-03-01 10:00:00 | 58.00  |
-      | -     | 81101 | in    | South       | 2026-03-20 10:00:00 |        | yes
b      | t     | 81101 | sale  | South       | 2026-03-25 10:00:00 | 58.00  |
c      | u     | 81102 | sale  | North       | 2026-03-01 10:00:00 | 30.00  |
d      | v     | 81102 | sale  | West        | 2026-03-10 10:00:00 | 30.00  | 30.00
e      | w     | 81102 | sale  | East        | 2026-03-20 10:00:00 | 60.00  | 30.00
e      | w     | 81109 | sale  | East        | 2026-03-20 10:00:00 | 60.00  |
f      | x     | 81104 | sale  | North       | 2026-03-01 10:00:00 | 30.00  |
-      | -     | 81104 | sale  | Far         | 2026-03-10 10:00:00 |        | 0.00
"""
"Three days, and two; one institution; first for cash; loose, either time; a line taken back, either time; a code read at the moment of sale and of return · 3天与2天；同一机构；首次自费；任一次拆零；任一次冲销；售出时及再现时的扫码" = """
charge | claim | code  | event  | institution | done_at             | loose | reversed | flagged
a      | s1    | 81101 | sale   | North       | 2026-03-01 10:00:00 |       |          |
b      | t1    | 81101 | sale   | South       | 2026-03-04 09:00:00 |       |          | yes
c      | s2    | 81102 | sale   | North       | 2026-03-01 10:00:00 |       |          |
d      | t2    | 81102 | sale   | South       | 2026-03-03 23:00:00 |       |          |
e      | s3    | 81103 | sale   | North       | 2026-03-01 10:00:00 |       |          |
f      | t3    | 81103 | sale   | North       | 2026-03-20 10:00:00 |       |          |
-      | -     | 81104 | sale   | North       | 2026-03-01 10:00:00 |       |          |
g      | t4    | 81104 | sale   | South       | 2026-03-20 10:00:00 |       |          |
h      | s5    | 81105 | sale   | North       | 2026-03-01 10:00:00 | yes   |          |
i      | t5    | 81105 | sale   | South       | 2026-03-20 10:00:00 |       |          |
j      | s6    | 81106 | sale   | North       | 2026-03-01 10:00:00 |       |          |
k      | t6    | 81106 | sale   | South       | 2026-03-20 10:00:00 | yes   |          |
l      | s7    | 81107 | sale   | North       | 2026-03-01 10:00:00 |       | yes      |
m      | t7    | 81107 | sale   | South       | 2026-03-20 10:00:00 |       |          |
n      | s8    | 81108 | sale   | North       | 2026-03-01 10:00:00 |       |          |
o      | t8    | 81108 | sale   | South       | 2026-03-20 10:00:00 |       | yes      |
p      | s9    | 81110 | out    | North       | 2026-03-01 10:00:00 |       |          |
q      | s9    | 81110 | return | South       | 2026-03-20 10:00:00 |       |          |
r      | s10   | 81111 | sale   | North       | 2026-03-01 10:00:00 |       |          |
r      | s10   | 81111 | return | North       | 2026-03-01 10:00:00 |       |          |
u      | t10   | 81111 | sale   | South       | 2026-03-20 10:00:00 |       |          |
v      | s11   | 81112 | sale   | North       | 2026-03-01 10:00:00 |       |          |
w      | t11   | 81112 | sale   | South       | 2026-03-20 10:00:00 |       |          | 100.00
w      | t11   | 81112 | return | South       | 2026-03-20 10:00:00 |       |          |
w      | t11   | 81119 | return | South       | 2026-03-20 10:00:00 |       |          |
-      | -     | 81113 | out    | South       | 2026-03-20 10:00:00 |       |          |
x      | s12   | 81113 | sale   | North       | 2026-03-01 10:00:00 |       |          |
y      | s13   | 81114 | sale   | North       | 2026-03-01 10:00:00 |       |          |
y      | s13   | 81114 | return | North       | 2026-02-27 10:00:00 |       |          |
z      | t13   | 81114 | sale   | South       | 2026-03-20 10:00:00 |       |          | yes
"""

[examples."A pack read twice at the till counts once, two packs of a line both; two sales for cash at one moment · 同一盒扫码两次只计一次，一条明细两盒均计；同一时刻两处自费销售"]
scan = """
charge | claim | code  | institution | done_at             | amount | flagged
a      | s     | 81101 | North       | 2026-03-01 10:00:00 | 30.00  |
b      | t     | 81101 | South       | 2026-03-20 10:00:00 | 60.00  | 30.00
b      | t     | 81101 | South       | 2026-03-20 10:00:01 | 60.00  |
b      | t     | 81102 | South       | 2026-03-20 10:00:02 | 60.00  |
c      | u     | 81103 | North       | 2026-03-01 10:00:00 | 30.00  |
d      | v     | 81104 | North       | 2026-03-01 10:00:00 | 30.00  |
e      | w     | 81103 | South       | 2026-03-20 10:00:00 | 60.00  | 60.00
e      | w     | 81104 | South       | 2026-03-20 10:00:00 | 60.00  |
f      | x     | 81105 | North       | 2026-03-01 10:00:00 | 30.00  |
-      | -     | 81105 | East        | 2026-03-20 10:00:00 |        | 0.00
-      | -     | 81105 | West        | 2026-03-20 10:00:00 |        | 0.00
"""

[examples."Sold seven months before in another city; 540 days before, and 541 · 7个月前在另一城市售出；540天前、541天前"]
scan_history = """
charge | claim | code  | institution | done_at
a      | s     | 81101 | Tianjin     | 2025-08-01 10:00:00
b      | t     | 81102 | Tianjin     | 2024-09-11 10:00:00
c      | u     | 81103 | Tianjin     | 2024-09-10 10:00:00
"""
scan = """
charge | claim | code  | institution | done_at             | amount | flagged
d      | v     | 81101 | Xining      | 2026-03-05 10:00:00 | 58.00  | 58.00 high
e      | w     | 81102 | Xining      | 2026-03-05 10:00:00 | 58.00  | yes
f      | x     | 81103 | Xining      | 2026-03-05 10:00:00 | 58.00  |
"""
*/
WITH again AS (  -- each pack of a line, or reading without one, of the month at another institution after a sale that the fund paid for, the last such sale first
    SELECT
        b.scan, b.institution, b.claim, b.charge, b.code, b.item, b.event, b.amount, b.day AS again,
        a.institution AS sold_by, a.claim AS earlier_claim, a.day AS sold,
        row_number() OVER (PARTITION BY coalesce(b.charge, b.scan), b.code ORDER BY a.done_at DESC, a.scan, b.scan) AS place
    FROM scan AS b JOIN scan_history AS a ON a.code = b.code
    WHERE (b.item < 'C' OR b.item >= 'D')  -- consumables, whose national codes begin with C, have a rule of their own
        AND b.event IN ('sale', 'in') AND NOT b.loose AND NOT b.reversed
        AND a.event = 'sale' AND NOT a.loose AND NOT a.reversed AND a.claim IS NOT NULL AND a.institution <> b.institution
        AND date_diff('day', a.day, b.day) BETWEEN $least AND $most
        AND NOT EXISTS (
            SELECT 1 FROM scan_history AS r
            WHERE r.code = b.code AND r.event IN ('return', 'in', 'out') AND r.done_at >= a.done_at AND r.done_at < b.done_at)
), packs AS (  -- how many packs the lines of these sales have
    SELECT s.charge, count(DISTINCT s.code) AS packs
    FROM scan AS s WHERE s.event = 'sale' AND s.charge IN (SELECT g.charge FROM again AS g) GROUP BY s.charge
)
SELECT
    g.institution, g.claim, g.charge, g.institution AS subject, 'accused' AS role,
    coalesce(share(g.amount, 1, p.packs), 0) AS at_stake, g.scan AS finding,
    g.code, g.item, g.event, g.again, g.sold_by, g.sold
FROM again AS g LEFT JOIN packs AS p ON p.charge = g.charge
WHERE g.place = 1
UNION ALL
SELECT
    g.sold_by, g.earlier_claim, NULL, g.institution, 'involved', 0, g.scan,
    g.code, g.item, g.event, g.again, g.sold_by, g.sold
FROM again AS g WHERE g.place = 1
