/*
title      = "Charged beside what includes it"
title_zh   = "医疗服务项目重复收费"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (3); national list of rule types 2025, no. 25, batch 7; typical problem list 2025"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第三项；国家两库（2025年版）第25类规则、第七批知识点；2025年版典型问题清单"
stage      = "in_force"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V08"]
natl_rule  = ["医疗服务项目重复收费"]
about      = "A service was charged beside another whose price includes it, or that excludes it: within one day, one claim, or the hours that the point says, for one person at one institution. At stake is the whole line of the included service."
about_zh   = "同一患者在同一机构，在知识点规定的时间范围内（同日、同次就诊或若干小时内），收取某项目费用的同时又收取其内涵已包含或规定不得同时收取的项目费用。涉及金额为被包含项目的明细全额。"
innocent   = "Left out: pairs that may be told apart, where a reason (another vessel, side, segment or session) is recorded on the included service; another day or claim than the point says; a main service that was reversed. Not visible in the data: side, tooth, vessel or segment; a provincial price list that defines the service otherwise, which is mended by a point of the province."
innocent_zh = "不计入：允许区分的项目对，且被包含项目已记录理由（不同血管、侧别、节段或时段）；不在知识点规定的时间范围内；主项目已冲销。数据无法识别：侧别、牙位、血管、节段；省级价格项目内涵另有规定的，应以本省知识点更正。"
because    = "{other_name} on {day} is part of {name}, charged on {main_day}"
because_zh = "{day}所收{other_name}已包含在{main_day}所收{name}之内"
back       = 1

[columns]
quantity = "qty"

[given]
k_pair = """
item            | name             | other           | other_name   | span  | hours | excusable
001103000010000 | 急诊监护费       | 001109000010000 | 普通病房床位费 | day   |       |
003205000020000 | 经皮冠状动脉腔内成形术 | 003205000010000 | 冠状动脉造影术 | day   |       | yes
003310020050000 | 胃癌根治术       | 003310020030000 | 近端胃大部切除术 | claim |       | yes
003107020020000 | 持续有创性血压监测 | 003107010220000 | 心电监测     | hours | 1     | yes
"""

[examples]
"Emergency observation and a bed the same day · 同日急诊监护费与床位费" = """
charge | claim | item            | day        | amount | flagged
a      | s     | 001103000010000 | 2026-03-05 | 180.00 |
b      | s     | 001109000010000 | 2026-03-05 | 50.00  | 50.00 certain
c      | s     | 001109000010000 | 2026-03-06 | 50.00  |
"""
"Angioplasty and angiography the same day · 同日冠脉成形术与造影术" = """
charge | claim | item            | day        | amount  | flagged
a      | s     | 003205000020000 | 2026-03-05 | 3600.00 |
b      | s     | 003205000010000 | 2026-03-05 | 2100.00 | 2100.00
"""
"Angiography in the morning, transfer, angioplasty two days later; a reason recorded; another person; another institution · 上午造影、转院后两天行成形术；已记录理由；不同患者；不同机构" = """
charge | claim | member | institution | item            | day        | reason           | flagged
a      | s     | Li     | North       | 003205000010000 | 2026-03-05 |                  |
b      | t     | Li     | South       | 003205000020000 | 2026-03-07 |                  |
c      | u     | Wu     | North       | 003205000020000 | 2026-03-05 |                  |
d      | u     | Wu     | North       | 003205000010000 | 2026-03-05 | 非靶血管另行造影 |
e      | v     | Xu     | North       | 003205000010000 | 2026-03-05 |                  |
f      | w     | Zhao   | North       | 003205000020000 | 2026-03-06 |                  |
g      | x     | Zhao   | South       | 003205000010000 | 2026-03-06 |                  |
"""
"Where nothing can tell them apart a reason does not help · 不可区分的项目对，记录理由无效" = """
charge | claim | item            | reason   | flagged
a      | s     | 001103000010000 |          |
b      | s     | 001109000010000 | 患者要求 | yes
"""
"Within one claim, on other days; in another claim · 同次就诊不同日；另次就诊" = """
charge | claim | item            | day        | flagged
a      | s     | 003310020050000 | 2026-03-05 |
b      | s     | 003310020030000 | 2026-03-08 | yes
c      | t     | 003310020030000 | 2026-03-08 |
"""
"Within the hour, and a second later · 一小时之内；超过一秒" = """
charge | claim | member | item            | done_at             | flagged
a      | s     | Li     | 003107020020000 | 2026-03-05 08:00:00 |
b      | s     | Li     | 003107010220000 | 2026-03-05 09:00:00 | yes
c      | t     | Wu     | 003107020020000 | 2026-03-05 09:00:01 |
d      | t     | Wu     | 003107010220000 | 2026-03-05 08:00:00 |
"""
"Two lines of the main service accuse the included one once · 主项目有两条，被包含项目只计一次" = """
charge | claim | item            | amount  | flagged
a      | s     | 003205000020000 | 3600.00 |
b      | s     | 003205000020000 | 3600.00 |
c      | s     | 003205000010000 | 2100.00 | 2100.00
"""
*/
WITH met AS (
    SELECT
        c.institution, c.claim, c.charge, c.amount, c.item, c.day, c.quantity, m.claim AS main_claim, m.charge AS main_charge, m.day AS main_day,
        k.point, k.item AS main_item, k.name, k.other_name,
        row_number() OVER (PARTITION BY c.charge ORDER BY m.done_at, m.charge, k.point) AS place
    FROM charge AS c
    JOIN k_pair AS k ON k.other = c.item
    JOIN history AS m ON m.item = k.item AND m.member = c.member AND m.institution = c.institution AND m.charge <> c.charge
    WHERE in_force(k, c) AND NOT (k.excusable AND c.reason IS NOT NULL)
        AND CASE k.span
            WHEN 'day' THEN m.day = c.day
            WHEN 'claim' THEN m.claim = c.claim
            ELSE date_diff('second', m.done_at, c.done_at) BETWEEN k.hours * -3600 AND k.hours * 3600 END
)
SELECT
    m.institution, m.claim, m.charge, 'accused' AS role, m.amount AS at_stake, m.charge AS finding,
    m.point, m.item, m.other_name, m.day, m.quantity, m.main_item, m.name, m.main_charge, m.main_day
FROM met AS m WHERE m.place = 1
UNION ALL
SELECT
    m.institution, m.main_claim, m.main_charge, 'involved', 0, m.charge,
    m.point, m.main_item, m.other_name, m.day, NULL, m.main_item, m.name, m.main_charge, m.main_day
FROM met AS m WHERE m.place = 1
