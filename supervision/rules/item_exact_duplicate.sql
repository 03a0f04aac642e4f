/*
title      = "The same line twice"
title_zh   = "收费明细完全重复"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (3); national list of rule types 2025, no. 36"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第三项；国家两库（2025年版）第36类规则"
stage      = "in_force"
moments    = ["review", "audit"]
certainty  = "high"
severity   = "S2"
violations = ["V08"]
natl_rule  = ["结算明细信息异常"]
about      = "Two lines of one encounter agree in item, price, quantity, days and practitioner, and were charged at one moment: one of them was posted twice. Highly suspicious at the same second, slightly within the tolerance. The first line is the allowed one; at stake is each further line."
about_zh   = "同一次就诊中，两条明细的项目、单价、数量、天数、开单人员均相同且在同一时刻计费，系重复记账。同一秒为高度可疑，容差以内为轻度可疑。先记的一条予以认可，涉及金额为其后各条明细全额。"
innocent   = "Left out: services that may stand twice at one moment (several teeth, both sides, several specimens), by the list; lines with a recorded reason; newborns on their mother's account; lines reversed, so that a double posting corrected by the institution is silent; moments of midnight, for a source that writes days only tells no moments. Not visible in the data: the number of the order, which would make it certain; a course uploaded at one moment; both sides of a service that the list does not name."
innocent_zh = "不计入：列表内允许同一时刻多次收费的项目（多颗牙、双侧、多份标本）；已记录理由的明细；母婴共用账户；已冲销明细（机构已自行更正的重复记账）；零时整的时刻（只记日期的数据来源）。数据无法识别：医嘱号（如有即可认定）；整个疗程同一时刻上传；列表未列明的双侧项目。"
because    = "{item} was charged at {done_at} and, with the same price and quantity, at {earlier_at}"
because_zh = "{item}于{earlier_at}计费，{done_at}以相同单价、数量再次计费"

[parameters.seconds]
value  = 60
source = "catalogue B14, TS_TOL: starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"
price    = "price"

[given]
k_same_moment = """
item            | name
009901000250000 | 牙体充填
"""

[examples]
"Two identical lines at one second · 同一秒两条完全相同的明细" = """
charge | claim | item | done_at             | price | amount | flagged
a      | s     | X1   | 2026-03-05 08:00:00 | 25.00 | 25.00  |
b      | s     | X1   | 2026-03-05 08:00:00 | 25.00 | 25.00  | 25.00 high
"""
"At 8 and at 20 o'clock; a minute apart, and a second more · 8时与20时；相差一分钟；再多一秒" = """
charge | claim | item | done_at             | price | amount | flagged
a      | s     | X1   | 2026-03-05 08:00:00 | 25.00 | 25.00  |
b      | s     | X1   | 2026-03-05 20:00:00 | 25.00 | 25.00  |
c      | t     | X1   | 2026-03-05 08:00:00 | 25.00 | 25.00  |
d      | t     | X1   | 2026-03-05 08:01:00 | 25.00 | 25.00  | 25.00 low
e      | u     | X1   | 2026-03-05 08:00:00 | 25.00 | 25.00  |
f      | u     | X1   | 2026-03-05 08:01:01 | 25.00 | 25.00  |
"""
"Three times: the first is allowed · 三条：先记的一条予以认可" = """
charge | claim | item | done_at             | price | amount | flagged
a      | s     | X1   | 2026-03-05 08:00:00 | 25.00 | 25.00  |
b      | s     | X1   | 2026-03-05 08:00:00 | 25.00 | 25.00  | high
c      | s     | X1   | 2026-03-05 08:00:30 | 25.00 | 25.00  | low
"""
"Another claim, item, price, quantity, day of use or practitioner · 就诊、项目、单价、数量、天数、开单人员之一不同" = """
charge | claim | item | price | quantity | days | practitioner
a      | s     | X1   | 25.00 | 1        | 1    | D1
b      | t     | X1   | 25.00 | 1        | 1    | D1
c      | s     | X2   | 25.00 | 1        | 1    | D1
d      | s     | X1   | 26.00 | 1        | 1    | D1
e      | s     | X1   | 25.00 | 2        | 1    | D1
f      | s     | X1   | 25.00 | 1        | 2    | D1
g      | s     | X1   | 25.00 | 1        | 1    | D2
"""
"Two services, prices, quantities or dates, each twice and hours apart · 两个项目、两种单价、两种数量、两个日期，各两次且相隔数小时" = """
charge | claim | item | done_at             | price | quantity
a1     | s     | X1   | 2026-03-05 08:00:00 | 25.00 | 1
a2     | s     | X1   | 2026-03-05 12:00:00 | 25.00 | 1
a3     | s     | X2   | 2026-03-05 08:00:30 | 25.00 | 1
a4     | s     | X2   | 2026-03-05 12:00:30 | 25.00 | 1
b1     | t     | X1   | 2026-03-05 08:00:00 | 25.00 | 1
b2     | t     | X1   | 2026-03-05 12:00:00 | 25.00 | 1
b3     | t     | X1   | 2026-03-05 08:00:30 | 26.00 | 1
b4     | t     | X1   | 2026-03-05 12:00:30 | 26.00 | 1
c1     | u     | X1   | 2026-03-05 08:00:00 | 25.00 | 1
c2     | u     | X1   | 2026-03-05 12:00:00 | 25.00 | 1
c3     | u     | X1   | 2026-03-05 08:00:30 | 25.00 | 2
c4     | u     | X1   | 2026-03-05 12:00:30 | 25.00 | 2
d1     | v     | X1   | 2026-03-05 12:00:00 | 25.00 | 1
d2     | v     | X1   | 2026-03-05 23:59:40 | 25.00 | 1
d3     | v     | X1   | 2026-03-06 00:00:10 | 25.00 | 1
d4     | v     | X1   | 2026-03-06 12:00:00 | 25.00 | 1
"""
"A reason is recorded, a newborn's, several teeth, midnight of a source that writes days · 已记录理由；母婴共用账户；多颗牙；只记日期" = """
charge | claim | item            | done_at             | price | reason | newborn
a      | s     | X1              | 2026-03-05 08:00:00 | 25.00 |        |
b      | s     | X1              | 2026-03-05 08:00:00 | 25.00 | 双侧   |
c      | t     | X1              | 2026-03-05 08:00:00 | 25.00 |        | yes
d      | t     | X1              | 2026-03-05 08:00:00 | 25.00 |        | yes
e      | u     | 009901000250000 | 2026-03-05 08:00:00 | 80.00 |        |
f      | u     | 009901000250000 | 2026-03-05 08:00:00 | 80.00 |        |
g      | v     | X1              | 2026-03-05 00:00:00 | 25.00 |        |
h      | v     | X1              | 2026-03-05 00:00:00 | 25.00 |        |
"""
"The list excuses on its days · 列表在有效期内有效" = """
charge | claim | item            | done_at             | price | flagged
a      | s     | 009901000250000 | 1999-12-31 08:00:00 | 80.00 |
b      | s     | 009901000250000 | 1999-12-31 08:00:00 | 80.00 | yes
"""
*/
WITH line AS (
    SELECT
        c.institution, c.claim, c.charge, c.item, c.day, c.done_at, c.price, c.quantity, c.amount, c.area, c.province, c.days, c.practitioner
    FROM charge AS c
    WHERE c.done_at <> midnight(c.day) AND c.reason IS NULL AND NOT c.newborn
), alike AS (  -- what stands more than once among the lines of an encounter and day
    SELECT n.claim, n.item, n.day, n.price, n.quantity
    FROM line AS n
    GROUP BY n.claim, n.item, n.day, n.price, n.quantity
    HAVING count(*) > 1
), followed AS (  -- each such line with the moment of the same line before it
    SELECT
        c.institution, c.claim, c.charge, c.item, c.day, c.done_at, c.price, c.quantity, c.amount, c.area, c.province,
        lag(c.done_at) OVER in_order AS earlier_at, lag(c.charge) OVER in_order AS earlier_charge
    FROM line AS c
    JOIN alike AS a ON a.claim = c.claim AND a.item = c.item AND a.day = c.day AND a.price = c.price AND a.quantity = c.quantity
    WINDOW in_order AS (
        PARTITION BY c.claim, c.item, c.day, c.price, c.quantity, c.days, c.practitioner ORDER BY c.done_at, c.charge)
)
SELECT
    f.institution, f.claim, f.charge, f.amount AS at_stake,
    CASE WHEN f.earlier_at = f.done_at THEN 'high' ELSE 'low' END AS certainty,
    f.item, f.done_at, f.price, f.quantity, f.earlier_at, f.earlier_charge
FROM followed AS f
WHERE date_diff('second', f.earlier_at, f.done_at) <= $seconds
    AND NOT EXISTS (SELECT 1 FROM k_same_moment AS k WHERE k.item = f.item AND in_force(k, f))
