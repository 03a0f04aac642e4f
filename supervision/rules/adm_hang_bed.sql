/*
title      = "Bed held, person away"
title_zh   = "挂床住院"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (1); national list of rule types 2025, no. 49"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第一项；国家两库（2025年版）第49类规则"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S3"
violations = ["V02"]
natl_rule  = ["分解住院"]
about      = "On most days of a stay nothing at all was billed, no bed, nursing, drug or service, and within the same stay the person was treated, or bought drugs, elsewhere: the bed was held without inpatient care. Both must hold together. At stake is what the fund paid for the stay; the visit elsewhere is shown beside it."
about_zh   = "住院期间多数日期无任何收费（床位、护理、用药、诊疗均无），且同一期间参保人在院外就诊或购药：属占用床位而未实际住院。两项须同时具备。涉及金额为该次住院的基金支付额，并列示院外就诊。"
innocent   = "Left out: days without lines where nothing was billed elsewhere, for a hospital may post in sums, or the leave was approved; the day after admission and the day before discharge; dialysis elsewhere; cancer drugs fetched at a pharmacy and drugs of a chronic-disease visit; mother and newborn on one account. Slight suspicion where the whole bill has no nursing: this hospital does not send its care by day. Not visible in the data: approved leave, nursing records and vital signs, the gate; intensive care whose devices are not linked; a purchase by the family with the person's card."
innocent_zh = "不计入：仅有无收费日期而无院外就诊的（可能为合并记账或经批准请假）；入院后、出院前各一天的院外费用；院外透析；药店购买的抗肿瘤药、门慢门特药品；母婴共用账户。全程无护理费的，该院可能未按日上传护理数据，降为轻度可疑。数据无法识别：批准的请假、护理记录、体征、门禁；未联网的监护设备；家属持卡代购。"
because    = "Lines on {active} of {bed_days} days from {admitted} to {discharged}; on {done_at} the person was billed by {other_institution}"
because_zh = "{admitted}至{discharged}住院{bed_days}天，仅{active}天有收费；{done_at}在{other_institution}发生费用"
back       = 3

[parameters.every]
value  = 2
source = "catalogue D05, ACT_RATE 0.5, that is lines on every second day: starting value, not law"
since  = 2026-04-01

[parameters.hours]
value  = 24
source = "catalogue D07, MARGIN, for what counts as elsewhere: starting value, not law"
since  = 2026-04-01

[columns]
other_institution = "institution"

[given]
k_dialysis = """
item            | name
003110000060000 | 血液透析
"""

[examples."Lines on four of ten days, and drugs bought elsewhere on the sixth · 10天住院仅4天有收费，第6天在院外购药"]
stay = """
claim | admitted            | discharged          | paid    | flagged
s     | 2026-03-01 09:00:00 | 2026-03-11 09:00:00 | 3000.00 | 3000.00 high
"""
charge = """
charge | claim | institution | kind      | item            | category | day
a      | s     | North       | inpatient | 001201000040000 | 07       | 2026-03-01
b      | s     | North       | inpatient | 001201000040000 | 07       | 2026-03-02
c      | s     | North       | inpatient | 001201000040000 | 07       | 2026-03-03
d      | s     | North       | inpatient | 001201000040000 | 07       | 2026-03-10
e      | s     | North       | inpatient | X               | 09       | 2026-03-10
f      | p     | South       | pharmacy  | XY01            | 09       | 2026-03-06
"""

[examples."Half of the days; one night of leave; the data of nursing not sent; nothing elsewhere · 半数日期有收费；请假一晚；未上传护理数据；无院外费用"]
stay = """
claim | member | admitted            | discharged          | flagged
s     | Li     | 2026-03-01 09:00:00 | 2026-03-05 09:00:00 |
t     | Wu     | 2026-03-01 09:00:00 | 2026-03-04 09:00:00 |
u     | Xu     | 2026-03-01 09:00:00 | 2026-03-05 09:00:00 | low
v     | Sun    | 2026-03-01 09:00:00 | 2026-03-05 09:00:00 |
"""
charge = """
charge | claim | member | institution | kind       | item            | category | day
a      | s     | Li     | North       | inpatient  | 001201000040000 | 07       | 2026-03-01
b      | s     | Li     | North       | inpatient  | 001201000040000 | 07       | 2026-03-04
c      | p1    | Li     | South       | pharmacy   | XY01            | 09       | 2026-03-03
d      | t     | Wu     | North       | inpatient  | 001201000040000 | 07       | 2026-03-01
e      | t     | Wu     | North       | inpatient  | 001201000040000 | 07       | 2026-03-03
f      | p2    | Wu     | South       | pharmacy   | XY01            | 09       | 2026-03-02
g      | u     | Xu     | North       | inpatient  | X               | 09       | 2026-03-01
h      | p3    | Xu     | South       | pharmacy   | XY01            | 09       | 2026-03-03
i      | v     | Sun    | North       | inpatient  | 001201000040000 | 07       | 2026-03-01
"""

[examples."What does not count as elsewhere, and what stands beside it · 不作为院外就诊的情形及相邻情形"]
stay = """
claim | member | admitted            | discharged          | newborn | flagged
s1    | A      | 2026-03-01 09:00:00 | 2026-03-05 09:00:00 |         |
s2    | B      | 2026-03-01 09:00:00 | 2026-03-05 09:00:00 |         |
s3    | C      | 2026-03-01 09:00:00 | 2026-03-05 09:00:00 |         |
s4    | D      | 2026-03-01 09:00:00 | 2026-03-05 09:00:00 |         |
s5    | E      | 2026-03-01 09:00:00 | 2026-03-05 09:00:00 | yes     |
s6    | F      | 2026-03-01 09:00:00 | 2026-03-05 09:00:00 |         |
s7    | G      | 2026-03-01 09:00:00 | 2026-03-05 09:00:00 |         | yes
s8    | H      | 2026-03-01 09:00:00 | 2026-03-05 09:00:00 |         | yes
s9    | I      | 2026-03-01 09:00:00 | 2026-03-05 09:00:00 |         | yes
s10   | J      | 2026-03-01 09:00:00 | 2026-03-05 09:00:00 |         |
s11   | K      | 2026-03-01 09:00:00 | 2026-03-05 09:00:00 |         |
s12   | L      | 2026-03-01 09:00:00 | 2026-03-05 09:00:00 |         |
s13   | M      | 2026-03-01 09:00:00 | 2026-03-05 09:00:00 |         | yes
s14   | N      | 2026-03-01 09:00:00 | 2026-03-05 09:00:00 |         |
s15   | O      | 2026-03-01 09:00:00 | 2026-03-05 09:00:00 |         | yes
s16   | P      | 2026-03-01 09:00:00 | 2026-03-05 09:00:00 |         | yes
"""
charge = """
charge | claim | member | institution | kind       | item                    | category | done_at             | newborn | eligible
a1     | s1    | A      | North       | inpatient  | 001201000040000         | 07       | 2026-03-01 10:00:00 |         |
a2     | p1    | A      | South       | outpatient | 003110000060000         | 05       | 2026-03-03 10:00:00 |         |
b1     | s2    | B      | North       | inpatient  | 001201000040000         | 07       | 2026-03-01 10:00:00 |         |
b2     | p2    | B      | South       | pharmacy   | XL01EXA350A001010183095 | 09       | 2026-03-03 10:00:00 |         |
c1     | s3    | C      | North       | inpatient  | 001201000040000         | 07       | 2026-03-01 10:00:00 |         |
c2     | p3    | C      | South       | chronic    | XY01                    | 09       | 2026-03-03 10:00:00 |         |
d1     | s4    | D      | North       | inpatient  | 001201000040000         | 07       | 2026-03-01 10:00:00 |         |
d2     | p4    | D      | South       | pharmacy   | XY01                    | 09       | 2026-03-03 10:00:00 |         | 0.00
e1     | s5    | E      | North       | inpatient  | 001201000040000         | 07       | 2026-03-01 10:00:00 |         |
e2     | p5    | E      | South       | outpatient | XY01                    | 09       | 2026-03-03 10:00:00 |         |
f1     | s6    | F      | North       | inpatient  | 001201000040000         | 07       | 2026-03-01 10:00:00 |         |
f2     | p6    | F      | South       | outpatient | XY01                    | 09       | 2026-03-03 10:00:00 | yes     |
g1     | s7    | G      | North       | inpatient  | 001201000040000         | 07       | 2026-03-01 10:00:00 |         |
g2     | p7    | G      | South       | chronic    | 009900000000001         | 05       | 2026-03-02 09:00:00 |         |
h1     | s8    | H      | North       | inpatient  | 001201000040000         | 07       | 2026-03-01 10:00:00 |         |
h2     | p8    | H      | South       | pharmacy   | XM01                    | 09       | 2026-03-04 09:00:00 |         |
i1     | s9    | I      | North       | inpatient  | 001201000040000         | 07       | 2026-03-01 10:00:00 |         |
i2     | p9    | I      | South       | outpatient | XL01EXA350A001010183095 | 09       | 2026-03-03 10:00:00 |         |
j1     | s10   | J      | North       | inpatient  | 001201000040000         | 07       | 2026-03-01 10:00:00 |         |
j2     | p10   | J      | South       | outpatient | XY01                    | 09       | 2026-03-02 08:59:59 |         |
k1     | s11   | K      | North       | inpatient  | 001201000040000         | 07       | 2026-03-01 10:00:00 |         |
k2     | p11   | K      | South       | outpatient | XY01                    | 09       | 2026-03-04 09:00:01 |         |
l1     | s12   | L      | North       | inpatient  | 001201000040000         | 07       | 2026-03-01 10:00:00 |         |
l2     | p12   | L      | North       | outpatient | XY01                    | 09       | 2026-03-03 10:00:00 |         |
m1     | s13   | M      | North       | inpatient  | 001201000040000         | 07       | 2026-03-01 10:00:00 |         |
m2     | p13   | M      | South       | outpatient | XL03                    | 09       | 2026-03-03 10:00:00 |         |
m3     | p13   | M      | South       | pharmacy   | XL03                    | 09       | 2026-03-03 10:00:00 |         |
n1     | s14   | N      | North       | inpatient  | 001201000040000         | 07       | 2026-03-01 10:00:00 |         |
n2     | p14   | N      | South       | inpatient  | XY01                    | 09       | 2026-03-03 10:00:00 |         |
n3     | p15   | N      | South       | outpatient | XY01                    | 09       | 2026-03-03 00:00:00 |         |
n4     | p16   | N      | South       | pharmacy   | XL02                    | 09       | 2026-03-03 10:00:00 |         |
n5     | p17   | N      | South       | pharmacy   | XL01                    | 09       | 2026-03-03 10:00:00 |         |
o1     | s15   | O      | North       | inpatient  | 001201000040000         | 07       | 2026-03-01 10:00:00 |         |
o2     | p18   | O      | South       | pharmacy   | XB01                    | 09       | 2026-03-03 10:00:00 |         | 0.01
q1     | s16   | P      | North       | inpatient  | 001201000040000         | 07       | 2026-03-01 10:00:00 |         |
q2     | p19   | P      | South       | pharmacy   | XL03                    | 09       | 2026-03-03 10:00:00 |         |
"""

[examples."A stay of three days; two purchases elsewhere count once · 住院3天；两次院外购药只列示一次"]
stay = """
claim | admitted            | discharged          | paid    | flagged
s     | 2026-03-01 00:30:00 | 2026-03-04 23:30:00 | 3000.00 | 3000.00
"""
charge = """
charge | claim | institution | kind      | item            | category | done_at
a      | s     | North       | inpatient | 001201000040000 | 07       | 2026-03-01 10:00:00
b      | p     | South       | pharmacy  | XY01            | 09       | 2026-03-02 10:00:00
c      | p     | South       | pharmacy  | XM02            | 09       | 2026-03-02 11:00:00
"""

[examples."The purchase elsewhere was settled months before the stay · 院外购药在数月前结算"]
stay = """
claim | admitted            | discharged          | paid    | flagged
s     | 2026-01-01 09:00:00 | 2026-03-11 09:00:00 | 3000.00 | 3000.00
"""
charge = """
charge | claim | kind      | item            | category | day
a      | s     | inpatient | 001201000040000 | 07       | 2026-01-01
"""
history = """
charge | claim | institution | kind     | item | category | day
b      | p     | South       | pharmacy | XY01 | 09       | 2026-01-06
"""
*/
WITH lived AS (  -- the days of each stay on which anything was billed, and the lines of nursing
    SELECT c.claim, count(DISTINCT c.day) AS active, count(CASE WHEN c.category = '07' THEN c.charge END) AS nursed
    FROM charge AS c WHERE c.kind = 'inpatient' GROUP BY c.claim
), empty AS (  -- the stays with few such days
    SELECT s.*, l.active, l.nursed
    FROM stay AS s
    JOIN lived AS l ON l.claim = s.claim
    WHERE NOT s.newborn AND l.active * $every < s.bed_days
), away AS (  -- each of them with what another institution billed well within it
    SELECT
        s.claim, h.claim AS other_claim, h.institution AS other_institution, h.done_at,
        row_number() OVER (PARTITION BY s.claim ORDER BY h.done_at, h.charge) AS place
    FROM empty AS s
    JOIN history AS h ON h.member = s.member AND h.institution <> s.institution
    WHERE h.kind <> 'inpatient' AND h.eligible > 0 AND NOT h.newborn AND h.done_at <> midnight(h.day)
        AND date_diff('second', s.admitted, h.done_at) >= $hours * 3600 AND date_diff('second', h.done_at, s.discharged) >= $hours * 3600
        AND NOT (h.kind = 'chronic' AND h.item_kind = 'drug')
        -- the national code of a drug holds its group: L01 and L02 are those against cancer
        AND NOT (h.kind = 'pharmacy' AND h.item >= 'XL01' AND h.item < 'XL03')
        AND NOT EXISTS (SELECT 1 FROM history AS d JOIN k_dialysis AS k ON k.item = d.item WHERE d.claim = h.claim AND in_force(k, d))
), quiet AS (
    SELECT
        s.institution, s.claim, s.paid, s.bed_days, s.admitted, s.discharged, s.active, w.done_at, w.other_claim, w.other_institution,
        CASE WHEN s.nursed = 0 THEN 'low' ELSE 'high' END AS certainty
    FROM empty AS s
    JOIN away AS w ON w.claim = s.claim
    WHERE w.place = 1
)
SELECT
    q.institution, q.claim, 'accused' AS role, q.paid AS at_stake, q.certainty, q.claim AS finding,
    q.active, q.bed_days, q.admitted, q.discharged, q.done_at, q.other_claim, q.other_institution
FROM quiet AS q
UNION ALL
SELECT
    q.other_institution, q.other_claim, 'involved', 0, q.certainty, q.claim,
    q.active, q.bed_days, q.admitted, q.discharged, q.done_at, q.other_claim, q.other_institution
FROM quiet AS q
