/*
title      = "Service repeated too soon"
title_zh   = "医疗服务项目周期超频次"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (2) and (3); national list of rule types 2025, no. 31, batch 8; Ministry of Human Resources and Social Security notice 2016 no. 23"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第二项、第三项；国家两库（2025年版）第31类规则、第八批知识点；人社部发〔2016〕23号"
stage      = "in_force"
moments    = ["remind", "review", "audit"]
certainty  = "high"
severity   = "S2"
violations = ["V08", "V03"]
natl_rule  = ["医疗服务项目周期超频次"]
about      = "A test or assessment that tells nothing new before so many days have passed was charged again within them, for the same person at the same institution. The interval runs from the service before. At stake is the whole line of the later service."
about_zh   = "规定间隔天数内不应重复进行的检验或评定，在同一机构为同一患者于间隔期内再次收费。间隔自前一次服务起算。涉及金额为后一次服务的明细全额。"
innocent   = "Left out: lines with a recorded reason (a change of condition, a transfusion, a new drug, an unreadable specimen); newborns on their mother's account; lines reversed; other institutions, unless the place says that tests are recognised mutually. Slight suspicion where both were charged on one date. Not visible in the data: a first test that could not be read and was not recorded as such; a guideline for one disease that asks for more; several units on one line, which count as one service."
innocent_zh = "不计入：已记录理由的明细（病情变化、输血、新用药、标本无法判读）；母婴共用账户；已冲销明细；其他机构的服务（当地规定检查检验结果互认的除外）。同一日期收费两次的，降为轻度可疑。数据无法识别：首次结果无法判读但未记录；个别疾病诊疗指南要求更高频次；同一明细多个计价单位（按一次服务计）。"
because    = "{name} was charged on {earlier_day} and again on {day}; at least {days} days should lie between"
because_zh = "{name}{earlier_day}已收费，{day}再次收费，间隔应不少于{days}天"
back       = 6

[parameters.across]
value  = 0
source = "catalogue B11, CROSS_INST: 1 where results are recognised mutually among institutions, else 0"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
k_freq_period = """
item            | name         | days
002503020030000 | 糖化血红蛋白 | 15
003402000390000 | 康复评定     | 14
"""

[examples]
"Glycated haemoglobin after 9 days, and after 19 · 糖化血红蛋白间隔9天、19天" = """
charge | member | claim | item            | day        | amount | flagged
a      | Li     | s     | 002503020030000 | 2026-05-01 | 45.00  |
b      | Li     | t     | 002503020030000 | 2026-05-10 | 45.00  | 45.00 high
c      | Wu     | u     | 002503020030000 | 2026-05-01 | 45.00  |
d      | Wu     | v     | 002503020030000 | 2026-05-20 | 45.00  |
"""
"At two hospitals 5 days apart; two persons; two services · 两家医院间隔5天；不同患者；不同项目" = """
charge | member | institution | item            | day
a      | Li     | North       | 002503020030000 | 2026-05-01
b      | Li     | South       | 002503020030000 | 2026-05-06
c      | Wu     | North       | 002503020030000 | 2026-05-06
d      | Xu     | North       | 002503020030000 | 2026-05-06
e      | Xu     | North       | 003402000390000 | 2026-05-08
"""
"The fourteenth day is too soon, the fifteenth is not; an assessment after 14 days is not · 第14天过早，第15天可以；评定间隔14天可以" = """
charge | member | item            | day        | flagged
a      | Li     | 002503020030000 | 2026-05-01 |
b      | Li     | 002503020030000 | 2026-05-15 | yes
c      | Wu     | 002503020030000 | 2026-05-01 |
d      | Wu     | 002503020030000 | 2026-05-16 |
e      | Xu     | 003402000390000 | 2026-05-01 |
f      | Xu     | 003402000390000 | 2026-05-15 |
"""
"Each is held against the one before it · 每次与前一次比较" = """
charge | item            | day        | flagged
a      | 002503020030000 | 2026-05-01 |
b      | 002503020030000 | 2026-05-11 | yes
c      | 002503020030000 | 2026-05-21 | yes
d      | 002503020030000 | 2026-06-05 |
"""
"A reason is recorded, a newborn's on the account; after an excused test the interval runs anew · 已记录理由；母婴共用账户；间隔自已说明理由的检验起重新计算" = """
charge | member | item            | day        | reason   | newborn | flagged
a      | Li     | 002503020030000 | 2026-05-01 |          |         |
b      | Li     | 002503020030000 | 2026-05-10 | 标本溶血 |         |
c      | Li     | 002503020030000 | 2026-05-20 |          |         | yes
d      | Wu     | 002503020030000 | 2026-05-01 |          |         |
e      | Wu     | 002503020030000 | 2026-05-05 |          | yes     |
"""
"Twice on one date is slight; of two at one moment the later line is accused · 同日两次为轻度可疑；同一时刻的以后一条为疑点" = """
charge | member | item            | done_at             | flagged
a      | Li     | 002503020030000 | 2026-05-01 08:00:00 |
b      | Li     | 002503020030000 | 2026-05-01 20:00:00 | low
c      | Wu     | 002503020030000 | 2026-05-01 08:00:00 |
d      | Wu     | 002503020030000 | 2026-05-01 08:00:00 | low
"""

[examples."The earlier test was settled months before · 前次检验在数月前结算"]
history = """
charge | item            | day
x      | 002503020030000 | 2026-02-28
"""
charge = """
charge | item            | day        | amount | flagged
a      | 002503020030000 | 2026-03-05 | 45.00  | 45.00
"""

[examples."A point holds on its days · 知识点在有效期内有效"]
k_freq_period = """
item            | name         | days | since
002503020030000 | 糖化血红蛋白 | 15   | 2026-03-01
"""
charge = """
charge | member | item            | day        | flagged
a      | Li     | 002503020030000 | 2026-02-20 |
b      | Li     | 002503020030000 | 2026-02-28 |
c      | Li     | 002503020030000 | 2026-03-01 |
d      | Li     | 002503020030000 | 2026-03-02 | yes
"""
*/
WITH done AS (  -- each service of the list with the one before it
    SELECT
        h.institution, h.claim, h.charge, h.item, h.day, h.quantity, h.amount, h.reason, k.point, k.name, k.days,
        lag(h.day) OVER in_order AS earlier_day, lag(h.claim) OVER in_order AS earlier_claim
    FROM history AS h
    JOIN k_freq_period AS k ON k.item = h.item
    WHERE in_force(k, h) AND NOT h.newborn
    WINDOW in_order AS (
        PARTITION BY h.member, h.item, CASE WHEN $across = 0 THEN h.institution ELSE '' END ORDER BY h.done_at, h.charge)
)
SELECT
    d.institution, d.claim, d.charge, d.amount AS at_stake,
    CASE WHEN d.earlier_day = d.day THEN 'low' ELSE 'high' END AS certainty,
    d.point, d.item, d.name, d.day, d.quantity, d.days, d.earlier_day, d.earlier_claim
FROM done AS d
WHERE date_diff('day', d.earlier_day, d.day) < d.days AND d.reason IS NULL
    AND d.charge IN (SELECT c.charge FROM charge AS c JOIN k_freq_period AS k ON k.item = c.item)
