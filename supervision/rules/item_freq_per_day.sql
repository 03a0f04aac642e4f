/*
title      = "Service over its daily limit"
title_zh   = "医疗服务项目超单日限定频次"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (3); national list of rule types 2025, no. 27, batch 8"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第三项；国家两库（2025年版）第27类规则、第八批知识点"
stage      = "in_force"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V08", "V09"]
natl_rule  = ["医疗服务项目限定频次"]
about      = "A service that can be charged so many times a day was charged more often: a bed twice on one date, hourly monitoring for more than 24 hours. All lines of one person, institution, service and date are added; the units charged first are the allowed ones, and each further unit counts at the price it was billed at."
about_zh   = "限定单日次数的项目在同一日期超次收费，如同日两个床位费、按小时监测超过24小时。按同一患者、同一机构、同一项目、同一日期累计；先发生的单位予以认可，超出单位按其实际计费价格计算。"
innocent   = "Left out: a line that says it was posted for several days, up to the limit of those days; newborns on their mother's account, where two people share one; lines reversed; where the limit is a clinical one, lines with a recorded reason. Slight suspicion where the units come from two claims, as with a discharge and readmission on one date. Not visible in the data: two days posted on one date without saying so."
innocent_zh = "不计入：注明多日合并记账的明细（不超过相应天数的限额）；母婴共用账户；已冲销明细；临床性限额且已记录理由的明细。单位来自两次就诊的（如当日出院又入院），降为轻度可疑。数据无法识别：未注明的多日合并记账。"
because    = "{name}: {billed} units on {day}; {most} a day are allowed"
because_zh = "{name}{day}共收{billed}个计价单位，每日限{most}个"
back       = 1

[columns]
quantity = "qty"
billed   = "qty"
most     = "qty"

[given]
k_freq_day = """
item            | name         | most | clinical
001109000010000 | 普通病房床位费 | 1    |
003107010220000 | 心电监测     | 24   |
002503020030000 | 糖化血红蛋白 | 1    | yes
"""

[examples]
"A ward bed twice on one date, as one line or two · 同日两个普通床位费，一条或两条" = """
charge | member | claim | item            | done_at             | quantity | amount | flagged
a      | Li     | s     | 001109000010000 | 2026-03-05 08:00:00 | 2        | 100.00 | 50.00 certain
b      | Wu     | t     | 001109000010000 | 2026-03-05 08:00:00 | 1        | 50.00  |
c      | Wu     | t     | 001109000010000 | 2026-03-05 20:00:00 | 1        | 50.00  | 50.00 certain
"""
"A bed each day for six days · 连续6天每天一个床位费" = """
charge | claim | item            | day        | quantity
a      | s     | 001109000010000 | 2026-03-01 | 1
b      | s     | 001109000010000 | 2026-03-02 | 1
c      | s     | 001109000010000 | 2026-03-03 | 1
d      | s     | 001109000010000 | 2026-03-04 | 1
e      | s     | 001109000010000 | 2026-03-05 | 1
f      | s     | 001109000010000 | 2026-03-06 | 1
"""
"Discharged at 9 and readmitted at 15, a bed each: slight · 9时出院、15时再入院，各收一个床位费：轻度可疑" = """
charge | claim | item            | done_at             | quantity | amount | flagged
a      | s     | 001109000010000 | 2026-03-05 08:00:00 | 1        | 50.00  |
b      | t     | 001109000010000 | 2026-03-05 15:00:00 | 1        | 50.00  | 50.00 low
"""
"Monitoring for 24 hours, and for 25 in two lines · 监测24小时；两条共25小时" = """
charge | member | claim | item            | done_at             | quantity | amount | flagged
a      | Li     | s     | 003107010220000 | 2026-03-05 08:00:00 | 24       | 120.00 |
b      | Wu     | t     | 003107010220000 | 2026-03-05 08:00:00 | 20       | 100.00 |
c      | Wu     | t     | 003107010220000 | 2026-03-05 18:00:00 | 5        | 25.00  | 5.00
"""
"Posted for two days, an amount for two, or for three · 注明两天合并记账：两个、三个" = """
charge | claim | member | item            | days | quantity | amount | flagged
a      | s     | Li     | 001109000010000 | 2    | 2        | 100.00 |
b      | t     | Wu     | 001109000010000 | 2    | 3        | 150.00 | 50.00
"""
"A newborn on the mother's account; two institutions; another person · 母婴共用账户；两家机构；不同患者" = """
charge | claim | member | institution | item            | newborn | quantity
a      | s     | Li     | North       | 001109000010000 | yes     | 2
b      | t     | Wu     | North       | 001109000010000 |         | 1
c      | u     | Wu     | South       | 001109000010000 |         | 1
d      | v     | Xu     | South       | 001109000010000 |         | 1
"""
"A clinical limit gives way to a recorded reason · 临床性限额可凭记录理由放宽" = """
charge | claim | member | item            | reason         | quantity | amount | flagged
a      | s     | Li     | 002503020030000 | 标本溶血复查   | 2        | 90.00  |
b      | t     | Wu     | 002503020030000 |                | 2        | 90.00  | 45.00 high
"""

[examples."The earlier admission was settled the month before · 前次住院在上月结算"]
history = """
charge | claim | item            | done_at             | quantity
x      | s     | 001109000010000 | 2026-03-01 08:00:00 | 1
"""
charge = """
charge | claim | item            | done_at             | quantity | amount | flagged
a      | t     | 001109000010000 | 2026-03-01 15:00:00 | 1        | 50.00  | 50.00 low
"""
*/
WITH busy AS (  -- the few days that had more of an item than a day of one line allows
    SELECT y.member, y.institution, y.item, y.day
    FROM history AS y
    JOIN k_freq_day AS j ON j.item = y.item
    GROUP BY y.member, y.institution, y.item, y.day
    HAVING sum(y.quantity) > min(j.most)
), billed AS (  -- each line of them with the units of its day up to and with it, in the order they were charged
    SELECT
        h.institution, h.claim, h.charge, h.item, h.day, h.quantity, h.amount, h.judged, k.point, k.name, k.clinical,
        k.most * max(h.days) OVER whole_day AS most, sum(h.quantity) OVER whole_day AS billed, sum(h.quantity) OVER so_far AS so_far,
        min(h.claim) OVER whole_day AS first_claim, max(h.claim) OVER whole_day AS last_claim
    FROM history AS h
    JOIN k_freq_day AS k ON k.item = h.item
    JOIN busy AS z ON z.member = h.member AND z.institution = h.institution AND z.item = h.item AND z.day = h.day
    WHERE in_force(k, h) AND NOT h.newborn AND NOT (k.clinical AND h.reason IS NOT NULL)
    WINDOW whole_day AS (PARTITION BY h.member, h.institution, h.item, h.day),
        so_far AS (PARTITION BY h.member, h.institution, h.item, h.day ORDER BY h.done_at, h.charge ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
    b.institution, b.claim, b.charge, share(b.amount, b.so_far - b.most, b.quantity) AS at_stake,
    CASE WHEN b.first_claim <> b.last_claim THEN 'low' WHEN b.clinical THEN 'high' ELSE 'certain' END AS certainty,
    least(b.quantity, b.so_far - b.most) AS units,
    b.point, b.item, b.name, b.day, b.quantity, b.billed, b.most
FROM billed AS b
WHERE b.so_far > b.most AND b.judged
