/*
title      = "Two grades of nursing on one day"
title_zh   = "护理级别冲突"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (3), art. 40 (3); national list of rule types 2025, no. 27, batch 8 (nursing of grades I to III once a day)"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第三项、第四十条第三项；国家两库（2025年版）第27类规则、第八批知识点（Ⅰ至Ⅲ级护理每日一次）"
stage      = "in_force"
moments    = ["review", "audit"]
certainty  = "high"
severity   = "S2"
violations = ["V08", "V17"]
natl_rule  = ["医疗服务项目限定频次"]
about      = "For one person at one institution more than one grade of general nursing was billed for one date. A change of grade during the day is charged as one grade, so the lower one is in question: its whole line is at stake."
about_zh   = "同一患者在同一机构同一日期收取一个以上级别的分级护理费用。当日变更护理级别的只收取一个级别，较低级别的明细为疑点，涉及金额为该明细全额。"
innocent   = "Left out: lines posted for several days, which belong to no single date; newborns on their mother's account, where two people share one; lines reversed. Slight suspicion where the two grades stand in two claims, as with a discharge and readmission on one date, and where the higher is special nursing, which many places charge by the hour. Not visible in the data: the grade that the physician ordered, and the nursing records behind it; which of the two was truly given."
innocent_zh = "不计入：注明多日合并记账的明细（不属于单一日期）；母婴共用账户；已冲销明细。降为轻度可疑：两个级别分属两次就诊（如当日出院又入院）；较高级别为特级护理（多地按小时计价）。数据无法识别：医嘱护理级别及护理记录；实际提供的是哪一级别。"
because    = "{name} was billed on {day}, and {other_name} on the same day"
because_zh = "{day}收取{name}费用，同日又收取{other_name}费用"
back       = 1
ahead      = 1  # a person taken in again that day may be settled later

[columns]
quantity = "qty"

[given]
k_nursing = """
item            | name     | grade
001201000020000 | 特级护理 | 0
001201000030000 | Ⅰ级护理  | 1
001201000040000 | Ⅱ级护理  | 2
001201000050000 | Ⅲ级护理  | 3
"""

[examples]
"Grades I and II on one day: the lower one is accused · 同日收Ⅰ级与Ⅱ级护理：较低级别为疑点" = """
charge | claim | kind      | item            | day        | amount | flagged
a      | s     | inpatient | 001201000030000 | 2026-03-05 | 25.00  |
b      | s     | inpatient | 001201000040000 | 2026-03-05 | 15.00  | 15.00 high
"""
"Grade II for six days, with one change to grade I on the fourth · 6天Ⅱ级护理，第4天改为Ⅰ级" = """
charge | claim | kind      | item            | day
a      | s     | inpatient | 001201000040000 | 2026-03-01
b      | s     | inpatient | 001201000040000 | 2026-03-02
c      | s     | inpatient | 001201000040000 | 2026-03-03
d      | s     | inpatient | 001201000030000 | 2026-03-04
e      | s     | inpatient | 001201000040000 | 2026-03-05
f      | s     | inpatient | 001201000040000 | 2026-03-06
"""
"Three grades on one day: each lower one once; special nursing above it makes it slight · 同日三个级别：较低者各计一次；另有特级护理的为轻度可疑" = """
charge | claim | member | kind      | item            | amount | flagged
a      | s     | Li     | inpatient | 001201000030000 | 25.00  |
b      | s     | Li     | inpatient | 001201000040000 | 15.00  | 15.00 high
c      | s     | Li     | inpatient | 001201000050000 | 10.00  | 10.00 high
d      | t     | Wu     | inpatient | 001201000020000 | 60.00  |
e      | t     | Wu     | inpatient | 001201000030000 | 25.00  | 25.00 low
"""
"Special nursing, grade I and grade II: two grades of the day conflict for certain · 特级、Ⅰ级、Ⅱ级护理：Ⅱ级与Ⅰ级冲突" = """
charge | claim | kind      | item            | amount | flagged
a      | s     | inpatient | 001201000020000 | 60.00  |
b      | s     | inpatient | 001201000030000 | 25.00  | low
c      | s     | inpatient | 001201000040000 | 15.00  | high
"""
"Another day, another person, another institution; posted for several days; a newborn on the account · 不同日期、不同患者、不同机构；多日合并记账；母婴共用账户" = """
charge | claim | member | institution | kind      | item            | day        | days | newborn
a      | s     | Li     | North       | inpatient | 001201000030000 | 2026-03-05 |      |
b      | s     | Li     | North       | inpatient | 001201000040000 | 2026-03-06 |      |
c      | t     | Wu     | North       | inpatient | 001201000040000 | 2026-03-05 |      |
d      | u     | Li     | South       | inpatient | 001201000040000 | 2026-03-05 |      |
e      | s     | Li     | North       | inpatient | 001201000040000 | 2026-03-05 | 2    |
f      | v     | Xu     | North       | inpatient | 001201000030000 | 2026-03-05 | 3    |
g      | v     | Xu     | North       | inpatient | 001201000040000 | 2026-03-05 |      |
h      | w     | Sun    | North       | inpatient | 001201000030000 | 2026-03-05 |      | yes
i      | w     | Sun    | North       | inpatient | 001201000040000 | 2026-03-05 |      | yes
"""
"Two claims of one date, as with a readmission · 同日两次就诊，如当日再入院" = """
charge | claim | kind      | item            | amount | flagged
a      | s     | inpatient | 001201000030000 | 25.00  |
b      | t     | inpatient | 001201000040000 | 15.00  | low
"""

[examples."In two claims and in one: the claim's own counts first · 两次就诊与同次就诊并存：以同次就诊为先"]
charge = """
charge | claim | kind      | item            | amount | flagged
b      | t     | inpatient | 001201000040000 | 15.00  | high
c      | t     | inpatient | 001201000030000 | 25.00  |
"""
history = """
charge | claim | kind      | item            | day
a      | s     | inpatient | 001201000030000 | 2026-03-05
"""

[examples."A point holds on its days and in its place · 知识点在有效期和适用地区内有效"]
k_nursing = """
item            | name     | grade | place  | until
001201000030000 | Ⅰ级护理  | 1     | 000000 | 9999-12-31
001201000040000 | Ⅱ级护理  | 2     | 000000 | 2026-03-05
001201000050000 | Ⅲ级护理  | 3     | 990200 | 9999-12-31
"""
charge = """
charge | claim | kind      | item            | day        | flagged
a      | s     | inpatient | 001201000030000 | 2026-03-05 |
b      | s     | inpatient | 001201000040000 | 2026-03-05 | yes
c      | s     | inpatient | 001201000050000 | 2026-03-05 |
d      | s     | inpatient | 001201000030000 | 2026-03-06 |
e      | s     | inpatient | 001201000040000 | 2026-03-06 |
"""

[examples."Of a higher grade too the point must hold · 较高级别的知识点也须有效"]
k_nursing = """
item            | name     | grade | place  | until
001201000030000 | Ⅰ级护理  | 1     | 000000 | 2026-03-04
001201000040000 | Ⅱ级护理  | 2     | 000000 | 9999-12-31
"""
charge = """
charge | claim | kind      | item            | day
a      | s     | inpatient | 001201000030000 | 2026-03-05
b      | s     | inpatient | 001201000040000 | 2026-03-05
"""
*/
WITH beside AS (  -- each line with the higher grades of its day; those of its own claim first, special nursing last
    SELECT
        c.institution, c.claim, c.charge, c.amount, c.item, c.day, c.quantity, k.point, k.name, j.name AS other_name,
        CASE WHEN h.claim <> c.claim OR j.grade = 0 THEN 'low' ELSE 'high' END AS certainty,
        row_number() OVER (
            PARTITION BY c.charge ORDER BY (h.claim <> c.claim OR j.grade = 0), j.grade, h.charge) AS place
    FROM charge AS c
    JOIN k_nursing AS k ON k.item = c.item
    JOIN history AS h ON h.member = c.member AND h.institution = c.institution AND h.day = c.day
    JOIN k_nursing AS j ON j.item = h.item
    WHERE in_force(k, c) AND in_force(j, c) AND j.grade < k.grade AND c.days = 1 AND h.days = 1 AND NOT c.newborn
)
SELECT
    b.institution, b.claim, b.charge, b.amount AS at_stake, b.certainty,
    b.point, b.item, b.name, b.day, b.quantity, b.other_name
FROM beside AS b
WHERE b.place = 1
