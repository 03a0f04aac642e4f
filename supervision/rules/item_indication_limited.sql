/*
title      = "Service outside its paid indications"
title_zh   = "医疗服务项目限适应症"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (2); Ministry of Human Resources and Social Security notice 2016 no. 23; national list of rule types 2025, no. 20 and 83"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第二项；人社部发〔2016〕23号；国家两库（2025年版）第20、83类规则"
stage      = "trial"
moments    = ["review", "audit"]
certainty  = "high"
severity   = "S2"
violations = ["V03"]
natl_rule  = ["医疗服务项目限适应症", "医疗服务项目超适应症使用"]
about      = "The catalogue limits payment of a service to certain diseases, and none of them stands among the diagnoses of this encounter or of the member's encounters of the year before. The whole line is at stake."
about_zh   = "目录限定支付的疾病，在本次就诊及此前一年内参保人的各次就诊诊断中均未出现。涉及金额为该明细全额。"
innocent   = "Left out: lines that nobody asked the fund to pay; use approved beforehand; lines with a recorded reason; a matching diagnosis, sequelae and aftercare included, at any institution within the look-back. Slight suspicion where a diagnosis of this encounter was written as text without a code. Not visible in the data: a disease coded one level higher; a diagnosis that stands in the letter of referral only."
innocent_zh = "不计入：未纳入基金支付的明细；已事前审批；已记录理由的明细；回溯期内任一机构的相符诊断（含后遗症、康复期）。本次就诊有诊断仅写文字未编码的，降为轻度可疑。数据无法识别：以上级类目编码的疾病；仅写在转诊单上的诊断。"
because    = "{name} was billed on {day}; payment is {wording} and no such diagnosis stands in this claim or in the year before"
because_zh = "{day}为患者计费{name}；该项目{wording}，本次就诊及此前一年内均无相应诊断"
back       = 12
ahead      = 3  # the diagnosis of a stay not yet settled is no less a diagnosis

[parameters.look_back]
value  = 365
source = "catalogue B07, DIAG_LOOKBACK: starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
k_indication_item = """
item            | name         | list             | wording
003402000240000 | 平衡功能训练 | balance_training | 限神经、骨科疾病所致平衡功能障碍
"""
code_list = """
list             | code
balance_training | I69.300
balance_training | S72.000
"""

[examples."Balance training without a disease of nerves or bones, and after a stroke · 平衡功能训练：无神经、骨科诊断；脑卒中后遗症"]
charge = """
charge | claim | member | item            | amount | flagged
a      | c1    | Li     | 003402000240000 | 40.00  | 40.00 high
b      | c2    | Wu     | 003402000240000 | 40.00  |
c      | c1    | Li     | 003402000220000 | 40.00  |
"""
diagnosis = """
claim | member | code
c1    | Li     | I10.x00
c2    | Wu     | I10.x00
c2    | Wu     | I69.300
"""

[examples."The person pays alone; approved beforehand; a reason is recorded · 全自费；已事前审批；已记录理由"]
charge = """
charge | item            | amount | eligible | approved | reason         | flagged
a      | 003402000240000 | 40.00  | 0.00     |          |                |
b      | 003402000240000 | 40.00  |          | yes      |                |
c      | 003402000240000 | 40.00  |          |          | 转诊单诊断脑梗死 |
d      | 003402000240000 | 40.00  | 0.01     |          |                | yes
"""

[examples."The diagnosis stood 365 days before, or 366, or comes a day later, or stands elsewhere the same day · 诊断在365天前、366天前、次日，或同日在他院"]
charge = """
charge | claim | member | item            | day        | flagged
a      | c1    | Li     | 003402000240000 | 2026-03-05 |
b      | c2    | Wu     | 003402000240000 | 2026-03-05 | yes
c      | c3    | Xu     | 003402000240000 | 2026-03-05 | yes
d      | c4    | Sun    | 003402000240000 | 2026-03-05 |
"""
diagnosis_history = """
claim | member | code    | day
e1    | Li     | S72.000 | 2025-03-05
e2    | Wu     | S72.000 | 2025-03-04
e3    | Xu     | S72.000 | 2026-03-06
e4    | Sun    | S72.000 | 2026-03-05
"""

[examples."The claim's own diagnosis counts whenever it was made; another person's does not · 本次就诊诊断不论先后均有效；他人诊断无效"]
charge = """
charge | claim | member | item            | day        | flagged
a      | c1    | Li     | 003402000240000 | 2026-03-04 |
b      | c2    | Wu     | 003402000240000 | 2026-03-25 | yes
"""
diagnosis = """
claim | member | code    | day
c1    | Li     | I69.300 | 2026-03-05
"""

[examples."The diagnosis stands in a stay that began before and was settled a month later · 诊断在此前开始、次月结算的住院中"]
charge = """
charge | claim | member | item            | day        | month   | flagged
a      | c1    | Li     | 003402000240000 | 2026-03-05 | 2026-03 |
b      | c2    | Wu     | 003402000240000 | 2026-03-05 | 2026-03 | yes
"""
diagnosis_history = """
claim | member | code    | day        | month
e1    | Li     | I69.300 | 2026-03-01 | 2026-04
"""

[examples."A diagnosis written as text only makes it slight · 诊断仅有文字，降为轻度可疑"]
charge = """
charge | claim | item            | flagged
a      | c1    | 003402000240000 | low
b      | c2    | 003402000240000 | high
"""
diagnosis = """
claim | code    | name
c1    | -       | 平衡障碍
c2    | I10.x00 | 高血压
"""

[examples."A point holds on its days · 知识点在有效期内有效"]
k_indication_item = """
item            | name         | list             | wording  | since      | until
003402000240000 | 平衡功能训练 | balance_training | 限脑卒中 | 2026-03-01 | 2026-03-31
"""
charge = """
charge | item            | day        | flagged
a      | 003402000240000 | 2026-02-28 |
b      | 003402000240000 | 2026-03-31 | yes
"""
*/
WITH limited AS (  -- each line of a service limited to diseases that the fund was asked to pay
    SELECT
        c.institution, c.claim, c.charge, c.member, c.amount, c.item, c.day, c.quantity, k.point, k.name, k.wording, k.list
    FROM charge AS c
    JOIN k_indication_item AS k ON k.item = c.item
    WHERE in_force(k, c) AND c.eligible > 0 AND NOT c.approved AND c.reason IS NULL
)
SELECT
    c.institution, c.claim, c.charge, c.amount AS at_stake,
    CASE
        WHEN EXISTS (SELECT 1 FROM diagnosis AS t WHERE t.claim = c.claim AND coalesce(t.code, '') = '') THEN 'low'
        ELSE 'high' END AS certainty,
    c.point, c.item, c.name, c.wording, c.day, c.quantity
FROM limited AS c
WHERE NOT EXISTS (
    SELECT 1 FROM diagnosis_history AS d JOIN code_list AS l ON l.code = d.code
    WHERE d.member = c.member AND l.list = c.list
        AND (d.claim = c.claim OR date_diff('day', d.day, c.day) BETWEEN 0 AND $look_back))
