/*
title      = "Drugs bought again and again"
title_zh   = "频繁购药"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (2), art. 41 (3); national list of rule types 2025, no. 51; typical problem list 2025 for pharmacies, no. 15"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第二项、第四十一条第三项；国家两库（2025年版）第51类规则；2025年版零售药店典型问题清单第15条"
stage      = "trial"
moments    = ["audit"]
certainty  = "low"
severity   = "S2"
violations = ["V05", "V21"]
natl_rule  = ["频繁购药"]
about      = "Within thirty days a member bought drugs on the insurance more often than one person needs, or at too many pharmacies: drugs may be gathered for resale. The purchases of the day on which the number is passed are named, and those of each day after it. This is a lead: no amount is in question by itself."
about_zh   = "参保人三十天内凭医保购药次数过多，或涉及药店过多：可能囤积倒卖。超过次数当日及其后各日的购药列为线索，本身不涉及金额。"
innocent   = "Left out: weekly purchases of one drug at one pharmacy stay under the number; purchases taken back whole, which have no amount; visits to clinics, which have a rule of their own. Not visible in the data: one member of a family who buys for all; a village pharmacy that stocks a clinic."
innocent_zh = "不计入：每周在同一药店购药未超过次数的；已全部退货、无金额的购药；门诊（另有规则）。数据无法识别：一人代全家购药；村级药店代诊所进货。"
because    = "On {day} the member had made {visits} purchases at {institutions} pharmacies within thirty days, since {begun}"
because_zh = "截至{day}，参保人自{begun}起三十天内购药{visits}次，涉及{institutions}家药店"
back       = 2  # thirty days back from 1 March is January

[parameters.purchases]
value  = 8
source = "catalogue E05, N: starting value, not law"
since  = 2026-04-01

[parameters.pharmacies]
value  = 5
source = "catalogue E05, example 1; its M = 4 is reached by who refills monthly and buys for a cold: starting value, not law"
since  = 2026-04-01

[given]

[examples]
"Nine purchases, and eight; five pharmacies, and four · 购药9次、8次；五家、四家药店" = """
claim | member | institution | kind     | day        | flagged
a1    | Li     | A           | pharmacy | 2026-03-01 |
a2    | Li     | B           | pharmacy | 2026-03-04 |
a3    | Li     | A           | pharmacy | 2026-03-07 |
a4    | Li     | B           | pharmacy | 2026-03-10 |
a5    | Li     | A           | pharmacy | 2026-03-13 |
a6    | Li     | B           | pharmacy | 2026-03-16 |
a7    | Li     | A           | pharmacy | 2026-03-19 |
a8    | Li     | B           | pharmacy | 2026-03-22 |
a9    | Li     | A           | pharmacy | 2026-03-25 | 0.00 low
b1    | Wu     | A           | pharmacy | 2026-03-01 |
b2    | Wu     | B           | pharmacy | 2026-03-04 |
b3    | Wu     | A           | pharmacy | 2026-03-07 |
b4    | Wu     | B           | pharmacy | 2026-03-10 |
b5    | Wu     | A           | pharmacy | 2026-03-13 |
b6    | Wu     | B           | pharmacy | 2026-03-16 |
b7    | Wu     | A           | pharmacy | 2026-03-19 |
b8    | Wu     | B           | pharmacy | 2026-03-22 |
c1    | Xu     | A           | pharmacy | 2026-03-01 |
c2    | Xu     | B           | pharmacy | 2026-03-02 |
c3    | Xu     | C           | pharmacy | 2026-03-03 |
c4    | Xu     | D           | pharmacy | 2026-03-04 |
c5    | Xu     | E           | pharmacy | 2026-03-05 | yes
d1    | Sun    | A           | pharmacy | 2026-03-01 |
d2    | Sun    | B           | pharmacy | 2026-03-02 |
d3    | Sun    | C           | pharmacy | 2026-03-03 |
d4    | Sun    | D           | pharmacy | 2026-03-04 |
"""
"The ninth on the thirtieth day, and on the thirty-first; one of nine taken back, and down to a fen; one of nine a visit · 第9次在第30天、第31天；9次中一次已退、仅余一分；9次中一次为门诊" = """
claim | member | institution | kind       | day        | total | flagged
a1    | Li     | A           | pharmacy   | 2026-03-01 |       |
a2    | Li     | A           | pharmacy   | 2026-03-02 |       |
a3    | Li     | A           | pharmacy   | 2026-03-03 |       |
a4    | Li     | A           | pharmacy   | 2026-03-04 |       |
a5    | Li     | A           | pharmacy   | 2026-03-05 |       |
a6    | Li     | A           | pharmacy   | 2026-03-06 |       |
a7    | Li     | A           | pharmacy   | 2026-03-07 |       |
a8    | Li     | A           | pharmacy   | 2026-03-08 |       |
a9    | Li     | A           | pharmacy   | 2026-03-30 |       | yes
b1    | Wu     | A           | pharmacy   | 2026-03-01 |       |
b2    | Wu     | A           | pharmacy   | 2026-03-02 |       |
b3    | Wu     | A           | pharmacy   | 2026-03-03 |       |
b4    | Wu     | A           | pharmacy   | 2026-03-04 |       |
b5    | Wu     | A           | pharmacy   | 2026-03-05 |       |
b6    | Wu     | A           | pharmacy   | 2026-03-06 |       |
b7    | Wu     | A           | pharmacy   | 2026-03-07 |       |
b8    | Wu     | A           | pharmacy   | 2026-03-08 |       |
b9    | Wu     | A           | pharmacy   | 2026-03-31 |       |
c1    | Xu     | A           | pharmacy   | 2026-03-01 | 0.00  |
c2    | Xu     | A           | pharmacy   | 2026-03-02 |       |
c3    | Xu     | A           | pharmacy   | 2026-03-03 |       |
c4    | Xu     | A           | pharmacy   | 2026-03-04 |       |
c5    | Xu     | A           | pharmacy   | 2026-03-05 |       |
c6    | Xu     | A           | pharmacy   | 2026-03-06 |       |
c7    | Xu     | A           | pharmacy   | 2026-03-07 |       |
c8    | Xu     | A           | pharmacy   | 2026-03-08 |       |
c9    | Xu     | A           | pharmacy   | 2026-03-20 |       |
d1    | Sun    | A           | outpatient | 2026-03-01 |       |
d2    | Sun    | A           | pharmacy   | 2026-03-02 |       |
d3    | Sun    | A           | pharmacy   | 2026-03-03 |       |
d4    | Sun    | A           | pharmacy   | 2026-03-04 |       |
d5    | Sun    | A           | pharmacy   | 2026-03-05 |       |
d6    | Sun    | A           | pharmacy   | 2026-03-06 |       |
d7    | Sun    | A           | pharmacy   | 2026-03-07 |       |
d8    | Sun    | A           | pharmacy   | 2026-03-08 |       |
d9    | Sun    | A           | pharmacy   | 2026-03-20 |       |
e1    | Zhao   | A           | pharmacy   | 2026-03-01 | 0.01  |
e2    | Zhao   | A           | pharmacy   | 2026-03-02 |       |
e3    | Zhao   | A           | pharmacy   | 2026-03-03 |       |
e4    | Zhao   | A           | pharmacy   | 2026-03-04 |       |
e5    | Zhao   | A           | pharmacy   | 2026-03-05 |       |
e6    | Zhao   | A           | pharmacy   | 2026-03-06 |       |
e7    | Zhao   | A           | pharmacy   | 2026-03-07 |       |
e8    | Zhao   | A           | pharmacy   | 2026-03-08 |       |
e9    | Zhao   | A           | pharmacy   | 2026-03-20 |       | yes
"""
"Insulin every week at one pharmacy · 每周在同一药店购胰岛素" = """
claim | institution | kind     | day
a1    | A           | pharmacy | 2026-03-01
a2    | A           | pharmacy | 2026-03-08
a3    | A           | pharmacy | 2026-03-15
a4    | A           | pharmacy | 2026-03-22
a5    | A           | pharmacy | 2026-03-29
"""

[examples."Eight of them were settled the month before · 其中8次在上月结算"]
visit_history = """
claim | institution | kind     | day
h1    | A           | pharmacy | 2026-02-10
h2    | A           | pharmacy | 2026-02-11
h3    | A           | pharmacy | 2026-02-12
h4    | A           | pharmacy | 2026-02-13
h5    | A           | pharmacy | 2026-02-14
h6    | A           | pharmacy | 2026-02-15
h7    | A           | pharmacy | 2026-02-16
h8    | A           | pharmacy | 2026-02-17
"""
visit = """
claim | institution | kind     | day        | flagged
a     | A           | pharmacy | 2026-03-02 | yes
"""
*/
WITH counted AS (  -- the purchases, of those members who have enough of them at all
    SELECT v.claim, v.institution, v.member, v.day
    FROM visit_history AS v
    WHERE v.kind = 'pharmacy' AND v.total > 0
        AND v.member IN (
            SELECT h.member FROM visit_history AS h WHERE h.kind = 'pharmacy'
            GROUP BY h.member HAVING count(*) >= least($purchases, $pharmacies))
), near AS (  -- each purchase of the month with those of the thirty days that end with it
    SELECT n.claim, min(o.day) AS begun, count(*) AS visits, count(DISTINCT o.institution) AS institutions
    FROM counted AS n
    JOIN counted AS o ON o.member = n.member
    WHERE n.claim IN (SELECT v.claim FROM visit AS v) AND date_diff('day', o.day, n.day) BETWEEN 0 AND 29
    GROUP BY n.claim
)
SELECT v.institution, v.claim, 0 AS at_stake, v.day, n.visits, n.institutions, n.begun
FROM near AS n
JOIN visit AS v ON v.claim = n.claim
WHERE n.visits > $purchases OR n.institutions >= $pharmacies
