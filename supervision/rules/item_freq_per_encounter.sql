/*
title      = "Service over its limit for one encounter"
title_zh   = "医疗服务项目超每次就诊限定频次"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (3); national list of rule types 2025, no. 27; the unit of the price list of the place"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第三项；国家两库（2025年版）第27类规则；当地医疗服务价格项目计价单位"
stage      = "in_force"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V08"]
natl_rule  = ["医疗服务项目限定频次"]
about      = "A service whose unit is the course, the stay or the operation was charged more often than once, or than the point allows, within one visit or stay. The units charged first are the allowed ones, and each further unit counts at the price it was billed at."
about_zh   = "以疗程、次住院或手术为计价单位的项目，在同一次就诊或住院中超过知识点允许的次数收费。先发生的单位予以认可，超出单位按其实际计费价格计算。"
innocent   = "Left out: further vessels, sides or sites where the price list has a service of their own for them; where the point allows it, lines with a recorded reason (the other side, a second stage on another day); newborns on their mother's account; lines reversed. Not visible in the data: a second stage or side that nobody recorded; a unit that the place defines otherwise, which is mended by a point of the place."
innocent_zh = "不计入：价格项目另设加收的其他血管、侧别、部位；知识点允许且已记录理由的明细（另一侧、分期另日进行）；母婴共用账户；已冲销明细。数据无法识别：未记录的分期或另一侧；当地计价单位另有规定的，应以本地知识点更正。"
because    = "{name}: {billed} units in one encounter; {most} are allowed"
because_zh = "{name}同一次就诊共收{billed}个计价单位，限{most}个"

[columns]
quantity = "qty"
billed   = "qty"
most     = "qty"

[given]
k_freq_encounter = """
item            | name                   | most | excusable
009901001010000 | 伽玛刀治疗             | 1    |
003205000020000 | 经皮冠状动脉腔内成形术 | 1    | Y
"""

[examples]
"Gamma knife, whose unit is the course, five times in one stay: four too many · 以疗程计价的伽玛刀一次住院收5次：超出4次" = """
charge | member | claim | item            | day        | quantity | amount   | flagged
a      | Li     | s     | 009901001010000 | 2026-03-05 | 5        | 50000.00 | 40000.00 certain
b      | Wu     | t     | 009901001010000 | 2026-03-05 | 1        | 10000.00 |
c      | Wu     | t     | 009901001010000 | 2026-03-06 | 1        | 10000.00 | 10000.00
"""
"Angioplasty of two vessels where the second has a service of its own; or a reason · 两支血管成形，第二支另有加收项目；或已记录理由" = """
charge | member | claim | item            | reason     | amount  | flagged
a      | Li     | s     | 003205000020000 |            | 3200.00 |
b      | Li     | s     | 003205000020001 |            | 1600.00 |
c      | Wu     | t     | 003205000020000 |            | 3200.00 |
d      | Wu     | t     | 003205000020000 | 分期另支血管 | 3200.00 |
e      | Xu     | u     | 003205000020000 |            | 3200.00 |
f      | Xu     | u     | 003205000020000 |            | 3200.00 | 3200.00
"""
"Where the point knows no excuse a reason does not help; a newborn on the account · 知识点不允许例外的，理由无效；母婴共用账户" = """
charge | member | claim | item            | reason   | newborn | amount   | flagged
a      | Li     | s     | 009901001010000 |          |         | 10000.00 |
b      | Li     | s     | 009901001010000 | 分次照射 |         | 10000.00 | yes
c      | Wu     | t     | 009901001010000 |          | yes     | 10000.00 |
d      | Wu     | t     | 009901001010000 |          | yes     | 10000.00 |
"""
"Once in each of two stays; two services in one · 两次住院各一次；同次就诊两个项目" = """
charge | claim | item            | quantity
a      | s     | 009901001010000 | 1
b      | t     | 009901001010000 | 1
c      | t     | 003205000020000 | 1
"""
"Half a unit too many; the later line bears it · 超出半个单位，由后发生的明细承担" = """
charge | claim | item            | done_at             | quantity | amount  | flagged
a      | s     | 009901001010000 | 2026-03-05 10:00:00 | 0.5      | 5000.00 | 5000.00
b      | s     | 009901001010000 | 2026-03-04 10:00:00 | 1        | 9000.00 |
"""
"A point holds on its days · 知识点在有效期内有效" = """
charge | member | claim | item            | day        | quantity | flagged
a      | Li     | s     | 009901001010000 | 2026-03-05 | 2        | yes
b      | Wu     | t     | 009901001010000 | 1999-12-31 | 2        |
"""
*/
WITH billed AS (  -- each line with the units of its encounter up to and with it, in the order they were charged
    SELECT
        c.institution, c.claim, c.charge, c.item, c.day, c.quantity, c.amount, k.point, k.name, k.most,
        sum(c.quantity) OVER whole AS billed, sum(c.quantity) OVER so_far AS so_far
    FROM charge AS c
    JOIN k_freq_encounter AS k ON k.item = c.item
    WHERE in_force(k, c) AND NOT c.newborn AND NOT (k.excusable AND c.reason IS NOT NULL)
    WINDOW whole AS (PARTITION BY c.claim, c.item),
        so_far AS (PARTITION BY c.claim, c.item ORDER BY c.done_at, c.charge ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
    b.institution, b.claim, b.charge, share(b.amount, b.so_far - b.most, b.quantity) AS at_stake,
    least(b.quantity, b.so_far - b.most) AS units, b.claim || ':' || b.item AS finding,
    b.point, b.item, b.name, b.day, b.quantity, b.billed, b.most
FROM billed AS b
WHERE b.so_far > b.most
