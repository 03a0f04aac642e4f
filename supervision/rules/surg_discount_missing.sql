/*
title      = "Second operation not discounted"
title_zh   = "手术项目未按规定折价收费"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (3); national list of rule types 2025, no. 15, batch 2; typical problem list 2025, item 55; the price list of the place"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第三项；国家两库（2025年版）第15类规则、第二批知识点；2025年版典型问题清单第55项；当地医疗服务价格"
stage      = "in_force"
moments    = ["review", "audit"]
certainty  = "high"
severity   = "S2"
violations = ["V09"]
natl_rule  = ["手术项目未按规定折价收费"]
about      = "Of different operations through one incision only the dearest is charged in full; the others are charged at a share of their list price. Here a further operation of the same group, in the same encounter and on the same day, was charged above that share. At stake is the difference to it, times the quantity. Slightly suspicious where a reason is recorded."
about_zh   = "经同一切口进行的两种及以上不同手术，价格最高的一项全额收费，其余按规定价格的一定比例收费。同一次就诊、同一日期、同一手术组的其他手术收费超过该比例。涉及金额为差价乘以数量。已记录理由的，降为轻度可疑。"
innocent   = "Left out: operations of different groups, which have incisions of their own; other days; the same operation twice, as on two sides; operations for which the place has no list price; special-needs services; prices within the tolerance. Not visible in the data: two incisions within one group; a second operation after a return to theatre on the same day, unless a reason is recorded; a place that pays distinct organs in full or a third operation less, which is a parameter of the province."
innocent_zh = "不计入：不同手术组（切口不同）；不同日期；同一手术收取两次（如双侧）；当地无规定价格的手术；特需服务；容差以内的价格。数据无法识别：同一手术组的两个切口；当日再次手术（未记录理由的）；当地规定不同脏器全额收费或第三项另行折价的，应以本省参数更正。"
because    = "{name} on {day} at {price} yuan, beside {other_name}: through one incision {rate} per cent of {cap} are allowed"
because_zh = "{day}{other_name}之外，{name}按{price}元收费；同一切口第二项及以后手术限按{cap}元的{rate}%收费"

[parameters.rate]
value  = 50
source = "catalogue B18, SECOND_OP_RATE: per cent of the list price; starting value, each province has its own"
since  = 2026-04-01

[parameters.tolerance]
value  = 1
source = "catalogue B18, PRICE_TOL: in per cent; starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"
price    = "price"
cap      = "price"

[given]
k_incision = """
item            | name              | incision
003310060020000 | 胆囊切除术        | 肝胆手术组
003310060110000 | 胆总管探查T管引流术 | 肝胆手术组
003310060010000 | 胆囊肠吻合术      | 肝胆手术组
003310020030000 | 近端胃大部切除术  | 胃肠手术组
"""
k_price_cap = """
item            | name              | level | cap
003310060020000 | 胆囊切除术        | 2     | 1500.00
003310060110000 | 胆总管探查T管引流术 | 2     | 1200.00
003310020030000 | 近端胃大部切除术  | 2     | 2400.00
"""

[examples]
"Gall bladder at 1500 and common duct at 1200 through one incision: the second is paid at half · 胆囊切除1500元、胆总管探查1200元，同一切口：第二项按一半" = """
charge | claim | item            | price   | amount  | flagged
a      | s     | 003310060020000 | 1500.00 | 1500.00 |
b      | s     | 003310060110000 | 1200.00 | 1200.00 | 600.00 high
"""
"The second charged at 600; within one per cent of it; a hair more · 第二项按600元收；超出百分之一以内；再多一分" = """
charge | claim | item            | price   | amount  | flagged
a      | s     | 003310060020000 | 1500.00 | 1500.00 |
b      | s     | 003310060110000 | 600.00  | 600.00  |
c      | t     | 003310060020000 | 1500.00 | 1500.00 |
d      | t     | 003310060110000 | 606.00  | 606.00  |
e      | u     | 003310060020000 | 1500.00 | 1500.00 |
f      | u     | 003310060110000 | 606.01  | 606.01  | 6.01
"""
"Two incisions: another group; another day; another claim · 不同切口：不同手术组；不同日期；不同就诊" = """
charge | claim | item            | day        | price
a      | s     | 003310060020000 | 2026-03-05 | 1500.00
b      | s     | 003310020030000 | 2026-03-05 | 2400.00
c      | t     | 003310060020000 | 2026-03-05 | 1500.00
d      | t     | 003310060110000 | 2026-03-06 | 1200.00
e      | u     | 003310060110000 | 2026-03-05 | 1200.00
"""
"The dearest by the list is the first, whatever was charged and whichever line comes first · 以规定价格最高者为第一项，与实际收费和先后无关" = """
charge | claim | item            | price   | amount  | flagged
a      | s     | 003310060110000 | 1200.00 | 1200.00 | 600.00
b      | s     | 003310060020000 | 750.00  | 750.00  |
"""
"The same operation on two lines; two units of the second · 同一手术两条明细；第二项两个单位" = """
charge | claim | item            | price   | quantity | amount  | flagged
a      | s     | 003310060020000 | 1500.00 | 1        | 1500.00 |
b      | s     | 003310060020000 | 1500.00 | 1        | 1500.00 |
c      | t     | 003310060020000 | 1500.00 | 1        | 1500.00 |
d      | t     | 003310060110000 | 1000.00 | 2        | 2000.00 | 800.00
"""
"Without a list price, special needs, another level; a reason is recorded · 无规定价格；特需服务；其他等级；已记录理由" = """
charge | claim | item            | price   | special | level | reason       | flagged
a      | s     | 003310060020000 | 1500.00 |         |       |              |
b      | s     | 003310060010000 | 1100.00 |         |       |              |
c      | t     | 003310060020000 | 1500.00 |         |       |              |
d      | t     | 003310060110000 | 1200.00 | yes     |       |              |
e      | u     | 003310060020000 | 1500.00 |         | 3     |              |
f      | u     | 003310060110000 | 1200.00 |         | 3     |              |
g      | v     | 003310060020000 | 1500.00 |         |       |              |
h      | v     | 003310060110000 | 1200.00 |         |       | 术后当日再次手术 | low
"""

[examples."Each group of each day has a first operation of its own · 每日每个手术组各有首项手术"]
k_price_cap = """
item            | name              | level | cap
003310060020000 | 胆囊切除术        | 2     | 1500.00
003310060110000 | 胆总管探查T管引流术 | 2     | 1200.00
003310060010000 | 胆囊肠吻合术      | 2     | 1000.00
003310020030000 | 近端胃大部切除术  | 2     | 2400.00
"""
charge = """
charge | claim | item            | day        | price   | amount  | flagged
a      | s     | 003310060020000 | 2026-03-05 | 1500.00 | 1500.00 |
b      | s     | 003310060110000 | 2026-03-05 | 1200.00 | 1200.00 | 600.00
c      | s     | 003310020030000 | 2026-03-05 | 2400.00 | 2400.00 |
d      | s     | 003310060110000 | 2026-03-06 | 1200.00 | 1200.00 |
e      | t     | 003310060110000 | 2026-03-05 | 1200.00 | 1200.00 |
f      | t     | 003310060010000 | 2026-03-05 | 1000.00 | 1000.00 | 500.00
g      | t     | 003310060020000 | 2026-03-06 | 1500.00 | 1500.00 |
"""

[examples."Group and price hold on their days · 手术组与价格均在有效期内有效"]
k_incision = """
item            | name              | incision   | since
003310060020000 | 胆囊切除术        | 肝胆手术组 | 2026-03-02
003310060110000 | 胆总管探查T管引流术 | 肝胆手术组 |
"""
k_price_cap = """
item            | name              | level | cap     | since      | until
003310060020000 | 胆囊切除术        | 2     | 1500.00 |            |
003310060110000 | 胆总管探查T管引流术 | 2     | 1200.00 |            | 2026-03-05
003310060110000 | 胆总管探查T管引流术 | 2     | 1000.00 | 2026-03-06 |
"""
charge = """
charge | claim | item            | day        | price   | amount  | flagged
a      | s     | 003310060020000 | 2026-03-01 | 1500.00 | 1500.00 |
b      | s     | 003310060110000 | 2026-03-01 | 1200.00 | 1200.00 |
c      | t     | 003310060020000 | 2026-03-05 | 1500.00 | 1500.00 |
d      | t     | 003310060110000 | 2026-03-05 | 1200.00 | 1200.00 | 600.00
e      | u     | 003310060020000 | 2026-03-06 | 1500.00 | 1500.00 |
f      | u     | 003310060110000 | 2026-03-06 | 1200.00 | 1200.00 | 700.00
"""
*/
WITH operated AS (  -- each operation of a group with its list price
    SELECT
        c.institution, c.claim, c.charge, c.item, c.day, c.price, c.quantity, c.reason, k.point, k.name, k.incision, p.cap
    FROM charge AS c
    JOIN k_incision AS k ON k.item = c.item
    JOIN k_price_cap AS p ON p.item = c.item AND p.level = c.level
    WHERE in_force(k, c) AND in_force(p, c) AND NOT c.special
), ranked AS (  -- the different operations of an encounter, day and group, the dearest first
    SELECT
        o.claim, o.day, o.incision, o.item, o.name,
        row_number() OVER (PARTITION BY o.claim, o.day, o.incision ORDER BY o.cap DESC, o.item) AS place
    FROM operated AS o
    GROUP BY o.claim, o.day, o.incision, o.item, o.name, o.cap
)
SELECT
    o.institution, o.claim, o.charge, worth(o.price - o.cap * $rate // 100, o.quantity) AS at_stake,
    CASE WHEN o.reason IS NULL THEN 'high' ELSE 'low' END AS certainty, o.claim || ':' || o.incision AS finding,
    o.point, o.item, o.name, o.day, o.price, o.cap, $rate AS rate, o.quantity, f.name AS other_name, o.reason
FROM operated AS o
JOIN ranked AS r ON r.claim = o.claim AND r.day = o.day AND r.incision = o.incision AND r.item = o.item
JOIN ranked AS f ON f.claim = o.claim AND f.day = o.day AND f.incision = o.incision
WHERE f.place = 1 AND r.place > 1 AND o.price * 10000 > o.cap * $rate * (100 + $tolerance)
