/*
title      = "More work than a day holds"
title_zh   = "医师不可能工作量"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 40 (3); typical problem list 2025, no. 5, 154 and 174"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第四十条第三项；2025年版定点医疗机构典型问题清单第5、154、174条"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S4"
violations = ["V17"]
natl_rule  = []
subject    = "practitioner"
about      = "The services billed under one practitioner's number at one institution on one day would, at the usual minutes of each service, take longer than twelve hours of work on end. The practitioner's day is named. This is a lead: no amount is in question by itself."
about_zh   = "同一医务人员在同一机构一日内的收费项目，按各项目单次大致用时累计，超过连续工作十二小时。列出该人员该日，作为线索，本身不涉及金额。"
innocent   = "Left out: services of which the list knows no minutes; a second and further unit a person and day of what is done in groups or overlaps between persons (needles left in place, group training); days with few persons. Slight suspicion as long as the minutes would fit into twenty-four hours: they are usual values, not norms, and shall be set by place. Not visible in the data: assistants who bill under the senior's number; services of several days posted on one; services that ended up in another settlement month, which are not counted together."
innocent_zh = "不计入：列表未载明用时的项目；集体治疗、留针等可同时服务多人的项目，每人每日第二次及以后；服务人数很少的日子。累计用时未超过二十四小时的，因用时为大致值而非规范要求（各地可校正），降为轻度可疑。数据无法识别：助手使用上级医师工号；多日服务集中补记；分属不同结算月份的服务不合并计算。"
because    = "On {day} {services} services for {patients} persons were billed under one number: about {hours} hours of work"
because_zh = "{day}以同一工号为{patients}人收费{services}次，约需{hours}小时"

[columns]
services = "qty"

[parameters.minutes]
value  = 720
source = "catalogue F02, MAX_MIN (12 hours): starting value, not law"
since  = 2026-04-01

[parameters.patients]
value  = 5
source = "catalogue F02, MIN_PAT: starting value, not law"
since  = 2026-04-01

[given]
k_typical_time = """
item            | name         | minutes | once | until
003402000200000 | 运动疗法     | 30      |      |
001102000010000 | 普通门诊诊查 | 5       |      |
004300000010100 | 普通针刺     | 10      | yes  |
004400000040000 | 拔罐疗法     | 10      |      | 2026-03-04
"""

[examples]
"Ninety-six trainings of half an hour by one therapist · 一名治疗师一日96次半小时训练" = """
charge | member | practitioner | month   | item            | quantity | flagged
a      | M1     | Sun          | 2026-03 | 003402000200000 | 20       | 0.00 high
b      | M2     | Sun          | 2026-03 | 003402000200000 | 20       |
c      | M3     | Sun          | 2026-03 | 003402000200000 | 20       |
d      | M4     | Sun          | 2026-03 | 003402000200000 | 20       |
e      | M5     | Sun          | 2026-03 | 003402000200000 | 16       |
"""
"Thirty-eight patients in six hours; services without minutes · 6小时38名患者；列表无用时的项目" = """
charge | member | practitioner | month   | item            | quantity
a      | M1     | Sun          | 2026-03 | 003402000200000 | 3
b      | M2     | Sun          | 2026-03 | 003402000200000 | 3
c      | M3     | Sun          | 2026-03 | 003402000200000 | 3
d      | M4     | Sun          | 2026-03 | 001102000010000 | 10
e      | M5     | Sun          | 2026-03 | 001102000010000 | 8
f      | M6     | Sun          | 2026-03 | 009900000000000 | 900
"""
"Twelve hours, and a minute more; twenty-four, and a minute more · 恰12小时；多1分钟；恰24小时；多1分钟" = """
charge | member | practitioner | month   | item            | quantity | flagged
a      | M1     | Sun          | 2026-03 | 003402000200000 | 20       |
b      | M2     | Sun          | 2026-03 | 003402000200000 | 1        |
c      | M3     | Sun          | 2026-03 | 003402000200000 | 1        |
d      | M4     | Sun          | 2026-03 | 003402000200000 | 1        |
e      | M5     | Sun          | 2026-03 | 003402000200000 | 1        |
f      | M1     | Qian         | 2026-03 | 003402000200000 | 20       | low
g      | M2     | Qian         | 2026-03 | 003402000200000 | 1        |
h      | M3     | Qian         | 2026-03 | 003402000200000 | 1        |
i      | M4     | Qian         | 2026-03 | 003402000200000 | 1        |
j      | M5     | Qian         | 2026-03 | 003402000200000 | 1        |
k      | M6     | Qian         | 2026-03 | 001102000010000 | 0.2      |
l      | M1     | Zhou         | 2026-03 | 003402000200000 | 44       | low
m      | M2     | Zhou         | 2026-03 | 003402000200000 | 1        |
n      | M3     | Zhou         | 2026-03 | 003402000200000 | 1        |
o      | M4     | Zhou         | 2026-03 | 003402000200000 | 1        |
p      | M5     | Zhou         | 2026-03 | 003402000200000 | 1        |
q      | M1     | Zheng        | 2026-03 | 003402000200000 | 44       | high
v      | M1     | Zheng        | 2026-03 | 001102000010000 | 0.2      |
r      | M2     | Zheng        | 2026-03 | 003402000200000 | 1        |
s      | M3     | Zheng        | 2026-03 | 003402000200000 | 1        |
t      | M4     | Zheng        | 2026-03 | 003402000200000 | 1        |
u      | M5     | Zheng        | 2026-03 | 003402000200000 | 1        |
"""
"Four persons; two days; two numbers; two institutions; no number; a point ended, two months · 4人；两日；两个工号；两家机构；无工号；列表已失效；两个结算月" = """
charge | member | institution | practitioner | month   | item            | day        | quantity
a      | M1     | North       | Sun          | 2026-03 | 003402000200000 | 2026-03-05 | 40
b      | M2     | North       | Sun          | 2026-03 | 003402000200000 | 2026-03-05 | 1
c      | M3     | North       | Sun          | 2026-03 | 003402000200000 | 2026-03-05 | 1
d      | M4     | North       | Sun          | 2026-03 | 003402000200000 | 2026-03-05 | 1
e      | M1     | North       | Qian         | 2026-03 | 003402000200000 | 2026-03-05 | 12
f      | M2     | North       | Qian         | 2026-03 | 003402000200000 | 2026-03-05 | 3
g      | M3     | North       | Qian         | 2026-03 | 003402000200000 | 2026-03-05 | 3
h      | M4     | North       | Qian         | 2026-03 | 003402000200000 | 2026-03-05 | 3
i      | M5     | North       | Qian         | 2026-03 | 003402000200000 | 2026-03-05 | 3
j      | M6     | North       | Qian         | 2026-03 | 003402000200000 | 2026-03-06 | 3
k      | M6     | North       | Zhou         | 2026-03 | 003402000200000 | 2026-03-05 | 3
l      | M6     | South       | Qian         | 2026-03 | 003402000200000 | 2026-03-05 | 3
m      | M1     | North       | -            | 2026-03 | 003402000200000 | 2026-03-05 | 40
n      | M2     | North       | -            | 2026-03 | 003402000200000 | 2026-03-05 | 1
o      | M3     | North       | -            | 2026-03 | 003402000200000 | 2026-03-05 | 1
p      | M4     | North       | -            | 2026-03 | 003402000200000 | 2026-03-05 | 1
q      | M5     | North       | -            | 2026-03 | 003402000200000 | 2026-03-05 | 1
r      | M6     | North       | Qian         | 2026-03 | 004400000040000 | 2026-03-05 | 3
"""
"Needles left in place count once a person and day · 留针项目每人每日计一次" = """
charge | member | practitioner | month   | item            | quantity | flagged
a      | M1     | Sun          | 2026-03 | 004300000010100 | 90       |
b      | M2     | Sun          | 2026-03 | 003402000200000 | 6        |
c      | M3     | Sun          | 2026-03 | 003402000200000 | 6        |
d      | M4     | Sun          | 2026-03 | 003402000200000 | 6        |
e      | M5     | Sun          | 2026-03 | 003402000200000 | 5        |
f      | M1     | Qian         | 2026-03 | 004300000010100 | 1        | low
g      | M1     | Qian         | 2026-03 | 004300000010100 | 1        |
h      | M2     | Qian         | 2026-03 | 004300000010100 | 1        |
i      | M3     | Qian         | 2026-03 | 004300000010100 | 1        |
j      | M4     | Qian         | 2026-03 | 003402000200000 | 11       |
k      | M5     | Qian         | 2026-03 | 003402000200000 | 12.1     |
"""
*/
WITH served AS (  -- the minutes of each service that a person had under one number in a day; once where it overlaps
    SELECT
        c.institution, c.practitioner, c.day, c.month, c.member, sum(c.quantity) AS services,
        CASE WHEN k.once THEN k.minutes ELSE sum(c.quantity) * k.minutes // 10000 END AS minutes
    FROM charge AS c JOIN k_typical_time AS k ON k.item = c.item
    WHERE in_force(k, c) AND c.practitioner IS NOT NULL
    GROUP BY c.institution, c.practitioner, c.day, c.month, c.member, k.item, k.once, k.minutes
), worked AS (
    SELECT
        s.institution, s.practitioner, s.day, s.month, count(DISTINCT s.member) AS patients, sum(s.services) AS services,
        sum(s.minutes) AS minutes
    FROM served AS s GROUP BY s.institution, s.practitioner, s.day, s.month
)
SELECT
    w.institution, NULL AS claim, w.practitioner AS subject, 0 AS at_stake,
    CASE WHEN w.minutes > 1440 THEN 'high' ELSE 'low' END AS certainty,
    w.practitioner || ':' || w.institution || ':' || w.month || ':' || date_diff('day', DATE '2000-01-01', w.day) AS finding,
    w.day, w.patients, w.services, w.minutes // 60 AS hours, w.minutes AS work_minutes
FROM worked AS w WHERE w.minutes > $minutes AND w.patients >= $patients
