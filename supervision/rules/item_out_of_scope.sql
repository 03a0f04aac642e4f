/*
title      = "Paid although it is outside the scope of the fund"
title_zh   = "范围外费用纳入医保支付"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (6); Implementing Rules (NHSA Order 7), art. 11; typical problem list 2025, no. 71 and 101"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第六项；《实施细则》（国家医疗保障局令第7号）第十一条；2025年版典型问题清单第71、101条"
stage      = "trial"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S3"
violations = ["V13"]
natl_rule  = []
about      = "A line that the source itself classes as the person's own expense (class C), or an item that the list names as outside the scope of the fund, was recognised by the fund all the same. What was recognised is at stake."
about_zh   = "来源数据标注为丙类（自费）的明细，或目录列为基金不予支付范围的项目，仍计入医保范围金额。涉及金额为计入范围的金额。"
innocent   = "Left out: lines that the fund recognises nothing of; classes A, B and in part, unless the list names the item; lines reversed; points on days they do not hold. Not visible in the data: a class that the source corrected later; the directory of the place where the person is insured, where it differs from that of the place of care; whether a code stands in the whole national directory, which is not loaded here."
innocent_zh = "不计入：未计入医保范围金额的明细；甲类、乙类、部分支付（目录列明的除外）；已冲销明细；知识点有效期以外的。数据无法识别：来源事后更正的等级；参保地与就医地目录不一致；编码是否在全国目录内（此处未加载全量目录）。"
because    = "{item} was recognised on {day}, though it is {ground}"
because_zh = "{day}的{item}计入医保范围金额，但属{ground_zh}"

[columns]
quantity = "qty"

[given]
k_out_of_scope = """
item            | name
009901009990000 | 激光美容
"""

[examples]
"Class C, recognised in full, in part, by a fen, and not at all · 丙类：全额、部分、一分计入；未计入" = """
charge | item            | payment_class | amount | eligible | flagged
a      | 002103000010000 | C             | 200.00 | 200.00   | 200.00 certain
b      | 002103000010000 | C             | 200.00 | 50.00    | 50.00
c      | 002103000010000 | C             | 200.00 | 0.01     | 0.01
d      | 002103000010000 | C             | 200.00 | 0.00     |
"""
"Classes A, B and in part; no class told · 甲类、乙类、部分支付；未载明等级" = """
charge | item            | payment_class | flagged
a      | 002103000010000 | A             |
b      | 002103000010000 | B             |
c      | 002103000010000 | part          |
d      | 002103000010000 | -             |
"""
"A laser for beauty, of every class; paid by the person alone · 激光美容：各等级；个人自费" = """
charge | item            | payment_class | amount | eligible | flagged
a      | 009901009990000 | A             | 600.00 | 600.00   | 600.00 certain
b      | 009901009990000 | -             | 600.00 | 300.00   | 300.00
c      | 009901009990000 | C             | 600.00 | 600.00   | 600.00
d      | 009901009990000 | A             | 600.00 | 0.00     |
e      | 009901009990000 | B             | 600.00 | 0.01     | 0.01
"""

[examples."A point holds on its days · 知识点在有效期内有效"]
k_out_of_scope = """
item            | name     | since      | until
009901009990000 | 激光美容 | 2026-03-01 | 2026-03-31
"""
charge = """
charge | item            | day        | flagged
a      | 009901009990000 | 2026-02-28 |
b      | 009901009990000 | 2026-03-31 | yes
"""
*/
SELECT
    c.institution, c.claim, c.charge, c.eligible AS at_stake, NULL AS point, c.item, c.day, c.quantity, c.payment_class,
    'class C (own expense)' AS ground, '丙类（自费）项目' AS ground_zh
FROM charge AS c
WHERE c.payment_class = 'C' AND c.eligible > 0
UNION ALL
SELECT
    c.institution, c.claim, c.charge, c.eligible, k.point, c.item, c.day, c.quantity, c.payment_class,
    'on the list of what the fund does not pay', '基金不予支付范围'
FROM charge AS c
JOIN k_out_of_scope AS k ON k.item = c.item
WHERE in_force(k, c) AND c.eligible > 0 AND (c.payment_class IS NULL OR c.payment_class <> 'C')
