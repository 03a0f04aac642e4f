/*
title      = "Admitted again and again"
title_zh   = "频繁住院"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (1), (2); national list of rule types 2025, no. 52"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第一项、第二项；国家两库（2025年版）第52类规则"
stage      = "trial"
moments    = ["audit"]
certainty  = "low"
severity   = "S2"
violations = ["V01", "V07"]
natl_rule  = ["频繁住院"]
about      = "A member was admitted so often within a year, or so often for one illness within half a year, at whatever institution, that it should be asked whether each stay was needed. The stay with which the number is reached is named, and each one after it. This is a lead: no amount is in question by itself."
about_zh   = "参保人一年内住院次数过多，或半年内因同一疾病多次住院（含异院），应核实各次住院是否必要。达到次数的一次及其后各次列为线索，本身不涉及金额。"
innocent   = "Not counted: planned courses, by their number or by a diagnosis of the list (chemotherapy, dialysis, transfusion, psychiatric care, childbirth); documented transfers; newborns on their mother's account. Not visible in the data: the last phase of a grave illness; a home where nobody can nurse."
innocent_zh = "不计入次数：有疗程编号或诊断在列表内的计划性住院（化疗、透析、输血、精神科、分娩等）；有记录的转院；母婴共用账户。数据无法识别：疾病终末期；家中无人照护。"
because    = "Admitted on {admitted_on} for {illness}, stay number {stays} since {begun}, number {same} for this illness"
because_zh = "{admitted_on}以{illness}住院，自{begun}以来第{stays}次，其中本病第{same}次"
back       = 12

[parameters.stays]
value  = 6
source = "catalogue D09, N within a year: starting value, not law"
since  = 2026-04-01

[parameters.same]
value  = 4
source = "catalogue D09, for one illness within 180 days: starting value, not law"
since  = 2026-04-01

[given]
k_readmit_exempt = """
list             | name
planned_chemo    | 化疗周期
"""
code_list = """
list          | code
planned_chemo | Z51.102
other         | J18.900
"""

[examples]
"Bronchitis again and again, in three hospitals · 支气管炎反复住院，涉及三家医院" = """
claim | institution | illness | admitted   | discharged | flagged
a     | North       | J40.x00 | 2026-01-01 | 2026-01-05 |
b     | South       | J40.x00 | 2026-02-01 | 2026-02-05 |
c     | East        | J40.x00 | 2026-03-01 | 2026-03-05 |
d     | North       | J40.x00 | 2026-04-01 | 2026-04-05 | 0.00 low
e     | South       | J40.x00 | 2026-05-01 | 2026-05-05 | yes
"""
"Four for one illness in 180 days, and in 181; the fourth for another illness · 180天、181天内因同一疾病4次；第4次为不同疾病" = """
claim | member | illness | admitted   | discharged | flagged
a     | Li     | J40.x00 | 2026-01-01 | 2026-01-05 |
b     | Li     | J40.x00 | 2026-02-01 | 2026-02-05 |
c     | Li     | J40.x00 | 2026-03-01 | 2026-03-05 |
d     | Li     | J40.x00 | 2026-06-30 | 2026-07-05 | yes
e     | Wu     | J40.x00 | 2026-01-01 | 2026-01-05 |
f     | Wu     | J40.x00 | 2026-02-01 | 2026-02-05 |
g     | Wu     | J40.x00 | 2026-03-01 | 2026-03-05 |
h     | Wu     | J40.x00 | 2026-07-01 | 2026-07-05 |
i     | Xu     | J40.x00 | 2026-01-01 | 2026-01-05 |
j     | Xu     | J40.x00 | 2026-02-01 | 2026-02-05 |
k     | Xu     | J40.x00 | 2026-03-01 | 2026-03-05 |
l     | Xu     | K29.500 | 2026-04-01 | 2026-04-05 |
"""
"Six for several illnesses in 365 days, and in 366 · 365天、366天内因不同疾病6次" = """
claim | member | illness | admitted   | discharged | flagged
a     | Li     | J40.x00 | 2025-06-01 | 2025-06-05 |
b     | Li     | K29.500 | 2025-08-01 | 2025-08-05 |
c     | Li     | I10.x00 | 2025-10-01 | 2025-10-05 |
d     | Li     | M51.202 | 2025-12-01 | 2025-12-05 |
e     | Li     | N10.x00 | 2026-02-01 | 2026-02-05 |
f     | Li     | A09.900 | 2026-06-01 | 2026-06-05 | yes
g     | Wu     | J40.x00 | 2025-06-01 | 2025-06-05 |
h     | Wu     | K29.500 | 2025-08-01 | 2025-08-05 |
i     | Wu     | I10.x00 | 2025-10-01 | 2025-10-05 |
j     | Wu     | M51.202 | 2025-12-01 | 2025-12-05 |
k     | Wu     | N10.x00 | 2026-02-01 | 2026-02-05 |
l     | Wu     | A09.900 | 2026-06-02 | 2026-06-05 |
"""
"A planned course, a transfer, a newborn are not counted · 计划疗程、转院、新生儿不计次" = """
claim | member | illness | admitted   | discharged | course | transferred | newborn
a     | Li     | J40.x00 | 2026-01-01 | 2026-01-05 |        |             |
b     | Li     | J40.x00 | 2026-02-01 | 2026-02-05 |        |             |
c     | Li     | J40.x00 | 2026-03-01 | 2026-03-05 |        |             |
d     | Li     | J40.x00 | 2026-04-01 | 2026-04-05 | k1     |             |
e     | Wu     | J40.x00 | 2026-01-01 | 2026-01-05 |        |             |
f     | Wu     | J40.x00 | 2026-02-01 | 2026-02-05 |        |             |
g     | Wu     | J40.x00 | 2026-03-01 | 2026-03-05 |        |             |
h     | Wu     | J40.x00 | 2026-04-01 | 2026-04-05 |        | yes         |
i     | Xu     | J40.x00 | 2026-01-01 | 2026-01-05 |        |             |
j     | Xu     | J40.x00 | 2026-02-01 | 2026-02-05 |        |             |
k     | Xu     | J40.x00 | 2026-03-01 | 2026-03-05 |        |             |
l     | Xu     | J40.x00 | 2026-04-01 | 2026-04-05 |        |             | yes
"""

[examples."Chemotherapy every 21 days, without a course number; pneumonia is no excuse · 每21天一次的化疗（无疗程编号）；肺炎不在例外之列"]
stay = """
claim | member | illness | admitted   | discharged | flagged
a     | Li     | C50.900 | 2026-01-01 | 2026-01-04 |
b     | Li     | C50.900 | 2026-01-22 | 2026-01-25 |
c     | Li     | C50.900 | 2026-02-12 | 2026-02-15 |
d     | Li     | C50.900 | 2026-03-05 | 2026-03-08 |
e     | Wu     | J18.900 | 2026-01-01 | 2026-01-04 |
f     | Wu     | J18.900 | 2026-01-22 | 2026-01-25 |
g     | Wu     | J18.900 | 2026-02-12 | 2026-02-15 |
h     | Wu     | J18.900 | 2026-03-05 | 2026-03-08 | yes
"""
diagnosis = """
claim | code
a     | Z51.102
b     | Z51.102
c     | Z51.102
d     | Z51.102
h     | J18.900
"""

[examples."The earlier stays were settled months before · 此前各次在数月前结算"]
stay_history = """
claim | illness | admitted   | discharged
a     | J40.x00 | 2026-01-01 | 2026-01-05
b     | J40.x00 | 2026-02-01 | 2026-02-05
c     | J40.x00 | 2026-03-01 | 2026-03-05
"""
stay = """
claim | illness | admitted   | discharged | flagged
d     | J40.x00 | 2026-05-01 | 2026-05-05 | yes
"""
*/
WITH counted AS (  -- the stays that count, each with the day of the one so many before it, of all and of the same illness
    SELECT
        s.claim, s.admitted_on,
        lag(s.admitted_on, $stays - 1) OVER in_order AS begun_all,
        lag(s.admitted_on, $same - 1) OVER of_illness AS begun_same,
        min(s.admitted_on) OVER (PARTITION BY s.member) AS begun,
        row_number() OVER in_order AS stays, row_number() OVER of_illness AS same
    FROM stay_history AS s
    WHERE s.course IS NULL AND NOT s.transferred AND NOT s.newborn
        AND s.member IN (SELECT h.member FROM stay_history AS h GROUP BY h.member HAVING count(*) >= least($stays, $same))
        AND NOT EXISTS (
            SELECT 1 FROM diagnosis_history AS d JOIN code_list AS l ON l.code = d.code JOIN k_readmit_exempt AS k ON k.list = l.list
            WHERE d.claim = s.claim AND in_force(k, s, s.admitted_on))
    WINDOW in_order AS (PARTITION BY s.member ORDER BY s.admitted, s.claim),
        of_illness AS (PARTITION BY s.member, s.category ORDER BY s.admitted, s.claim)
)
SELECT s.institution, s.claim, 0 AS at_stake, s.illness, s.admitted_on, n.begun, n.stays, n.same
FROM stay AS s
JOIN counted AS n ON n.claim = s.claim
WHERE date_diff('day', n.begun_all, n.admitted_on) <= 365 OR date_diff('day', n.begun_same, n.admitted_on) <= 180
