/*
title      = "Service outside its age"
title_zh   = "医疗服务项目限年龄使用"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (3), art. 40 (3); national list of rule types 2025, no. 18, 19, 29 and 80, batches 1 and 8"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第三项、第四十条第三项；国家两库（2025年版）第18、19、29、80类规则，第一批、第八批知识点"
stage      = "in_force"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V09", "V17"]
natl_rule  = ["医疗服务项目儿童专用", "医疗服务项目限年龄", "医疗服务项目限儿童使用", "医疗服务项目限新生儿使用"]
about      = "A service for newborns, for children or for people of working age was billed for somebody of another age. Newborns are told by days of life, all others by full years on the day of the charge. The whole line is at stake."
about_zh   = "为不在适用年龄范围内的患者收取了限新生儿、限儿童或限就业年龄段的项目费用。新生儿按出生天数计算，其他按收费当日周岁计算。涉及金额为该明细全额。"
innocent   = "Left out: newborns on their mother's account, whose age is the mother's, be it that the claim says so or that it has a diagnosis of childbirth; newborn services where prematurity stands among the claim's diagnoses, for their age is corrected; age or day of birth unknown; lines reversed. Not visible in the data: a member's own age of retirement, so the latest of the law is taken; a price list of the place that lets a service for children be charged to others, which is mended by a point of the province."
innocent_zh = "不计入：使用母亲账户的新生儿（就诊已注明，或就诊诊断含分娩），其年龄为母亲年龄；就诊诊断含早产的新生儿项目（按矫正年龄）；年龄或出生日期不详；已冲销明细。数据无法识别：参保人本人的法定退休年龄，故按法律规定的最高年龄计算；当地价格项目允许用于其他年龄的，应以本省知识点更正。"
because    = "{name} is {limit_words}; on {day} it was billed for a person aged {age_words}"
because_zh = "{name}{limit_zh}，{day}为{age_zh}患者计费"

[parameters.child_below]
value  = 18
source = "catalogue B02, CHILD_AGE_LT: starting value; price lists that say another age have it on the point"
since  = 2026-04-01

[parameters.newborn_days]
value  = 28
source = "catalogue B02, NEWBORN_D: a newborn is a child of up to 28 days"
since  = 2026-04-01

[parameters.pension_age]
value  = 63
source = "Decision of the Standing Committee of the National People's Congress of 2024-09-13 on raising the age of retirement step by step: the latest age of all"
since  = 2025-01-01

[columns]
quantity = "qty"

[given]
k_age_item = """
item            | name               | span    | least | most
003105120040000 | 儿童前牙树脂冠修复 | child   |       |
001204000070000 | 小儿头皮静脉输液   | child   |       | 5
001201000070000 | 新生儿护理         | newborn |       |
003402000320000 | 职业功能训练       | work    | 16    |
"""
code_list = """
list           | code
newborn_exempt | O80.000
newborn_exempt | P07.300
"""

[examples]
"A child's crown at 30, at 5, on the eighteenth birthday and the day before · 儿童前牙树脂冠：30岁、5岁、18周岁生日、生日前一日" = """
charge | item            | age | amount | flagged
a      | 003105120040000 | 30  | 180.00 | 180.00 certain
b      | 003105120040000 | 5   | 180.00 |
c      | 003105120040000 | 18  | 180.00 | yes
d      | 003105120040000 | 17  | 180.00 |
e      | 003105120040000 | -   | 180.00 |
"""
"A point with an age of its own: to 5 years · 知识点另有年龄规定：至5周岁" = """
charge | item            | age | flagged
a      | 001204000070000 | 6   | yes
b      | 001204000070000 | 5   |
"""
"Vocational training at 66, 63, 62, 16 and 15 · 职业功能训练：66岁、63岁、62岁、16岁、15岁" = """
charge | item            | age | flagged
a      | 003402000320000 | 66  | yes
b      | 003402000320000 | 63  | yes
c      | 003402000320000 | 62  |
d      | 003402000320000 | 16  |
e      | 003402000320000 | 15  | yes
"""
"On the mother's account · 使用母亲账户" = """
charge | item            | age | newborn | flagged
a      | 003105120040000 | 29  | yes     |
b      | 003105120040000 | 29  |         | yes
"""

[examples."Care of a newborn on day 40, 29 and 28 of life; the day of birth unknown · 新生儿护理：出生第40天、29天、28天；出生日期不详"]
stay = """
claim | born
s     | 2026-01-24
t     | 2026-02-04
u     | 2026-02-05
v     | -
"""
visit = """
claim | born
w     | 2026-01-24
"""
charge = """
charge | claim | item            | age | amount | flagged
a      | s     | 001201000070000 | 0   | 22.00  | 22.00
b      | t     | 001201000070000 | 0   | 22.00  | yes
c      | u     | 001201000070000 | 0   | 22.00  |
d      | v     | 001201000070000 | 40  | 22.00  |
e      | w     | 001201000070000 | 0   | 22.00  | yes
"""

[examples."The mother's claim with childbirth, a premature child; the diagnosis of another claim; no excuse for other services · 含分娩诊断的母亲就诊、早产儿；他次就诊的诊断；其他项目不适用"]
stay = """
claim | born
s     | 1996-01-24
t     | 2026-01-20
u     | 1996-01-24
"""
diagnosis = """
claim | code
s     | O80.000
t     | P07.300
u     | N76.000
"""
charge = """
charge | claim | item            | age | flagged
a      | s     | 001201000070000 | 30  |
b      | t     | 001201000070000 | 0   |
c      | u     | 001201000070000 | 30  | yes
d      | s     | 003105120040000 | 30  | yes
"""

[examples."A point holds on its days · 知识点在有效期内有效"]
k_age_item = """
item            | name               | span  | since      | until
003105120040000 | 儿童前牙树脂冠修复 | child | 2026-03-01 | 2026-03-31
"""
charge = """
charge | item            | age | day        | flagged
a      | 003105120040000 | 30  | 2026-02-28 |
b      | 003105120040000 | 30  | 2026-03-31 | yes
"""
*/
WITH birthday AS (  -- when the person of each claim was born
    SELECT s.claim, s.born FROM stay AS s
    UNION ALL
    SELECT v.claim, v.born FROM visit AS v
)
SELECT
    c.institution, c.claim, c.charge, c.amount AS at_stake,
    k.point, c.item, k.name, c.day, c.quantity,
    CASE k.span
        WHEN 'newborn' THEN date_diff('day', b.born, c.day) || ' days' ELSE c.age || ' years' END AS age_words,
    CASE k.span
        WHEN 'newborn' THEN '出生' || date_diff('day', b.born, c.day) || '天' ELSE c.age || '岁' END AS age_zh,
    CASE k.span
        WHEN 'newborn' THEN 'for newborns of up to ' || $newborn_days || ' days only'
        WHEN 'child' THEN 'for children below ' || coalesce(k.most + 1, $child_below) || ' only'
        ELSE 'for people of working age only' END AS limit_words,
    CASE k.span
        WHEN 'newborn' THEN '限出生' || $newborn_days || '天以内的新生儿使用'
        WHEN 'child' THEN '限' || coalesce(k.most + 1, $child_below) || '周岁以下儿童使用'
        ELSE '限法定就业年龄段人员使用' END AS limit_zh
FROM charge AS c
JOIN k_age_item AS k ON k.item = c.item
LEFT JOIN birthday AS b ON b.claim = c.claim
WHERE in_force(k, c) AND NOT c.newborn
    AND CASE k.span
        WHEN 'newborn' THEN date_diff('day', b.born, c.day) > $newborn_days
        WHEN 'child' THEN c.age > coalesce(k.most, $child_below - 1)
        ELSE c.age < k.least OR c.age > coalesce(k.most, $pension_age - 1) END
    AND NOT (k.span = 'newborn' AND EXISTS (
        SELECT 1 FROM diagnosis AS d JOIN code_list AS l ON l.code = d.code
        WHERE d.claim = c.claim AND l.list = 'newborn_exempt'))
