/*
title      = "Service without the permit it takes"
title_zh   = "超诊疗科目或无资质开展服务"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (6), art. 40 (3); National Catalogue of Restricted Techniques 2022; agreement of the institution"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第六项、第四十条第三项；《国家限制类技术目录（2022年版）》；定点医疗机构服务协议"
stage      = "trial"
moments    = ["review", "audit"]
certainty  = "certain"
severity   = "S3"
violations = ["V25", "V17"]
natl_rule  = ["医疗服务项目限医疗机构级别"]
needs      = ["permit"]
about      = "A service that takes a permit was billed by an institution that has none for it on the day of the charge. The whole line is at stake. Slightly suspicious where a permit begins soon after or ended shortly before, because a register may be late, or where a reason is recorded."
about_zh   = "须经许可（登记、备案）方可开展的项目，由收费当日无相应许可的机构收费。涉及金额为该明细全额。许可在宽限期内生效或失效（登记可能滞后），或已记录理由的，降为轻度可疑。"
innocent   = "Left out: institutions of which no permit was ever told, for then the register and not the permit may be missing; lines reversed. Not visible in the data: a visiting team under a filed contract, a device on trial, a permit that was issued and not yet registered, unless it is registered within the days of grace; departments the institution is registered for."
innocent_zh = "不计入：从未报送任何许可信息的机构（可能仅为未登记）；已冲销明细。数据无法识别：已备案的外院团队、试用设备；已颁发而未登记的许可（宽限期内登记的除外）；机构登记的诊疗科目。"
because    = "{name} was billed on {day} without a permit for it ({permit})"
because_zh = "{day}收取{name}费用，当日无相应许可（{permit}）"

[parameters.grace]
value  = 30
source = "catalogue F05, example 2 (permit issued last week, upload pending): starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
k_permit_item = """
item            | name         | permit
003110000060000 | 血液透析     | dialysis
003308030250000 | 体外人工膜肺 | ecmo
"""
permit = """
institution | kind     | since      | until
North       | dialysis | 2020-01-01 | -
South       | ecmo     | 2020-01-01 | -
"""

[examples]
"Dialysis where there is no permit for it, though for something else; where there is one; where none was ever told · 无透析许可（有他项许可）；有许可；从未报送许可" = """
charge | institution | item            | amount | flagged
a      | South       | 003110000060000 | 400.00 | 400.00 certain
b      | North       | 003110000060000 |        |
c      | West        | 003110000060000 |        |
d      | North       | 003308030250000 |        | yes
e      | South       | 003308030250000 |        |
f      | South       | 002103000010000 |        |
"""
"A reason is recorded · 已记录理由" = """
charge | institution | item            | reason           | flagged
a      | South       | 003110000060000 | 外院团队协议开展 | low
"""

[examples."A permit on its first day, its last, and beside them · 许可首日、末日及前后"]
permit = """
institution | kind     | since      | until
North       | dialysis | 2026-03-01 | 2026-03-31
"""
charge = """
charge | item            | day        | flagged
a      | 003110000060000 | 2026-02-28 | low
b      | 003110000060000 | 2026-03-01 |
c      | 003110000060000 | 2026-03-31 |
d      | 003110000060000 | 2026-04-01 | low
e      | 003110000060000 | 2026-01-30 | low
f      | 003110000060000 | 2026-01-29 | certain
g      | 003110000060000 | 2026-04-30 | low
h      | 003110000060000 | 2026-05-01 | certain
"""

[examples."A permit for something else that came just now says nothing · 宽限期内的他项许可不作数"]
permit = """
institution | kind | since      | until
North       | ecmo | 2026-03-01 | 2026-03-01
North       | ecmo | 2026-03-10 | -
South       | dialysis | 2026-03-01 | -
"""
charge = """
charge | item            | day        | flagged
a      | 003110000060000 | 2026-03-05 | certain
"""

[examples."A point holds on its days · 知识点在有效期内有效"]
k_permit_item = """
item            | name         | permit | since      | until
003308030250000 | 体外人工膜肺 | ecmo   | 2026-03-01 | 2026-03-31
"""
charge = """
charge | item            | day        | flagged
a      | 003308030250000 | 2026-02-28 |
b      | 003308030250000 | 2026-03-31 | yes
"""
*/
SELECT
    c.institution, c.claim, c.charge, c.amount AS at_stake,
    CASE WHEN c.reason IS NOT NULL OR EXISTS (  -- one of this kind came soon after, or ended shortly before
        SELECT 1 FROM permit AS p
        WHERE p.institution = c.institution AND p.kind = k.permit AND p.since <= days_after(c.day, $grace)
            AND (p.until IS NULL OR days_after(p.until, $grace) >= c.day)) THEN 'low' ELSE 'certain' END AS certainty,
    k.point, c.item, k.name, k.permit, c.day, c.quantity, c.reason
FROM charge AS c
JOIN k_permit_item AS k ON k.item = c.item
WHERE in_force(k, c)
    AND EXISTS (SELECT 1 FROM permit AS p WHERE p.institution = c.institution)
    AND NOT EXISTS (
        SELECT 1 FROM permit AS p
        WHERE p.institution = c.institution AND p.kind = k.permit AND p.since <= c.day AND (p.until IS NULL OR p.until >= c.day))
