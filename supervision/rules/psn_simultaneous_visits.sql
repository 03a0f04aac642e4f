/*
title      = "In two places at one time"
title_zh   = "同时段在两家机构就诊"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 40 (1), art. 41; typical problem list 2025 for pharmacies, no. 1 and 2"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第四十条第一项、第四十一条；2025年版零售药店典型问题清单第1、2条"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S3"
violations = ["V15", "V19"]
natl_rule  = ["频繁门诊", "频繁购药"]
about      = "One person was registered at two institutions, or at two pharmacies, within minutes: at one of them somebody else used the credential, or nobody came. Accused is the visit begun later, with what the fund paid for it; the earlier one is shown beside it, for either may be the false one."
about_zh   = "同一参保人数分钟内在两家医疗机构就诊，或在两家药店购药：其中一处为他人使用其凭证，或并无其人到场。以后开始的一次为疑点，涉及金额为其基金支付额；另一次一并列示，二者均可能不实。"
innocent   = "Left out: a clinic and then a pharmacy, for the prescription is filled next door; emergencies, which are carried on to the next hospital; home beds; mother and newborn on one account; visits of which only the day is known. Slight suspicion: two pharmacies of one pooling area, which may be neighbours. Not visible in the data: how far apart the two are; orders delivered to the door; purchases posted later than made."
innocent_zh = "不计入：先门诊后药店（凭处方在邻近药店购药）；急诊（可能转送下一家医院）；家庭病床；母婴共用账户；仅记日期、无时刻的就诊。同一统筹区的两家药店可能相邻，降为轻度可疑。数据无法识别：两处距离；送药上门；事后补记。"
because    = "Began in {institution} at {started}, and in {other_institution} at {other_started}"
because_zh = "{other_started}在{other_institution}就诊，{started}又在{institution}就诊"
back       = 1
ahead      = 1  # the earlier visit may be settled later

[parameters.minutes]
value  = 30
source = "catalogue E02, MIN: starting value, not law"
since  = 2026-04-01

[columns]
other_institution = "institution"

[examples]
"Two pharmacies 300 kilometres apart, five minutes apart; two of one pooling area · 相距300公里的两家药店相隔5分钟；同一统筹区的两家药店" = """
claim | member | institution | area   | kind     | started             | day        | paid  | flagged
a     | Li     | North       | 990100 | pharmacy | 2026-03-05 10:00:00 | 2026-03-05 | 40.00 |
b     | Li     | Far         | 990200 | pharmacy | 2026-03-05 10:05:00 | 2026-03-05 | 50.00 | 50.00 high
c     | Wu     | North       | 990100 | pharmacy | 2026-03-05 10:00:00 | 2026-03-05 | 40.00 |
d     | Wu     | South       | 990100 | pharmacy | 2026-03-05 10:05:00 | 2026-03-05 | 50.00 | 50.00 low
"""
"A clinic and its own pharmacy, another pharmacy, another person · 医院及其药房、院外药店、不同患者" = """
claim | member | institution | kind       | started             | day
a     | Li     | North       | outpatient | 2026-03-05 10:00:00 | 2026-03-05
b     | Li     | North       | outpatient | 2026-03-05 10:05:00 | 2026-03-05
c     | Li     | South       | pharmacy   | 2026-03-05 10:10:00 | 2026-03-05
d     | Wu     | East        | outpatient | 2026-03-05 10:10:00 | 2026-03-05
"""
"Thirty minutes, and a second more; at one moment the greater number is accused · 相隔30分钟；多一秒；同一时刻以编号较大者为疑点" = """
claim | member | institution | kind       | started             | day        | flagged
a     | Li     | North       | outpatient | 2026-03-05 10:00:00 | 2026-03-05 |
b     | Li     | South       | outpatient | 2026-03-05 10:30:00 | 2026-03-05 | high
c     | Wu     | North       | outpatient | 2026-03-05 10:00:00 | 2026-03-05 |
d     | Wu     | South       | outpatient | 2026-03-05 10:30:01 | 2026-03-05 |
e     | Xu     | North       | outpatient | 2026-03-05 10:00:00 | 2026-03-05 |
f     | Xu     | South       | outpatient | 2026-03-05 10:00:00 | 2026-03-05 | yes
g     | Sun    | North       | outpatient | 2026-03-05 10:00:01 | 2026-03-05 | yes
h     | Sun    | South       | outpatient | 2026-03-05 10:00:00 | 2026-03-05 |
"""
"Emergencies and home beds; days without hours; just after midnight; a chronic-disease visit and day surgery · 急诊、家庭病床；无时刻；刚过零时；门慢与日间手术" = """
claim | member | institution | kind        | started             | day        | flagged
a     | Li     | North       | emergency   | 2026-03-05 10:00:00 | 2026-03-05 |
b     | Li     | South       | outpatient  | 2026-03-05 10:05:00 | 2026-03-05 |
c     | Wu     | North       | outpatient  | 2026-03-05 10:00:00 | 2026-03-05 |
d     | Wu     | South       | home_bed    | 2026-03-05 10:05:00 | 2026-03-05 |
e     | Xu     | North       | outpatient  | 2026-03-05 00:00:00 | 2026-03-05 |
f     | Xu     | South       | outpatient  | 2026-03-05 00:05:00 | 2026-03-05 |
g     | Sun    | North       | outpatient  | 2026-03-04 23:50:00 | 2026-03-04 |
h     | Sun    | South       | outpatient  | 2026-03-05 00:00:00 | 2026-03-05 |
i     | Zhao   | North       | chronic     | 2026-03-04 23:50:00 | 2026-03-04 |
j     | Zhao   | South       | day_surgery | 2026-03-05 00:05:00 | 2026-03-05 | yes
k     | Qian   | North       | day_surgery | 2026-03-05 10:00:00 | 2026-03-05 |
l     | Qian   | South       | chronic     | 2026-03-05 10:05:00 | 2026-03-05 | yes
m     | He     | North       | outpatient  | 2026-03-05 10:00:00 | 2026-03-05 |
n     | He     | South       | emergency   | 2026-03-05 10:05:00 | 2026-03-05 |
o     | Ma     | North       | home_bed    | 2026-03-05 10:00:00 | 2026-03-05 |
p     | Ma     | South       | outpatient  | 2026-03-05 10:05:00 | 2026-03-05 |
"""
"In three places: each later visit is accused once · 三处就诊：以后各次各计一次" = """
claim | institution | kind       | started             | day        | paid  | flagged
a     | North       | outpatient | 2026-03-05 10:00:00 | 2026-03-05 | 10.00 |
b     | South       | outpatient | 2026-03-05 10:05:00 | 2026-03-05 | 20.00 | 20.00
c     | East        | outpatient | 2026-03-05 10:10:00 | 2026-03-05 | 30.00 | 30.00
"""

[examples."Mother and newborn on one account, either visit · 母婴共用账户"]
visit = """
claim | member | institution | kind       | started             | day
a     | Li     | North       | outpatient | 2026-03-05 10:00:00 | 2026-03-05
b     | Li     | South       | outpatient | 2026-03-05 10:05:00 | 2026-03-05
c     | Wu     | North       | outpatient | 2026-03-05 10:00:00 | 2026-03-05
d     | Wu     | South       | outpatient | 2026-03-05 10:05:00 | 2026-03-05
"""
charge = """
claim | member | newborn
a     | Li     | yes
d     | Wu     | yes
"""

[examples."The earlier visit was settled a month before, and a month after · 前一次就诊早一个月、晚一个月结算"]
visit_history = """
claim | member | institution | kind       | started             | day        | settled_at
a     | Li     | North       | outpatient | 2026-03-05 10:00:00 | 2026-03-05 | 2026-02-28
c     | Wu     | North       | outpatient | 2026-03-05 10:00:00 | 2026-03-05 | 2026-04-08
"""
visit = """
claim | member | institution | kind       | started             | day        | flagged
b     | Li     | South       | outpatient | 2026-03-05 10:05:00 | 2026-03-05 | yes
d     | Wu     | South       | outpatient | 2026-03-05 10:05:00 | 2026-03-05 | yes
"""
*/
WITH met AS (  -- each visit of the month with the last one begun just before it somewhere else
    SELECT
        b.institution, b.claim, b.paid, b.started, a.claim AS other_claim, a.institution AS other_institution, a.started AS other_started,
        CASE WHEN b.kind = 'pharmacy' AND a.area = b.area THEN 'low' ELSE 'high' END AS certainty,
        row_number() OVER (PARTITION BY b.claim ORDER BY a.started DESC, a.claim) AS place
    FROM visit AS b
    JOIN visit_history AS a ON a.member = b.member AND a.institution <> b.institution
    WHERE date_diff('second', a.started, b.started) BETWEEN 0 AND $minutes * 60 AND (a.started < b.started OR a.claim < b.claim)
        AND a.kind IN ('outpatient', 'chronic', 'day_surgery', 'pharmacy') AND b.kind IN ('outpatient', 'chronic', 'day_surgery', 'pharmacy')
        AND (a.kind = 'pharmacy') = (b.kind = 'pharmacy')
        AND a.started <> midnight(a.day) AND b.started <> midnight(b.day)
), judged AS (
    SELECT m.institution, m.claim, m.paid, m.started, m.other_claim, m.other_institution, m.other_started, m.certainty
    FROM met AS m
    WHERE m.place = 1
        AND NOT EXISTS (SELECT 1 FROM history AS h WHERE h.claim = m.claim AND h.newborn)
        AND NOT EXISTS (SELECT 1 FROM history AS h WHERE h.claim = m.other_claim AND h.newborn)
)
SELECT
    j.institution, j.claim, 'accused' AS role, j.paid AS at_stake, j.certainty, j.claim AS finding,
    j.started, j.other_claim, j.other_institution, j.other_started
FROM judged AS j
UNION ALL
SELECT
    j.other_institution, j.other_claim, 'involved', 0, j.certainty, j.claim,
    j.started, j.other_claim, j.other_institution, j.other_started
FROM judged AS j
