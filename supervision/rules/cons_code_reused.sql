/*
title      = "One implant used twice"
title_zh   = "耗材追溯码重复"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (4), art. 40 (3); Implementing Rules (NHSA Order 7), art. 9; national list of rule types 2025, type 医用耗材进销存异常"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第四项、第四十条第三项；《实施细则》（国家医疗保障局令第7号）第九条；国家两库（2025年版）医用耗材进销存异常类规则"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S4"
violations = ["V11", "V17"]
natl_rule  = ["医用耗材进销存异常"]
needs      = ["scan"]
about      = "The code of one piece of a consumable was billed to two members without having come back in between: it was used again, swapped, or billed without having been used. Accused is the later line, with the share that the repeated codes make up; the earlier use is shown beside it."
about_zh   = "同一医用耗材追溯码用于两名参保人，其间无退回或入库记录：可能重复使用、串换或虚记。以后一次使用为疑点，涉及金额为重复追溯码占该明细的份额；前一次使用一并列示。"
innocent   = "Left out: lines reversed; a return or a receipt of the piece between the two uses; two readings for one member, as when a screw was moved, or of a piece for the same line. Slight suspicion where a code was billed to so many members that it seems to be the number of a batch and not of a piece. Not visible in the data: a label printed twice; a return that was not read."
innocent_zh = "不计入：明细已冲销；两次使用之间有退回或入库；同一参保人的重复读码（如调整植入位置）或同一明细对同一件重复读码。同一码涉及人数过多的，可能上传了批号而非序列号，降为轻度可疑。数据无法识别：标签重复打印；退回未读码。"
because    = "The piece with code {code} was billed on {sold_again} after it had been billed on {sold} at {sold_by}; no return in between"
because_zh = "追溯码{code}的耗材{sold}已由{sold_by}计费，{sold_again}再次计费，其间无退回记录"
back       = 12
ahead      = 3  # a use within a long stay is settled with it

[parameters.batch]
value  = 4
source = "catalogue C08, exclusions: a batch number sent for a serial number; how many members tell of it is a starting value, not law"
since  = 2026-04-01

[columns]
sold_by = "institution"

[given]

[examples]
"One stent in two patients, three weeks apart · 同一支架三周内用于两名患者" = """
charge | claim | member | code  | institution | item | done_at             | amount   | flagged
a      | s     | Li     | 81101 | North       | C    | 2026-03-01 10:00:00 | 12500.00 |
b      | t     | Wu     | 81101 | South       | C    | 2026-03-22 10:00:00 | 12500.00 | 12500.00 high
"""
"Given back by one hospital, then used at the other; received again · 甲院退回后用于乙院；重新入库" = """
charge | claim | member | code  | event  | institution | item | done_at             | flagged
a      | s     | Li     | 81101 | sale   | North       | C1   | 2026-03-01 10:00:00 |
a      | s     | Li     | 81101 | return | North       | C1   | 2026-03-02 10:00:00 |
b      | t     | Wu     | 81101 | sale   | South       | C1   | 2026-03-22 10:00:00 |
c      | u     | Li     | 81102 | sale   | North       | C1   | 2026-03-01 10:00:00 |
-      | -     | -      | 81102 | in     | South       | C1   | 2026-03-02 10:00:00 |
d      | v     | Wu     | 81102 | sale   | South       | C1   | 2026-03-22 10:00:00 |
e      | w     | Li     | 81103 | return | North       | C1   | 2026-02-27 10:00:00 |
e      | w     | Li     | 81103 | sale   | North       | C1   | 2026-03-01 10:00:00 |
f      | x     | Wu     | 81103 | sale   | South       | C1   | 2026-03-22 10:00:00 | yes
"""
"One member; reversed, the one or the other; a drug; another code, another day · 同一参保人；任一明细已冲销；药品；不同码" = """
charge | claim | member | code  | item | done_at             | reversed
a      | s     | Li     | 81101 | C1   | 2026-03-01 10:00:00 |
b      | t     | Li     | 81101 | C1   | 2026-03-22 10:00:00 |
c      | u     | Li     | 81102 | C1   | 2026-03-01 10:00:00 | yes
d      | v     | Wu     | 81102 | C1   | 2026-03-22 10:00:00 |
e      | w     | Li     | 81103 | C1   | 2026-03-01 10:00:00 |
f      | x     | Wu     | 81103 | C1   | 2026-03-22 10:00:00 | yes
g      | y     | Li     | 81104 | X1   | 2026-03-01 10:00:00 |
h      | z     | Wu     | 81104 | X1   | 2026-03-22 10:00:00 |
i      | k     | Li     | 81105 | 0033 | 2026-03-01 10:00:00 |
j      | l     | Wu     | 81105 | 0033 | 2026-03-22 10:00:00 |
q      | q     | Li     | 81108 | D    | 2026-03-01 10:00:00 |
r      | r     | Wu     | 81108 | D    | 2026-03-22 10:00:00 |
m      | n     | Li     | 81106 | C1   | 2026-03-01 10:00:00 |
o      | p     | Wu     | 81107 | C1   | 2026-03-22 10:00:00 |
"""
"At one moment the greater key is accused; two pieces of a line, one of them repeated · 同一时刻以较大编号为疑点；一条明细两件，其一重复" = """
charge | claim | member | code  | item | done_at             | amount   | flagged
a      | s     | Li     | 81101 | C1   | 2026-03-01 10:00:00 | 900.00   |
b      | t     | Wu     | 81101 | C1   | 2026-03-01 10:00:00 | 900.00   | 900.00
c      | u     | Li     | 81102 | C1   | 2026-03-01 10:00:00 | 900.00   |
d      | v     | Wu     | 81102 | C1   | 2026-03-22 10:00:00 | 1800.00  | 900.00
d      | v     | Wu     | 81103 | C1   | 2026-03-22 10:00:01 | 1800.00  |
d      | v     | Wu     | 81104 | C1   | 2026-03-22 10:00:01 | 1800.00  |
d      | v     | Wu     | 81104 | C1   | 2026-03-22 10:00:02 | 1800.00  |
d      | v     | Wu     | 81109 | C1   | 2026-03-22 10:00:03 | 1800.00  |
e      | w     | Xu     | 81103 | C1   | 2026-03-01 10:00:00 | 900.00   |
f      | x     | Zhao   | 81103 | C1   | 2026-03-02 10:00:00 | 900.00   | 900.00
"""
"A piece read twice for its line is one piece · 同一件在同一明细中读码两次只计一件" = """
charge | claim | member | code  | item | done_at             | amount   | flagged
a      | s     | Li     | 81101 | C1   | 2026-03-01 10:00:00 | 900.00   |
b      | t     | Wu     | 81101 | C1   | 2026-03-22 10:00:00 | 1800.00  | 900.00
b      | t     | Wu     | 81101 | C1   | 2026-03-22 10:00:01 | 1800.00  |
b      | t     | Wu     | 81102 | C1   | 2026-03-22 10:00:02 | 1800.00  |
"""
"Three members with one code, and four · 同一码涉及三人、四人" = """
charge | claim | member | code  | item | done_at             | amount   | flagged
a      | s     | Li     | 81101 | C1   | 2026-03-01 10:00:00 | 900.00   |
b      | t     | Wu     | 81101 | C1   | 2026-03-02 10:00:00 | 900.00   | 900.00 high
c      | u     | Xu     | 81101 | C1   | 2026-03-03 10:00:00 | 900.00   | 900.00 high
d      | v     | Li     | 81102 | C1   | 2026-03-01 10:00:00 | 900.00   |
e      | w     | Wu     | 81102 | C1   | 2026-03-02 10:00:00 | 900.00   | 900.00 low
f      | x     | Xu     | 81102 | C1   | 2026-03-03 10:00:00 | 900.00   | 900.00 low
g      | y     | Sun    | 81102 | C1   | 2026-03-04 10:00:00 | 900.00   | 900.00 low
"""

[examples."The first use was settled months before; later, with a long stay · 首次使用在数月前、在以后结算"]
scan_history = """
charge | claim | member | code  | item | done_at             | month
a      | s     | Li     | 81101 | C1   | 2025-10-01 10:00:00 | 2025-10
b      | t     | Li     | 81102 | C1   | 2026-03-01 10:00:00 | 2026-05
"""
scan = """
charge | claim | member | code  | item | done_at             | flagged
c      | u     | Wu     | 81101 | C1   | 2026-03-20 10:00:00 | yes
d      | v     | Wu     | 81102 | C1   | 2026-03-20 10:00:00 | yes
"""
*/
WITH again AS (  -- each piece of a line of the month with the last use of the same piece before it, for somebody else
    SELECT
        b.scan, b.charge, b.claim, b.institution, b.code, b.item, b.amount, b.done_at AS sold_again,
        a.claim AS earlier_claim, a.institution AS sold_by, a.done_at AS sold,
        row_number() OVER (PARTITION BY b.charge, b.code ORDER BY a.done_at DESC, a.claim, a.scan, b.scan) AS place
    FROM scan AS b
    JOIN scan_history AS a ON a.code = b.code
    WHERE b.item >= 'C' AND b.item < 'D'  -- the national codes of consumables
        AND b.event = 'sale' AND NOT b.reversed AND a.event = 'sale' AND NOT a.reversed AND a.member <> b.member
        AND (a.done_at < b.done_at OR (a.done_at = b.done_at AND a.claim < b.claim))
        AND NOT EXISTS (
            SELECT 1 FROM scan_history AS r
            WHERE r.code = b.code AND r.event IN ('return', 'in') AND r.done_at BETWEEN a.done_at AND b.done_at)
), spread AS (  -- how many members each code was billed to
    SELECT h.code, count(DISTINCT h.member) AS members
    FROM scan_history AS h WHERE h.code IN (SELECT g.code FROM again AS g) GROUP BY h.code
), packs AS (  -- how many pieces each of these lines has
    SELECT s.charge, count(DISTINCT s.code) AS packs
    FROM scan AS s WHERE s.charge IN (SELECT g.charge FROM again AS g) GROUP BY s.charge
), counted AS (  -- and how many of them had been used before; the first of these speaks for the line
    SELECT
        g.*, p.packs, n.members, count(*) OVER (PARTITION BY g.charge) AS codes,
        row_number() OVER (PARTITION BY g.charge ORDER BY g.code) AS number
    FROM again AS g
    JOIN packs AS p ON p.charge = g.charge
    JOIN spread AS n ON n.code = g.code
    WHERE g.place = 1
)
SELECT
    n.institution, n.claim, n.charge, 'accused' AS role, share(n.amount, n.codes, n.packs) AS at_stake,
    CASE WHEN n.members >= $batch THEN 'low' ELSE 'high' END AS certainty, n.charge AS finding,
    n.code, n.item, n.sold, n.sold_by, n.sold_again, n.codes, n.packs, n.members, n.earlier_claim
FROM counted AS n WHERE n.number = 1
UNION ALL
SELECT
    n.sold_by, n.earlier_claim, NULL, 'involved', 0, 'high', n.charge,
    n.code, n.item, n.sold, n.sold_by, n.sold_again, n.codes, n.packs, n.members, n.earlier_claim
FROM counted AS n WHERE n.number = 1
