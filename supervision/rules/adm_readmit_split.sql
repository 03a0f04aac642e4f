/*
title      = "Split admission"
title_zh   = "分解住院"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (1); national list of rule types 2025, no. 49"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第一项；国家两库（2025年版）第49类规则"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S3"
violations = ["V01"]
natl_rule  = ["分解住院"]
about      = "A member is sent home and taken back within days for the same illness and the same treatment, here or elsewhere, so that one stay is paid as two. At stake is what the fund paid for the later stay; how much of it is loss is decided by comparing the two."
about_zh   = "参保人出院后数日内因同一疾病、接受相同治疗再次入院（含异院），一次住院按两次结算。涉及金额为后一次住院的基金支付额，损失数额需比较两次住院后认定。"
innocent   = "Left out: planned courses, by their number or by a diagnosis of the list (chemotherapy, dialysis, staged surgery, childbirth, newborns); documented transfers; an operation in the later stay that the earlier had not; another department of the same institution; newborns on their mother's account; payment by bed day, which allows stays to be divided. Not visible in the data: real worsening; discharge against advice; leave at a weekend."
innocent_zh = "不计入：有疗程编号或诊断在列表内的计划性住院（化疗、透析、分期手术、分娩、新生儿等）；有记录的转院；后次住院另行手术；同一机构的不同科室；母婴共用账户；按床日付费。数据无法识别：病情确有加重；自动出院；周末请假。"
because    = "Discharged from {earlier_institution} on {discharged_on}, back on {admitted_on} for {illness}"
because_zh = "{discharged_on}自{earlier_institution}出院，{admitted_on}以{illness}再次入院"
back       = 3
ahead      = 3  # the earlier stay may be settled later

[parameters.days]
value  = 15
source = "catalogue D01, DAYS: starting value, not law"
since  = 2026-04-01

[columns]
earlier_institution = "institution"

[given]
k_readmit_exempt = """
list             | name
planned_chemo    | 化疗周期
"""
code_list = """
list          | code
planned_chemo | Z51.102
"""

[examples]
"Pneumonia, discharged uncured on 1 June, back on the same ward on 5 June · 肺炎6月1日未愈出院，6月5日同病区再入院" = """
claim | illness | department | admitted   | discharged | paid    | flagged
a     | J18.900 | A03        | 2026-05-25 | 2026-06-01 | 4000.00 |
b     | J18.901 | A03        | 2026-06-05 | 2026-06-09 | 3500.00 | 3500.00 high
"""
"The same person, another hospital, four days later · 同一患者，另一医院，4天后" = """
claim | institution | illness | department | admitted   | discharged | flagged
a     | North       | J18.900 | A03        | 2026-05-25 | 2026-06-01 |
b     | South       | J18.900 | B07        | 2026-06-05 | 2026-06-09 | yes
"""
"Fifteen days, and sixteen; the same day again; another person · 间隔15天、16天；当日再入院；不同患者" = """
claim | member | illness | admitted            | discharged          | flagged
a     | Li     | J18.900 | 2026-05-25          | 2026-06-01          |
b     | Li     | J18.900 | 2026-06-16          | 2026-06-20          | yes
c     | Wu     | J18.900 | 2026-05-25          | 2026-06-01          |
d     | Wu     | J18.900 | 2026-06-17          | 2026-06-20          |
e     | Xu     | J18.900 | 2026-05-25          | 2026-06-01 09:00:00 |
f     | Xu     | J18.900 | 2026-06-01 15:00:00 | 2026-06-05          | yes
g     | Sun    | J18.900 | 2026-06-05          | 2026-06-09          |
"""
"Another illness, another department; a planned course, a transfer, a newborn, payment by bed day · 不同疾病、不同科室；计划疗程、转院、新生儿、按床日付费" = """
claim | member | illness | department | admitted   | discharged | course | transferred | newborn | pay_method | flagged
a     | Li     | J18.900 | A03        | 2026-05-25 | 2026-06-01 |        |             |         |            |
b     | Li     | I63.900 | A03        | 2026-06-05 | 2026-06-09 |        |             |         |            |
c     | Wu     | K81.000 | A03        | 2026-05-25 | 2026-06-01 |        |             |         |            |
d     | Wu     | K81.000 | A04        | 2026-06-07 | 2026-06-09 |        |             |         |            |
e     | Xu     | C34.900 | A19        | 2026-05-25 | 2026-06-01 | k1     |             |         |            |
f     | Xu     | C34.900 | A19        | 2026-06-05 | 2026-06-09 | k1     |             |         |            |
g     | Sun    | J18.900 | A03        | 2026-05-25 | 2026-06-01 |        | yes         |         |            |
h     | Sun    | J18.900 | A03        | 2026-06-02 | 2026-06-09 |        |             |         |            |
i     | Zhao   | P59.900 | A07        | 2026-05-25 | 2026-06-01 |        |             | yes     |            |
j     | Zhao   | P59.900 | A07        | 2026-06-03 | 2026-06-09 |        |             | yes     |            |
k     | Qian   | F20.000 | A15        | 2026-05-25 | 2026-06-01 |        |             |         | bed_day    |
l     | Qian   | F20.000 | A15        | 2026-06-03 | 2026-06-09 |        |             |         | bed_day    |
m     | He     | F20.000 | -          | 2026-05-25 | 2026-06-01 |        |             |         |            |
n     | He     | F20.000 | A15        | 2026-06-03 | 2026-06-09 |        |             |         |            | yes
"""

[examples."A chemotherapy cycle 14 days apart · 间隔14天的化疗周期"]
stay = """
claim | member | illness | department | admitted   | discharged | flagged
a     | Li     | C50.900 | A19        | 2026-05-25 | 2026-05-28 |
b     | Li     | C50.900 | A19        | 2026-06-11 | 2026-06-14 |
c     | Wu     | C50.900 | A19        | 2026-05-25 | 2026-05-28 |
d     | Wu     | C50.900 | A19        | 2026-06-11 | 2026-06-14 | yes
"""
diagnosis = """
claim | code
b     | C50.900
b     | Z51.102
c     | Z51.102
d     | C50.900
"""

[examples."An operation that the earlier stay had not; the same operation again; the diagnosis stood earlier only · 后次住院另行手术；重复同一手术"]
stay = """
claim | member | illness | department | admitted   | discharged | flagged
a     | Li     | K81.000 | A04        | 2026-05-25 | 2026-06-01 |
b     | Li     | K81.000 | A04        | 2026-06-07 | 2026-06-12 |
c     | Wu     | K81.000 | A04        | 2026-05-25 | 2026-06-01 |
d     | Wu     | K81.000 | A04        | 2026-06-07 | 2026-06-12 | yes
e     | Xu     | K81.000 | A04        | 2026-05-25 | 2026-06-01 |
f     | Xu     | K81.000 | A04        | 2026-06-07 | 2026-06-12 | yes
"""
operation = """
claim | code    | main
b     | 51.2300 | yes
c     | 51.2300 | yes
d     | 51.2300 | yes
e     | 51.2300 | yes
"""

[examples."Of two earlier stays the nearer is named, and the later stay accused once · 有两次较早住院的，列示较近的一次，只计一次"]
stay_history = """
claim | illness | admitted   | discharged
x     | J18.900 | 2026-05-20 | 2026-05-23
y     | J18.900 | 2026-05-26 | 2026-05-30
"""
stay = """
claim | illness | admitted   | discharged | paid    | flagged
z     | J18.900 | 2026-06-02 | 2026-06-05 | 3000.00 | 3000.00
"""

[examples."The earlier stay was settled a month after the later one · 较早的住院晚一个月结算"]
stay_history = """
claim | illness | admitted   | discharged | settled_at
x     | J18.900 | 2026-05-20 | 2026-05-30 | 2026-07-08
"""
stay = """
claim | illness | admitted   | discharged | settled_at | paid    | flagged
y     | J18.900 | 2026-06-02 | 2026-06-05 | 2026-06-05 | 3000.00 | 3000.00
"""
*/
WITH treated AS (  -- the main operation of each stay
    SELECT o.claim, min(o.code) AS operation FROM operation_history AS o WHERE o.main GROUP BY o.claim
), again AS (
    SELECT
        b.institution, b.claim, b.paid, b.illness, b.admitted_on, a.claim AS earlier_claim, a.institution AS earlier_institution,
        a.discharged_on, date_diff('day', a.discharged_on, b.admitted_on) AS days_between,
        row_number() OVER (PARTITION BY b.claim ORDER BY a.discharged DESC, a.claim) AS place
    FROM stay AS b
    JOIN stay_history AS a ON a.member = b.member AND a.category = b.category
    LEFT JOIN treated AS t ON t.claim = b.claim
    LEFT JOIN treated AS u ON u.claim = a.claim
    WHERE b.admitted > a.discharged AND date_diff('day', a.discharged_on, b.admitted_on) BETWEEN 0 AND $days
        AND (a.institution <> b.institution OR coalesce(a.department = b.department, TRUE))
        AND (t.operation IS NULL OR t.operation = u.operation)
        AND b.course IS NULL AND NOT a.transferred AND NOT b.transferred AND NOT b.newborn AND coalesce(b.pay_method, '') <> 'bed_day'
        AND NOT EXISTS (
            SELECT 1 FROM diagnosis AS d JOIN code_list AS l ON l.code = d.code JOIN k_readmit_exempt AS k ON k.list = l.list
            WHERE d.claim = b.claim AND in_force(k, b, b.admitted_on))
)
SELECT
    r.institution, r.claim, 'accused' AS role, r.paid AS at_stake, r.claim AS finding,
    r.illness, r.admitted_on, r.discharged_on, r.days_between, r.earlier_claim, r.earlier_institution
FROM again AS r WHERE r.place = 1
UNION ALL
SELECT
    r.earlier_institution, r.earlier_claim, 'involved', 0, r.claim,
    r.illness, r.admitted_on, r.discharged_on, r.days_between, r.earlier_claim, r.earlier_institution
FROM again AS r WHERE r.place = 1
