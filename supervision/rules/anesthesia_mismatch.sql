/*
title      = "Anaesthesia without an operation"
title_zh   = "麻醉收费与手术不符"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (3), art. 40 (3); typical problem list 2025, items 154 and 156"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第三项、第四十条第三项；2025年版典型问题清单第154项、第156项"
stage      = "in_force"
moments    = ["audit"]
certainty  = "high"
severity   = "S3"
violations = ["V17", "V08"]
natl_rule  = ["医疗服务项目重复收费（时长）"]
about      = "In a stay or in day surgery general, spinal or regional anaesthesia was billed, and around that day nothing was operated, nor any examination billed that is done under anaesthesia. The whole line is at stake."
about_zh   = "住院或日间手术期间收取全身、椎管内或神经阻滞麻醉费用，但该日前后无手术操作记录，也未收取可在麻醉下进行的检查费用。涉及金额为该明细全额。"
innocent   = "Left out: visits, where gastroscopy under sedation and the like need no record of an operation; local anaesthesia by the surgeon; an operation recorded in any claim of the person at the institution on the day, or so many days beside it, for it may run past midnight; an endoscopy billed that day; lines that nobody asked the fund to pay; lines reversed. Slight suspicion: institutions that sent no operation at all in these months. Not visible in the data: when the anaesthesia began and ended, so that hours above the record, and two anaesthesias at once of one person or one anaesthetist, stay unseen."
innocent_zh = "不计入：门诊等就诊（如镇静下胃镜检查无须手术记录）；手术医师实施的局部麻醉；该患者在同一机构任一就诊于当日或前后规定天数内有手术操作记录（手术可能跨午夜）；当日收取内镜检查费用；未纳入基金支付的明细；已冲销明细。降为轻度可疑：该机构在相应月份未上传任何手术操作的。数据无法识别：麻醉起止时间，故超出麻醉记录的时长、同一患者或同一麻醉医师同时进行的两次麻醉无法识别。"
because    = "{name} was billed on {day}, and no operation is recorded around that day"
because_zh = "{day}收取{name}费用，该日前后无手术操作记录"
back       = 1
ahead      = 1  # the claim that records the operation may be settled later

[parameters.days]
value  = 1
source = "catalogue B25 asks for the same day; a day beside it is given to operations past midnight, a starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
k_anaesthesia = """
item            | name
003301000050000 | 全身麻醉
003301000030000 | 椎管内麻醉
"""
k_sedation = """
item            | name
003109020050000 | 纤维胃十二指肠镜检查
"""
operation_history = """
claim | member | institution | code    | day
z     | Zhao   | North       | 47.0900 | 2026-03-05
"""

[examples."General anaesthesia without an operation, and with one that day · 全身麻醉：无手术；当日有手术"]
charge = """
charge | claim | member | kind        | item            | day        | amount | flagged
a      | s     | Li     | inpatient   | 003301000050000 | 2026-03-05 | 650.00 | 650.00 high
b      | t     | Wu     | inpatient   | 003301000050000 | 2026-03-05 | 650.00 |
c      | x     | Xu     | day_surgery | 003301000030000 | 2026-03-05 | 420.00 | 420.00 high
"""
operation = """
claim | member | institution | code    | day
t     | Wu     | North       | 51.2300 | 2026-03-05
"""

[examples]
"Sedation for a gastroscopy, as a visit and within a stay; the endoscopy of another day, person or institution · 镇静下胃镜检查：门诊、住院；不同日、不同患者、不同机构的内镜" = """
charge | claim | member | institution | kind       | item            | day        | amount | flagged
a      | v     | Li     | North       | outpatient | 003301000050000 | 2026-03-05 | 650.00 |
b      | w     | Wu     | North       | inpatient  | 003301000050000 | 2026-03-05 | 650.00 |
c      | w     | Wu     | North       | inpatient  | 003109020050000 | 2026-03-05 | 160.00 |
d      | x     | Xu     | North       | inpatient  | 003301000050000 | 2026-03-05 | 650.00 | yes
e      | x     | Xu     | North       | inpatient  | 003109020050000 | 2026-03-06 | 160.00 |
f      | y     | Xu     | South       | inpatient  | 003109020050000 | 2026-03-05 | 160.00 |
g      | z     | Sun    | North       | inpatient  | 003109020050000 | 2026-03-05 | 160.00 |
h      | u     | He     | North       | emergency  | 003301000050000 | 2026-03-05 | 650.00 |
"""
"An institution that sent no operation at all; the person pays alone · 未上传任何手术操作的机构；全自费" = """
charge | claim | institution | kind      | item            | amount | eligible | flagged
a      | s     | South       | inpatient | 003301000050000 | 650.00 |          | low
b      | t     | North       | inpatient | 003301000050000 | 650.00 | 0.00     |
c      | u     | North       | inpatient | 003301000050000 | 650.00 | 0.01     | 650.00
"""

[examples."The operation of the day before or after; two days; another person's; another institution's · 手术在前一日、后一日；相差两日；他人；他院"]
charge = """
charge | claim | member | kind      | item            | day        | flagged
a      | a     | Li     | inpatient | 003301000050000 | 2026-03-05 |
b      | b     | Wu     | inpatient | 003301000050000 | 2026-03-05 |
c      | c     | Xu     | inpatient | 003301000050000 | 2026-03-05 | yes
d      | d     | Sun    | inpatient | 003301000050000 | 2026-03-05 | yes
e      | e     | Qian   | inpatient | 003301000050000 | 2026-03-05 | yes
"""
operation_history = """
claim | member | institution | code    | day
a2    | Li     | North       | 51.2300 | 2026-03-04
b     | Wu     | North       | 51.2300 | 2026-03-06
c     | Xu     | North       | 51.2300 | 2026-03-03
d     | Sun    | North       | 51.2300 | 2026-03-07
e2    | Qian   | South       | 51.2300 | 2026-03-05
"""

[examples."A point holds on its days and in its place · 知识点在有效期和适用地区内有效"]
k_anaesthesia = """
item            | name       | place  | until
003301000050000 | 全身麻醉   | 000000 | 2026-03-05
003301000030000 | 椎管内麻醉 | 990200 | 9999-12-31
"""
k_sedation = """
item            | name                 | place  | until
003109020050000 | 纤维胃十二指肠镜检查 | 000000 | 2026-03-04
"""
charge = """
charge | claim | kind      | item            | day        | flagged
a      | s     | inpatient | 003301000050000 | 2026-03-05 | yes
b      | s     | inpatient | 003301000050000 | 2026-03-06 |
c      | s     | inpatient | 003301000030000 | 2026-03-05 |
d      | s     | inpatient | 003109020050000 | 2026-03-05 |
"""
*/
WITH billed AS (  -- anaesthesia in stays and day surgery that the fund was asked to pay
    SELECT
        c.institution, c.claim, c.charge, c.member, c.kind, c.province, c.area, c.amount, c.item, c.day, c.quantity, k.point, k.name
    FROM charge AS c
    JOIN k_anaesthesia AS k ON k.item = c.item
    WHERE in_force(k, c) AND c.kind IN ('inpatient', 'day_surgery') AND c.eligible > 0
)
SELECT
    b.institution, b.claim, b.charge, b.amount AS at_stake,
    CASE
        WHEN EXISTS (SELECT 1 FROM operation_history AS s WHERE s.institution = b.institution) THEN 'high'
        ELSE 'low' END AS certainty,
    b.point, b.item, b.name, b.day, b.kind, b.quantity
FROM billed AS b
WHERE NOT EXISTS (
        SELECT 1 FROM operation_history AS o
        WHERE o.member = b.member AND o.institution = b.institution
            AND date_diff('day', o.day, b.day) BETWEEN $days * -1 AND $days)
    AND NOT EXISTS (
        SELECT 1 FROM history AS h JOIN k_sedation AS j ON j.item = h.item
        WHERE h.member = b.member AND h.institution = b.institution AND h.day = b.day AND in_force(j, b))
