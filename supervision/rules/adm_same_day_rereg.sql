/*
title      = "Discharged and registered again at once"
title_zh   = "出院后当日重新办理入院"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (1); national list of rule types 2025, no. 49"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第一项；国家两库（2025年版）第49类规则"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S3"
violations = ["V01"]
natl_rule  = ["分解住院"]
about      = "A member is discharged on paper and taken in again by the same institution within hours, for whatever illness and on whatever ward, so that one stay is paid as two. At stake is what the fund paid for the later stay; how much of it is loss is decided by comparing the two."
about_zh   = "参保人在同一机构办理出院后数小时内再次办理入院（不论病种、科室），一次住院按两次结算。涉及金额为后一次住院的基金支付额，损失数额需比较两次住院后认定。"
innocent   = "Left out: mother and newborn on one account, either stay; documented transfers; payment by bed day, which allows stays to be divided. Not visible in the data: a sudden worsening after a true discharge; a change to a rehabilitation contract or of legal status that the agreement allows; two campuses of one institution."
innocent_zh = "不计入：母婴共用账户（前后任一次）；有记录的转院；按床日付费。数据无法识别：确已出院后病情骤变；协议允许的转康复结算、精神科住院性质变更；同一机构的不同院区。"
because    = "Discharged on {discharged} and admitted again on {admitted} by the same institution, for {illness}"
because_zh = "{discharged}办理出院，{admitted}在同一机构以{illness}再次入院"
back       = 3
ahead      = 3  # the earlier stay may be settled later

[parameters.hours]
value  = 24
source = "catalogue D02, HOURS: starting value, not law"
since  = 2026-04-01

[examples]
"Discharged at 9, taken in at 14 on the same ward · 9时出院，14时同病区再入院" = """
claim | illness | department | admitted            | discharged          | paid    | flagged
a     | J18.900 | A03        | 2026-06-01 08:00:00 | 2026-06-08 09:00:00 | 4000.00 |
b     | J18.900 | A03        | 2026-06-08 14:00:00 | 2026-06-15 09:00:00 | 3500.00 | 3500.00 high
"""
"The mother discharged, her newborn taken in; the newborn discharged, the mother taken in · 母亲出院、新生儿入院；新生儿出院、母亲入院" = """
claim | member | illness | admitted            | discharged          | newborn
a     | Li     | O80.000 | 2026-06-01 08:00:00 | 2026-06-04 09:00:00 |
b     | Li     | P59.900 | 2026-06-04 10:00:00 | 2026-06-08 09:00:00 | yes
c     | Wu     | P59.900 | 2026-06-01 08:00:00 | 2026-06-04 09:00:00 | yes
d     | Wu     | N61.x00 | 2026-06-04 10:00:00 | 2026-06-08 09:00:00 |
"""
"Twenty-four hours, and a second more; the same moment, and a second before · 间隔24小时；多一秒；同一时刻；早一秒" = """
claim | member | admitted            | discharged          | flagged
a     | Li     | 2026-06-01 08:00:00 | 2026-06-08 09:00:00 |
b     | Li     | 2026-06-09 09:00:00 | 2026-06-15 09:00:00 | yes
c     | Wu     | 2026-06-01 08:00:00 | 2026-06-08 09:00:00 |
d     | Wu     | 2026-06-09 09:00:01 | 2026-06-15 09:00:00 |
e     | Xu     | 2026-06-01 08:00:00 | 2026-06-08 09:00:00 |
f     | Xu     | 2026-06-08 09:00:00 | 2026-06-15 09:00:00 | yes
g     | Sun    | 2026-06-01 08:00:00 | 2026-06-08 09:00:01 |
h     | Sun    | 2026-06-08 09:00:00 | 2026-06-15 09:00:00 |
i     | Zhao   | 2026-06-08 09:00:00 | 2026-06-08 09:00:00 |
"""
"Another institution; another person; a transfer; payment by bed day, and payment not known · 不同机构；不同患者；转院；按床日付费；付费方式不明" = """
claim | member | institution | admitted            | discharged          | transferred | pay_method | flagged
a     | Li     | North       | 2026-06-01 08:00:00 | 2026-06-08 09:00:00 |             |            |
b     | Li     | South       | 2026-06-08 14:00:00 | 2026-06-15 09:00:00 |             |            |
c     | Wu     | South       | 2026-06-08 14:00:00 | 2026-06-15 09:00:00 |             |            |
d     | Xu     | North       | 2026-06-01 08:00:00 | 2026-06-08 09:00:00 | yes         |            |
e     | Xu     | North       | 2026-06-08 14:00:00 | 2026-06-15 09:00:00 |             |            |
f     | Sun    | North       | 2026-06-01 08:00:00 | 2026-06-08 09:00:00 |             |            |
g     | Sun    | North       | 2026-06-08 14:00:00 | 2026-06-15 09:00:00 | yes         |            |
h     | Zhao   | North       | 2026-06-01 08:00:00 | 2026-06-08 09:00:00 |             |            |
i     | Zhao   | North       | 2026-06-08 14:00:00 | 2026-06-15 09:00:00 |             | bed_day    |
j     | Qian   | North       | 2026-06-01 08:00:00 | 2026-06-08 09:00:00 |             |            |
k     | Qian   | North       | 2026-06-08 14:00:00 | 2026-06-15 09:00:00 |             | -          | yes
"""
"Two stays ended just before: the later stay is accused once · 此前有两次出院，后次只计一次" = """
claim | admitted            | discharged          | paid    | flagged
a     | 2026-06-01 08:00:00 | 2026-06-08 09:00:00 | 4000.00 |
b     | 2026-06-02 08:00:00 | 2026-06-08 10:00:00 | 3000.00 |
c     | 2026-06-08 14:00:00 | 2026-06-15 09:00:00 | 3500.00 | 3500.00
"""

[examples."The earlier stay was settled a month after the later one · 前次住院晚一个月结算"]
stay_history = """
claim | admitted            | discharged          | settled_at
x     | 2026-06-01 08:00:00 | 2026-06-08 09:00:00 | 2026-07-08
"""
stay = """
claim | admitted            | discharged          | paid    | flagged
y     | 2026-06-08 14:00:00 | 2026-06-15 09:00:00 | 3000.00 | 3000.00
"""
*/
WITH again AS (  -- each stay of the month with the last one that had ended just before it, here
    SELECT
        b.institution, b.claim, b.paid, b.illness, b.admitted, a.claim AS earlier_claim, a.discharged,
        row_number() OVER (PARTITION BY b.claim ORDER BY a.discharged DESC, a.claim) AS place
    FROM stay AS b
    JOIN stay_history AS a ON a.member = b.member AND a.institution = b.institution AND a.claim <> b.claim
    WHERE date_diff('second', a.discharged, b.admitted) BETWEEN 0 AND $hours * 3600
        AND NOT a.newborn AND NOT b.newborn AND NOT a.transferred AND NOT b.transferred AND coalesce(b.pay_method, '') <> 'bed_day'
)
SELECT
    r.institution, r.claim, 'accused' AS role, r.paid AS at_stake, r.claim AS finding,
    r.illness, r.admitted, r.discharged, r.earlier_claim
FROM again AS r WHERE r.place = 1
UNION ALL
SELECT
    r.institution, r.earlier_claim, 'involved', 0, r.claim,
    r.illness, r.admitted, r.discharged, r.earlier_claim
FROM again AS r WHERE r.place = 1
