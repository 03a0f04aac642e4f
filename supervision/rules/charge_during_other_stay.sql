/*
title      = "Charged elsewhere during a stay"
title_zh   = "住院期间他院收费"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (1), art. 40 (3); national list of rule types 2025, nominal admissions"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第一项、第四十条第三项；国家两库（2025年版）挂床住院相关规则"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S3"
violations = ["V02", "V17"]
natl_rule  = ["频繁门诊", "挂床住院线索"]
about      = "A person who lay in one institution was billed a visit by another. Either the person was not there, or did not really lie in the first. The days of admission and discharge are left free at both ends. The whole line of the visit is at stake; the stay is shown beside it, for it may be the false one."
about_zh   = "参保人在一家机构住院期间，另一家机构为其收取门诊或购药费用：或者本人未到该处，或者住院不实。入院日、出院日前后各留出规定天数。涉及金额为院外明细全额；该次住院一并列示，其本身可能不实。"
innocent   = "Left out: stays at two institutions at once, which is another rule's business; dialysis and what else an inpatient may be sent for; drugs of a chronic-disease visit, which the family may fetch; lines that nobody asked the fund to pay; newborns on their mother's account; lines reversed. A lead only: other drugs, which the family may collect as well. Slight suspicion: examinations and tests, which the ward may have ordered elsewhere; and days on which the hospital charged no bed, for the person may have been on leave, or the discharge was posted late. Not visible in the data: who ordered a scan; a leave with its sick note; which institutions belong to one medical consortium."
innocent_zh = "不计入：两家机构同时住院（属其他规则）；透析等住院患者可外送的项目；可由家属代取的门慢门特药品；未纳入基金支付的明细；母婴共用账户；已冲销明细。仅作线索：其他药品（家属也可能代取）。降为轻度可疑：检查、检验（可能由病区外送）；住院机构当日未收床位费的（可能请假或出院登记滞后）。数据无法识别：检查由谁开具；有假条的请假；哪些机构属同一医联体。"
because    = "Billed on {day}, while the person lay in {other_institution} from {other_admitted} to {other_discharged}"
because_zh = "{day}计费，参保人{other_admitted}至{other_discharged}在{other_institution}住院"
back       = 3
ahead      = 3  # the stay may be settled later than the visit

[parameters.margin]
value  = 1
source = "catalogue B32, MARGIN: starting value, not law"
since  = 2026-04-01

[columns]
quantity          = "qty"
other_institution = "institution"

[given]
k_sent_out = """
item            | name
003110000060000 | 血液透析
"""
k_bed = """
item            | name
001109000010000 | 普通病房床位费
"""
history = """
charge | claim | institution | member | item            | kind      | day
w1     | s     | North       | Li     | 001109000010000 | inpatient | 2026-06-02
w2     | s     | North       | Li     | 001109000010000 | inpatient | 2026-06-05
w3     | s     | North       | Li     | 001109000010000 | inpatient | 2026-06-09
"""
stay_history = """
claim | institution | member | admitted            | discharged
s     | North       | Li     | 2026-06-01 09:00:00 | 2026-06-10 10:00:00
"""

[examples]
"In North from 1 to 10 June, drugs from a pharmacy and an injection at South on the 5th · 6月1日至10日在甲院住院，5日在药店购药、在乙院注射" = """
charge | claim | member | institution | kind       | item            | item_kind | category | day        | amount | flagged
a      | v     | Li     | Pharmacy    | pharmacy   | X               | drug      | 09       | 2026-06-05 | 300.00 | 300.00 lead
b      | w     | Li     | South       | outpatient | 009901000220000 | service   | 05       | 2026-06-05 | 80.00  | 80.00 high
c      | x     | Li     | South       | outpatient | T               | slice     | 10       | 2026-06-05 | 800.00 | 800.00 lead
d      | y     | Wu     | South       | outpatient | 009901000220000 | service   | 05       | 2026-06-05 | 80.00  |
e      | z     | Li     | North       | outpatient | 009901000220000 | service   | 05       | 2026-06-05 | 80.00  |
f      | u     | Li     | South       | inpatient  | 009901000220000 | service   | 05       | 2026-06-05 | 80.00  |
"""
"Dialysis at South; on the days of admission and discharge, the day after the one and before the other · 在乙院透析；入院日、出院日，及其次日、前一日" = """
charge | claim | member | institution | kind       | item            | day        | flagged
a      | v     | Li     | South       | outpatient | 003110000060000 | 2026-06-05 |
b      | w     | Li     | South       | outpatient | 009901000220000 | 2026-06-01 |
c      | x     | Li     | South       | outpatient | 009901000220000 | 2026-06-10 |
d      | y     | Li     | South       | outpatient | 009901000220000 | 2026-06-02 | high
e      | z     | Li     | South       | outpatient | 009901000220000 | 2026-06-09 | high
"""
"A scan or a test may have been ordered by the ward; a day without a bed may be one of leave · 检查、检验可能由病区外送；未收床位费的日期可能为请假" = """
charge | claim | member | institution | kind       | item            | category | day        | flagged
a      | v     | Li     | South       | outpatient | 002103000010000 | 03       | 2026-06-05 | low
b      | v     | Li     | South       | outpatient | 009901000010000 | 04       | 2026-06-05 | low
c      | v     | Li     | South       | outpatient | 009901000220000 | 05       | 2026-06-06 | low
"""
"Drugs of a chronic-disease visit, a service of it, a slice of it · 门慢门特药品；门慢门特服务、饮片" = """
charge | claim | member | institution | kind    | item            | item_kind | category | day        | flagged
a      | v     | Li     | South       | chronic | X               | drug      | 09       | 2026-06-05 |
b      | v     | Li     | South       | chronic | 009901000220000 | service   | 05       | 2026-06-05 | high
c      | v     | Li     | South       | chronic | T               | slice     | 10       | 2026-06-05 | lead
d      | w     | Li     | South       | outpatient | X            | drug      | 09       | 2026-06-05 | lead
"""
"The person pays alone; a newborn on the account · 全自费；母婴共用账户" = """
charge | claim | member | institution | kind       | item            | day        | newborn | amount | eligible | flagged
a      | v     | Li     | South       | outpatient | 009901000220000 | 2026-06-05 |         | 80.00  | 0.00     |
b      | w     | Li     | South       | outpatient | 009901000220000 | 2026-06-05 | yes     | 80.00  |          |
c      | x     | Li     | South       | outpatient | 009901000220000 | 2026-06-05 |         | 80.00  | 0.01     | 80.00
"""

[examples."The stay is one of a newborn on the mother's account; not yet ended; within two stays the line is accused once · 新生儿使用母亲账户住院；尚未出院；处于两次住院期间只计一次"]
stay_history = """
claim | institution | member | admitted            | discharged          | newborn
s     | North       | Li     | 2026-06-01 09:00:00 | 2026-06-10 10:00:00 | yes
t     | North       | Wu     | 2026-06-01 09:00:00 | -                   |
u     | North       | Xu     | 2026-06-01 09:00:00 | 2026-06-10 10:00:00 |
w     | East        | Xu     | 2026-06-02 09:00:00 | 2026-06-10 10:00:00 |
"""
charge = """
charge | claim | member | institution | kind       | item            | day        | amount | flagged
a      | v     | Li     | South       | outpatient | 009901000220000 | 2026-06-05 | 80.00  |
b      | x     | Wu     | South       | outpatient | 009901000220000 | 2026-06-05 | 80.00  |
c      | y     | Xu     | South       | outpatient | 009901000220000 | 2026-06-05 | 80.00  | 80.00
"""

[examples."A bed of another stay, or a ward round, is no bed of this one · 其他住院的床位费、诊查费不算"]
history = """
charge | claim | institution | member | item            | kind      | day
w1     | t     | North       | Wu     | 001109000010000 | inpatient | 2026-06-05
w2     | s     | North       | Li     | 001102000050000 | inpatient | 2026-06-05
"""
charge = """
charge | claim | member | institution | kind       | item            | day        | flagged
a      | v     | Li     | South       | outpatient | 009901000220000 | 2026-06-05 | low
"""

[examples."Of two stays elsewhere the first counts, with its beds · 两次院外住院以先入院的一次为准"]
stay_history = """
claim | institution | member | admitted            | discharged
s     | North       | Li     | 2026-06-01 09:00:00 | 2026-06-10 10:00:00
t     | East        | Li     | 2026-06-02 09:00:00 | 2026-06-10 10:00:00
"""
charge = """
charge | claim | member | institution | kind       | item            | day        | flagged
a      | v     | Li     | South       | outpatient | 009901000220000 | 2026-06-05 | high
"""

[examples."A point holds on its days and in its place · 知识点在有效期和适用地区内有效"]
k_sent_out = """
item            | name       | place  | until
003110000060000 | 血液透析   | 000000 | 2026-06-05
003110000080000 | 血液透析滤过 | 990200 | 9999-12-31
"""
charge = """
charge | claim | member | institution | kind       | item            | day        | flagged
a      | v     | Li     | South       | outpatient | 003110000060000 | 2026-06-05 |
b      | v     | Li     | South       | outpatient | 003110000060000 | 2026-06-06 | yes
c      | v     | Li     | South       | outpatient | 003110000080000 | 2026-06-05 | yes
"""
*/
WITH away AS (  -- each line of a visit that lies within a stay elsewhere, with the first such stay
    SELECT
        c.institution, c.claim, c.charge, c.amount, c.item, c.item_kind, c.category, c.kind, c.day, c.quantity,
        s.claim AS other_claim, s.institution AS other_institution, s.admitted AS other_admitted, s.discharged AS other_discharged,
        row_number() OVER (PARTITION BY c.charge ORDER BY s.admitted, s.claim) AS place
    FROM charge AS c
    JOIN stay_history AS s ON s.member = c.member AND s.institution <> c.institution
    WHERE c.kind <> 'inpatient' AND c.eligible > 0 AND NOT c.newborn AND NOT s.newborn
        AND date_diff('day', s.admitted_on, c.day) >= $margin AND date_diff('day', c.day, s.discharged_on) >= $margin
        AND NOT (c.kind = 'chronic' AND c.item_kind = 'drug')
        AND NOT EXISTS (SELECT 1 FROM k_sent_out AS k WHERE k.item = c.item AND in_force(k, c))
), judged AS (
    SELECT
        a.*, CASE
            WHEN a.item_kind IN ('drug', 'slice') THEN 'lead'
            WHEN a.category IN ('03', '04') THEN 'low'
            WHEN EXISTS (
                SELECT 1 FROM history AS h JOIN k_bed AS k ON k.item = h.item
                WHERE h.claim = a.other_claim AND h.day = a.day) THEN 'high'
            ELSE 'low' END AS certainty
    FROM away AS a
    WHERE a.place = 1
)
SELECT
    j.institution, j.claim, j.charge, 'accused' AS role, j.amount AS at_stake, j.certainty, j.charge AS finding,
    j.item, j.kind, j.day, j.quantity, j.other_claim, j.other_institution, j.other_admitted, j.other_discharged
FROM judged AS j
UNION ALL
SELECT
    j.other_institution, j.other_claim, NULL, 'involved', 0, j.certainty, j.charge,
    j.item, j.kind, j.day, NULL, j.other_claim, j.other_institution, j.other_admitted, j.other_discharged
FROM judged AS j
