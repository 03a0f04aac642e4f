/*
title      = "Set of consumables billed in parts"
title_zh   = "成套耗材拆分收费"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (3); typical problem list 2025, item 34; the prices of the place"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第三项；2025年版典型问题清单第34项；当地医用耗材价格"
stage      = "in_force"
moments    = ["audit"]
certainty  = "high"
severity   = "S3"
violations = ["V10", "V09"]
natl_rule  = []
about      = "The parts of a set that has a price of its own were billed one by one in a claim, and together cost more than the set. There are as many sets as the part billed most often. At stake is the difference, shared among the parts in the order they were charged."
about_zh   = "有成套价格的耗材在同一次就诊中按部件分别计费，合计高于成套价格。套数以计费最多的部件数量计。涉及金额为差额，按计费先后分摊到各部件。"
innocent   = "Left out: parts that together cost no more than the set and the tolerance; a single part, as in a replacement; parts with a recorded reason, such as one damaged; newborns on their mother's account; sets whose price is not published. Slight suspicion where the parts come from different makers, who have no set in common. Not visible in the data: which parts were delivered as one set."
innocent_zh = "不计入：合计不超过成套价格及容差的；仅单个部件（如更换）；已记录理由（如部件损坏）的明细；母婴共用账户；未公布成套价格的。部件来自不同厂家（不成套）的，降为轻度可疑。数据无法识别：哪些部件按成套供货。"
because    = "{kit_name}: {parts} parts were billed for {billed} yuan together; as sets they cost {set_price}"
because_zh = "{kit_name}拆分为{parts}种部件计费，合计{billed}元，按成套价格应为{set_price}元"

[parameters.tolerance]
value  = 2
source = "catalogue C06, TOL: percent over the price of the set; starting value, not law"
since  = 2026-04-01

[columns]
quantity  = "qty"
billed    = "yuan"
set_price = "yuan"

[given]
k_kit = """
item                 | name         | kit | kit_name     | cap     | maker
C9900000000000000308 | 髋臼杯       | hip | 全髋关节假体 | 9000.00 | 甲
C9900000000000000309 | 股骨柄       | hip | 全髋关节假体 | 9000.00 | 甲
C9900000000000000310 | 股骨头       | hip | 全髋关节假体 | 9000.00 | 甲
C9900000000000000311 | 股骨头(乙)   | hip | 全髋关节假体 | 9000.00 | 乙
"""

[examples]
"A hip bought as a set at 9000, its parts billed at 11500 · 成套价9000元的髋关节假体按部件收11500元" = """
charge | claim | item                 | done_at             | amount  | flagged
a      | s     | C9900000000000000308 | 2026-03-05 09:00:00 | 4000.00 | 869.56 high
b      | s     | C9900000000000000309 | 2026-03-05 09:01:00 | 5000.00 | 1086.96 high
c      | s     | C9900000000000000310 | 2026-03-05 09:02:00 | 2500.00 | 543.48 high
"""
"Parts at the price of the set; within two per cent; a fen beyond · 部件合计等于成套价；超出2%以内；再多一分" = """
charge | claim | member | item                 | amount  | flagged
a      | s     | Li     | C9900000000000000308 | 3000.00 |
b      | s     | Li     | C9900000000000000309 | 6000.00 |
c      | t     | Wu     | C9900000000000000308 | 3180.00 |
d      | t     | Wu     | C9900000000000000309 | 6000.00 |
e      | u     | Xu     | C9900000000000000308 | 3180.01 | 62.35
f      | u     | Xu     | C9900000000000000309 | 6000.00 | 117.66
"""
"Different makers are slight · 不同厂家为轻度可疑" = """
charge | claim | item                 | amount  | flagged
a      | s     | C9900000000000000308 | 4000.00 | low
b      | s     | C9900000000000000309 | 5000.00 | low
c      | s     | C9900000000000000311 | 2500.00 | low
"""
"Both hips: two sets, even where one head was kept · 双侧：两套，其中一侧保留股骨头的亦同" = """
charge | claim | member | item                 | quantity | amount  | flagged
a      | s     | Li     | C9900000000000000308 | 2        | 6000.00 |
b      | s     | Li     | C9900000000000000309 | 1        | 4000.00 |
c      | s     | Li     | C9900000000000000309 | 1        | 4000.00 |
d      | s     | Li     | C9900000000000000310 | 2        | 4000.00 |
e      | t     | Wu     | C9900000000000000308 | 2        | 6000.00 |
f      | t     | Wu     | C9900000000000000309 | 2        | 8000.00 |
g      | t     | Wu     | C9900000000000000310 | 1        | 2000.00 |
"""
"One part alone; two claims apart; a damaged part replaced; a newborn on the account · 仅一个部件；两次就诊；更换损坏部件；母婴共用账户" = """
charge | claim | member | item                 | amount   | reason   | newborn
a      | s     | Li     | C9900000000000000308 | 12000.00 |          |
b      | t     | Wu     | C9900000000000000308 | 6000.00  |          |
c      | u     | Wu     | C9900000000000000309 | 6000.00  |          |
d      | v     | Xu     | C9900000000000000308 | 4000.00  |          |
e      | v     | Xu     | C9900000000000000309 | 5000.00  |          |
f      | v     | Xu     | C9900000000000000310 | 2500.00  | 术中破损 |
g      | w     | Sun    | C9900000000000000308 | 6000.00  |          | yes
h      | w     | Sun    | C9900000000000000309 | 6000.00  |          | yes
"""

[examples."Two kinds of sets in one claim; a point holds on its days and in its place · 同次就诊两种成套耗材分别计算；知识点在有效期和适用地区内有效"]
k_kit = """
item | name | kit | kit_name | cap    | maker | place  | since      | until
C1   | 甲   | a   | 套甲     | 100.00 | 子    | 000000 | 2026-03-01 | 2026-03-31
C2   | 乙   | a   | 套甲     | 100.00 | 子    | 000000 | 2026-03-01 | 2026-03-31
C3   | 丙   | b   | 套乙     | 100.00 | 丑    | 000000 |            |
C4   | 丁   | b   | 套乙     | 100.00 | 丑    | 000000 |            |
C5   | 戊   | c   | 套丙     | 100.00 | 丑    | 330000 |            |
C6   | 己   | c   | 套丙     | 100.00 | 丑    | 330000 |            |
"""
charge = """
charge | claim | item | done_at             | amount | flagged
a      | s     | C1   | 2026-03-31 09:00:00 | 80.00  | 30.00
b      | s     | C2   | 2026-03-31 09:00:00 | 80.00  | 30.00
c      | s     | C3   | 2026-03-31 08:00:00 | 50.00  |
d      | s     | C4   | 2026-03-31 08:00:00 | 50.00  |
e      | t     | C1   | 2026-04-01 08:00:00 | 80.00  |
f      | t     | C2   | 2026-04-01 08:00:00 | 80.00  |
g      | s     | C5   | 2026-03-31 08:00:00 | 80.00  |
h      | s     | C6   | 2026-03-31 08:00:00 | 80.00  |
"""
*/
WITH part AS (  -- each part billed of a set, with what its claim was billed of the set up to and with it
    SELECT
        c.institution, c.claim, c.charge, c.item, c.day, c.quantity, c.amount, k.point, k.name, k.kit, k.kit_name, k.cap, k.maker,
        sum(c.amount) OVER (PARTITION BY c.claim, k.kit ORDER BY c.done_at, c.charge ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS so_far
    FROM charge AS c
    JOIN k_kit AS k ON k.item = c.item
    WHERE in_force(k, c) AND c.reason IS NULL AND NOT c.newborn
), kind AS (  -- how much of each part
    SELECT p.claim, p.kit, p.item, p.cap, min(p.maker) AS maker, sum(p.quantity) AS quantity, sum(p.amount) AS amount
    FROM part AS p
    GROUP BY p.claim, p.kit, p.item, p.cap
), whole AS (  -- the parts together, and what as many sets would have cost
    SELECT
        k.claim, k.kit, count(*) AS parts, sum(k.amount) AS billed, min(k.maker) AS maker, max(k.maker) AS other_maker,
        max(worth(k.cap, k.quantity)) AS set_price
    FROM kind AS k
    GROUP BY k.claim, k.kit
)
SELECT
    p.institution, p.claim, p.charge,
    share(w.billed - w.set_price, p.so_far, w.billed) - share(w.billed - w.set_price, p.so_far - p.amount, w.billed) AS at_stake,
    CASE WHEN w.maker <> w.other_maker THEN 'low' ELSE 'high' END AS certainty, p.claim || ':' || p.kit AS finding,
    p.point, p.item, p.name, p.day, p.quantity, p.kit_name, w.parts, w.billed, w.set_price
FROM part AS p
JOIN whole AS w ON w.claim = p.claim AND w.kit = p.kit
WHERE w.parts > 1 AND w.billed * 100 > w.set_price * (100 + $tolerance)
