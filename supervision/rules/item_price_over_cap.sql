/*
title      = "Price over its cap"
title_zh   = "医疗服务项目超标准收费"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (3); Implementing Rules (NHSA Order 7), art. 11; national list of rule types 2025, no. 14; the price list of the place"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第三项；《实施细则》（国家医疗保障局令第7号）第十一条；国家两库（2025年版）第14类规则；当地医疗服务价格"
stage      = "in_force"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V09"]
natl_rule  = ["医疗服务项目超限定单价收费"]
about      = "The unit price is above the highest price that holds for the service, the level of the institution, the place and the day. At stake is the difference times the quantity."
about_zh   = "计费单价高于该项目在当地、当日、相应机构等级的最高限价。涉及金额为差价乘以数量。"
innocent   = "Left out: market-priced and special-needs services; prices within the tolerance; services that have no cap yet. The cap and the level of the institution are those of the day of the charge. Not visible in the data: night and holiday surcharges; a unit taken otherwise (for each film, for each side)."
innocent_zh = "不计入：市场调节价和特需服务；容差以内的价格；尚无限价的项目。限价和机构等级均以收费当日为准。数据无法识别：夜间、节假日加收；计价单位理解不同（每片、每侧）。"
because    = "{name} was billed on {day} at {price} yuan a unit; the highest price is {cap}"
because_zh = "{day}{name}单价{price}元，最高限价{cap}元"

[parameters.tolerance]
value  = 5
source = "catalogue B17, PRICE_TOL: in thousandths of the cap; starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"
price    = "price"
cap      = "price"

[given]
k_price_cap = """
item            | name   | level | cap    | place  | since      | until
002103000010000 | CT平扫 | 2     | 220.00 | 990000 |            | 2026-06-30
002103000010000 | CT平扫 | 2     | 200.00 | 990000 | 2026-07-01 |
002103000010000 | CT平扫 | 3     | 240.00 | 990000 |            |
"""

[examples]
"A scan capped at 220 for 260, and at the cap · 限价220元的CT平扫收260元；按限价收费" = """
charge | item            | price  | quantity | flagged
a      | 002103000010000 | 260.00 | 1        | 40.00 certain
b      | 002103000010000 | 260.00 | 2.5      | 100.00
c      | 002103000010000 | 220.00 | 1        |
"""
"A special-needs service · 特需服务" = """
charge | item            | price  | special | quantity
a      | 002103000010000 | 260.00 | yes     | 1
"""
"The cap of the day counts · 以收费当日限价为准" = """
charge | item            | day        | price  | quantity | flagged
a      | 002103000010000 | 2026-06-30 | 220.00 | 1        |
b      | 002103000010000 | 2026-07-01 | 220.00 | 1        | 20.00
"""
"Half a per cent is tolerated, a hair more is not · 千分之五以内不计，超出即计" = """
charge | item            | price      | quantity | flagged
a      | 002103000010000 | 221.10     | 1        |
b      | 002103000010000 | 221.100001 | 1        | 1.10
"""
"Another level, another place, another service · 其他等级、其他地区、其他项目" = """
charge | item            | level | province | area   | price  | quantity
a      | 002103000010000 | 3     |          |        | 240.00 | 1
b      | 002103000010000 | 2     | 330000   | 330100 | 260.00 | 1
c      | 002103000020000 | 2     |          |        | 260.00 | 1
"""
"A difference goes to fen half up, once · 差价四舍五入到分" = """
charge | item            | price    | quantity | flagged
a      | 002103000010000 | 230.0150 | 1        | 10.02
b      | 002103000010000 | 230.0149 | 1        | 10.01
"""
*/
SELECT
    c.institution, c.claim, c.charge, worth(c.price - k.cap, c.quantity) AS at_stake,
    k.point, c.item, k.name, c.day, c.level, c.price, k.cap, c.quantity, k.place
FROM charge AS c
JOIN k_price_cap AS k ON k.item = c.item AND k.level = c.level
WHERE in_force(k, c) AND c.price * 1000 > k.cap * (1000 + $tolerance) AND NOT c.special
