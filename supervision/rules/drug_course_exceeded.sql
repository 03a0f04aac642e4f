/*
title      = "Paid course exceeded"
title_zh   = "药品限支付疗程"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (6); National Drug List 2025, remarks; national list of rule types 2025, no. 10"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第六项；《国家基本医疗保险药品目录（2025年）》备注；国家两库（2025年版）第10类规则"
stage      = "in_force"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V13"]
natl_rule  = ["药品限支付疗程"]
about      = "The drug list pays a drug for so many days of one course, and it was billed for more. Days with use are counted, products of one generic name together; a line for several days is spread over the days that follow it. The first days are the paid ones; at stake is the share of each line that lies beyond."
about_zh   = "目录限定某药品一个疗程的支付天数，实际计费天数超出。按有用药的自然日计数，同一通用名合并；一次开具多日的，自当日起顺延分摊。先用的天数予以支付，涉及金额为各明细超出天数所占份额。"
innocent   = "A new course begins after a gap in use, with a new principal diagnosis, or with each stay where the limit is one for a stay. Left out: lines that nobody asked the fund to pay; two lines of one day, as a transfer between wards posts them, count as one day. Not visible in the data: a new onset of the same illness without a gap; charges posted on one day without saying for how many days."
innocent_zh = "停药间隔超过规定、主要诊断变更，或限定按次住院计算的另次住院，均为新疗程。不计入：未纳入基金支付的明细；同日多条（如转科重复记账）按一天计。数据无法识别：未停药的同病新发；多日费用集中在一日上传且未填天数。"
because    = "{name}: {day_no} days of use since {begun}; the fund pays {most}. This line lies {beyond} days beyond"
because_zh = "{name}自{begun}起已使用{day_no}天，限支付{most}天；本条明细超出{beyond}天"
back       = 6

[parameters.gap]
value  = 30
source = "catalogue A12, GAP_NEW_COURSE_DAYS: starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
k_course = """
item                    | name             | most | per_stay | wording
XB01AXA223B002010100156 | 奥扎格雷钠注射液 | 14   |          | 支付不超过14天
XB01AXA223B001010100269 | 注射用奥扎格雷钠 | 14   |          | 支付不超过14天
XC01EBC109B001010102049 | 重组人脑利钠肽   | 3    | Y        | 单次住院支付不超过3天
"""

[examples]
"Ozagrel for 16 days of one stay at 40 a day · 一次住院使用奥扎格雷16天，每天40元" = """
charge | claim | item                    | day        | days | amount | flagged
a      | s     | XB01AXA223B002010100156 | 2026-03-01 | 13   | 520.00 |
b      | s     | XB01AXA223B002010100156 | 2026-03-14 | 1    | 40.00  |
c      | s     | XB01AXA223B002010100156 | 2026-03-15 | 1    | 40.00  | 40.00 certain
d      | s     | XB01AXA223B002010100156 | 2026-03-16 | 1    | 40.00  | 40.00
"""
"Fourteen days, or fourteen days as one line of 28 (2 a day) · 14天；14天合并一条28支（每天2支）" = """
charge | claim | member | item                    | day        | days | quantity | amount
a      | s     | Li     | XB01AXA223B002010100156 | 2026-03-01 | 7    | 7        | 280.00
b      | s     | Li     | XB01AXA223B002010100156 | 2026-03-08 | 7    | 7        | 280.00
c      | t     | Wu     | XB01AXA223B002010100156 | 2026-03-01 | 14   | 28       | 560.00
"""
"One line for 16 days: the share of the last two · 一条16天：最后2天的份额" = """
charge | item                    | day        | days | amount | flagged
a      | XB01AXA223B002010100156 | 2026-03-01 | 16   | 640.00 | 80.00
"""
"Two products of one generic name count together, and two lines of one day as one day · 同一通用名合并计算，同日两条计一天" = """
charge | item                    | day        | days | amount | flagged
a      | XB01AXA223B002010100156 | 2026-03-01 | 13   | 520.00 |
b      | XB01AXA223B001010100269 | 2026-03-14 | 1    | 40.00  |
c      | XB01AXA223B002010100156 | 2026-03-14 | 1    | 40.00  |
d      | XB01AXA223B001010100269 | 2026-03-15 | 1    | 40.00  | 40.00
e      | XB01AXA223B002010100156 | 2026-03-15 | 1    | 40.00  | 40.00
"""
"Lines whose days overlap are not counted twice · 天数重叠的明细不重复计数" = """
charge | item                    | day        | days | amount | flagged
a      | XB01AXA223B002010100156 | 2026-03-01 | 10   | 400.00 |
b      | XB01AXA223B002010100156 | 2026-03-05 | 10   | 400.00 |
c      | XB01AXA223B002010100156 | 2026-03-10 | 6    | 240.00 | 40.00
"""
"The person pays the days beyond alone · 超出天数由患者自费" = """
charge | item                    | day        | days | amount | eligible | flagged
a      | XB01AXA223B002010100156 | 2026-03-01 | 14   | 560.00 |          |
b      | XB01AXA223B002010100156 | 2026-03-15 | 2    | 80.00  | 0.00     |
c      | XB01AXA223B002010100156 | 2026-03-17 | 1    | 40.00  |          | 40.00
"""
"A limit for one stay begins anew with the next · 按次住院限定的，另次住院重新计算" = """
charge | claim | item                    | day        | days | amount | flagged
a      | s     | XC01EBC109B001010102049 | 2026-03-01 | 3    | 900.00 |
b      | t     | XC01EBC109B001010102049 | 2026-03-04 | 3    | 900.00 |
c      | t     | XC01EBC109B001010102049 | 2026-03-07 | 1    | 300.00 | 300.00
"""

[examples."Discharged after 14 days, a new infarction 60 days later; a gap of 31 days, or of 30 · 14天出院，60天后新发梗死；间隔31天、30天"]
history = """
charge | claim | member | item                    | day        | days | amount
x      | s     | Li     | XB01AXA223B002010100156 | 2026-01-01 | 14   | 560.00
y      | t     | Wu     | XB01AXA223B002010100156 | 2026-01-01 | 14   | 560.00
z      | u     | Xu     | XB01AXA223B002010100156 | 2026-01-01 | 14   | 560.00
"""
charge = """
charge | claim | member | item                    | day        | days | amount | flagged
a      | s2    | Li     | XB01AXA223B002010100156 | 2026-03-15 | 10   | 400.00 |
b      | t2    | Wu     | XB01AXA223B002010100156 | 2026-02-14 | 1    | 40.00  |
c      | u2    | Xu     | XB01AXA223B002010100156 | 2026-02-13 | 1    | 40.00  | yes
"""

[examples."A new principal diagnosis begins a new course; the same does not · 主要诊断变更为新疗程，未变更则连续计算"]
charge = """
charge | claim | member | item                    | day        | days | amount | flagged
a      | s     | Li     | XB01AXA223B002010100156 | 2026-03-01 | 14   | 560.00 |
b      | t     | Li     | XB01AXA223B002010100156 | 2026-03-20 | 5    | 200.00 |
c      | u     | Wu     | XB01AXA223B002010100156 | 2026-03-01 | 14   | 560.00 |
d      | v     | Wu     | XB01AXA223B002010100156 | 2026-03-20 | 5    | 200.00 | 200.00
"""
stay = """
claim | illness
s     | I63.900
t     | I63.300
u     | I63.900
"""
visit = """
claim | illness
v     | I63.900
"""
*/
WITH limited AS (  -- what was used of limited drugs, by whoever used them this month
    SELECT h.member, h.generic, k.most, CASE WHEN k.per_stay THEN h.claim ELSE '' END AS stay, h.claim, h.day, h.days
    FROM history AS h
    JOIN k_course AS k ON k.item = h.item
    WHERE in_force(k, h) AND h.eligible > 0
        AND (h.member, h.generic) IN (SELECT c.member, c.generic FROM charge AS c JOIN k_course AS j ON j.item = c.item)
), illness AS (
    SELECT s.claim, s.illness FROM stay_history AS s WHERE s.claim IN (SELECT m.claim FROM limited AS m)
    UNION ALL
    SELECT v.claim, v.illness FROM visit_history AS v WHERE v.claim IN (SELECT m.claim FROM limited AS m)
), used AS (  -- day by day: for how many days, and for which illness
    SELECT m.member, m.generic, m.most, m.stay, m.day, max(m.days) AS days, min(i.illness) AS illness
    FROM limited AS m
    LEFT JOIN illness AS i ON i.claim = m.claim
    GROUP BY m.member, m.generic, m.most, m.stay, m.day
), followed AS (  -- until when the days before last, and for which illness
    SELECT
        u.*, max(days_after(u.day, u.days)) OVER earlier AS covered_until, lag(u.illness) OVER in_order AS illness_before
    FROM used AS u
    WINDOW in_order AS (PARTITION BY u.member, u.generic, u.most, u.stay ORDER BY u.day),
        earlier AS (PARTITION BY u.member, u.generic, u.most, u.stay ORDER BY u.day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), counted AS (  -- the number of the course
    SELECT
        f.*, sum(CASE
            WHEN date_diff('day', f.covered_until, f.day) < $gap AND coalesce(f.illness = f.illness_before, TRUE) THEN 0
            ELSE 1 END) OVER (PARTITION BY f.member, f.generic, f.most, f.stay ORDER BY f.day) AS course
    FROM followed AS f
), within AS (  -- until when the days before last within the course
    SELECT
        n.*, max(days_after(n.day, n.days)) OVER (
            PARTITION BY n.member, n.generic, n.most, n.stay, n.course ORDER BY n.day
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS course_until
    FROM counted AS n
), numbered AS (  -- the days of the course so far
    SELECT
        w.*, sum(greatest(0, date_diff('day', greatest(w.day, coalesce(w.course_until, w.day)), days_after(w.day, w.days)))) OVER (
            PARTITION BY w.member, w.generic, w.most, w.stay, w.course ORDER BY w.day) AS day_no
    FROM within AS w
), passed AS (  -- the courses that went beyond, and the day on which they did
    SELECT
        n.member, n.generic, n.most, n.stay, n.course, max(n.day_no) AS day_no,
        min(CASE WHEN n.day_no > n.most THEN days_after(n.day, n.days + n.most - n.day_no) END) AS beyond_from,
        min(n.day) AS begun
    FROM numbered AS n
    GROUP BY n.member, n.generic, n.most, n.stay, n.course
    HAVING max(n.day_no) > n.most
)
SELECT
    c.institution, c.claim, c.charge, c.claim || ':' || c.generic AS finding,
    share(c.amount, date_diff('day', greatest(c.day, p.beyond_from), days_after(c.day, c.days)), c.days) AS at_stake,
    share(c.quantity, date_diff('day', greatest(c.day, p.beyond_from), days_after(c.day, c.days)), c.days) AS units,
    k.point, c.item, k.name, c.day, p.begun, p.day_no, k.most, c.quantity,
    date_diff('day', greatest(c.day, p.beyond_from), days_after(c.day, c.days)) AS beyond
FROM charge AS c
JOIN k_course AS k ON k.item = c.item
JOIN counted AS n ON n.member = c.member AND n.generic = c.generic AND n.most = k.most AND n.day = c.day
    AND n.stay = CASE WHEN k.per_stay THEN c.claim ELSE '' END
JOIN passed AS p ON p.member = n.member AND p.generic = n.generic AND p.most = n.most AND p.stay = n.stay AND p.course = n.course
WHERE in_force(k, c) AND c.eligible > 0 AND days_after(c.day, c.days) > p.beyond_from
