/*
title      = "Paid course of a service exceeded"
title_zh   = "医疗服务项目限支付疗程"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (6); Ministry of Human Resources and Social Security notice 2016 no. 23; national list of rule types 2025, no. 23, batch 8"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第六项；人社部发〔2016〕23号；国家两库（2025年版）第23类规则、第八批知识点"
stage      = "in_force"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V13"]
natl_rule  = ["医疗服务项目限支付疗程"]
about      = "Rehabilitation is paid for so many days, and was billed to the fund for more. Each date with use counts once; where the limit is a total length of time, the dates since the first use count. The first days are the paid ones; at stake is the whole line of each later day. Certain within one institution, highly suspicious where other institutions' days are counted too, for it may not have known them."
about_zh   = "康复项目限定支付天数，实际计费天数超出。有使用的自然日每日计一天；限定总时间的，自首次使用之日起按自然日计算。先用的天数予以支付，涉及金额为其后各日明细全额。同一机构内超出为明确违规；合并计算了其他机构天数的，因本机构未必知晓，为高度可疑。"
innocent   = "A new course begins after a gap in use, and, where the limit is one for an illness, with a principal diagnosis of another category. Left out: lines that nobody asked the fund to pay; several lines of one day, which count as one day; lines reversed. Not visible in the data: a new stroke or fracture under the diagnosis of the old one; several days posted on one line, which count as one day; what was used more than a year before."
innocent_zh = "停用间隔超过规定的，或限定按疾病过程计算且主要诊断类目变更的，为新疗程。不计入：未纳入基金支付的明细；同日多条按一天计；已冲销明细。数据无法识别：以原诊断登记的新发脑卒中或骨折；多日合并为一条明细（按一天计）；一年以前的使用。"
because    = "{name}: on {day} it was day {day_no} since {begun}; the fund pays {most}"
because_zh = "{name}自{begun}起，{day}为第{day_no}天，限支付{most}天"
back       = 13

[parameters.gap]
value  = 180
source = "catalogue B12, EPISODE_GAP_DAYS: starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
k_course_item = """
item            | name         | most | per_illness | calendar
003402000220000 | 轮椅功能训练 | 3    |             |
003402000240000 | 平衡功能训练 | 3    | Y           |
003402000050000 | 手功能评定   | 30   |             | Y
"""

[examples]
"Wheelchair training on 34 days of which 30 are paid; on 30 days · 轮椅功能训练34天，限支付30天；30天" = """
charge | member | claim | item            | day        | amount | flagged
a      | Li     | s     | 003402000220000 | 2026-03-01 | 30.00  |
b      | Li     | s     | 003402000220000 | 2026-03-02 | 30.00  |
c      | Li     | s     | 003402000220000 | 2026-03-03 | 30.00  |
d      | Li     | s     | 003402000220000 | 2026-03-04 | 30.00  | 30.00 certain
e      | Li     | s     | 003402000220000 | 2026-03-05 | 30.00  | 30.00
f      | Wu     | t     | 003402000220000 | 2026-03-01 | 30.00  |
g      | Wu     | t     | 003402000220000 | 2026-03-02 | 30.00  |
h      | Wu     | t     | 003402000220000 | 2026-03-03 | 30.00  |
"""
"Twice a day counts once; a pause in between changes nothing; another service has its own days · 一日两次计一天；中间停用不影响；不同项目分别计算" = """
charge | item            | done_at             | amount | flagged
a      | 003402000220000 | 2026-03-01 08:00:00 | 30.00  |
b      | 003402000220000 | 2026-03-01 16:00:00 | 30.00  |
c      | 003402000220000 | 2026-03-02 08:00:00 | 30.00  |
d      | 003402000220000 | 2026-03-20 08:00:00 | 30.00  |
e      | 003402000240000 | 2026-03-21 08:00:00 | 30.00  |
f      | 003402000220000 | 2026-03-21 08:00:00 | 30.00  | 30.00
g      | 003402000220000 | 2026-03-21 16:00:00 | 30.00  | 30.00
"""
"The person pays the days beyond alone, or days before · 超出天数或此前天数由患者自费" = """
charge | item            | day        | amount | eligible | flagged
a      | 003402000220000 | 2026-03-01 | 30.00  | 0.00     |
b      | 003402000220000 | 2026-03-02 | 30.00  |          |
c      | 003402000220000 | 2026-03-03 | 30.00  |          |
d      | 003402000220000 | 2026-03-04 | 30.00  |          |
e      | 003402000220000 | 2026-03-05 | 30.00  | 0.00     |
f      | 003402000220000 | 2026-03-06 | 30.00  | 0.01     | 30.00
g      | 003402000220000 | 2026-03-06 | 30.00  | 0.00     |
"""
"Days at another institution count too, but it may not have known them · 其他机构的天数合并计算，但本机构未必知晓" = """
charge | claim | institution | item            | day        | flagged
a      | s     | North       | 003402000220000 | 2026-03-01 |
b      | s     | North       | 003402000220000 | 2026-03-02 |
c      | s     | North       | 003402000220000 | 2026-03-03 |
d      | t     | South       | 003402000220000 | 2026-03-04 | high
"""
"A single day at both institutions is enough for that · 仅一日在两家机构使用，亦同" = """
charge | member | claim | institution | item            | day        | flagged
a1     | Wu     | s     | North       | 003402000220000 | 2026-03-01 |
a2     | Wu     | t     | South       | 003402000220000 | 2026-03-01 |
a3     | Wu     | t     | South       | 003402000220000 | 2026-03-02 |
a4     | Wu     | t     | South       | 003402000220000 | 2026-03-03 |
a5     | Wu     | t     | South       | 003402000220000 | 2026-03-04 | high
b1     | Xu     | u     | North       | 003402000220000 | 2026-03-01 |
b2     | Xu     | v     | South       | 003402000220000 | 2026-03-01 |
b3     | Xu     | u     | North       | 003402000220000 | 2026-03-02 |
b4     | Xu     | u     | North       | 003402000220000 | 2026-03-03 |
b5     | Xu     | u     | North       | 003402000220000 | 2026-03-04 | high
"""
"A total length of time: the thirtieth day since the first, and the thirty-first · 限定总时间：自首次起第30天、第31天" = """
charge | item            | day        | flagged
a      | 003402000050000 | 2026-03-01 |
b      | 003402000050000 | 2026-03-30 |
c      | 003402000050000 | 2026-03-31 | yes
"""

[examples."A new fracture seven months later; a gap of 181 days, or of 180 · 7个月后新发骨折；间隔181天、180天"]
history = """
charge | claim | member | item            | day
x1     | s     | Li     | 003402000220000 | 2025-08-01
x2     | s     | Li     | 003402000220000 | 2025-08-02
x3     | s     | Li     | 003402000220000 | 2025-08-03
y1     | t     | Wu     | 003402000220000 | 2025-09-01
y2     | t     | Wu     | 003402000220000 | 2025-09-02
y3     | t     | Wu     | 003402000220000 | 2025-09-03
y4     | t1    | Wu     | 003402000240000 | 2025-12-01
z1     | u     | Xu     | 003402000220000 | 2025-09-01
z2     | u     | Xu     | 003402000220000 | 2025-09-02
z3     | u     | Xu     | 003402000220000 | 2025-09-03
"""
charge = """
charge | claim | member | item            | day        | flagged
a      | s2    | Li     | 003402000220000 | 2026-03-05 |
b      | t2    | Wu     | 003402000220000 | 2026-03-03 |
c      | u2    | Xu     | 003402000220000 | 2026-03-02 | yes
"""

[examples."Where the limit is one for an illness another principal diagnosis begins a new course; one of the same category does not · 按疾病过程限定的，主要诊断类目变更为新疗程，同一类目不变"]
stay = """
claim | category
s     | I63
t     | S72
u     | I63
"""
visit = """
claim | category
v     | I63
w     | S72
"""
charge = """
charge | claim | member | item            | day        | flagged
a1     | s     | Li     | 003402000240000 | 2026-03-01 |
a2     | s     | Li     | 003402000240000 | 2026-03-02 |
a3     | s     | Li     | 003402000240000 | 2026-03-03 |
a4     | t     | Li     | 003402000240000 | 2026-03-04 |
b1     | u     | Wu     | 003402000240000 | 2026-03-01 |
b2     | u     | Wu     | 003402000240000 | 2026-03-02 |
b3     | u     | Wu     | 003402000240000 | 2026-03-03 |
b4     | v     | Wu     | 003402000240000 | 2026-03-04 | yes
c1     | u     | Wu     | 003402000220000 | 2026-03-01 |
c2     | u     | Wu     | 003402000220000 | 2026-03-02 |
c3     | u     | Wu     | 003402000220000 | 2026-03-03 |
c4     | w     | Wu     | 003402000220000 | 2026-03-05 | yes
"""

[examples."A point holds on its days · 知识点在有效期内有效"]
k_course_item = """
item            | name         | most | since
003402000220000 | 轮椅功能训练 | 1    | 2026-03-02
"""
charge = """
charge | item            | day        | flagged
a      | 003402000220000 | 2026-03-01 |
b      | 003402000220000 | 2026-03-02 |
c      | 003402000220000 | 2026-03-03 | yes
"""

[examples."The limit of the day counts · 以当日有效的限额为准"]
k_course_item = """
item            | name         | most | since      | until
003402000220000 | 轮椅功能训练 | 1    |            | 2026-03-01
003402000220000 | 轮椅功能训练 | 3    | 2026-03-02 |
"""
charge = """
charge | item            | day        | flagged
a      | 003402000220000 | 2026-03-01 |
b      | 003402000220000 | 2026-03-02 |
c      | 003402000220000 | 2026-03-03 |
d      | 003402000220000 | 2026-03-04 | yes
"""
*/
WITH illness AS (  -- the main diagnosis of each claim
    SELECT s.claim, s.category FROM stay_history AS s
    UNION ALL
    SELECT v.claim, v.category FROM visit_history AS v
), used AS (  -- each date with use of a limited service: where, and for which illness
    SELECT
        h.member, h.item, h.day, k.per_illness, min(h.institution) AS institution, max(h.institution) AS other,
        min(i.category) AS category
    FROM history AS h
    JOIN k_course_item AS k ON k.item = h.item
    LEFT JOIN illness AS i ON i.claim = h.claim
    WHERE in_force(k, h) AND h.eligible > 0
    GROUP BY h.member, h.item, h.day, k.per_illness
), followed AS (  -- and the date of use before it
    SELECT u.*, lag(u.day) OVER in_order AS day_before, lag(u.category) OVER in_order AS category_before
    FROM used AS u
    WINDOW in_order AS (PARTITION BY u.member, u.item ORDER BY u.day)
), counted AS (  -- the number of the course
    SELECT
        f.*, sum(CASE
            WHEN date_diff('day', f.day_before, f.day) <= $gap AND (NOT f.per_illness OR f.category = f.category_before) THEN 0
            ELSE 1 END) OVER (PARTITION BY f.member, f.item ORDER BY f.day) AS course
    FROM followed AS f
), numbered AS (  -- and of the date within it
    SELECT
        n.member, n.item, n.day, min(n.day) OVER within AS begun, row_number() OVER within AS day_no,
        min(n.institution) OVER within AS institution, max(n.other) OVER within AS other
    FROM counted AS n
    WINDOW within AS (PARTITION BY n.member, n.item, n.course ORDER BY n.day)
)
SELECT
    c.institution, c.claim, c.charge, c.amount AS at_stake, c.claim || ':' || c.item AS finding,
    CASE WHEN n.institution = n.other THEN 'certain' ELSE 'high' END AS certainty,
    k.point, c.item, k.name, c.day, c.quantity, n.begun, k.most,
    CASE WHEN k.calendar THEN date_diff('day', n.begun, c.day) + 1 ELSE n.day_no END AS day_no
FROM charge AS c
JOIN k_course_item AS k ON k.item = c.item
JOIN numbered AS n ON n.member = c.member AND n.item = c.item AND n.day = c.day
WHERE in_force(k, c) AND c.eligible > 0
    AND CASE WHEN k.calendar THEN date_diff('day', n.begun, c.day) + 1 ELSE n.day_no END > k.most
