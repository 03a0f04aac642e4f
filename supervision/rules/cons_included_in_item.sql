/*
title      = "Consumable that a service includes"
title_zh   = "项目内含耗材另行收费"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (3); national list of rule types 2025, no. 30; typical problem list 2025, item 59; the price document of the place"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第三项；国家两库（2025年版）第30类规则；2025年版典型问题清单第59项；当地价格文件"
stage      = "in_force"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V08"]
natl_rule  = ["医疗服务项目与医用耗材重复收费"]
about      = "A consumable was billed beside a service whose price includes it, in one claim and on one day, such as the blood line of a dialysis. At stake is the whole line of the consumable."
about_zh   = "同一次就诊同一日收取医疗服务项目费用的同时，另行收取其价格构成已包含的耗材费用（如血液透析的血路管）。涉及金额为该耗材明细全额。"
innocent   = "Left out: consumables that the price document names as charged apart (除外内容), which stand on no list; another day or claim; a service that was reversed; newborns on their mother's account, where the service may be the mother's. Not visible in the data: gauze beyond the quantity that is included; a surcharge for a new technique; a provincial document that defines the service otherwise, which is mended by a point of the province."
innocent_zh = "不计入：价格文件规定可另行收费的除外内容（不列入清单）；非同日或非同次就诊；已冲销的项目；母婴共用账户（项目可能属母亲）。数据无法识别：超出内含数量的敷料；新技术加收；省级价格文件另有规定的，应以本省知识点更正。"
because    = "{other_name} on {day} is part of {name}, charged the same day"
because_zh = "{day}所收{other_name}已包含在同日所收{name}的价格之内"

[columns]
quantity = "qty"

[given]
k_device_included = """
item            | name     | other                | other_name
003110000060000 | 血液透析 | C9900000000000000307 | 一次性血路管
003110000070000 | 血液滤过 | C9900000000000000307 | 一次性血路管
"""

[examples]
"Dialysis and its blood line; a dialyser and a guide wire that the document lets charge apart · 血液透析与血路管；可另行收费的透析器、导丝" = """
charge | claim | item                 | amount | flagged
a      | s     | 003110000060000      | 400.00 |
b      | s     | C9900000000000000307 | 58.00  | 58.00 certain
c      | s     | C9900000000000000004 | 168.00 |
d      | s     | C9900000000000000315 | 95.00  |
"""
"Another day, another claim; no service at all; a newborn on the account · 不同日；不同就诊；无相应项目；母婴共用账户" = """
charge | claim | member | item                 | day        | newborn
a      | s     | Li     | 003110000060000      | 2026-03-05 |
b      | s     | Li     | C9900000000000000307 | 2026-03-06 |
c      | t     | Li     | C9900000000000000307 | 2026-03-05 |
d      | u     | Wu     | 003110000060000      | 2026-03-05 | yes
e      | u     | Wu     | C9900000000000000307 | 2026-03-05 | yes
"""
"Two services that include it accuse it once, and two lines of one service too · 两个项目均包含，或一个项目两条，只计一次" = """
charge | claim | item                 | amount | flagged
a      | s     | 003110000060000      | 400.00 |
b      | s     | 003110000060000      | 400.00 |
c      | s     | 003110000070000      | 500.00 |
d      | s     | C9900000000000000307 | 58.00  | 58.00
e      | s     | C9900000000000000307 | 29.00  | 29.00
"""

[examples."A point holds on its days and in its place · 知识点在有效期和适用地区内有效"]
k_device_included = """
item | name | other | other_name | place  | since      | until
0011 | 甲   | C1    | 子         | 000000 | 2026-03-01 | 2026-03-31
0012 | 乙   | C2    | 丑         | 330000 |            |
"""
charge = """
charge | claim | item | day        | flagged
a      | s     | 0011 | 2026-03-31 |
b      | s     | C1   | 2026-03-31 | yes
c      | s     | 0011 | 2026-04-01 |
d      | s     | C1   | 2026-04-01 |
e      | s     | 0012 | 2026-03-31 |
f      | s     | C2   | 2026-03-31 |
"""
*/
WITH met AS (  -- each consumable with the services of its claim and day that include it
    SELECT
        c.institution, c.claim, c.charge, c.amount, c.item, c.day, c.quantity, m.charge AS main_charge,
        k.point, k.item AS main_item, k.name, k.other_name,
        row_number() OVER (PARTITION BY c.charge ORDER BY m.charge, k.point) AS place
    FROM charge AS c
    JOIN k_device_included AS k ON k.other = c.item
    JOIN charge AS m ON m.item = k.item AND m.claim = c.claim AND m.day = c.day
    WHERE in_force(k, c) AND NOT c.newborn
)
SELECT
    m.institution, m.claim, m.charge, 'accused' AS role, m.amount AS at_stake, m.charge AS finding,
    m.point, m.item, m.other_name, m.day, m.quantity, m.main_item, m.name, m.main_charge
FROM met AS m WHERE m.place = 1
UNION ALL
SELECT
    m.institution, m.claim, m.main_charge, 'involved', 0, m.charge,
    m.point, m.main_item, m.other_name, m.day, NULL, m.main_item, m.name, m.main_charge
FROM met AS m WHERE m.place = 1
