/*
title      = "Further sites at the full price"
title_zh   = "多部位检查未按计价标准收费"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (3); national list of rule types 2025, no. 14; typical problem list 2025, items 84 and 87; the price list of the place"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第三项；国家两库（2025年版）第14类规则；2025年版典型问题清单第84、87项；当地医疗服务价格"
stage      = "trial"
moments    = ["review", "audit"]
certainty  = "high"
severity   = "S2"
violations = ["V09"]
natl_rule  = ["医疗服务项目超限定单价收费"]
about      = "Where the place pays the first site of an examination in full and each further site at a share of the list price, further sites of one encounter and day were charged above that share. The dearest examination of the family is the first; at stake is the difference to the share, times the further sites. Slightly suspicious where a reason is recorded."
about_zh   = "当地规定同类检查首个部位全额、其他部位按规定价格的一定比例收费，而同一次就诊同日的其他部位收费超过该比例。以同类检查中规定价格最高者为首个部位；涉及金额为差价乘以其他部位数。已记录理由的，降为轻度可疑。"
innocent   = "Left out: places whose price list says nothing of further sites, for they pay each in full; examinations of different families, such as CT and magnetic resonance; other days; special-needs services; prices within the tolerance; lines reversed. Not visible in the data: which sites were examined; a second session on the same day, unless a reason is recorded."
innocent_zh = "不计入：当地未规定多部位计价的（各部位全额收费）；不同类检查（如CT与磁共振）；不同日期；特需服务；容差以内的价格；已冲销明细。数据无法识别：具体检查部位；同日再次检查（未记录理由的）。"
because    = "{name} on {day} at {price} yuan for a further site; {rate} per cent of {cap} are allowed"
because_zh = "{day}{name}其他部位按{price}元收费；限按{cap}元的{rate}%收费"

[parameters.tolerance]
value  = 1
source = "catalogue B18, PRICE_TOL, taken for B19 too: in per cent; starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"
price    = "price"
cap      = "price"

[given]
k_site = """
item            | name     | family | rate
002103000010000 | CT平扫   | CT     | 60
002103000020000 | CT增强   | CT     | 60
002102000010000 | 磁共振平扫 | MR     | 60
"""
k_price_cap = """
item            | name     | level | cap
002103000010000 | CT平扫   | 2     | 200.00
002103000020000 | CT增强   | 2     | 300.00
002102000010000 | 磁共振平扫 | 2     | 400.00
"""

[examples]
"CT of three sites, each at the full price of 200, the further at 120 · CT三个部位均按全价200元收费，其他部位限120元" = """
charge | claim | item            | done_at             | price  | quantity | flagged
a      | s     | 002103000010000 | 2026-03-05 08:00:00 | 200.00 | 1        |
b      | s     | 002103000010000 | 2026-03-05 08:10:00 | 200.00 | 1        | 80.00 high
c      | s     | 002103000010000 | 2026-03-05 08:20:00 | 200.00 | 1        | 80.00
d      | t     | 002103000010000 | 2026-03-05 08:00:00 | 200.00 | 3        | 160.00
"""
"CT of the head and magnetic resonance of the knee; two days; two claims · 头部CT与膝关节磁共振；不同日期；不同就诊" = """
charge | claim | item            | day        | price  | quantity
a      | s     | 002103000010000 | 2026-03-05 | 200.00 | 1
b      | s     | 002102000010000 | 2026-03-05 | 400.00 | 1
c      | s     | 002103000010000 | 2026-03-06 | 200.00 | 1
d      | t     | 002103000010000 | 2026-03-06 | 200.00 | 1
"""
"At the share; within one per cent of it; a hair more · 按比例收费；超出百分之一以内；再多一分" = """
charge | claim | item            | done_at             | price  | quantity | flagged
a      | s     | 002103000010000 | 2026-03-05 08:00:00 | 200.00 | 1        |
b      | s     | 002103000010000 | 2026-03-05 09:00:00 | 120.00 | 1        |
c      | t     | 002103000010000 | 2026-03-05 08:00:00 | 200.00 | 1        |
d      | t     | 002103000010000 | 2026-03-05 09:00:00 | 121.20 | 1        |
e      | u     | 002103000010000 | 2026-03-05 08:00:00 | 200.00 | 1        |
f      | u     | 002103000010000 | 2026-03-05 09:00:00 | 121.21 | 1        | 1.21
"""
"At one moment the later line is the further site · 同一时刻以后一条为其他部位" = """
charge | claim | item            | done_at             | price  | quantity | flagged
a      | s     | 002103000010000 | 2026-03-05 08:00:00 | 200.00 | 1        |
b      | s     | 002103000010000 | 2026-03-05 08:00:00 | 150.00 | 1        | 30.00
"""
"The dearest is the first, whichever was done first · 以规定价格最高者为首个部位，与先后无关" = """
charge | claim | item            | done_at             | price  | quantity | flagged
a      | s     | 002103000010000 | 2026-03-05 08:00:00 | 200.00 | 1        | 80.00
b      | s     | 002103000020000 | 2026-03-05 09:00:00 | 300.00 | 1        |
"""
"Special needs; a level without a price; a reason is recorded · 特需服务；该等级无规定价格；已记录理由" = """
charge | claim | level | item            | done_at             | price  | quantity | special | reason     | flagged
a      | s     |       | 002103000010000 | 2026-03-05 08:00:00 | 200.00 | 2        | yes     |            |
b      | t     | 3     | 002103000010000 | 2026-03-05 08:00:00 | 240.00 | 2        |         |            |
c      | u     |       | 002103000010000 | 2026-03-05 08:00:00 | 200.00 | 2        |         | 病情变化复查 | low
"""

[examples."Point and price hold on their days · 知识点与价格均在有效期内有效"]
k_site = """
item            | name   | family | rate | since
002103000010000 | CT平扫 | CT     | 60   | 2026-03-02
"""
k_price_cap = """
item            | name   | level | cap    | since      | until
002103000010000 | CT平扫 | 2     | 200.00 |            | 2026-03-05
002103000010000 | CT平扫 | 2     | 150.00 | 2026-03-06 |
"""
charge = """
charge | claim | item            | day        | price  | quantity | flagged
a      | s     | 002103000010000 | 2026-03-01 | 200.00 | 2        |
b      | t     | 002103000010000 | 2026-03-05 | 200.00 | 2        | 80.00
c      | u     | 002103000010000 | 2026-03-06 | 200.00 | 2        | 110.00
"""
*/
WITH examined AS (  -- each examination with the sites of its family, encounter and day up to and with it, the dearest first
    SELECT
        c.institution, c.claim, c.charge, c.item, c.day, c.price, c.quantity, c.reason, k.point, k.name, k.rate, p.cap,
        k.family, sum(c.quantity) OVER (
            PARTITION BY c.claim, c.day, k.family ORDER BY p.cap DESC, c.done_at, c.charge
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS so_far
    FROM charge AS c
    JOIN k_site AS k ON k.item = c.item
    JOIN k_price_cap AS p ON p.item = c.item AND p.level = c.level
    WHERE in_force(k, c) AND in_force(p, c) AND NOT c.special
)
SELECT
    e.institution, e.claim, e.charge, worth(e.price - e.cap * e.rate // 100, least(e.quantity, e.so_far - 10000)) AS at_stake,
    CASE WHEN e.reason IS NULL THEN 'high' ELSE 'low' END AS certainty, e.claim || ':' || e.family AS finding,
    e.point, e.item, e.name, e.day, e.price, e.cap, e.rate, e.quantity, e.reason
FROM examined AS e
WHERE e.so_far > 10000 AND e.price * 10000 > e.cap * e.rate * (100 + $tolerance)
