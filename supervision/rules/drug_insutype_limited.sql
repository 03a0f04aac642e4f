/*
title      = "Drug of another insurance"
title_zh   = "药品限险种（工伤、生育）"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (6); Implementing Rules (NHSA Order 7), art. 11; National Drug List 2025, remarks; national list of rule types 2025, no. 1 and 2, batch 3"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第六项；《实施细则》（国家医疗保障局令第7号）第十一条；《国家基本医疗保险药品目录（2025年）》备注；国家两库（2025年版）第1类、第2类规则、第三批知识点"
stage      = "in_force"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V13"]
natl_rule  = ["药品限工伤保险", "药品限生育保险"]
about      = "The drug list pays a drug out of the insurance against work injury or for childbirth only, and it was settled with basic medical insurance. Because childbirth is insured together with illness, a drug for childbirth is paid where a diagnosis of pregnancy, childbirth or its care stands in the claim. The whole line is at stake."
about_zh   = "目录限定由工伤保险或生育保险支付的药品，纳入基本医疗保险结算。生育保险与基本医疗保险合并实施，本次就诊有妊娠、分娩及其保健诊断的，限生育保险的药品可予支付。涉及金额为该明细全额。"
innocent   = "Left out: lines that nobody asked the fund to pay, such as a vaccine the person buys; settlements of other kinds of insurance, and of a kind not known; settlements taken back. Not visible in the data: an injury at work that basic insurance settled first and will give back; a pregnancy that is not coded."
innocent_zh = "不计入：未纳入基金支付的明细（如本人自费接种疫苗）；其他险种或险种不详的结算；已退费的结算。数据无法识别：先由基本医疗保险结算、待退回的工伤；未编码的妊娠。"
because    = "{name}: payment is {wording}; on {day} it was settled with basic medical insurance"
because_zh = "{name}{wording}，{day}纳入基本医疗保险结算"

[columns]
quantity = "qty"

[given]
k_drug_insurance = """
item                    | name                      | fund        | wording
XJ07BGR030B014010101119 | 冻干人用狂犬病疫苗(Vero细胞) | work_injury | 限工伤保险
XG02ADK026B002010100568 | 卡前列素氨丁三醇注射液    | maternity   | 限生育保险
"""
code_list = """
list            | code
basic_insurance | 310
basic_insurance | 390
childbirth      | O72.100
another         | 510
another         | I10.x00
"""

[examples."Rabies vaccine settled with residents' insurance at 320, with another kind, and with a kind not known · 狂犬病疫苗由居民医保结算320元、由其他险种结算、险种不详"]
visit = """
claim | insurance
a     | 390
b     | 510
c     | -
d     | 310
"""
charge = """
charge | claim | item                    | amount | eligible | flagged
a1     | a     | XJ07BGR030B014010101119 | 320.00 |          | 320.00 certain
b1     | b     | XJ07BGR030B014010101119 | 320.00 |          |
c1     | c     | XJ07BGR030B014010101119 | 320.00 |          |
d1     | d     | XJ07BGR030B014010101119 | 320.00 | 0.01     | yes
d2     | d     | XJ07BGR030B014010101119 | 320.00 | 0.00     |
d3     | d     | XY01AAS019A001010100001 | 4.60   |          |
"""

[examples."Carboprost in a delivery with bleeding, and without any diagnosis of childbirth; childbirth does not help the vaccine · 卡前列素用于产后出血分娩住院、无生育诊断；生育诊断不放宽疫苗"]
stay = """
claim | insurance
s     | 310
t     | 310
u     | 510
"""
diagnosis = """
claim | code
s     | I10.x00
s     | O72.100
t     | I10.x00
"""
charge = """
charge | claim | item                    | amount | flagged
a      | s     | XG02ADK026B002010100568 | 245.00 |
b      | t     | XG02ADK026B002010100568 | 245.00 | 245.00 certain
c      | u     | XG02ADK026B002010100568 | 245.00 |
d      | s     | XJ07BGR030B014010101119 | 320.00 | yes
"""

[examples."A point holds on its days and in its place · 知识点在有效期和适用地区内有效"]
visit = """
claim | insurance
v     | 390
"""
charge = """
charge | claim | item                    | day        | province | area   | flagged
a      | v     | XJ07BGR030B014010101119 | 1999-12-31 |          |        |
b      | v     | XJ07BGR030B014010101119 | 2000-01-01 | 330000   | 330100 | yes
"""
*/
WITH settled AS (  -- the claims settled with basic insurance
    SELECT s.claim FROM stay AS s JOIN code_list AS l ON l.code = s.insurance WHERE l.list = 'basic_insurance'
    UNION ALL
    SELECT v.claim FROM visit AS v JOIN code_list AS l ON l.code = v.insurance WHERE l.list = 'basic_insurance'
)
SELECT
    c.institution, c.claim, c.charge, c.amount AS at_stake,
    k.point, c.item, k.name, k.wording, c.day, c.quantity
FROM charge AS c
JOIN k_drug_insurance AS k ON k.item = c.item
WHERE in_force(k, c) AND c.eligible > 0 AND c.claim IN (SELECT s.claim FROM settled AS s)
    AND NOT EXISTS (
        SELECT 1 FROM diagnosis AS d JOIN code_list AS l ON l.code = d.code
        WHERE d.claim = c.claim AND l.list = 'childbirth' AND k.fund = 'maternity')
