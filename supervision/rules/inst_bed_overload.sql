/*
title      = "More patients than beds"
title_zh   = "床位使用率异常"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (1), art. 40 (3)"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第一项、第四十条第三项"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S3"
violations = ["V01", "V17"]
natl_rule  = []
needs      = ["institution"]
subject    = "institution"
back       = 2
ahead      = 1
about      = "On one night more persons were inpatients of an institution than it has beds registered, beyond the tolerance. Of each month the worst night before a discharge is taken, and the stays of that night that were settled in the month are named. This is a lead: no amount is in question by itself."
about_zh   = "某一夜在院参保人数超过机构核定床位数（超出容差）。每月取出院前各夜中在院人数最多的一夜，列出该夜在院且于当月结算的住院，作为线索，本身不涉及金额。"
innocent   = "Left out: newborns on their mother's account; institutions whose beds are not registered, or registered as none; stays that end on the day they begin, or have not ended. Not visible in the data: a ward just opened, extra beds in an epidemic, beds shared with an affiliated hospital, a number of beds that the register has not caught up with; patients who are not insured, who would only add to the number."
innocent_zh = "不计入：母婴共用账户的新生儿；未登记床位数或登记为零的机构；当日入出院或未出院的。数据无法识别：新开病区、疫情加床、医联体共用床位、床位数未及时更新；未参保患者（只会增加在院人数）。"
because    = "In the night from {night} on, {occupied} insured persons were inpatients; {beds} beds are registered"
because_zh = "{night}夜间在院参保人{occupied}人，核定床位{beds}张"

[parameters.tolerance]
value  = 5
source = "catalogue F01 names 3 per cent; 5 until the registers of beds have been checked; starting value, not law"
since  = 2026-04-01

[given]
institution = """
institution | beds
North       | 2
South       | -
"""

[examples]
"Three in two beds for a night; the first leaves as the third comes · 两张床位住三人；一人出院一人入院" = """
claim | member | institution | admitted   | discharged | flagged
a     | M1     | North       | 2026-03-02 | 2026-03-06 | 0.00 high
b     | M2     | North       | 2026-03-03 | 2026-03-05 | yes
c     | M3     | North       | 2026-03-04 | 2026-03-08 | yes
d     | M4     | North       | 2026-03-06 | 2026-03-07 |
"""
"Two in two beds; a newborn beside its mother; beds not registered; one comes on the day another leaves · 两床两人；新生儿；未登记床位；同日一出一入" = """
claim | member | institution | admitted   | discharged | newborn | flagged
a     | M1     | North       | 2026-03-02 | 2026-03-06 |         |
b     | M2     | North       | 2026-03-02 | 2026-03-06 |         |
c     | M3     | North       | 2026-03-02 | 2026-03-06 | yes     |
d     | M4     | North       | 2026-03-06 | 2026-03-09 |         |
e     | M5     | South       | 2026-03-02 | 2026-03-06 |         |
f     | M6     | South       | 2026-03-02 | 2026-03-06 |         |
"""

[examples."Twenty-one in twenty beds is just within five per cent, eighteen in seventeen is not · 20床21人恰在5%内；17床18人超出"]
institution = """
institution | beds
North       | 20
South       | 17
"""
stay = """
claim | institution | admitted   | discharged | flagged
n01   | North       | 2026-03-02 | 2026-03-06 |
n02   | North       | 2026-03-02 | 2026-03-06 |
n03   | North       | 2026-03-02 | 2026-03-06 |
n04   | North       | 2026-03-02 | 2026-03-06 |
n05   | North       | 2026-03-02 | 2026-03-06 |
n06   | North       | 2026-03-02 | 2026-03-06 |
n07   | North       | 2026-03-02 | 2026-03-06 |
n08   | North       | 2026-03-02 | 2026-03-06 |
n09   | North       | 2026-03-02 | 2026-03-06 |
n10   | North       | 2026-03-02 | 2026-03-06 |
n11   | North       | 2026-03-02 | 2026-03-06 |
n12   | North       | 2026-03-02 | 2026-03-06 |
n13   | North       | 2026-03-02 | 2026-03-06 |
n14   | North       | 2026-03-02 | 2026-03-06 |
n15   | North       | 2026-03-02 | 2026-03-06 |
n16   | North       | 2026-03-02 | 2026-03-06 |
n17   | North       | 2026-03-02 | 2026-03-06 |
n18   | North       | 2026-03-02 | 2026-03-06 |
n19   | North       | 2026-03-02 | 2026-03-06 |
n20   | North       | 2026-03-02 | 2026-03-06 |
n21   | North       | 2026-03-05 | 2026-03-06 |
n22   | North       | 2026-03-02 | 2026-03-05 |
s01   | South       | 2026-03-02 | 2026-03-06 | yes
s02   | South       | 2026-03-02 | 2026-03-06 | yes
s03   | South       | 2026-03-02 | 2026-03-06 | yes
s04   | South       | 2026-03-02 | 2026-03-06 | yes
s05   | South       | 2026-03-02 | 2026-03-06 | yes
s06   | South       | 2026-03-02 | 2026-03-06 | yes
s07   | South       | 2026-03-02 | 2026-03-06 | yes
s08   | South       | 2026-03-02 | 2026-03-06 | yes
s09   | South       | 2026-03-02 | 2026-03-06 | yes
s10   | South       | 2026-03-02 | 2026-03-06 | yes
s11   | South       | 2026-03-02 | 2026-03-06 | yes
s12   | South       | 2026-03-02 | 2026-03-06 | yes
s13   | South       | 2026-03-02 | 2026-03-06 | yes
s14   | South       | 2026-03-02 | 2026-03-06 | yes
s15   | South       | 2026-03-02 | 2026-03-06 | yes
s16   | South       | 2026-03-02 | 2026-03-06 | yes
s17   | South       | 2026-03-02 | 2026-03-06 | yes
s18   | South       | 2026-03-02 | 2026-03-06 | yes
"""

[examples."No beds registered · 床位数登记为零"]
institution = """
institution | beds
North       | 0
"""
stay = """
claim | member | institution | admitted   | discharged
a     | M1     | North       | 2026-03-02 | 2026-03-06
b     | M2     | North       | 2026-03-02 | 2026-03-06
"""

[examples."Who lay there is counted whenever it was settled; named are those of the month · 各月结算的住院均计数，只列当月结算的"]
stay = """
claim | member | institution | admitted   | discharged | flagged
a     | M1     | North       | 2026-02-27 | 2026-03-03 | yes
b     | M2     | North       | 2026-02-27 | 2026-03-03 | yes
"""
stay_history = """
claim | member | institution | admitted   | discharged
c     | M3     | North       | 2026-03-02 | 2026-04-05
d     | M4     | North       | 2026-02-20 | 2026-03-02
e     | M5     | South       | 2026-03-02 | 2026-04-05
"""

[examples."Of two nights the worse one, of two equal ones the first; who leaves that day or is newborn is not named; another hospital has its own night · 两夜取较多者，相同取在先者；当日出院及新生儿不列；各机构分别判断"]
institution = """
institution | beds
North       | 2
South       | 1
"""
stay = """
claim | member | institution | admitted   | discharged | newborn | flagged
a     | M1     | North       | 2026-03-02 | 2026-03-04 |         |
b     | M2     | North       | 2026-03-02 | 2026-03-04 |         |
c     | M3     | North       | 2026-03-02 | 2026-03-04 |         |
d     | M4     | North       | 2026-03-10 | 2026-03-12 |         | yes
e     | M5     | North       | 2026-03-10 | 2026-03-12 |         | yes
f     | M6     | North       | 2026-03-10 | 2026-03-12 |         | yes
g     | M7     | North       | 2026-03-11 | 2026-03-12 |         | yes
h     | M8     | North       | 2026-03-11 | 2026-03-12 |         | yes
i     | M9     | North       | 2026-03-10 | 2026-03-11 |         |
j     | M10    | North       | 2026-03-10 | 2026-03-12 | yes     |
k     | M11    | North       | 2026-03-20 | 2026-03-22 |         |
l     | M12    | North       | 2026-03-20 | 2026-03-22 |         |
m     | M13    | North       | 2026-03-20 | 2026-03-22 |         |
n     | M14    | North       | 2026-03-20 | 2026-03-22 |         |
o     | M15    | North       | 2026-03-20 | 2026-03-22 |         |
p     | M16    | South       | 2026-03-20 | 2026-03-22 |         | yes
q     | M17    | South       | 2026-03-20 | 2026-03-22 |         | yes
"""
*/
WITH nights AS (  -- a hospital is never fuller than in the night before somebody leaves
    SELECT s.institution, days_after(s.discharged_on, -1) AS night, i.beds
    FROM stay AS s
    JOIN institution AS i ON i.institution = s.institution
    WHERE i.beds > 0  -- none at all says that nobody told them
    GROUP BY s.institution, s.discharged_on, i.beds
), counted AS (  -- who lay there
    SELECT n.institution, n.night, n.beds, count(*) AS occupied
    FROM nights AS n
    JOIN stay_history AS h ON h.institution = n.institution AND h.admitted_on <= n.night AND h.discharged_on > n.night
    WHERE NOT h.newborn
    GROUP BY n.institution, n.night, n.beds
), worst AS (
    SELECT c.*, row_number() OVER (PARTITION BY c.institution ORDER BY c.occupied DESC, c.night, c.beds) AS place
    FROM counted AS c
    WHERE c.occupied * 100 > c.beds * (100 + $tolerance)
)
SELECT
    s.institution, s.claim, w.institution AS subject, w.institution AS finding, 0 AS at_stake,
    w.night, w.occupied, w.beds, s.admitted_on, s.discharged_on
FROM worst AS w
JOIN stay AS s ON s.institution = w.institution AND s.admitted_on <= w.night AND s.discharged_on > w.night
WHERE w.place = 1 AND NOT s.newborn
