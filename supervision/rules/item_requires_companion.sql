/*
title      = "Service without the one it needs"
title_zh   = "缺少关联项目"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 40 (3); typical problem list 2025, items 56, 81 and 137"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第四十条第三项；2025年版典型问题清单第56项、第81项、第137项"
stage      = "in_force"
moments    = ["audit"]
certainty  = "high"
severity   = "S2"
violations = ["V17"]
natl_rule  = ["药品/项目不符", "医用耗材与医疗服务项目不符（同法）"]
about      = "A service was billed that makes sense only beside another, and the person had none of these around that day: a reconstruction without a scan, a frozen section or fluoroscopy in the theatre without an operation. The whole line is at stake."
about_zh   = "收取的项目只能与另一项目同时开展，而该患者在该日前后未发生相应项目：如未做CT而收取三维重建费用，无手术而收取冰冻切片检查、术中透视费用。涉及金额为该明细全额。"
innocent   = "Left out: a companion in any claim of the person at the institution within the days that the point gives; an operation of these days instead of a companion, where the point names operations; lines that nobody asked the fund to pay; lines reversed. Slight suspicion: visits where an operation is missing, for small ones are seldom coded; institutions that sent no operation at all in these months; and a companion at another institution, as with a specimen or pictures sent in. Not visible in the data: a companion that is billed under a local code, or included in another fee; needs that are written as a ward, a record or a permit."
innocent_zh = "不计入：该患者在同一机构任一就诊于知识点规定天数内发生的关联项目；知识点要求手术的，相应日期的手术操作记录；未纳入基金支付的明细；已冲销明细。降为轻度可疑：门诊等就诊缺少手术记录（小手术较少编码）；该机构在相应月份未上传任何手术操作的；关联项目在其他机构发生（如送检标本、外院影像）。数据无法识别：以本地编码收取或含于其他费用的关联项目；以病区、病历记录、资质表述的要求。"
because    = "{name} was billed on {day} without {other_name}"
because_zh = "{day}收取{name}，未见{other_name}"
back       = 1
ahead      = 1  # the ticket with the companion may be settled later

[columns]
quantity = "qty"

[given]
k_requires = """
item            | name             | companions | other_name             | days | operation
009901000820000 | CT三维重建       | ct         | CT检查                 | 0    |
002704000010000 | 冰冻切片检查与诊断 | -          | 手术                   | 1    | Y
"""
k_companion = """
item            | name                        | companions
002103000010000 | X线计算机体层(CT)平扫       | ct
002103000020000 | X线计算机体层(CT)增强扫描   | ct
002102000010000 | 磁共振平扫                  | mri
"""
operation_history = """
claim | member | institution | code    | day
z     | Zhao   | North       | 47.0900 | 2026-03-05
"""

[examples]
"Reconstruction without any CT that day, with a CT, with a scan that is none · 三维重建：当日无CT；有CT；仅有磁共振" = """
charge | claim | member | kind       | item            | day        | amount | flagged
a      | v     | Li     | outpatient | 009901000820000 | 2026-03-05 | 90.00  | 90.00 high
b      | w     | Wu     | outpatient | 009901000820000 | 2026-03-05 | 90.00  |
c      | w     | Wu     | outpatient | 002103000020000 | 2026-03-05 | 330.00 |
d      | x     | Xu     | outpatient | 009901000820000 | 2026-03-05 | 90.00  | yes
e      | x     | Xu     | outpatient | 002102000010000 | 2026-03-05 | 410.00 |
"""
"The CT of the day before, of another ticket, of another person, of another institution · 前一日的CT；另一票据的CT；他人的CT；他院的CT" = """
charge | claim | member | institution | kind       | item            | day        | flagged
a      | u     | Li     | North       | outpatient | 009901000820000 | 2026-03-05 | high
b      | u     | Li     | North       | outpatient | 002103000010000 | 2026-03-04 |
c      | v     | Wu     | North       | outpatient | 009901000820000 | 2026-03-05 |
d      | w     | Wu     | North       | outpatient | 002103000010000 | 2026-03-05 |
e      | x     | Xu     | North       | outpatient | 009901000820000 | 2026-03-05 | low
f      | y     | Xu     | South       | outpatient | 002103000010000 | 2026-03-05 |
g      | q     | He     | North       | outpatient | 009901000820000 | 2026-03-05 | high
h      | r     | He     | North       | outpatient | 002103000010000 | 2026-03-06 |
"""
"The person pays alone · 全自费" = """
charge | claim | kind       | item            | amount | eligible | flagged
a      | v     | outpatient | 009901000820000 | 90.00  | 0.00     |
b      | v     | outpatient | 009901000820000 | 90.00  | 0.01     | 90.00
"""

[examples."A frozen section without an operation; of the day before and after; two days; in a visit; at an institution that sent no operation; of another person · 冰冻切片：无手术；手术在前后一日；相差两日；门诊；机构未上传任何手术；他人手术"]
charge = """
charge | claim | member | institution | kind        | item            | day        | amount | flagged
a      | a     | Li     | North       | inpatient   | 002704000010000 | 2026-03-05 | 200.00 | 200.00 high
b      | b     | Wu     | North       | inpatient   | 002704000010000 | 2026-03-05 | 200.00 |
c      | c     | Xu     | North       | inpatient   | 002704000010000 | 2026-03-05 | 200.00 |
d      | d     | Sun    | North       | inpatient   | 002704000010000 | 2026-03-05 | 200.00 | high
e      | e     | Qian   | North       | inpatient   | 002704000010000 | 2026-03-05 | 200.00 | high
f      | f     | He     | North       | outpatient  | 002704000010000 | 2026-03-05 | 200.00 | low
g      | g     | Gao    | South       | inpatient   | 002704000010000 | 2026-03-05 | 200.00 | low
h      | h     | Ma     | North       | day_surgery | 002704000010000 | 2026-03-05 | 200.00 | high
i      | i     | Hu     | North       | inpatient   | 002704000010000 | 2026-03-05 | 200.00 | low
"""
operation_history = """
claim | member | institution | code    | day
b     | Wu     | North       | 51.2300 | 2026-03-04
c2    | Xu     | North       | 51.2300 | 2026-03-06
d     | Sun    | North       | 51.2300 | 2026-03-03
e     | Qian   | North       | 51.2300 | 2026-03-07
i2    | Hu     | East        | 51.2300 | 2026-03-05
"""

[examples."A companion of the days that the point gives, before and after, and a day more · 知识点规定天数内、前后各一日；再多一日"]
k_requires = """
item            | name       | companions | other_name | days
009901000820000 | CT三维重建 | ct         | CT检查     | 2
"""
charge = """
charge | claim | member | kind       | item            | day        | flagged
a      | a     | Li     | outpatient | 009901000820000 | 2026-03-05 |
b      | a     | Li     | outpatient | 002103000010000 | 2026-03-07 |
c      | c     | Wu     | outpatient | 009901000820000 | 2026-03-05 |
d      | c     | Wu     | outpatient | 002103000010000 | 2026-03-03 |
e      | e     | Xu     | outpatient | 009901000820000 | 2026-03-05 | yes
f      | e     | Xu     | outpatient | 002103000010000 | 2026-03-08 |
g      | g     | He     | outpatient | 009901000820000 | 2026-03-05 | yes
h      | g     | He     | outpatient | 002103000010000 | 2026-03-02 |
"""

[examples."An operation is no scan · 手术不能代替CT"]
charge = """
charge | claim | kind      | item            | flagged
a      | s     | inpatient | 009901000820000 | high
"""
operation = """
claim | code    | day
s     | 51.2300 | 2026-03-05
"""

[examples."Where no operation is asked for, an institution without any is not slight · 不要求手术的项目与机构是否上传手术无关"]
charge = """
charge | claim | institution | kind      | item            | flagged
a      | s     | South       | inpatient | 009901000820000 | high
"""

[examples."A point holds on its days and in its place · 知识点在有效期和适用地区内有效"]
k_requires = """
item            | name       | companions | other_name | days | operation | place  | until
009901000820000 | CT三维重建 | ct         | CT检查     | 0    |           | 000000 | 2026-03-05
009901000830000 | 其他重建   | ct         | CT检查     | 0    |           | 990200 | 9999-12-31
"""
k_companion = """
item            | name                        | companions | until
002103000010000 | X线计算机体层(CT)平扫       | ct         | 2026-03-04
"""
charge = """
charge | claim | kind       | item            | day        | flagged
a      | v     | outpatient | 009901000820000 | 2026-03-05 | high
b      | v     | outpatient | 009901000820000 | 2026-03-06 |
c      | v     | outpatient | 009901000830000 | 2026-03-05 |
d      | v     | outpatient | 002103000010000 | 2026-03-05 |
"""
*/
WITH needing AS (  -- the services that need another, and that the fund was asked to pay
    SELECT
        c.institution, c.claim, c.charge, c.member, c.kind, c.province, c.area, c.amount, c.item, c.day, c.quantity,
        k.point, k.name, k.companions, k.other_name, k.days, k.operation
    FROM charge AS c
    JOIN k_requires AS k ON k.item = c.item
    WHERE in_force(k, c) AND c.eligible > 0
), found AS (  -- what they need and the person had within these days, and where
    SELECT n.charge, h.institution
    FROM needing AS n
    JOIN history AS h ON h.member = n.member
    JOIN k_companion AS j ON j.item = h.item
    WHERE j.companions = n.companions AND in_force(j, n) AND date_diff('day', h.day, n.day) BETWEEN n.days * -1 AND n.days
    UNION ALL
    SELECT n.charge, o.institution
    FROM needing AS n
    JOIN operation_history AS o ON o.member = n.member
    WHERE n.operation AND date_diff('day', o.day, n.day) BETWEEN n.days * -1 AND n.days
)
SELECT
    n.institution, n.claim, n.charge, n.amount AS at_stake,
    CASE
        WHEN EXISTS (SELECT 1 FROM found AS e WHERE e.charge = n.charge) THEN 'low'
        WHEN n.operation AND n.kind NOT IN ('inpatient', 'day_surgery') THEN 'low'
        WHEN n.operation AND NOT EXISTS (SELECT 1 FROM operation_history AS s WHERE s.institution = n.institution) THEN 'low'
        ELSE 'high' END AS certainty,
    n.point, n.item, n.name, n.day, n.kind, n.quantity, n.other_name
FROM needing AS n
WHERE NOT EXISTS (SELECT 1 FROM found AS f WHERE f.charge = n.charge AND f.institution = n.institution)
