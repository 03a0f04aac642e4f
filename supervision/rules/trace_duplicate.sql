/*
title      = "One pack sold twice"
title_zh   = "追溯码重复销售"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (4), art. 40 (3), art. 41; Implementing Rules (NHSA Order 7), art. 9; notice of four departments on traceability codes of drugs (March 2025)"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第四项、第四十条第三项、第四十一条；《实施细则》（国家医疗保障局令第7号）第九条；四部门关于药品追溯码的通知（2025年3月）"
stage      = "in_force"
moments    = ["audit"]
certainty  = "certain"
severity   = "S4"
violations = ["V11", "V17", "V21"]
natl_rule  = ["药品进销存异常"]
needs      = ["scan"]
about      = "The traceability code of one pack was sold in two claims without having come back in between: the pack was resold, swapped or counterfeit, or the code was scanned without it. Accused is the later sale, with the share of its line that the repeated codes make up; the earlier sale is shown beside it."
about_zh   = "同一药品追溯码在两次结算中销售，其间无退货或入库记录：可能为回流药、串换、假药，或扫码未发药。以后一次销售为疑点，涉及金额为重复追溯码占该明细的份额；前一次销售一并列示。"
innocent   = "Left out: consumables, which have a rule of their own; packs sold loose, of which one code is sold to several; sales whose line was reversed; a return or a receipt of the code between the two sales; both scans within one claim. Slight suspicion where one institution scanned the code twice on one day: it is asked to correct first. Not visible in the data: a return that was not scanned; one code printed on box and pack."
innocent_zh = "不计入：医用耗材（另有规则）；拆零销售；明细已冲销的销售；两次销售之间有退货或入库；同一次就诊内重复扫码。同一机构同日重复扫码的，先责令更正，降为轻度可疑。数据无法识别：退货未扫码；大小包装同码。"
because    = "The pack with code {code} was sold on {sold_again} after it had been sold on {sold} at {sold_by}; no return in between"
because_zh = "追溯码{code}的药品{sold}已由{sold_by}售出，{sold_again}再次售出，其间无退货"
back       = 12
ahead      = 3  # a sale or return within a long stay is settled with it

[columns]
sold_by = "institution"

[given]

[examples]
"Sold to one person on 1 March, to another on 20 March · 3月1日售给甲，3月20日售给乙" = """
charge | claim | code  | institution | done_at             | amount | flagged
a      | s     | 81101 | North       | 2026-03-01 10:00:00 | 58.00  |
b      | t     | 81101 | South       | 2026-03-20 10:00:00 | 58.00  | 58.00 certain
"""
"Returned on 3 March, or received again · 3月3日退货；重新入库" = """
charge | claim | code  | event  | done_at             | flagged
a      | s     | 81101 | sale   | 2026-03-01 10:00:00 |
b      | s     | 81101 | return | 2026-03-03 10:00:00 |
c      | t     | 81101 | sale   | 2026-03-20 10:00:00 |
d      | u     | 81102 | sale   | 2026-03-01 10:00:00 |
-      | -     | 81102 | in     | 2026-03-03 10:00:00 |
e      | v     | 81102 | sale   | 2026-03-20 10:00:00 |
f      | w     | 81103 | return | 2026-02-27 10:00:00 |
g      | w     | 81103 | sale   | 2026-03-01 10:00:00 |
h      | x     | 81103 | sale   | 2026-03-20 10:00:00 | yes
"""
"Sold loose, either time; a line reversed; twice in one claim · 任一次为拆零；明细已冲销；同次就诊两次扫码" = """
charge | claim | code  | done_at             | loose | reversed
a      | s     | 81101 | 2026-03-01 10:00:00 | yes   |
b      | t     | 81101 | 2026-03-20 10:00:00 | yes   |
c      | u     | 81102 | 2026-03-01 10:00:00 |       |
d      | v     | 81102 | 2026-03-20 10:00:00 | yes   |
e      | w     | 81103 | 2026-03-01 10:00:00 |       | yes
f      | x     | 81103 | 2026-03-20 10:00:00 |       |
g      | y     | 81104 | 2026-03-01 10:00:00 |       |
h      | y     | 81104 | 2026-03-01 10:05:00 |       |
"""
"Twice at one institution on one day is for correction first; on two days it is not · 同一机构同日先更正；不同日则不然" = """
charge | claim | code  | institution | done_at             | flagged
a      | s     | 81101 | North       | 2026-03-01 10:00:00 |
b      | t     | 81101 | North       | 2026-03-01 16:00:00 | low
c      | u     | 81102 | North       | 2026-03-01 10:00:00 |
d      | v     | 81102 | North       | 2026-03-02 10:00:00 | certain
"""
"Three boxes of one line, one code of them repeated; sold three times · 一条明细三盒，其中一码重复；售出三次" = """
charge | claim | code  | done_at             | amount | flagged
a      | s     | 81101 | 2026-03-01 10:00:00 | 30.00  |
b      | t     | 81101 | 2026-03-20 10:00:00 | 90.00  | 30.00
b      | t     | 81102 | 2026-03-20 10:00:01 | 90.00  |
b      | t     | 81103 | 2026-03-20 10:00:02 | 90.00  |
c      | u     | 81101 | 2026-03-25 10:00:00 | 30.00  | 30.00
"""

"A consumable has a rule of its own; services and slices have none · 医用耗材另有规则；其他项目无" = """
charge | claim | code  | item | done_at             | flagged
a      | s     | 81101 | C    | 2026-03-01 10:00:00 |
b      | t     | 81101 | C    | 2026-03-20 10:00:00 |
c      | u     | 81102 | D    | 2026-03-01 10:00:00 |
d      | v     | 81102 | D    | 2026-03-20 10:00:00 | yes
e      | w     | 81103 | 0033 | 2026-03-01 10:00:00 |
f      | x     | 81103 | 0033 | 2026-03-20 10:00:00 | yes
"""

[examples."The first sale was settled months before; to somebody who paid alone · 首次销售在数月前；首次为自费销售"]
scan_history = """
charge | claim | code  | done_at
a      | s     | 81101 | 2025-10-01 10:00:00
-      | -     | 81102 | 2025-10-01 10:00:00
"""
scan = """
charge | claim | code  | done_at             | flagged
b      | t     | 81101 | 2026-03-20 10:00:00 | yes
c      | u     | 81102 | 2026-03-20 10:00:00 | yes
"""

[examples."The first sale, and the return of another pack, stand in stays settled later · 首次销售、另一药品的退货均在以后结算的住院中"]
scan_history = """
charge | claim | code  | event  | done_at             | month
a      | s     | 81101 | sale   | 2026-03-01 10:00:00 | 2026-05
b      | s     | 81102 | sale   | 2026-03-01 10:00:00 | 2026-05
c      | s     | 81102 | return | 2026-03-02 10:00:00 | 2026-05
"""
scan = """
charge | claim | code  | done_at             | month   | flagged
d      | t     | 81101 | 2026-03-20 10:00:00 | 2026-03 | yes
e      | t     | 81102 | 2026-03-20 10:00:00 | 2026-03 |
"""
*/
WITH again AS (  -- each sale of the month with the last sale of the same pack before it
    SELECT
        b.scan, b.charge, b.claim, b.institution, b.code, b.item, b.amount, b.done_at AS sold_again,
        a.claim AS earlier_claim, a.institution AS sold_by, a.done_at AS sold,
        CASE WHEN a.institution = b.institution AND a.day = b.day THEN 'low' ELSE 'certain' END AS certainty,
        row_number() OVER (PARTITION BY b.scan ORDER BY a.done_at DESC, a.claim, a.scan) AS place
    FROM scan AS b
    JOIN scan_history AS a ON a.code = b.code
    WHERE (b.item < 'C' OR b.item >= 'D')  -- consumables, whose national codes begin with C, have a rule of their own
        AND b.event = 'sale' AND NOT b.loose AND NOT b.reversed AND a.event = 'sale' AND NOT a.loose AND NOT a.reversed
        AND b.claim IS NOT NULL AND coalesce(a.claim <> b.claim, TRUE)
        AND (a.done_at < b.done_at OR (a.done_at = b.done_at AND a.claim < b.claim))
        AND NOT EXISTS (
            SELECT 1 FROM scan_history AS r
            WHERE r.code = b.code AND r.event IN ('return', 'in') AND r.done_at BETWEEN a.done_at AND b.done_at)
), packs AS (  -- how many packs each of these lines has
    SELECT s.charge, count(DISTINCT s.code) AS packs
    FROM scan AS s WHERE s.event = 'sale' AND s.charge IN (SELECT g.charge FROM again AS g) GROUP BY s.charge
), counted AS (  -- and how many of them had been sold before; the first of these speaks for the line
    SELECT
        g.*, p.packs, count(*) OVER (PARTITION BY g.charge) AS codes, row_number() OVER (PARTITION BY g.charge ORDER BY g.code, g.scan) AS number
    FROM again AS g
    JOIN packs AS p ON p.charge = g.charge
    WHERE g.place = 1
)
SELECT
    n.institution, n.claim, n.charge, 'accused' AS role, share(n.amount, n.codes, n.packs) AS at_stake, n.certainty, n.charge AS finding,
    n.code, n.item, n.sold, n.sold_by, n.sold_again, n.codes, n.packs, n.earlier_claim
FROM counted AS n WHERE n.number = 1
UNION ALL
SELECT
    n.sold_by, n.earlier_claim, NULL, 'involved', 0, n.certainty, n.charge,
    n.code, n.item, n.sold, n.sold_by, n.sold_again, n.codes, n.packs, n.earlier_claim
FROM counted AS n WHERE n.number = 1
