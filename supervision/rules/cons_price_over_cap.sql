/*
title      = "Consumable over its price"
title_zh   = "耗材超限价"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (3); Implementing Rules (NHSA Order 7), art. 11; national list of rule types 2025, no. 34; typical problem list 2025, items 8 and 10; the prices of the place"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第三项；《实施细则》（国家医疗保障局令第7号）第十一条；国家两库（2025年版）第34类规则；2025年版典型问题清单第8、10项；当地医用耗材价格"
stage      = "in_force"
moments    = ["review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V09"]
natl_rule  = ["耗材超限定报销总额"]
about      = "The unit price of a consumable is above its winning or listed price that holds in the place and on the day. At stake is the difference times the quantity. Where the price is one of a pack and the line looks billed by the piece, each piece is held against its part of the pack's price, which is slight suspicion only."
about_zh   = "医用耗材计费单价高于当地、当日有效的中选价或挂网价。涉及金额为差价乘以数量。价格按包装公布而明细疑似按单件计费的，以包装价除以件数比较，仅为轻度可疑。"
innocent   = "Left out: consumables that have no price yet; pieces of a pack billed at no more than their part. Not visible in the data: the price the institution bought at, beyond which a mark-up is forbidden too; whether a line was billed by the piece or by the pack; an implant whose price is that of a set; local rules on surcharges."
innocent_zh = "不计入：尚无价格的耗材；按单件计费且不超过包装价相应份额的。数据无法识别：机构购进价（加成同样违规）；明细按单件还是按包装计费；按套定价的植入物；地方加收规定。"
because    = "{name} was billed on {day} at {price} yuan; the highest price is {allowed}"
because_zh = "{day}{name}单价{price}元，最高{allowed}元"

[parameters.piece]
value  = 5
source = "tenths of a pack's price up to which a line is taken as billed by the piece; starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"
price    = "price"
allowed  = "price"

[given]
k_device_price = """
item                 | name         | cap    | pieces | place  | since      | until
C9900000000000000005 | 药物洗脱支架 | 798.00 |        | 990000 |            | 2026-06-30
C9900000000000000005 | 药物洗脱支架 | 700.00 |        | 990000 | 2026-07-01 |
C9900000000000000306 | 医用敷料(10片装) | 100.00 | 10 | 990000 |            |
"""

[examples]
"A stent won at 798 for 1200, and at 798 · 中选价798元的支架收1200元；收798元" = """
charge | item                 | price  | quantity | flagged
a      | C9900000000000000005 | 1200   | 1        | 402.00 certain
b      | C9900000000000000005 | 1200   | 2        | 804.00
c      | C9900000000000000005 | 798    | 1        |
d      | C9900000000000000005 | 798.01 | 1        | 0.01
"""
"A box of ten at 100: 12 a piece; 10 a piece; 90 a box; 110 a box · 10片装100元：按片12元、10元；按盒90元、110元" = """
charge | item                 | price | quantity | flagged
a      | C9900000000000000306 | 12    | 5        | 10.00 low
b      | C9900000000000000306 | 10    | 5        |
c      | C9900000000000000306 | 90    | 1        |
d      | C9900000000000000306 | 110   | 1        | 10.00 certain
"""
"Up to half the price of the box it is taken as a piece · 不超过盒价一半的视为按片计费" = """
charge | item                 | price    | quantity | flagged
a      | C9900000000000000306 | 50       | 1        | 40.00 low
b      | C9900000000000000306 | 50.00001 | 1        |
"""
"The price of the day counts · 以收费当日价格为准" = """
charge | item                 | day        | price | flagged
a      | C9900000000000000005 | 2026-06-30 | 798   |
b      | C9900000000000000005 | 2026-07-01 | 798   | 98.00
"""
"Another place; a consumable without a price · 其他地区；无价格的耗材" = """
charge | item                 | province | area   | price
a      | C9900000000000000005 | 330000   | 330100 | 1200
b      | C9900000000000000009 |          |        | 1200
"""
*/
WITH priced AS (  -- each line with what its price is held against: the pack's, or a piece's part of it
    SELECT
        c.institution, c.claim, c.charge, c.item, c.day, c.price, c.quantity, k.point, k.name, k.cap, k.place,
        CASE WHEN c.price * 10 <= k.cap * $piece THEN k.cap // k.pieces ELSE k.cap END AS allowed
    FROM charge AS c
    JOIN k_device_price AS k ON k.item = c.item
    WHERE in_force(k, c)
)
SELECT
    p.institution, p.claim, p.charge, worth(p.price - p.allowed, p.quantity) AS at_stake,
    CASE WHEN p.allowed < p.cap THEN 'low' ELSE 'certain' END AS certainty,
    p.point, p.item, p.name, p.day, p.price, p.allowed, p.quantity, p.place
FROM priced AS p
WHERE p.price > p.allowed
