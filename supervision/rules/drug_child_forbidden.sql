/*
title      = "Drug not for children"
title_zh   = "药品儿童禁用"
basis      = "Pharmaceutical Administration Law, art. 72: drugs are used by their approved labels; national list of rule types 2025, no. 66"
basis_zh   = "《中华人民共和国药品管理法》第七十二条（按照经核准的说明书合理用药）；国家两库（2025年版）第66类规则"
stage      = "in_force"
moments    = ["remind", "audit"]
certainty  = "remind"
severity   = "S1"
violations = ["V24"]
natl_rule  = ["药品儿童禁用"]
about      = "The label of a drug forbids it below an age, and it was billed for a younger person. The doctor is reminded; no amount is at stake, and nothing is ever deducted for this alone."
about_zh   = "说明书禁止某年龄以下使用的药品，为更年幼的患者计费。仅提醒医师，不计涉及金额，不得据此扣款。"
innocent   = "Left out: a recorded reason, as for a specialist's use where nothing else helps; use beside the label that the hospital approved beforehand; newborns on their mother's account, whose age is the mother's; age unknown. Not visible in the data: a single dose to prevent a greater danger; a label that was changed."
innocent_zh = "不计入：已记录理由（如无替代药物时的专科用药）；经医院事前审批的超说明书用药；使用母亲账户的新生儿（年龄为母亲年龄）；年龄不详。数据无法识别：单次预防用药；说明书已修订。"
because    = "{name} is not for persons under {allowed} years; on {day} it was billed for one of {age}"
because_zh = "{name}{allowed}岁以下禁用，{day}为{age}岁患者计费"

[columns]
quantity = "qty"

[given]
k_child_forbidden = """
item                    | name         | allowed
XY01AAS055A001010100001 | 左氧氟沙星片 | 18
"""

[examples]
"Levofloxacin at ten years, at 17, at 18 and at 19; age unknown · 左氧氟沙星：10岁、17岁、18岁、19岁；年龄不详" = """
charge | item                    | age | flagged
a      | XY01AAS055A001010100001 | 10  | 0.00 remind
b      | XY01AAS055A001010100001 | 17  | yes
c      | XY01AAS055A001010100001 | 18  |
d      | XY01AAS055A001010100001 | 19  |
e      | XY01AAS055A001010100001 | -   |
"""
"For tuberculosis that resists other drugs, with a reason; a newborn on the mother's account; another drug; who pays does not matter · 耐多药结核并记录理由；母亲账户上的新生儿；其他药品；与支付方式无关" = """
charge | item                    | age | reason     | newborn | amount | eligible | approved | flagged
a      | XY01AAS055A001010100001 | 10  | 耐多药结核 |         |        |          |          |
b      | XY01AAS055A001010100001 | 17  |            | yes     |        |          |          |
c      | XY01AAS019A001010100001 | 10  |            |         |        |          |          |
d      | XY01AAS055A001010100001 | 10  |            |         | 14.20  | 0.00     |          | 0.00
e      | XY01AAS055A001010100001 | 10  |            |         |        |          | yes      |
"""
"A point holds on its days and in its place · 知识点在有效期和适用地区内有效" = """
charge | item                    | age | day        | province | area   | flagged
a      | XY01AAS055A001010100001 | 10  | 1999-12-31 |          |        |
b      | XY01AAS055A001010100001 | 10  | 2000-01-01 | 330000   | 330100 | yes
"""
*/
SELECT
    c.institution, c.claim, c.charge, 0 AS at_stake,
    k.point, c.item, k.name, c.day, c.age, k.allowed, c.quantity
FROM charge AS c
JOIN k_child_forbidden AS k ON k.item = c.item
WHERE in_force(k, c) AND c.age < k.allowed AND c.reason IS NULL AND NOT c.approved AND NOT c.newborn
