/*
title      = "Service outside its kind of visit"
title_zh   = "医疗服务项目限就医方式"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (6); national list of rule types 2025, no. 22; the service catalogue of the place"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第六项；国家两库（2025年版）第22类规则；当地医疗服务项目目录"
stage      = "in_force"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V13"]
natl_rule  = ["医疗服务项目限就医方式"]
about      = "The fund pays for a service in certain kinds of visit only (in hospital, at the outpatient clinic, in an emergency, at home), and it was billed to it in another. Day surgery counts as a stay, a chronic-disease visit as an outpatient one. The whole line is at stake."
about_zh   = "项目限定住院、门诊、急诊或家庭病床使用，而在其他就医方式中纳入基金支付。日间手术按住院计，门诊慢特病按门诊计。涉及金额为该明细全额。"
innocent   = "Left out: lines that nobody asked the fund to pay; use approved beforehand; what was done at the outpatient clinic in the days before admission and merged into the stay, as the rules of the stay ask. Not visible in the data: patients of an observation room who are registered as outpatients; a stay that was registered late."
innocent_zh = "不计入：未纳入基金支付的明细；已事前审批；入院前规定天数内的门诊费用按规定并入住院结算的。数据无法识别：按门诊登记的留观患者；补办的住院登记。"
because    = "{name} was billed on {day} in a visit of another kind than the catalogue pays it for"
because_zh = "{day}计费的{name}不在目录限定的就医方式之内"

[parameters.days_before]
value  = 7
source = "catalogue B05: tests of 3 to 7 days before a stay are merged into it; starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
k_visit_item = """
item            | name         | inpatient | outpatient | emergency | home_bed
001102000050000 | 住院诊查费   | Y         |            |           |
001102000010000 | 普通门诊诊查费 |           | Y          |           |
001102000030000 | 急诊诊查费   |           |            | Y         |
009901000370000 | 家庭病床巡诊 |           |            |           | Y
"""

[examples]
"A ward round in an ordinary outpatient visit, in a stay, after day surgery · 住院诊查费：门诊、住院、日间手术" = """
charge | item            | kind        | amount | flagged
a      | 001102000050000 | outpatient  | 10.00  | 10.00 certain
b      | 001102000050000 | inpatient   | 10.00  |
c      | 001102000050000 | day_surgery | 10.00  |
d      | 001102000050000 | emergency   | 10.00  | yes
e      | 001102000050000 | home_bed    | 10.00  | yes
f      | 001102000050000 | pharmacy    | 10.00  | yes
"""
"A consultation of the outpatient clinic; of the emergency room; a visit at home · 门诊诊查费；急诊诊查费；家庭病床巡诊" = """
charge | item            | kind       | flagged
a      | 001102000010000 | outpatient |
b      | 001102000010000 | chronic    |
c      | 001102000010000 | inpatient  | yes
d      | 001102000030000 | emergency  |
e      | 001102000030000 | outpatient | yes
f      | 009901000370000 | home_bed   |
g      | 009901000370000 | chronic    | yes
"""
"A scan of the outpatient clinic is on no list · 门诊CT未列入" = """
charge | item            | kind
a      | 002103000010000 | inpatient
b      | 002103000010000 | outpatient
"""
"Approved beforehand; paid by the person alone · 已事前审批；全自费" = """
charge | item            | kind       | approved | amount | eligible | flagged
a      | 001102000050000 | outpatient | yes      | 10.00  |          |
b      | 001102000050000 | outpatient |          | 10.00  | 0.00     |
c      | 001102000050000 | outpatient |          | 10.00  | 0.01     | yes
"""

[examples."Two days before the stay and merged into it; seven days, eight, on the day of admission · 入院前两天、七天、八天，入院当日"]
stay = """
claim | admitted_on
s     | 2026-03-10
"""
charge = """
charge | claim | item            | kind      | day        | flagged
a      | s     | 001102000010000 | inpatient | 2026-03-08 |
b      | s     | 001102000010000 | inpatient | 2026-03-03 |
c      | s     | 001102000010000 | inpatient | 2026-03-02 | yes
d      | s     | 001102000010000 | inpatient | 2026-03-10 | yes
e      | s     | 001102000010000 | inpatient | 2026-03-09 |
f      | t     | 001102000010000 | inpatient | 2026-03-09 | yes
"""

[examples."A point holds on its days · 知识点在有效期内有效"]
k_visit_item = """
item            | name       | inpatient | since      | until
001102000050000 | 住院诊查费 | Y         | 2026-03-01 | 2026-03-31
"""
charge = """
charge | item            | kind       | day        | flagged
a      | 001102000050000 | outpatient | 2026-02-28 |
b      | 001102000050000 | outpatient | 2026-03-31 | yes
"""
*/
SELECT
    c.institution, c.claim, c.charge, c.amount AS at_stake,
    k.point, c.item, k.name, c.day, c.kind, c.quantity
FROM charge AS c
JOIN k_visit_item AS k ON k.item = c.item
WHERE in_force(k, c) AND c.eligible > 0 AND NOT c.approved
    AND NOT CASE
        WHEN c.kind IN ('inpatient', 'day_surgery') THEN k.inpatient
        WHEN c.kind IN ('outpatient', 'chronic') THEN k.outpatient
        WHEN c.kind = 'emergency' THEN k.emergency
        WHEN c.kind = 'home_bed' THEN k.home_bed
        ELSE FALSE END
    AND NOT EXISTS (
        SELECT 1 FROM stay AS s
        WHERE s.claim = c.claim AND date_diff('day', c.day, s.admitted_on) BETWEEN 1 AND $days_before)
