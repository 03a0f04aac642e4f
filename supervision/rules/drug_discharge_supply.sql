/*
title      = "Too much medicine taken home"
title_zh   = "出院带药超量"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (2); agreement of the institution with the agency"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第二项；医疗保障服务协议"
stage      = "trial"
moments    = ["review", "audit"]
certainty  = "high"
severity   = "S2"
violations = ["V05"]
natl_rule  = ["药品限最大开药天数/开药量"]
about      = "A drug billed in a stay lasts longer beyond the day of discharge than discharge medicine may: a week, or a month for a chronic illness among the diagnoses. At stake is the share of the days beyond. An injection given home is at stake as a whole, unless it is one that persons inject themselves, which stands on no list."
about_zh   = "住院期间计费的药品，其供药期超过出院日后允许的带药天数（一般7天，诊断含慢性病的可至一个月）。涉及金额为超出天数所占份额；带走注射剂的，除可自行注射的品种（不列入清单）外，涉及金额为全额。"
innocent   = "Left out: a single pack, which cannot be opened; tuberculosis and transplants; persons insured elsewhere, who live far away; lines with a recorded reason; lines that nobody asked the fund to pay; newborns on their mother's account; stays that are not ended. Not visible in the data: which lines were prescribed for discharge, so medicine posted without its days of supply is not seen, and medicine billed early and not used up may be."
innocent_zh = "不计入：不可拆零的单盒；结核病、器官移植；异地参保人员；已记录理由的明细；未纳入基金支付的明细；母婴共用账户；未出院的住院。数据无法识别：明细是否为出院带药，未填供药天数的带药无法发现，提前计费而未用完的可能误列。"
because    = "{name}: {days} days were billed on {day}, which lasts {beyond} days from the discharge on {discharged_on}; {most} are allowed"
because_zh = "{day}计费{name}{days}天，自{discharged_on}出院起尚可用{beyond}天，最多{most}天"

[parameters.general]
value  = 7
source = "catalogue A20, DC_GENERAL: usual clause of agreements; starting value, not law"
since  = 2026-04-01

[parameters.chronic]
value  = 30
source = "catalogue A20, DC_CHRONIC: usual clause of agreements; starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
k_injection = """
item                    | name
XY01AAS315A001010100001 | 脂肪乳注射液
"""
code_list = """
list              | code
discharge_chronic | I10.x00
discharge_exempt  | A15.000
enteritis         | A09.900
"""

[examples."Cefuroxime for 30 days; amlodipine for 30 days, with high blood pressure; a lipid emulsion · 出院带头孢呋辛30天；高血压带氨氯地平30天；带脂肪乳注射液"]
stay = """
claim | admitted   | discharged
s     | 2026-03-01 | 2026-03-05
t     | 2026-03-01 | 2026-03-05
u     | 2026-03-01 | 2026-03-05
"""
charge = """
charge | claim | member | kind      | item                    | day        | days | quantity | amount | flagged
a      | s     | Li     | inpatient | XY01AAS009A001010100001 | 2026-03-05 | 30   | 10       | 300.00 | 230.00 high
b      | t     | Wu     | inpatient | XY01AAS003A001010100001 | 2026-03-05 | 30   | 4        | 40.00  |
c      | u     | Xu     | inpatient | XY01AAS315A001010100001 | 2026-03-05 | 2    | 1        | 80.00  | 80.00
d      | u     | Xu     | inpatient | XY01AAS315A001010100001 | 2026-03-04 | 2    | 1        | 80.00  |
e      | u     | Xu     | inpatient | XY01AAS007A001010100001 | 2026-03-05 | 7    | 2        | 80.00  |
"""
diagnosis = """
claim | code
t     | I10.x00
u     | A09.900
"""

[examples."Seven days and eight; thirty and thirty-one with a chronic illness; supply begun two days before the discharge; one day posted late · 7天、8天；慢性病30天、31天；出院前两日开始的供药；一日用药延后记账"]
stay = """
claim | admitted   | discharged
s     | 2026-03-01 | 2026-03-05
t     | 2026-03-01 | 2026-03-05
"""
charge = """
charge | claim | member | kind      | item                    | day        | days | quantity | amount | flagged
a      | s     | Li     | inpatient | XY01AAS009A001010100001 | 2026-03-05 | 7    | 2        | 70.00  |
b      | s     | Li     | inpatient | XY01AAS010A001010100001 | 2026-03-05 | 8    | 2        | 80.00  | 10.00
c      | t     | Wu     | inpatient | XY01AAS003A001010100001 | 2026-03-05 | 30   | 4        | 60.00  |
d      | t     | Wu     | inpatient | XY01AAS004A001010100001 | 2026-03-05 | 31   | 4        | 62.00  | 2.00
e      | s     | Li     | inpatient | XY01AAS011A001010100001 | 2026-03-03 | 10   | 4        | 100.00 | 10.00
f      | s     | Li     | inpatient | XY01AAS013A001010100001 | 2026-03-14 | 1    | 4        | 100.00 |
"""
diagnosis = """
claim | code
t     | I10.x00
"""

[examples."A single pack; tuberculosis; a person insured elsewhere; a recorded reason; paid alone; a newborn on the account; not ended · 单盒；结核病；异地参保；已记录理由；自费；母婴共用账户；未出院"]
stay = """
claim | admitted   | discharged | insured_area
s     | 2026-03-01 | 2026-03-05 |
t     | 2026-03-01 | 2026-03-05 |
u     | 2026-03-01 | 2026-03-05 | 330100
v     | 2026-03-01 | -          |
"""
charge = """
charge | claim | kind      | item                    | day        | days | quantity | amount | reason | eligible | newborn | flagged
a      | s     | inpatient | XY01AAS009A001010100001 | 2026-03-05 | 30   | 1        | 30.00  |        |          |         |
b      | s     | inpatient | XY01AAS009A001010100001 | 2026-03-05 | 30   | 1.0001   | 30.00  |        |          |         | 23.00
c      | t     | inpatient | XY01AAS009A001010100001 | 2026-03-05 | 30   | 2        | 30.00  |        |          |         |
d      | u     | inpatient | XY01AAS009A001010100001 | 2026-03-05 | 30   | 2        | 30.00  |        |          |         |
e      | s     | inpatient | XY01AAS009A001010100001 | 2026-03-05 | 30   | 2        | 30.00  | 海岛   |          |         |
f      | s     | inpatient | XY01AAS009A001010100001 | 2026-03-05 | 30   | 2        | 30.00  |        | 0.00     |         |
g      | s     | inpatient | XY01AAS009A001010100001 | 2026-03-05 | 30   | 2        | 30.00  |        | 0.01     |         | 23.00
h      | s     | inpatient | XY01AAS009A001010100001 | 2026-03-05 | 30   | 2        | 30.00  |        |          | yes     |
i      | v     | inpatient | XY01AAS009A001010100001 | 2026-03-05 | 30   | 2        | 30.00  |        |          |         |
j      | s     | inpatient | C9900000000000000010    | 2026-03-05 | 30   | 2        | 30.00  |        |          |         |
"""
diagnosis = """
claim | code
t     | A15.000
s     | A09.900
"""

[examples."A chronic illness is no exemption, a point holds on its days and in its place · 慢性病并非豁免；知识点在有效期和适用地区内有效"]
k_injection = """
item                    | name | place  | since      | until
XY01AAS315A001010100001 | 甲   | 000000 | 2026-03-01 | 2026-03-04
XY01AAS316A001010100001 | 乙   | 330000 |            |
"""
stay = """
claim | admitted   | discharged
s     | 2026-03-01 | 2026-03-05
"""
charge = """
charge | claim | kind      | item                    | day        | days | quantity | amount | flagged
a      | s     | inpatient | XY01AAS315A001010100001 | 2026-03-04 | 3    | 2        | 80.00  | 80.00
b      | s     | inpatient | XY01AAS315A001010100001 | 2026-03-05 | 2    | 2        | 80.00  |
c      | s     | inpatient | XY01AAS316A001010100001 | 2026-03-05 | 2    | 2        | 80.00  |
"""
*/
WITH beyond AS (  -- drugs of a stay that last beyond its discharge, with how many days may be taken home
    SELECT
        c.institution, c.claim, c.charge, c.item, c.day, c.days, c.quantity, c.amount, k.item IS NOT NULL AS injection, k.name,
        s.discharged_on, date_diff('day', s.discharged_on, days_after(c.day, c.days)) AS beyond,
        CASE WHEN EXISTS (
            SELECT 1 FROM diagnosis AS d JOIN code_list AS l ON l.code = d.code
            WHERE d.claim = c.claim AND l.list = 'discharge_chronic') THEN $chronic ELSE $general END AS most
    FROM charge AS c
    JOIN stay AS s ON s.claim = c.claim
    LEFT JOIN k_injection AS k ON k.item = c.item AND in_force(k, c)
    WHERE c.item_kind = 'drug' AND c.days > 1 AND c.eligible > 0 AND c.reason IS NULL AND NOT c.newborn AND s.insured_area = s.area
        AND NOT EXISTS (
            SELECT 1 FROM diagnosis AS d JOIN code_list AS l ON l.code = d.code
            WHERE d.claim = c.claim AND l.list = 'discharge_exempt')
)
SELECT
    b.institution, b.claim, b.charge,
    CASE WHEN b.injection THEN b.amount ELSE share(b.amount, b.beyond - b.most, b.days) END AS at_stake,
    CASE WHEN b.injection THEN b.quantity ELSE share(b.quantity, b.beyond - b.most, b.days) END AS units,
    b.item, coalesce(b.name, b.item) AS name, b.day, b.days, b.quantity, b.discharged_on, b.beyond,
    CASE WHEN b.injection THEN 0 ELSE b.most END AS most
FROM beyond AS b
WHERE (b.injection AND b.beyond > 1) OR (b.beyond > b.most AND b.quantity > 10000)
