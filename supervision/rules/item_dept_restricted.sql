/*
title      = "Service outside its department"
title_zh   = "医疗服务项目限科室使用"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (4), art. 40 (3); national list of rule types 2025, no. 21; typical problem list 2025, items 71, 172 and 173"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第四项、第四十条第三项；国家两库（2025年版）第21类规则；2025年版典型问题清单第71、172、173项"
stage      = "in_force"
moments    = ["review", "audit"]
certainty  = "high"
severity   = "S2"
violations = ["V11", "V17"]
natl_rule  = ["医疗服务项目限科室使用"]
about      = "A service that only certain departments can do was billed by another. A department stands for all below it: A21 for A21 and A21.01. The whole line is at stake. Slightly suspicious where the department is unknown or no national code, at institutions of level 1 and below, which have one ward for all, and where a reason is recorded."
about_zh   = "限特定科室开展的项目由其他科室收费。科室代码含其下级科室（A21含A21.01）。涉及金额为该明细全额。科室不详或非国家标准代码的、一级及以下机构（综合病区）的、已记录理由的，降为轻度可疑。"
innocent   = "Left out: use approved beforehand; departments for which the list has a line; lines reversed. Not visible in the data: the department that did the service, where another ordered it, so a consultation should be billed by the one that did it, or its reason recorded; shared wards."
innocent_zh = "不计入：已事前审批；列表允许的科室；已冲销明细。数据无法识别：开单科室之外的执行科室（会诊项目请以执行科室计费或记录理由）；共用病区。"
because    = "{name} was billed on {day} by department {department}, which the list does not name for it"
because_zh = "{day}{name}由科室{department}收费，不属于限定科室"

[columns]
quantity = "qty"

[given]
k_dept_item = """
item            | name     | department
009901001030000 | 言语训练 | A21
009901001030000 | 言语训练 | A03.03
003110000060000 | 血液透析 | A03.06
"""

[examples]
"Speech therapy billed by general surgery, by rehabilitation, by neurology · 普通外科、康复医学科、神经内科收取言语训练" = """
charge | item            | department | amount | flagged
a      | 009901001030000 | A04.01     | 60.00  | 60.00 high
b      | 009901001030000 | A21        | 60.00  |
c      | 009901001030000 | A21.01     | 60.00  |
d      | 009901001030000 | A03.03     | 60.00  |
e      | 009901001030000 | A03        | 60.00  | high
f      | 009901001030000 | A22        | 60.00  | high
g      | 009901001030000 | A03.06     | 60.00  | high
h      | 003110000060000 | A03.06     | 400.00 |
"""
"A department that is unknown, or no national code · 科室不详；非国家标准代码" = """
charge | item            | department | flagged
a      | 009901001030000 | -          | low
b      | 009901001030000 | 0305       | low
c      | 009901001030000 | 康复科     | low
"""
"Level 1, level 2; a reason; approved beforehand; another service · 一级、二级机构；已记录理由；已事前审批；其他项目" = """
charge | item            | department | level | reason       | approved | flagged
a      | 009901001030000 | A04.01     | 1     |              |          | low
b      | 009901001030000 | A04.01     | 2     |              |          | high
c      | 009901001030000 | A04.01     |       | 康复科会诊实施 |          | low
d      | 009901001030000 | A04.01     |       |              | yes      |
e      | 002103000010000 | A04.01     |       |              |          |
"""

[examples."Points hold on their days · 知识点在有效期内有效"]
k_dept_item = """
item            | name     | department | since      | until
009901001030000 | 言语训练 | A21        | 2026-03-01 |
009901001030000 | 言语训练 | A03.03     | 2026-03-01 | 2026-03-31
"""
charge = """
charge | item            | department | day        | flagged
a      | 009901001030000 | A04.01     | 2026-02-28 |
b      | 009901001030000 | A04.01     | 2026-03-01 | yes
c      | 009901001030000 | A03.03     | 2026-03-31 |
d      | 009901001030000 | A03.03     | 2026-04-01 | yes
"""
*/
WITH listed AS (  -- each line of a service with a list of departments
    SELECT
        c.institution, c.claim, c.charge, c.item, c.day, c.department, c.level, c.reason, c.quantity, c.amount, c.province, c.area,
        k.point, k.name, row_number() OVER (PARTITION BY c.charge ORDER BY k.point, k.department) AS place
    FROM charge AS c
    JOIN k_dept_item AS k ON k.item = c.item
    WHERE in_force(k, c) AND NOT c.approved
)
SELECT
    l.institution, l.claim, l.charge, l.amount AS at_stake,
    CASE
        WHEN l.department IS NULL OR l.department NOT BETWEEN 'A' AND 'B' OR l.level <= 1 OR l.reason IS NOT NULL THEN 'low'
        ELSE 'high' END AS certainty,
    l.point, l.item, l.name, l.day, l.department, l.quantity, l.reason
FROM listed AS l
WHERE l.place = 1 AND NOT EXISTS (
    SELECT 1 FROM k_dept_item AS k
    WHERE k.item = l.item AND in_force(k, l) AND l.department BETWEEN k.department AND k.department || '.99')
