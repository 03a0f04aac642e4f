/*
title      = "Drug outside its kind of care"
title_zh   = "药品限就医方式"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (6); Implementing Rules (NHSA Order 7), art. 11; National Drug List 2025, remarks; national list of rule types 2025, no. 13, batch 4"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第六项；《实施细则》（国家医疗保障局令第7号）第十一条；《国家基本医疗保险药品目录（2025年）》备注；国家两库（2025年版）第13类规则、第四批知识点"
stage      = "in_force"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V13"]
natl_rule  = ["药品限就医方式"]
about      = "The drug list pays a drug only during a stay, or a stay or an emergency, and it was billed at an outpatient visit, for a chronic disease, or at a pharmacy. The whole line is at stake."
about_zh   = "目录限定仅住院（或住院和急诊）方予支付的药品，在普通门诊、慢特病门诊或零售药店计费。涉及金额为该明细全额。"
innocent   = "Left out: lines that nobody asked the fund to pay; purchases from the person's own account, to which the pooled fund paid nothing; day surgery and home beds, which count as stays; outpatient tests and drugs before admission that were settled with the stay. Not visible in the data: emergency observation coded as an outpatient visit; a day ward."
innocent_zh = "不计入：未纳入基金支付的明细；由个人账户支付、统筹基金未支付的购药；日间手术和家庭病床（视同住院）；并入住院结算的院前门诊费用。数据无法识别：按普通门诊上传的急诊留观；日间病房。"
because    = "{name}: payment is {wording}; on {day} it was billed outside a stay"
because_zh = "{name}{wording}，{day}在非住院就诊中计费"

[columns]
quantity = "qty"

[given]
k_drug_visit = """
item                    | name                   | emergency | wording
XB05BAF150B002010100269 | 复方氨基酸注射液(18AA) |           | 需经营养风险筛查，限住院患者
ZA07AAA0061010100166    | 安宫牛黄丸             | yes       | 限急诊或住院患者
"""

[examples]
"Compound amino acids at an outpatient visit for 86.40, and in a stay · 复方氨基酸注射液在普通门诊86.40元、在住院" = """
charge | item                    | kind       | amount | flagged
a      | XB05BAF150B002010100269 | outpatient | 86.40  | 86.40 certain
b      | XB05BAF150B002010100269 | inpatient  | 86.40  |
"""
"Angong Niuhuang Wan in an emergency, in a stay, at a pharmacy with the pooled fund · 安宫牛黄丸在急诊、住院、由统筹基金支付的药店" = """
charge | item                 | kind      | amount | flagged
a      | ZA07AAA0061010100166 | emergency | 560.00 |
b      | ZA07AAA0061010100166 | inpatient | 560.00 |
c      | ZA07AAA0061010100166 | pharmacy  | 560.00 | 560.00 certain
"""
"For stays only: an emergency, a visit for a chronic disease, day surgery, a home bed · 仅限住院的药品：急诊、慢特病门诊、日间手术、家庭病床" = """
charge | item                    | kind        | flagged
a      | XB05BAF150B002010100269 | emergency   | yes
b      | XB05BAF150B002010100269 | chronic     | yes
c      | XB05BAF150B002010100269 | day_surgery |
d      | XB05BAF150B002010100269 | home_bed    |
"""
"The person pays alone, or from the own account; another drug · 全自费、个人账户支付；其他药品" = """
charge | item                    | kind       | amount | eligible | fund_ratio | flagged
a      | XB05BAF150B002010100269 | outpatient | 86.40  | 0.00     |            |
b      | XB05BAF150B002010100269 | outpatient | 86.40  | 0.01     |            | yes
c      | ZA07AAA0061010100166    | pharmacy   | 560.00 |          | 0          |
d      | ZA07AAA0061010100166    | pharmacy   | 560.00 |          | 0.0001     | yes
e      | XY01AAS019A001010100001 | pharmacy   | 4.60   |          |            |
"""
"A point holds on its days and in its place · 知识点在有效期和适用地区内有效" = """
charge | item                    | day        | province | area   | flagged
a      | XB05BAF150B002010100269 | 1999-12-31 |          |        |
b      | XB05BAF150B002010100269 | 2000-01-01 | 330000   | 330100 | yes
"""
*/
SELECT
    c.institution, c.claim, c.charge, c.amount AS at_stake,
    k.point, c.item, k.name, k.wording, c.day, c.kind, c.quantity
FROM charge AS c
JOIN k_drug_visit AS k ON k.item = c.item
WHERE in_force(k, c) AND c.eligible > 0 AND c.fund_ratio > 0
    AND (c.kind IN ('outpatient', 'chronic', 'pharmacy') OR (c.kind = 'emergency' AND NOT k.emergency))
