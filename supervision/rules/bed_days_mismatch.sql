/*
title      = "More bed days than the stay had"
title_zh   = "床位费天数不符"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (3), art. 40 (3); national list of rule types 2025, no. 42, batch 8 (beds once a day)"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第三项、第四十条第三项；国家两库（2025年版）第42类规则、第八批知识点（床位费每日一次）"
stage      = "in_force"
moments    = ["review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V08", "V17"]
natl_rule  = ["计费日期与住院时间不符"]
about      = "More bed days were charged than the stay lasted. The day of admission counts, the day of discharge does not, and a stay of one date counts one day. Beds of all kinds are added, intensive care and ordinary ones; the days charged first are the allowed ones, and each further day counts at the price it was billed at."
about_zh   = "床位费天数超过住院天数。计入不计出，当日入出院按1天计。各类床位（含重症监护与普通床位）合并计算；先发生的天数予以认可，超出天数按其实际计费价格计算。"
innocent   = "Left out: stays that are not ended; newborns on their mother's account, where two people share one; emergency observation beds, charged before the admission; lines reversed. Places that count half days set the tolerance. Not visible in the data: a transfer between campuses; a bed held during leave where the province allows it."
innocent_zh = "不计入：未出院的住院；母婴共用账户；入院前的急诊观察床位；已冲销明细。按半日计费的地区可设置容差。数据无法识别：院区之间转科；当地允许的请假留床。"
because    = "{billed} bed days were charged for a stay of {bed_days}, from {admitted_on} to {discharged_on}"
because_zh = "{admitted_on}入院、{discharged_on}出院，共{bed_days}天，收取床位费{billed}天"

[parameters.tolerance]
value  = 0
source = "catalogue B21, DAY_TOL: starting value, not law; places that count half days say so"
since  = 2026-04-01

[columns]
quantity = "qty"
billed   = "qty"

[given]
k_bed = """
item            | name
001109000010000 | 普通病房床位费
001109000030000 | 监护病房床位费
"""

[examples."From 1 to 5 June five bed days, or four · 6月1日至5日收5天、收4天"]
stay = """
claim | admitted   | discharged
s     | 2026-06-01 | 2026-06-05
t     | 2026-06-01 | 2026-06-05
"""
charge = """
charge | claim | item            | day        | quantity | amount | flagged
a      | s     | 001109000010000 | 2026-06-01 | 1        | 50.00  |
b      | s     | 001109000010000 | 2026-06-02 | 1        | 50.00  |
c      | s     | 001109000010000 | 2026-06-03 | 1        | 50.00  |
d      | s     | 001109000010000 | 2026-06-04 | 1        | 50.00  |
e      | s     | 001109000010000 | 2026-06-05 | 1        | 50.00  | 50.00 certain
f      | t     | 001109000010000 | 2026-06-04 | 4        | 200.00 |
"""

[examples."In and out the same day, one bed day or two · 当日入出院收1天、收2天"]
stay = """
claim | admitted            | discharged
s     | 2026-06-01 08:00:00 | 2026-06-01 17:00:00
t     | 2026-06-01 08:00:00 | 2026-06-01 17:00:00
"""
charge = """
charge | claim | item            | quantity | amount | flagged
a      | s     | 001109000010000 | 1        | 50.00  |
b      | t     | 001109000010000 | 2        | 100.00 | 50.00
"""

[examples."Two days of intensive care and three of the ward in four days · 4天住院收监护床2天、普通床3天"]
stay = """
claim | admitted   | discharged
s     | 2026-06-01 | 2026-06-05
"""
charge = """
charge | claim | item            | day        | quantity | amount | flagged
a      | s     | 001109000030000 | 2026-06-01 | 2        | 240.00 |
b      | s     | 001109000010000 | 2026-06-03 | 3        | 150.00 | 50.00
"""

[examples."Not ended; a newborn on the account; an observation bed · 未出院；母婴共用账户；急诊观察床位"]
stay = """
claim | admitted   | discharged | newborn
s     | 2026-06-01 | -          |
t     | 2026-06-01 | 2026-06-02 | yes
u     | 2026-06-01 | 2026-06-02 |
"""
charge = """
charge | claim | item            | newborn | quantity
a      | s     | 001109000010000 |         | 9
b      | t     | 001109000010000 | yes     | 2
c      | u     | 001109000010000 |         | 1
d      | u     | 001109000050000 |         | 1
"""
*/
WITH billed AS (  -- each line with the bed days of the stay up to and with it, in the order they were charged
    SELECT
        c.charge, c.claim, c.institution, c.item, c.day, c.quantity, c.amount, k.point, k.name,
        s.bed_days, s.admitted_on, s.discharged_on, (s.bed_days + $tolerance) * 10000 AS allowed,
        sum(c.quantity) OVER whole_stay AS billed, sum(c.quantity) OVER up_to_here AS so_far
    FROM charge AS c
    JOIN k_bed AS k ON k.item = c.item
    JOIN stay AS s ON s.claim = c.claim
    WHERE in_force(k, c) AND s.discharged_on IS NOT NULL AND NOT s.newborn
    WINDOW whole_stay AS (PARTITION BY c.claim),
        up_to_here AS (PARTITION BY c.claim ORDER BY c.done_at, c.charge ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
    b.institution, b.claim, b.charge, share(b.amount, b.so_far - b.allowed, b.quantity) AS at_stake,
    least(b.quantity, b.so_far - b.allowed) AS units, b.claim AS finding,
    b.point, b.item, b.name, b.day, b.quantity, b.billed, b.bed_days, b.admitted_on, b.discharged_on
FROM billed AS b
WHERE b.so_far > b.allowed
