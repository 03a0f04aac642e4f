/*
title      = "Slice never paid for"
title_zh   = "中药饮片单复方均不予支付"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (6); National Drug List 2025, part on slices of Chinese medicine; national list of rule types 2025, no. 3, batch 11"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第六项；《国家基本医疗保险药品目录（2025年）》中药饮片部分；国家两库（2025年版）第3类规则、第十一批知识点"
stage      = "in_force"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V13"]
natl_rule  = ["中药饮片单复方均不予支付"]
about      = "The fund paid for a slice of Chinese medicine that it never pays for, alone or in a prescription with others. The whole line is at stake."
about_zh   = "基金支付了单方、复方均不予支付的中药饮片。涉及金额为该明细全额。"
innocent   = "Left out: lines that nobody asked the fund to pay; purchases from the person's own account, to which the pooled fund paid nothing; slices that a point of the province pays for again. Not visible in the data: a code mapped to the wrong slice."
innocent_zh = "不计入：未纳入基金支付的明细；由个人账户支付、统筹基金未支付的购药；本省知识点重新纳入支付的饮片。数据无法识别：饮片编码对应错误。"
because    = "{name} was billed to the fund on {day}, which pays for it neither alone nor with others"
because_zh = "{day}将单复方均不予支付的{name}纳入基金结算"

[columns]
quantity = "qty"

[given]
k_slice_unpaid = """
item       | name   | mode
T001700233 | 阿胶   | never
T001700368 | 黄芪   | alone
T001700844 | 野山参 | paid
"""

[examples]
"Donkey-hide gelatin and astragalus in one decoction, settled by the fund · 阿胶与黄芪入同一汤剂，由基金结算" = """
charge | claim | item       | amount | flagged
a      | s     | T001700233 | 210.00 | 210.00 certain
b      | s     | T001700368 | 18.90  |
c      | s     | T990000005 | 9.24   |
"""
"The person pays alone, or from the own account · 全自费、个人账户支付" = """
charge | item       | amount | eligible | fund_ratio | flagged
a      | T001700233 | 210.00 | 0.00     |            |
b      | T001700233 | 210.00 | 0.01     |            | yes
c      | T001700233 | 210.00 |          | 0          |
d      | T001700233 | 210.00 |          | 0.0001     | yes
"""
"A slice that the province pays for again · 本省重新纳入支付的饮片" = """
charge | item       | amount
a      | T001700844 | 300.00
"""
"A point holds on its days and in its place · 知识点在有效期和适用地区内有效" = """
charge | item       | day        | province | area   | flagged
a      | T001700233 | 1999-12-31 |          |        |
b      | T001700233 | 2000-01-01 | 330000   | 330100 | yes
"""
*/
SELECT
    c.institution, c.claim, c.charge, c.amount AS at_stake,
    k.point, c.item, k.name, c.day, c.quantity
FROM charge AS c
JOIN k_slice_unpaid AS k ON k.item = c.item
WHERE in_force(k, c) AND k.mode = 'never' AND c.eligible > 0 AND c.fund_ratio > 0
