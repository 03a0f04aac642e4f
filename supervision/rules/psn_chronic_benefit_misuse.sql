/*
title      = "Chronic-disease benefit for other drugs"
title_zh   = "门慢特待遇滥用"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (2), (6); typical problem list 2025 for pharmacies, no. 16; national list of rule types 2025, no. 11"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第二项、第六项；2025年版零售药店典型问题清单第16条；国家两库（2025年版）第11类规则"
stage      = "trial"
moments    = ["remind", "review", "audit"]
certainty  = "high"
severity   = "S3"
violations = ["V05", "V13"]
natl_rule  = ["药品超限定病种目录范围使用"]
about      = "A drug was settled with the benefit for a chronic disease that is not among the drugs of any disease of the visit. At stake is the whole line."
about_zh   = "以门诊慢特病待遇结算的药品，不在该次就诊任何病种的用药目录内。涉及金额为该明细全额。"
innocent   = "Left out: visits with a disease for which no list of drugs is known here, for its drugs cannot be told from others; what nobody asked the fund to pay; use with a recorded reason, as a shortage. Not visible in the data: for which disease the benefit was granted, and by whom; so every diagnosis of the visit is taken for one that was."
innocent_zh = "不计入：含有未载明用药目录的病种的就诊（无法区分药品归属）；未纳入基金支付的明细；已记录理由（如缺药替代）。数据无法识别：核定的病种及认定医师，故该次就诊的各项诊断均视为已核定病种。"
because    = "{item} was settled with the benefit for {illness} on {day}; it is not among the drugs of the visit's diseases"
because_zh = "{day}以慢特病待遇（{illness}）结算{item}，不在该次就诊病种的用药目录内"

[columns]
quantity = "qty"

[given]
k_chronic_drug = """
list | low  | high | name
bp   | XC07 | XC10 | 高血压
bp   | XC03 | XC04 | 高血压
dm   | XA10 | XA11 | 糖尿病
"""
code_list = """
list  | code
bp    | I10.x00
dm    | E11.900
other | M06.900
"""

[examples."A fertility drug for high blood pressure; a drug of the disease; the first and the next after it · 高血压待遇开促排卵药；目录内药品；目录界限"]
visit = """
claim | member | kind    | illness | paid
v     | Li     | chronic | I10.x00 | 70.00
"""
diagnosis = """
claim | code
v     | I10.x00
"""
charge = """
charge | claim | kind    | item | amount | flagged
a      | v     | chronic | XG03 | 120.00 | 120.00 high
b      | v     | chronic | XC09 | 50.00  |
c      | v     | chronic | XC07 | 50.00  |
d      | v     | chronic | XC10 | 50.00  | yes
e      | v     | chronic | XC03 | 50.00  |
f      | v     | chronic | XC06 | 50.00  | yes
"""

[examples."Two diseases, a drug of either; one of them without a list · 两种病种；其一无目录"]
visit = """
claim | member | kind       | illness
v     | Li     | chronic    | I10.x00
w     | Wu     | chronic    | I10.x00
x     | Xu     | outpatient | I10.x00
y     | Sun    | chronic    | M06.900
z     | Zhao   | chronic    | I10.x00
"""
diagnosis = """
claim | code
v     | I10.x00
v     | E11.900
w     | I10.x00
w     | M06.900
x     | I10.x00
y     | M06.900
z     | I10.x00
"""
charge = """
charge | claim | member | kind       | item | flagged
a      | v     | Li     | chronic    | XA10 |
b      | v     | Li     | chronic    | XC09 |
c      | v     | Li     | chronic    | XG03 | 100.00
d      | w     | Wu     | chronic    | XG03 |
e      | x     | Xu     | outpatient | XG03 |
f      | y     | Sun    | chronic    | XG03 |
g      | z     | Zhao   | chronic    | XA10 | 100.00
"""

[examples."A drug of another disease; paid alone, down to a fen; a recorded reason; no drug · 其他病种药品；全自费、仅一分纳入；已记录理由；非药品"]
visit = """
claim | kind    | illness
v     | chronic | I10.x00
"""
diagnosis = """
claim | code
v     | I10.x00
"""
charge = """
charge | claim | kind    | item            | eligible | reason | flagged
a      | v     | chronic | XA10            |          |        | yes
b      | v     | chronic | XG03            | 0.00     |        |
c      | v     | chronic | XG03            | 0.01     |        | yes
d      | v     | chronic | XG03            |          | 缺药   |
e      | v     | chronic | 002503020010000 |          |        |
"""

[examples."Points hold on their days, a drug by the day it was given · 知识点在有效期内有效，药品以取药日为准"]
k_chronic_drug = """
list | low  | high | name   | since      | until
bp   | XC07 | XC10 | 高血压 | 2026-03-05 |
bp   | XC03 | XC04 | 高血压 |            | 2026-03-05
dm   | XA10 | XA11 | 糖尿病 | 2026-03-06 |
"""
visit = """
claim | member | kind    | illness | day
v     | Li     | chronic | I10.x00 | 2026-03-05
w     | Wu     | chronic | E11.900 | 2026-03-05
"""
diagnosis = """
claim | code
v     | I10.x00
w     | E11.900
"""
charge = """
charge | claim | member | kind    | item | day        | flagged
a      | v     | Li     | chronic | XC09 | 2026-03-04 | yes
b      | v     | Li     | chronic | XC09 | 2026-03-05 |
c      | v     | Li     | chronic | XC03 | 2026-03-06 | yes
d      | w     | Wu     | chronic | XG03 | 2026-03-05 |
"""
*/
WITH listed AS (  -- diagnoses of chronic-disease visits for which drugs are listed here
    SELECT DISTINCT d.claim, d.code, k.list
    FROM visit AS v
    JOIN diagnosis AS d ON d.claim = v.claim
    JOIN code_list AS l ON l.code = d.code
    JOIN k_chronic_drug AS k ON k.list = l.list
    WHERE v.kind = 'chronic' AND in_force(k, v)
), asked AS (  -- visits of which no diagnosis is without such a list
    SELECT d.claim
    FROM diagnosis AS d
    LEFT JOIN listed AS g ON g.claim = d.claim AND g.code = d.code
    GROUP BY d.claim
    HAVING count(*) = count(g.code)
)
SELECT
    c.institution, c.claim, c.charge, c.amount AS at_stake, c.item, c.day, c.quantity, v.illness
FROM charge AS c
JOIN asked AS a ON a.claim = c.claim
JOIN visit AS v ON v.claim = c.claim
WHERE c.item_kind = 'drug' AND c.eligible > 0 AND c.reason IS NULL
    AND NOT EXISTS (
        SELECT 1 FROM listed AS g JOIN k_chronic_drug AS k ON k.list = g.list
        WHERE g.claim = c.claim AND c.item >= k.low AND c.item < k.high AND in_force(k, c))
