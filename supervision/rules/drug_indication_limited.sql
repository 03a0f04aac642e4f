/*
title      = "Drug outside its paid indications"
title_zh   = "药品限适应症"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (6); Implementing Rules (NHSA Order 7), art. 11; National Drug List 2025, remarks; national list of rule types 2025, no. 8; typical problem list 2025, item 7"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第六项；《实施细则》（国家医疗保障局令第7号）第十一条；《国家基本医疗保险药品目录（2025年）》备注；国家两库（2025年版）第8类规则；2025年版典型问题清单第7项"
stage      = "trial"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V13"]
natl_rule  = ["药品限适应症"]
about      = "The drug list limits payment to certain diseases, and none of them stands among the diagnoses of this encounter or of the member's encounters of the year before. Certain only where a diagnosis is all the limit asks for and a physician has reviewed the list of diagnoses; else highly suspicious. The whole line is at stake."
about_zh   = "目录限定支付的疾病，在本次就诊及此前一年内参保人的各次就诊诊断中均未出现。仅需诊断即可判断且诊断对照表已经医学复核的，为明确违规；其余为高度可疑。涉及金额为该明细全额。"
innocent   = "Left out: lines that nobody asked the fund to pay (the limit governs payment, not use); use approved beforehand; a matching diagnosis at any institution within the look-back. Slight suspicion where a diagnosis of this encounter was written as text without a code. A matching diagnosis without the laboratory value, severity or earlier treatment that the limit also asks for is not this rule's business. Not visible in the data: a disease coded one level higher; use around an operation."
innocent_zh = "不计入：未纳入基金支付的明细（限定仅针对支付而非使用）；已事前审批；回溯期内任一机构的相符诊断。本次就诊有诊断仅写文字未编码的，降为轻度可疑。诊断相符但缺少检验值、病情程度或既往治疗依据的，不属本规则。数据无法识别：以上级类目编码的疾病；围手术期使用。"
because    = "{name} was billed on {day}; payment is {wording} and no such diagnosis stands in this claim or in the year before"
because_zh = "{day}为患者计费{name}；该药{wording}，本次就诊及此前一年内均无相应诊断"
back       = 12
ahead      = 3  # the diagnosis of a stay not yet settled is no less a diagnosis

[parameters.look_back]
value  = 365
source = "catalogue A05, DIAG_LOOKBACK: starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
k_indication = """
item                    | name       | list    | wording                            | more_evidence | reviewed
XM04ABD376A001010185383 | 多替诺雷片 | gout    | 限痛风伴高尿酸血症患者             |               | Y
XB05AAR051B002010100001 | 人血白蛋白 | ascites | 限抢救；因肝硬化引起腹水且低蛋白者 | Y             | Y
XC10AXH118A001010104641 | 海博麦布片 | lipids  | 限原发性高胆固醇血症               |               | N
"""
code_list = """
list    | code
gout    | M10.900
ascites | K74.601
lipids  | E78.000
"""

[examples."Gout among the diagnoses, or high blood pressure only · 有痛风诊断；仅有高血压诊断"]
charge = """
charge | claim | member | item                    | amount | flagged
a      | c1    | Li     | XM04ABD376A001010185383 | 120.00 |
b      | c2    | Wu     | XM04ABD376A001010185383 | 120.00 | 120.00 certain
"""
diagnosis = """
claim | code    | member
c1    | M10.900 | Li
c1    | I10.x00 | Li
c2    | I10.x00 | Wu
"""

[examples."Albumin for ascites without a laboratory value goes to another rule; without the diagnosis it is highly suspicious · 白蛋白有腹水诊断但无检验值属其他规则；无诊断为高度可疑"]
charge = """
charge | claim | member | item                    | flagged
a      | c1    | Li     | XB05AAR051B002010100001 |
b      | c2    | Wu     | XB05AAR051B002010100001 | high
c      | c2    | Wu     | XC10AXH118A001010104641 | high
d      | c3    | Xu     | XB05AAR051B002010100001 | high
"""
diagnosis = """
claim | code    | member
c1    | K74.601 | Li
c2    | I10.x00 | Wu
c3    | M10.900 | Xu
"""

[examples."The person pays alone; use approved beforehand · 全自费；已事前审批"]
charge = """
charge | item                    | amount | eligible | approved | flagged
a      | XM04ABD376A001010185383 | 120.00 | 0.00     |          |
b      | XM04ABD376A001010185383 | 120.00 |          | yes      |
c      | XM04ABD376A001010185383 | 120.00 | 0.01     |          | yes
"""

[examples."The diagnosis stood 365 days before, or 366, or comes a day later, or stands elsewhere the same day · 诊断在365天前、366天前、次日，或同日在他院"]
charge = """
charge | claim | member | item                    | day        | flagged
a      | c1    | Li     | XM04ABD376A001010185383 | 2026-03-05 |
b      | c2    | Wu     | XM04ABD376A001010185383 | 2026-03-05 | yes
c      | c3    | Xu     | XM04ABD376A001010185383 | 2026-03-05 | yes
d      | c4    | Sun    | XM04ABD376A001010185383 | 2026-03-05 |
"""
diagnosis_history = """
claim | member | code    | day
e4    | Sun    | M10.900 | 2026-03-05
e1    | Li     | M10.900 | 2025-03-05
e2    | Wu     | M10.900 | 2025-03-04
e3    | Xu     | M10.900 | 2026-03-06
"""

[examples."On day 20 of a stay its own diagnosis counts, and for a charge of the day before it began; another person's does not · 住院第20天、入院前一日的费用均以本次诊断为准；他人诊断无效"]
charge = """
charge | claim | member | item                    | day        | flagged
a      | c1    | Li     | XM04ABD376A001010185383 | 2026-03-25 |
b      | c2    | Wu     | XM04ABD376A001010185383 | 2026-03-25 | yes
c      | c1    | Li     | XM04ABD376A001010185383 | 2026-03-04 |
"""
diagnosis = """
claim | member | code    | day
c1    | Li     | M10.900 | 2026-03-05
"""

[examples."The diagnosis stands in a stay that began before and was settled a month later · 诊断在此前开始、次月结算的住院中"]
charge = """
charge | claim | member | item                    | day        | month   | flagged
a      | c1    | Li     | XM04ABD376A001010185383 | 2026-03-05 | 2026-03 |
b      | c2    | Wu     | XM04ABD376A001010185383 | 2026-03-05 | 2026-03 | yes
"""
diagnosis_history = """
claim | member | code    | day        | month
e1    | Li     | M10.900 | 2026-03-01 | 2026-04
"""

[examples."A point holds on its days · 知识点在有效期内有效"]
k_indication = """
item                    | list | wording            | reviewed | since      | until
XM04ABD376A001010185383 | gout | 限痛风伴高尿酸血症 | Y        | 2026-03-01 | 2026-03-31
"""
charge = """
charge | item                    | day        | flagged
a      | XM04ABD376A001010185383 | 2026-02-28 |
b      | XM04ABD376A001010185383 | 2026-03-31 | yes
"""

[examples."A diagnosis written as text only makes it slight · 诊断仅有文字，降为轻度可疑"]
charge = """
charge | claim | item                    | flagged
a      | c1    | XM04ABD376A001010185383 | low
b      | c2    | XM04ABD376A001010185383 | certain
"""
diagnosis = """
claim | code | name
c1    | -    | 痛风性关节炎
"""
*/
WITH limited AS (
    SELECT
        c.institution, c.claim, c.charge, c.member, c.amount, c.item, c.day, c.quantity,
        k.point, k.name, k.wording, k.list, k.reviewed AND NOT k.more_evidence AS plain
    FROM charge AS c
    JOIN k_indication AS k ON k.item = c.item
    WHERE in_force(k, c) AND c.eligible > 0 AND NOT c.approved
)
SELECT
    c.institution, c.claim, c.charge, c.amount AS at_stake,
    CASE
        WHEN EXISTS (SELECT 1 FROM diagnosis AS t WHERE t.claim = c.claim AND coalesce(t.code, '') = '') THEN 'low'
        WHEN c.plain THEN 'certain' ELSE 'high'
    END AS certainty,
    c.point, c.item, c.name, c.wording, c.day, c.quantity
FROM limited AS c
WHERE NOT EXISTS (
    SELECT 1 FROM diagnosis_history AS d JOIN code_list AS l ON l.code = d.code
    WHERE d.member = c.member AND l.list = c.list
        AND (d.claim = c.claim OR date_diff('day', d.day, c.day) BETWEEN 0 AND $look_back))
