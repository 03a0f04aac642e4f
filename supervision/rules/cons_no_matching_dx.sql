/*
title      = "Consumable outside its illnesses"
title_zh   = "耗材限疾病"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (2); national list of rule types 2025, no. 88"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第二项；国家两库（2025年版）第88类规则"
stage      = "in_force"
moments    = ["review", "audit"]
certainty  = "high"
severity   = "S2"
violations = ["V03"]
natl_rule  = ["医用耗材限疾病使用"]
about      = "A consumable made for certain illnesses was billed, such as a plate for the femur, and none of them stands among the diagnoses of the claim, nor an operation that uses it among its operations. The whole line is at stake."
about_zh   = "计费的耗材限用于特定疾病（如股骨接骨板），而本次就诊诊断中无此类疾病，也无使用该耗材的手术记录。涉及金额为该明细全额。"
innocent   = "Left out: claims that record an operation which uses the consumable, as a revision whose first illness is no longer coded; newborns on their mother's account. Slight suspicion where a diagnosis of the claim was written as text without a code, or where a reason is recorded. Not visible in the data: an illness coded by its sequelae."
innocent_zh = "不计入：有使用该耗材的手术记录的就诊（如翻修时未再编码原疾病）；母婴共用账户。本次就诊有诊断仅写文字未编码的，或已记录理由的，降为轻度可疑。数据无法识别：以后遗症编码的疾病。"
because    = "{name} was billed on {day}; none of the illnesses it is made for stands in the claim"
because_zh = "{day}计费{name}，本次就诊无该耗材适用的疾病诊断"

[columns]
quantity = "qty"

[given]
k_device = """
item                 | name           | kind   | operations   | illnesses
C9900000000000000304 | 股骨锁定接骨板 | plate  | device_femur | device_femur_ill
C9900000000000000305 | 取石网篮       | basket |              | device_stone_ill
C9900000000000000303 | 冠状动脉支架   | stent  | device_stent |
"""
code_list = """
list             | code
device_femur     | 79.3500
device_knee      | 81.5400
device_femur_ill | S72.300
device_stone_ill | N20.100
"""

[examples."A femoral plate with a fracture of the arm only; of the femur; a stone basket with a stone · 股骨接骨板仅有肱骨骨折；有股骨骨折；取石网篮有结石"]
charge = """
charge | claim | member | item                 | amount  | flagged
a      | s     | Li     | C9900000000000000304 | 1860.00 | 1860.00 high
b      | t     | Wu     | C9900000000000000304 | 1860.00 |
c      | u     | Xu     | C9900000000000000305 | 420.00  |
d      | v     | Sun    | C9900000000000000305 | 420.00  | yes
e      | w     | Zhu    | C9900000000000000303 | 745.00  |
"""
diagnosis = """
claim | code
s     | S42.300
t     | S72.300
u     | N20.100
v     | S72.300
w     | S42.300
"""

[examples."An operation that uses it, without the illness; another operation; an operation of another claim · 有使用该耗材的手术；仅有其他手术；另次就诊的手术"]
charge = """
charge | claim | member | item                 | flagged
a      | s     | Li     | C9900000000000000304 |
b      | t     | Wu     | C9900000000000000304 | yes
c      | u     | Xu     | C9900000000000000304 | yes
d      | u     | Xu     | C9900000000000000305 | yes
"""
operation = """
claim | code
s     | 79.3500
t     | 81.5400
"""

[examples."A diagnosis written as text only, or a recorded reason, makes it slight; a newborn on the account · 诊断仅有文字、已记录理由为轻度可疑；母婴共用账户"]
charge = """
charge | claim | member | item                 | reason | newborn | flagged
a      | s     | Li     | C9900000000000000304 |        |         | low
b      | t     | Wu     | C9900000000000000304 | 翻修   |         | low
c      | u     | Xu     | C9900000000000000304 |        |         | high
d      | u     | Sun    | C9900000000000000304 |        | yes     |
"""
diagnosis = """
claim | code | name
s     | -    | 股骨干骨折
"""

[examples."A point holds on its days and in its place · 知识点在有效期和适用地区内有效"]
k_device = """
item | name | kind  | illnesses        | place  | since      | until
C1   | 甲   | plate | device_femur_ill | 000000 | 2026-03-01 | 2026-03-31
C2   | 乙   | plate | device_femur_ill | 330000 |            |
"""
charge = """
charge | claim | member | item | day        | flagged
a      | s     | Li     | C1   | 2026-03-31 | yes
b      | t     | Wu     | C1   | 2026-04-01 |
c      | u     | Xu     | C2   | 2026-03-05 |
"""
*/
SELECT
    c.institution, c.claim, c.charge, c.amount AS at_stake,
    CASE
        WHEN c.reason IS NOT NULL THEN 'low'
        WHEN EXISTS (SELECT 1 FROM diagnosis AS t WHERE t.claim = c.claim AND coalesce(t.code, '') = '') THEN 'low'
        ELSE 'high' END AS certainty,
    k.point, c.item, k.name, c.day, c.quantity, c.reason
FROM charge AS c
JOIN k_device AS k ON k.item = c.item
WHERE in_force(k, c) AND k.illnesses IS NOT NULL AND NOT c.newborn
    AND NOT EXISTS (
        SELECT 1 FROM diagnosis AS d JOIN code_list AS l ON l.code = d.code
        WHERE d.claim = c.claim AND l.list = k.illnesses)
    AND NOT EXISTS (
        SELECT 1 FROM operation AS o JOIN code_list AS l ON l.code = o.code
        WHERE o.claim = c.claim AND l.list = k.operations)
