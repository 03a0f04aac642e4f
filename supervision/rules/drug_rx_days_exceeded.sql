/*
title      = "Prescribed for too many days"
title_zh   = "单次处方天数超限"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (2); Prescription Administration Measures (Ministry of Health Order 53), art. 19; national list of rule types 2025, no. 9"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第二项；《处方管理办法》（卫生部令第53号）第十九条；国家两库（2025年版）第9类规则"
stage      = "trial"
moments    = ["remind", "review", "audit"]
certainty  = "high"
severity   = "S2"
violations = ["V05"]
natl_rule  = ["药品限最大开药天数/开药量"]
about      = "A prescription holds a drug for more days than the Measures let it: 3 in an emergency, 7 at an ordinary visit, longer for a chronic disease. Longer limits are taken where a diagnosis of the list of lasting illnesses stands in the claim, and for visits for a certified chronic disease. At stake is the share of the days beyond."
about_zh   = "处方用药天数超过规定：急诊3日、普通门诊7日，慢性病可适当延长。就诊诊断在慢性病列表内的，以及慢特病门诊，适用较长限度。涉及金额为超出天数所占份额。"
innocent   = "Left out: lines that nobody asked the fund to pay; a recorded reason (old age, distance, travel, holidays); a single pack, the least that can be given; slices of Chinese medicine; pharmacies, stays and what is taken home from them; up to a tenth over the limit. Not visible in the data: narcotic and psychotropic drugs, whose limits are shorter; drugs taken when needed; one prescription split into several."
innocent_zh = "不计入：未纳入基金支付的明细；已记录理由（高龄、偏远、外出、节假日等）；仅开最小包装一盒；中药饮片；零售药店、住院及出院带药；超出限度十分之一以内。数据无法识别：麻醉、精神药品（限度更短）；按需使用的药品；分解处方。"
because    = "Billed on {day} for {billed} days; at such a visit {allowed} are allowed"
because_zh = "{day}开具{billed}天用量，该类就诊限{allowed}天"

[parameters.ordinary]
value  = 7
source = "Prescription Administration Measures, art. 19: usually not more than 7 days"
since  = 2026-04-01

[parameters.emergency]
value  = 3
source = "Prescription Administration Measures, art. 19: usually not more than 3 days in an emergency"
since  = 2026-04-01

[parameters.lasting]
value  = 30
source = "catalogue A14, CHRONIC_DAYS: lasting illness at an ordinary visit; starting value, not law"
since  = 2026-04-01

[parameters.certified]
value  = 84
source = "catalogue A14, LONG_DAYS: long-term prescriptions, up to 12 weeks; from a secondary page, to be confirmed"
since  = 2026-04-01

[parameters.tolerance]
value  = 10
source = "catalogue A14, TOL: per cent over the limit that are let pass; starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
code_list = """
list            | code
lasting_illness | I10.x00
another         | J06.900
"""

[examples."Amlodipine for 180 days at an ordinary visit without a chronic disease, and with one · 普通门诊开氨氯地平180天：无慢性病诊断、有慢性病诊断"]
charge = """
charge | claim | item                    | quantity | days | amount | flagged
a      | c1    | XY01AAS003A001010100001 | 6        | 180  | 180.00 | 173.00 high
b      | c2    | XY01AAS003A001010100001 | 6        | 180  | 180.00 | 150.00
c      | c2    | XY01AAS003A001010100001 | 2        | 33   | 33.00  |
d      | c2    | XY01AAS003A001010100001 | 2        | 34   | 34.00  | 4.00
"""
diagnosis = """
claim | code
c1    | J06.900
c2    | J06.900
c2    | I10.x00
"""

[examples]
"Certified as chronic: 84 days; 92, and 93 · 慢特病门诊：84天；92天、93天" = """
charge | item                    | kind    | quantity | days | amount | flagged
a      | XY01AAS003A001010100001 | chronic | 3        | 84   | 84.00  |
b      | XY01AAS003A001010100001 | chronic | 3        | 92   | 92.00  |
c      | XY01AAS003A001010100001 | chronic | 3        | 93   | 93.00  | 9.00
"""
"Cefaclor for ten days in an emergency; for three and for four · 急诊开头孢克洛10天；3天、4天" = """
charge | item                    | kind      | quantity | days | amount | flagged
a      | XY01AAS009A001010100001 | emergency | 2        | 10   | 40.00  | 28.00
b      | XY01AAS009A001010100001 | emergency | 2        | 3    | 12.00  |
c      | XY01AAS009A001010100001 | emergency | 2        | 4    | 16.00  | 4.00
"""
"At an ordinary visit seven days, and eight; ten days in one pack; in two · 普通门诊7天、8天；一盒10天；两盒10天" = """
charge | item                    | quantity | days | amount | flagged
a      | XY01AAS009A001010100001 | 2        | 7    | 14.00  |
b      | XY01AAS009A001010100001 | 2        | 8    | 16.00  | 2.00
c      | XY01AAS009A001010100001 | 1        | 10   | 20.00  |
d      | XY01AAS009A001010100001 | 1.5      | 10   | 20.00  | 6.00
"""
"The person pays alone; a recorded reason; a slice; at a pharmacy; in a stay · 全自费；已记录理由；中药饮片；零售药店；住院" = """
charge | item                    | kind      | quantity | days | reason   | amount | eligible | flagged
a      | XY01AAS009A001010100001 |           | 2        | 14   |          | 28.00  | 0.00     |
b      | XY01AAS009A001010100001 |           | 2        | 14   |          | 28.00  | 0.01     | 14.00
c      | XY01AAS009A001010100001 |           | 2        | 14   | 外出务工 | 28.00  |          |
d      | T990000001              |           | 210      | 14   |          | 28.00  |          |
e      | XY01AAS009A001010100001 | pharmacy  | 2        | 14   |          | 28.00  |          |
f      | XY01AAS009A001010100001 | inpatient | 2        | 14   |          | 28.00  |          |
"""
*/
WITH lasting AS (  -- claims with a lasting illness
    SELECT DISTINCT d.claim FROM diagnosis AS d JOIN code_list AS l ON l.code = d.code WHERE l.list = 'lasting_illness'
), limited AS (  -- what visits gave to take home, and for how many days they may
    SELECT
        c.institution, c.claim, c.charge, c.item, c.day, c.kind, c.quantity, c.amount, c.days,
        CASE
            WHEN c.kind = 'emergency' THEN $emergency
            WHEN c.kind = 'chronic' THEN $certified
            WHEN g.claim IS NOT NULL THEN $lasting
            ELSE $ordinary END AS allowed
    FROM charge AS c
    LEFT JOIN lasting AS g ON g.claim = c.claim
    WHERE c.item_kind = 'drug' AND c.kind IN ('outpatient', 'emergency', 'chronic') AND c.quantity > 10000
        AND c.eligible > 0 AND c.reason IS NULL
)
SELECT
    l.institution, l.claim, l.charge, share(l.amount, l.days - l.allowed, l.days) AS at_stake,
    share(l.quantity, l.days - l.allowed, l.days) AS units,
    l.item, l.day, l.kind, l.quantity, l.days AS billed, l.allowed
FROM limited AS l
WHERE l.days * 100 > l.allowed * (100 + $tolerance)
