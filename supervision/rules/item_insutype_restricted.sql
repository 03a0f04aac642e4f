/*
title      = "Service of another insurance"
title_zh   = "医疗服务项目限险种使用"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (6); Social Insurance Law, art. 30; national list of rule types 2025, no. 16 and 17"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第六项；《社会保险法》第三十条；国家两库（2025年版）第16、17类规则"
stage      = "in_force"
moments    = ["review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V13"]
natl_rule  = ["医疗服务项目限工伤保险", "医疗服务项目限生育保险"]
about      = "A service that work-injury insurance alone pays was settled with basic medical insurance; or a service of the maternity benefit was settled with it in a claim that has no diagnosis of pregnancy or childbirth, which is highly suspicious. The whole line is at stake."
about_zh   = "限工伤保险支付的项目由基本医疗保险基金支付；或限生育保险支付的项目在无妊娠、分娩相关诊断的就诊中由基本医疗保险基金支付（高度可疑）。涉及金额为该明细全额。"
innocent   = "Left out: lines that nobody asked the fund to pay; use approved beforehand; claims of an insurance other than basic medical insurance; maternity services in a claim with a diagnosis of pregnancy or childbirth, for maternity insurance is merged into that of employees, and residents' insurance pays childbirth. Not visible in the data: the fund that paid beside the kind of insurance; a work injury recognised later; treatment after childbirth without such a diagnosis."
innocent_zh = "不计入：未纳入基金支付的明细；已事前审批；基本医疗保险以外的险种；有妊娠、分娩相关诊断的生育项目（生育保险与职工医保合并实施，居民医保支付住院分娩费用）。数据无法识别：险种之外的支付基金；事后认定的工伤；产后未写相应诊断的治疗。"
because    = "{name} was billed on {day} to basic medical insurance; only {fund_words} pays it"
because_zh = "{day}{name}由基本医疗保险支付；该项目仅限{fund_zh}支付"

[columns]
quantity = "qty"

[given]
k_fund_item = """
item            | name         | fund
009901001040000 | 假肢装配训练 | work_injury
003112010230000 | 产前检查     | maternity
"""
code_list = """
list      | code
maternity | Z34.900
"""

[examples."Fitting of a prosthesis after a work injury, paid by basic insurance; by another · 工伤假肢装配由基本医保支付；由其他险种支付"]
visit = """
claim | insurance
s     | 310
t     | 410
u     | -
"""
charge = """
charge | claim | item            | amount | flagged
a      | s     | 009901001040000 | 300.00 | 300.00 certain
b      | t     | 009901001040000 | 300.00 |
c      | u     | 009901001040000 | 300.00 |
d      | s     | 002103000010000 | 300.00 |
"""

[examples."All kinds of basic medical insurance, in stays and visits · 基本医疗保险各险种，住院与门诊"]
stay = """
claim | insurance
s     | 310
t     | 340
u     | 390
"""
visit = """
claim | insurance
v     | 391
w     | 392
x     | 510
"""
charge = """
charge | claim | item            | flagged
a      | s     | 009901001040000 | yes
b      | t     | 009901001040000 | yes
c      | u     | 009901001040000 | yes
d      | v     | 009901001040000 | yes
e      | w     | 009901001040000 | yes
f      | x     | 009901001040000 |
"""

[examples."An antenatal examination in pregnancy, and without; in maternity insurance · 妊娠期产前检查；无妊娠诊断；生育保险"]
visit = """
claim | insurance
s     | 310
t     | 310
u     | 510
"""
diagnosis = """
claim | code
s     | Z34.900
t     | N76.000
u     | N76.000
"""
charge = """
charge | claim | item            | amount | flagged
a      | s     | 003112010230000 | 15.00  |
b      | t     | 003112010230000 | 15.00  | 15.00 high
c      | u     | 003112010230000 | 15.00  |
d      | s     | 009901001040000 | 15.00  | certain
"""

[examples."Paid by the person alone; approved beforehand · 全自费；已事前审批"]
visit = """
claim | insurance
s     | 310
"""
charge = """
charge | claim | item            | amount | eligible | approved | flagged
a      | s     | 009901001040000 | 300.00 | 0.00     |          |
b      | s     | 009901001040000 | 300.00 |          | yes      |
c      | s     | 009901001040000 | 300.00 | 0.01     |          | yes
"""

[examples."A point holds on its days · 知识点在有效期内有效"]
k_fund_item = """
item            | name         | fund        | since      | until
009901001040000 | 假肢装配训练 | work_injury | 2026-03-01 | 2026-03-31
"""
visit = """
claim | insurance
s     | 310
"""
charge = """
charge | claim | item            | day        | flagged
a      | s     | 009901001040000 | 2026-02-28 |
b      | s     | 009901001040000 | 2026-03-31 | yes
"""
*/
WITH insured AS (  -- the insurance each claim was settled with
    SELECT s.claim, s.insurance FROM stay AS s
    UNION ALL
    SELECT v.claim, v.insurance FROM visit AS v
)
SELECT
    c.institution, c.claim, c.charge, c.amount AS at_stake,
    CASE k.fund WHEN 'work_injury' THEN 'certain' ELSE 'high' END AS certainty,
    k.point, c.item, k.name, c.day, c.quantity, i.insurance,
    CASE k.fund WHEN 'work_injury' THEN 'work-injury insurance' ELSE 'maternity insurance' END AS fund_words,
    CASE k.fund WHEN 'work_injury' THEN '工伤保险' ELSE '生育保险' END AS fund_zh
FROM charge AS c
JOIN k_fund_item AS k ON k.item = c.item
JOIN insured AS i ON i.claim = c.claim
WHERE in_force(k, c) AND c.eligible > 0 AND NOT c.approved AND i.insurance IN ('310', '340', '390', '391', '392')
    AND (k.fund = 'work_injury' OR NOT EXISTS (
        SELECT 1 FROM diagnosis AS d JOIN code_list AS l ON l.code = d.code
        WHERE d.claim = c.claim AND l.list = 'maternity'))
