/*
title      = "Too much, or too many slices"
title_zh   = "中药饮片超量、超大处方"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (2); Chinese Pharmacopoeia, part I; national list of rule types 2025, no. 76 and 77"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第二项；《中国药典》一部；国家两库（2025年版）第76类、第77类规则"
stage      = "trial"
moments    = ["remind", "review", "audit"]
certainty  = "high"
severity   = "S2"
violations = ["V05"]
natl_rule  = ["中药饮片超大处方", "中药饮片超量上传"]
about      = "A slice of Chinese medicine was billed at more than a multiple of its highest daily dose: at stake is what lies over that dose. Or one prescription holds more slices than usual: only a reminder, with the lines asked of the fund at stake. Slices of one person, institution, doctor and day are one prescription; its lines of one slice are added, and the longest of their days counts."
about_zh   = "饮片日用量超过规定最高日用量的倍数：涉及金额为超过最高日用量的部分。或一张处方的味数超过限度：仅作提醒，涉及金额为其中纳入基金支付的明细。同一患者、同一机构、同一医师、同日的饮片视为一张处方；同一饮片多条合并计算，天数取最长者。"
innocent   = "Left out: lines that nobody asked the fund to pay; a recorded reason, such as a renowned doctor's signature; slices of which no highest dose is known. Quantities are grams. Not visible in the data: washes for outward use; doses by weight for children; how many doses a day."
innocent_zh = "不计入：未纳入基金支付的明细；已记录理由（如名老中医签字）；无最高日用量知识点的饮片。数量以克计。数据无法识别：外洗方；儿童按体重用药；每日剂数。"
because    = "Slices billed on {day}: {said_words}"
because_zh = "{day}开具饮片：{said_zh}"
back       = 1

[parameters.slices]
value  = 20
source = "catalogue A26, MAX_SLICES: threshold for a look, not law"
since  = 2026-04-01

[parameters.times]
value  = 2
source = "catalogue A26, DOSE_MULT: multiple of the highest daily dose that is let pass; starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
k_slice_dose = """
item       | name   | most
T990000012 | 附子   | 15
T990000013 | 法半夏 | 9
"""

[examples]
"Twenty-one slices in one prescription, of which the person pays for one; twenty; drugs that are no slices, and another institution · 一张处方21味（其中一味自费）、20味；非饮片、其他机构不计" = """
charge | member | institution | item | amount | eligible | flagged
s01    | Li     |             | T01  | 1.00   | 0.01     | 1.00 remind
s02    | Li     |             | T02  | 1.00   | 0.00     |
s03    | Li     |             | T03  | 1.00   |          | 1.00 remind
s04    | Li     |             | T04  | 1.00   |          | 1.00 remind
s05    | Li     |             | T05  | 1.00   |          | 1.00 remind
s06    | Li     |             | T06  | 1.00   |          | 1.00 remind
s07    | Li     |             | T07  | 1.00   |          | 1.00 remind
s08    | Li     |             | T08  | 1.00   |          | 1.00 remind
s09    | Li     |             | T09  | 1.00   |          | 1.00 remind
s10    | Li     |             | T10  | 1.00   |          | 1.00 remind
s11    | Li     |             | T11  | 1.00   |          | 1.00 remind
s12    | Li     |             | T12  | 1.00   |          | 1.00 remind
s13    | Li     |             | T13  | 1.00   |          | 1.00 remind
s14    | Li     |             | T14  | 1.00   |          | 1.00 remind
s15    | Li     |             | T15  | 1.00   |          | 1.00 remind
s16    | Li     |             | T16  | 1.00   |          | 1.00 remind
s17    | Li     |             | T17  | 1.00   |          | 1.00 remind
s18    | Li     |             | T18  | 1.00   |          | 1.00 remind
s19    | Li     |             | T19  | 1.00   |          | 1.00 remind
s20    | Li     |             | T20  | 1.00   |          | 1.00 remind
s21    | Li     |             | T21  | 1.00   |          | 1.00 remind
t01    | Wu     |             | T01  | 1.00   |          |
t02    | Wu     |             | T02  | 1.00   |          |
t03    | Wu     |             | T03  | 1.00   |          |
t04    | Wu     |             | T04  | 1.00   |          |
t05    | Wu     |             | T05  | 1.00   |          |
t06    | Wu     |             | T06  | 1.00   |          |
t07    | Wu     |             | T07  | 1.00   |          |
t08    | Wu     |             | T08  | 1.00   |          |
t09    | Wu     |             | T09  | 1.00   |          |
t10    | Wu     |             | T10  | 1.00   |          |
t11    | Wu     |             | T11  | 1.00   |          |
t12    | Wu     |             | T12  | 1.00   |          |
t13    | Wu     |             | T13  | 1.00   |          |
t14    | Wu     |             | T14  | 1.00   |          |
t15    | Wu     |             | T15  | 1.00   |          |
t16    | Wu     |             | T16  | 1.00   |          |
t17    | Wu     |             | T17  | 1.00   |          |
t18    | Wu     |             | T18  | 1.00   |          |
t19    | Wu     |             | T19  | 1.00   |          |
t20    | Wu     |             | T20  | 1.00   |          |
u      | Li     |             | X1   | 1.00   |          |
v      | Wu     |             | X1   | 1.00   |          |
w      | Li     | South       | T01  | 1.00   |          |
"""
"Aconite at 60 g a day, at 30 g, at 30.1 g; for seven days · 附子每日60克、30克、30.1克；7日量" = """
charge | member | item       | quantity | days | amount | flagged
a      | Li     | T990000012 | 60       | 1    | 12.00  | 9.00 high
b      | Wu     | T990000012 | 30       | 1    | 6.00   |
c      | Xu     | T990000012 | 30.1     | 1    | 6.02   | 3.02
d      | Sun    | T990000012 | 420      | 7    | 84.00  | 63.00
e      | Zhao   | T990000012 | 210      | 7    | 42.00  |
"""
"Fourteen slices with usual doses · 14味、常用量" = """
charge | member | item       | quantity | amount
a      | Li     | T990000012 | 15       | 3.00
b      | Li     | T990000013 | 9        | 1.80
c      | Li     | T02        | 10       | 1.00
d      | Li     | T03        | 10       | 1.00
e      | Li     | T04        | 10       | 1.00
f      | Li     | T05        | 10       | 1.00
g      | Li     | T06        | 10       | 1.00
h      | Li     | T07        | 10       | 1.00
i      | Li     | T08        | 10       | 1.00
j      | Li     | T09        | 10       | 1.00
k      | Li     | T10        | 10       | 1.00
l      | Li     | T11        | 10       | 1.00
m      | Li     | T12        | 10       | 1.00
n      | Li     | T13        | 10       | 1.00
"""
"One slice on two lines of a prescription; another slice, day, person, institution or doctor · 同一饮片在同一处方分两条；不同饮片、日期、患者、机构、医师" = """
charge | member | institution | practitioner | done_at             | item       | quantity | days | amount | flagged
a      | Li     | North       | d1           | 2026-03-05 09:00:00 | T990000012 | 70       | 7    | 14.00  |
b      | Li     | North       | d1           | 2026-03-05 09:00:00 | T990000012 | 175      | 5    | 35.00  | 28.00
c      | Li     | North       | d1           | 2026-03-05 08:00:00 | T990000013 | 63       | 7    | 12.60  |
d      | Li     | North       | d1           | 2026-03-04 08:00:00 | T990000012 | 70       | 7    | 14.00  |
e      | Li     | South       | d1           | 2026-03-05 08:00:00 | T990000012 | 70       | 7    | 14.00  |
f      | Li     | North       | d2           | 2026-03-05 08:00:00 | T990000012 | 70       | 7    | 14.00  |
g      | Xu     | North       | d1           | 2026-03-05 08:00:00 | T990000012 | 70       | 7    | 14.00  |
h      | Wu     | North       | d1           | 2026-03-05 09:00:00 | T990000012 | 175      | 7    | 35.00  |
i      | Sun    | North       | d1           | 2026-03-05 09:10:00 | T990000012 | 175      | 7    | 35.00  |
j      | Wu     | North       | d1           | 2026-03-06 09:00:00 | T990000012 | 175      | 7    | 35.00  |
k      | Wu     | South       | d1           | 2026-03-05 09:00:00 | T990000012 | 175      | 7    | 35.00  |
l      | Wu     | North       | d2           | 2026-03-05 09:00:00 | T990000012 | 175      | 7    | 35.00  |
m      | Sun    | North       | d1           | 2026-03-05 09:00:00 | T990000013 | 63       | 7    | 12.60  |
"""
"The person pays alone; a reason is recorded; a doctor not known · 全自费；已记录理由；医师不详" = """
charge | member | practitioner | item       | quantity | amount | eligible | reason     | flagged
a      | Li     | d1           | T990000012 | 60       | 12.00  | 0.00     |            |
b      | Wu     | d1           | T990000012 | 60       | 12.00  |          | 名老中医签字 |
c      | Xu     | -            | T990000012 | 60       | 12.00  | 0.01     |            | 9.00
"""
"A point holds on its days and in its place · 知识点在有效期和适用地区内有效" = """
charge | member | item       | quantity | day        | province | area   | flagged
a      | Li     | T990000012 | 60       | 1999-12-31 |          |        |
b      | Wu     | T990000012 | 60       | 2000-01-01 | 330000   | 330100 | yes
"""
"Twenty-one slices of two doctors; with a reason · 21味分属两名医师；已记录理由" = """
charge | member | practitioner | item | amount | reason | flagged
d01    | Zhao   | d1           | T01  | 1.00   |        |
d02    | Zhao   | d1           | T02  | 1.00   |        |
d03    | Zhao   | d1           | T03  | 1.00   |        |
d04    | Zhao   | d1           | T04  | 1.00   |        |
d05    | Zhao   | d1           | T05  | 1.00   |        |
d06    | Zhao   | d1           | T06  | 1.00   |        |
d07    | Zhao   | d1           | T07  | 1.00   |        |
d08    | Zhao   | d1           | T08  | 1.00   |        |
d09    | Zhao   | d1           | T09  | 1.00   |        |
d10    | Zhao   | d1           | T10  | 1.00   |        |
d11    | Zhao   | d2           | T11  | 1.00   |        |
d12    | Zhao   | d2           | T12  | 1.00   |        |
d13    | Zhao   | d2           | T13  | 1.00   |        |
d14    | Zhao   | d2           | T14  | 1.00   |        |
d15    | Zhao   | d2           | T15  | 1.00   |        |
d16    | Zhao   | d2           | T16  | 1.00   |        |
d17    | Zhao   | d2           | T17  | 1.00   |        |
d18    | Zhao   | d2           | T18  | 1.00   |        |
d19    | Zhao   | d2           | T19  | 1.00   |        |
d20    | Zhao   | d2           | T20  | 1.00   |        |
d21    | Zhao   | d2           | T21  | 1.00   |        |
e01    | Qian   | d1           | T01  | 1.00   |        |
e02    | Qian   | d1           | T02  | 1.00   |        |
e03    | Qian   | d1           | T03  | 1.00   | 签字   |
e04    | Qian   | d1           | T04  | 1.00   |        |
e05    | Qian   | d1           | T05  | 1.00   |        |
e06    | Qian   | d1           | T06  | 1.00   |        |
e07    | Qian   | d1           | T07  | 1.00   |        |
e08    | Qian   | d1           | T08  | 1.00   |        |
e09    | Qian   | d1           | T09  | 1.00   |        |
e10    | Qian   | d1           | T10  | 1.00   |        |
e11    | Qian   | d1           | T11  | 1.00   |        |
e12    | Qian   | d1           | T12  | 1.00   |        |
e13    | Qian   | d1           | T13  | 1.00   |        |
e14    | Qian   | d1           | T14  | 1.00   |        |
e15    | Qian   | d1           | T15  | 1.00   |        |
e16    | Qian   | d1           | T16  | 1.00   |        |
e17    | Qian   | d1           | T17  | 1.00   |        |
e18    | Qian   | d1           | T18  | 1.00   |        |
e19    | Qian   | d1           | T19  | 1.00   |        |
e20    | Qian   | d1           | T20  | 1.00   |        |
e21    | Qian   | d1           | T21  | 1.00   |        |
"""
"A slice over its dose in a prescription of too many is accused for its dose · 超大处方中超量的饮片按超量计" = """
charge | member | item       | quantity | amount | flagged
a01    | Li     | T01        | 10       | 1.00   | 1.00 remind
a02    | Li     | T02        | 10       | 1.00   | 1.00 remind
a03    | Li     | T03        | 10       | 1.00   | 1.00 remind
a04    | Li     | T04        | 10       | 1.00   | 1.00 remind
a05    | Li     | T05        | 10       | 1.00   | 1.00 remind
a06    | Li     | T06        | 10       | 1.00   | 1.00 remind
a07    | Li     | T07        | 10       | 1.00   | 1.00 remind
a08    | Li     | T08        | 10       | 1.00   | 1.00 remind
a09    | Li     | T09        | 10       | 1.00   | 1.00 remind
a10    | Li     | T10        | 10       | 1.00   | 1.00 remind
a11    | Li     | T11        | 10       | 1.00   | 1.00 remind
a12    | Li     | T12        | 10       | 1.00   | 1.00 remind
a13    | Li     | T13        | 10       | 1.00   | 1.00 remind
a14    | Li     | T14        | 10       | 1.00   | 1.00 remind
a15    | Li     | T15        | 10       | 1.00   | 1.00 remind
a16    | Li     | T16        | 10       | 1.00   | 1.00 remind
a17    | Li     | T17        | 10       | 1.00   | 1.00 remind
a18    | Li     | T18        | 10       | 1.00   | 1.00 remind
a19    | Li     | T19        | 10       | 1.00   | 1.00 remind
a20    | Li     | T20        | 10       | 1.00   | 1.00 remind
b      | Li     | T990000012 | 60       | 12.00  | 9.00 high
"""
*/
WITH dosed AS (  -- each line of a slice with a highest dose: what that dose allows for the prescription, and what it holds up to here
    SELECT
        c.institution, c.claim, c.charge, c.item, c.day, c.quantity, c.amount, c.eligible, k.point, k.name, k.most,
        k.most * max(c.days) OVER prescription AS allowed, sum(c.quantity) OVER prescription AS billed,
        sum(c.quantity) OVER so_far AS so_far
    FROM history AS c
    JOIN k_slice_dose AS k ON k.item = c.item
    WHERE in_force(k, c) AND c.reason IS NULL
    WINDOW prescription AS (PARTITION BY c.member, c.institution, c.day, c.practitioner, c.item),
        so_far AS (
            PARTITION BY c.member, c.institution, c.day, c.practitioner, c.item ORDER BY c.done_at, c.charge
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
), over_dose AS (
    SELECT d.* FROM dosed AS d WHERE d.billed > d.allowed * $times AND d.so_far > d.allowed AND d.eligible > 0
), large AS (  -- prescriptions of too many slices that nobody explained
    SELECT c.member, c.institution, c.day, coalesce(c.practitioner, '') AS doctor, count(DISTINCT c.item) AS slices
    FROM history AS c
    WHERE c.item_kind = 'slice' AND (c.member, c.day) IN (SELECT j.member, j.day FROM charge AS j WHERE j.item_kind = 'slice')
    GROUP BY c.member, c.institution, c.day, c.practitioner
    HAVING count(DISTINCT c.item) > $slices AND max(c.reason) IS NULL
)
SELECT
    d.institution, d.claim, d.charge, share(d.amount, d.so_far - d.allowed, d.quantity) AS at_stake, 'high' AS certainty,
    least(d.quantity, d.so_far - d.allowed) AS units,
    d.point, d.item, d.name, d.day, d.quantity,
    d.billed // 10000 || ' g of ' || d.name || ', ' || d.allowed // 10000 || ' g by its highest daily dose' AS said_words,
    d.name || '共' || d.billed // 10000 || '克，按最高日用量为' || d.allowed // 10000 || '克' AS said_zh
FROM over_dose AS d
WHERE d.charge IN (SELECT j.charge FROM charge AS j JOIN k_slice_dose AS k ON k.item = j.item)
UNION ALL
SELECT
    c.institution, c.claim, c.charge, c.amount, 'remind', NULL,
    NULL, c.item, NULL, c.day, c.quantity,
    'the prescription holds ' || l.slices || ' slices' AS said_words,
    '处方共' || l.slices || '味' AS said_zh
FROM charge AS c
JOIN large AS l ON l.member = c.member AND l.institution = c.institution AND l.day = c.day AND l.doctor = coalesce(c.practitioner, '')
WHERE c.item_kind = 'slice' AND c.eligible > 0 AND NOT EXISTS (SELECT 1 FROM over_dose AS d WHERE d.charge = c.charge)
