/*
title      = "Clinics visited again and again"
title_zh   = "频繁门诊就医"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (2), art. 41; national list of rule types 2025, no. 50"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第二项、第四十一条；国家两库（2025年版）第50类规则"
stage      = "trial"
moments    = ["audit"]
certainty  = "low"
severity   = "S2"
violations = ["V07", "V19"]
natl_rule  = ["频繁门诊"]
about      = "Within thirty days a member visited clinics more often than a sick person can, and several institutions: the credential may be lent, or drugs are being gathered. The visits of the day on which the number is passed are named, and those of each day after it. This is a lead: no amount is in question by itself."
about_zh   = "参保人三十天内门诊次数过多且涉及多家机构：可能出借凭证，或集中套取药品。超过次数当日及其后各日的门诊列为线索，本身不涉及金额。"
innocent   = "Not counted: visits with dialysis, physiotherapy and rehabilitation, or traditional Chinese treatment, which come in courses; purchases at pharmacies, which have a rule of their own. Not visible in the data: a course of injections; radiotherapy fetched in parts; old people who come for company."
innocent_zh = "不计入次数：含透析、物理治疗与康复、中医治疗的门诊（按疗程进行）；药店购药（另有规则）。数据无法识别：按疗程注射；分次放疗；高龄老人多次就诊。"
because    = "On {day} the member had made {visits} visits to {institutions} institutions within thirty days, since {begun}"
because_zh = "截至{day}，参保人自{begun}起三十天内门诊{visits}次，涉及{institutions}家机构"
back       = 2  # thirty days back from 1 March is January

[parameters.visits]
value  = 20
source = "catalogue E04, N: starting value, not law"
since  = 2026-04-01

[parameters.institutions]
value  = 3
source = "catalogue E04, M: starting value, not law"
since  = 2026-04-01

[given]
k_dialysis = """
item            | name
003110000060000 | 血液透析
"""
visit = """
claim | member | institution | kind       | day
v1    | Li     | North       | outpatient | 2026-03-01
v2    | Li     | South       | outpatient | 2026-03-01
v3    | Li     | East        | outpatient | 2026-03-02
v4    | Li     | North       | outpatient | 2026-03-02
v5    | Li     | South       | outpatient | 2026-03-03
v6    | Li     | East        | outpatient | 2026-03-03
v7    | Li     | North       | outpatient | 2026-03-04
v8    | Li     | South       | outpatient | 2026-03-04
v9    | Li     | East        | outpatient | 2026-03-05
v10   | Li     | North       | outpatient | 2026-03-05
v11   | Li     | South       | outpatient | 2026-03-06
v12   | Li     | East        | outpatient | 2026-03-06
v13   | Li     | North       | outpatient | 2026-03-07
v14   | Li     | South       | outpatient | 2026-03-07
v15   | Li     | East        | outpatient | 2026-03-08
v16   | Li     | North       | outpatient | 2026-03-08
v17   | Li     | South       | outpatient | 2026-03-09
v18   | Li     | East        | outpatient | 2026-03-09
v19   | Li     | North       | outpatient | 2026-03-10
v20   | Li     | South       | outpatient | 2026-03-10
v21   | Li     | East        | outpatient | 2026-03-11
"""

[examples]
"Twenty-one visits and more to three institutions; to two · 三家机构门诊21次及以上；两家机构" = """
claim | member | institution | kind       | day        | flagged
a1    | Li     | North       | outpatient | 2026-03-01 |
a2    | Li     | South       | outpatient | 2026-03-02 |
a3    | Li     | East        | outpatient | 2026-03-03 |
a4    | Li     | North       | outpatient | 2026-03-04 |
a5    | Li     | South       | outpatient | 2026-03-05 |
a6    | Li     | East        | outpatient | 2026-03-06 |
a7    | Li     | North       | outpatient | 2026-03-07 |
a8    | Li     | South       | outpatient | 2026-03-08 |
a9    | Li     | East        | outpatient | 2026-03-09 |
a10   | Li     | North       | outpatient | 2026-03-10 |
a11   | Li     | South       | outpatient | 2026-03-11 |
a12   | Li     | East        | outpatient | 2026-03-12 |
a13   | Li     | North       | outpatient | 2026-03-13 |
a14   | Li     | South       | outpatient | 2026-03-14 |
a15   | Li     | East        | outpatient | 2026-03-15 |
a16   | Li     | North       | outpatient | 2026-03-16 |
a17   | Li     | South       | outpatient | 2026-03-17 |
a18   | Li     | East        | outpatient | 2026-03-18 |
a19   | Li     | North       | outpatient | 2026-03-19 |
a20   | Li     | South       | outpatient | 2026-03-20 |
a21   | Li     | East        | outpatient | 2026-03-21 | 0.00 low
a22   | Li     | North       | emergency  | 2026-03-22 | yes
a23   | Li     | North       | chronic    | 2026-03-23 | yes
b1    | Wu     | North       | outpatient | 2026-03-01 |
b2    | Wu     | South       | outpatient | 2026-03-02 |
b3    | Wu     | North       | outpatient | 2026-03-03 |
b4    | Wu     | South       | outpatient | 2026-03-04 |
b5    | Wu     | North       | outpatient | 2026-03-05 |
b6    | Wu     | South       | outpatient | 2026-03-06 |
b7    | Wu     | North       | outpatient | 2026-03-07 |
b8    | Wu     | South       | outpatient | 2026-03-08 |
b9    | Wu     | North       | outpatient | 2026-03-09 |
b10   | Wu     | South       | outpatient | 2026-03-10 |
b11   | Wu     | North       | outpatient | 2026-03-11 |
b12   | Wu     | South       | outpatient | 2026-03-12 |
b13   | Wu     | North       | outpatient | 2026-03-13 |
b14   | Wu     | South       | outpatient | 2026-03-14 |
b15   | Wu     | North       | outpatient | 2026-03-15 |
b16   | Wu     | South       | outpatient | 2026-03-16 |
b17   | Wu     | North       | outpatient | 2026-03-17 |
b18   | Wu     | South       | outpatient | 2026-03-18 |
b19   | Wu     | North       | outpatient | 2026-03-19 |
b20   | Wu     | South       | outpatient | 2026-03-20 |
b21   | Wu     | North       | outpatient | 2026-03-21 |
"""
"The twenty-first on the thirtieth day, and on the thirty-first · 第21次在第30天；在第31天" = """
claim | member | institution | kind       | day        | flagged
a1    | Li     | North       | outpatient | 2026-03-01 |
a2    | Li     | South       | outpatient | 2026-03-02 |
a3    | Li     | East        | outpatient | 2026-03-03 |
a4    | Li     | North       | outpatient | 2026-03-04 |
a5    | Li     | South       | outpatient | 2026-03-05 |
a6    | Li     | East        | outpatient | 2026-03-06 |
a7    | Li     | North       | outpatient | 2026-03-07 |
a8    | Li     | South       | outpatient | 2026-03-08 |
a9    | Li     | East        | outpatient | 2026-03-09 |
a10   | Li     | North       | outpatient | 2026-03-10 |
a11   | Li     | South       | outpatient | 2026-03-11 |
a12   | Li     | East        | outpatient | 2026-03-12 |
a13   | Li     | North       | outpatient | 2026-03-13 |
a14   | Li     | South       | outpatient | 2026-03-14 |
a15   | Li     | East        | outpatient | 2026-03-15 |
a16   | Li     | North       | outpatient | 2026-03-16 |
a17   | Li     | South       | outpatient | 2026-03-17 |
a18   | Li     | East        | outpatient | 2026-03-18 |
a19   | Li     | North       | outpatient | 2026-03-19 |
a20   | Li     | South       | outpatient | 2026-03-20 |
a21   | Li     | North       | outpatient | 2026-03-30 | yes
b1    | Wu     | North       | outpatient | 2026-03-01 |
b2    | Wu     | South       | outpatient | 2026-03-02 |
b3    | Wu     | East        | outpatient | 2026-03-03 |
b4    | Wu     | North       | outpatient | 2026-03-04 |
b5    | Wu     | South       | outpatient | 2026-03-05 |
b6    | Wu     | East        | outpatient | 2026-03-06 |
b7    | Wu     | North       | outpatient | 2026-03-07 |
b8    | Wu     | South       | outpatient | 2026-03-08 |
b9    | Wu     | East        | outpatient | 2026-03-09 |
b10   | Wu     | North       | outpatient | 2026-03-10 |
b11   | Wu     | South       | outpatient | 2026-03-11 |
b12   | Wu     | East        | outpatient | 2026-03-12 |
b13   | Wu     | North       | outpatient | 2026-03-13 |
b14   | Wu     | South       | outpatient | 2026-03-14 |
b15   | Wu     | East        | outpatient | 2026-03-15 |
b16   | Wu     | North       | outpatient | 2026-03-16 |
b17   | Wu     | South       | outpatient | 2026-03-17 |
b18   | Wu     | East        | outpatient | 2026-03-18 |
b19   | Wu     | North       | outpatient | 2026-03-19 |
b20   | Wu     | South       | outpatient | 2026-03-20 |
b21   | Wu     | North       | outpatient | 2026-03-31 |
"""
"One of twenty-one was a purchase · 21次中有一次为购药" = """
claim | institution | kind       | day
a1    | North       | pharmacy   | 2026-03-01
a2    | South       | outpatient | 2026-03-02
a3    | East        | outpatient | 2026-03-03
a4    | North       | outpatient | 2026-03-04
a5    | South       | outpatient | 2026-03-05
a6    | East        | outpatient | 2026-03-06
a7    | North       | outpatient | 2026-03-07
a8    | South       | outpatient | 2026-03-08
a9    | East        | outpatient | 2026-03-09
a10   | North       | outpatient | 2026-03-10
a11   | South       | outpatient | 2026-03-11
a12   | East        | outpatient | 2026-03-12
a13   | North       | outpatient | 2026-03-13
a14   | South       | outpatient | 2026-03-14
a15   | East        | outpatient | 2026-03-15
a16   | North       | outpatient | 2026-03-16
a17   | South       | outpatient | 2026-03-17
a18   | East        | outpatient | 2026-03-18
a19   | North       | outpatient | 2026-03-19
a20   | South       | outpatient | 2026-03-20
a21   | East        | outpatient | 2026-03-21
"""

[examples."One of twenty-one was dialysis, and is not counted · 21次中一次为透析，不计次"]
charge = """
claim | item
v1    | 003110000060000
"""

[examples."One was rehabilitation · 一次为康复治疗"]
charge = """
claim | item
v1    | 0034
"""

[examples."One was acupuncture · 一次为针刺"]
charge = """
claim | item
v1    | 004
"""

[examples."What stands beside these chapters is counted · 相邻章节的项目计入次数"]
visit = """
claim | member | institution | kind       | day        | flagged
v1    | Li     | North       | outpatient | 2026-03-01 |
v2    | Li     | South       | outpatient | 2026-03-01 |
v3    | Li     | East        | outpatient | 2026-03-02 |
v4    | Li     | North       | outpatient | 2026-03-02 |
v5    | Li     | South       | outpatient | 2026-03-03 |
v6    | Li     | East        | outpatient | 2026-03-03 |
v7    | Li     | North       | outpatient | 2026-03-04 |
v8    | Li     | South       | outpatient | 2026-03-04 |
v9    | Li     | East        | outpatient | 2026-03-05 |
v10   | Li     | North       | outpatient | 2026-03-05 |
v11   | Li     | South       | outpatient | 2026-03-06 |
v12   | Li     | East        | outpatient | 2026-03-06 |
v13   | Li     | North       | outpatient | 2026-03-07 |
v14   | Li     | South       | outpatient | 2026-03-07 |
v15   | Li     | East        | outpatient | 2026-03-08 |
v16   | Li     | North       | outpatient | 2026-03-08 |
v17   | Li     | South       | outpatient | 2026-03-09 |
v18   | Li     | East        | outpatient | 2026-03-09 |
v19   | Li     | North       | outpatient | 2026-03-10 |
v20   | Li     | South       | outpatient | 2026-03-10 |
v21   | Li     | East        | outpatient | 2026-03-11 | yes
"""
charge = """
claim | item
v1    | 0035
v2    | 003399999999999
v3    | 003999999999999
v4    | 005
"""

[examples."Twenty of them were settled the month before · 其中20次在上月结算"]
visit_history = """
claim | institution | kind       | day
h1    | North       | outpatient | 2026-02-05
h2    | South       | outpatient | 2026-02-06
h3    | East        | outpatient | 2026-02-07
h4    | North       | outpatient | 2026-02-08
h5    | South       | outpatient | 2026-02-09
h6    | East        | outpatient | 2026-02-10
h7    | North       | outpatient | 2026-02-11
h8    | South       | outpatient | 2026-02-12
h9    | East        | outpatient | 2026-02-13
h10   | North       | outpatient | 2026-02-14
h11   | South       | outpatient | 2026-02-15
h12   | East        | outpatient | 2026-02-16
h13   | North       | outpatient | 2026-02-17
h14   | South       | outpatient | 2026-02-18
h15   | East        | outpatient | 2026-02-19
h16   | North       | outpatient | 2026-02-20
h17   | South       | outpatient | 2026-02-21
h18   | East        | outpatient | 2026-02-22
h19   | North       | outpatient | 2026-02-23
h20   | South       | outpatient | 2026-02-24
"""
visit = """
claim | institution | kind       | day        | flagged
a     | North       | outpatient | 2026-03-02 | yes
"""
*/
WITH counted AS (  -- the visits that count, of those members who have enough of them at all
    SELECT v.claim, v.institution, v.member, v.day
    FROM visit_history AS v
    WHERE v.kind IN ('outpatient', 'emergency', 'chronic')
        AND v.member IN (SELECT h.member FROM visit_history AS h GROUP BY h.member HAVING count(*) > $visits)
        AND NOT EXISTS (SELECT 1 FROM history AS c JOIN k_dialysis AS k ON k.item = c.item WHERE c.claim = v.claim AND in_force(k, c))
        -- chapters of the national directory of services: 0034 physiotherapy and rehabilitation, 004 traditional Chinese treatment
        AND NOT EXISTS (
            SELECT 1 FROM history AS c
            WHERE c.claim = v.claim AND ((c.item >= '0034' AND c.item < '0035') OR (c.item >= '004' AND c.item < '005')))
), near AS (  -- each visit of the month with those of the thirty days that end with it
    SELECT n.claim, min(o.day) AS begun, count(*) AS visits, count(DISTINCT o.institution) AS institutions
    FROM counted AS n
    JOIN counted AS o ON o.member = n.member
    WHERE n.claim IN (SELECT v.claim FROM visit AS v) AND date_diff('day', o.day, n.day) BETWEEN 0 AND 29
    GROUP BY n.claim
)
SELECT v.institution, v.claim, 0 AS at_stake, v.day, v.illness, n.visits, n.institutions, n.begun
FROM near AS n
JOIN visit AS v ON v.claim = n.claim
WHERE n.visits > $visits AND n.institutions >= $institutions
