/*
title      = "Treated elsewhere while in hospital"
title_zh   = "住院期间在他院门诊或药店产生费用"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (1)"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第一项"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S2"
violations = ["V02"]
natl_rule  = ["挂床住院"]
about      = "While a person lay in hospital, another institution or a pharmacy billed a service or a drug for that person: either the bed was held without care, or somebody else used the card. The day after admission and the day before discharge are let pass. At stake is the line billed elsewhere; the stay is shown beside it."
about_zh   = "参保人住院期间，另一机构门诊或药店为其发生费用：可能为挂床住院，也可能为他人使用其凭证。入院后、出院前各一天不计。涉及金额为院外明细全额，并列示该次住院。"
innocent   = "Left out: a visit with dialysis, which many hospitals cannot give; cancer drugs fetched at a pharmacy; drugs of a chronic-disease visit, which the family may fetch; mother and newborn on one account; lines the fund was not asked to pay; lines of which only the day is known. Slight suspicion: bought at a pharmacy, where the family may have used the card for the person; an examination, for which the hospital may have sent the person. Not visible in the data: a consultation ordered by the hospital; a visit posted on another day than it took place."
innocent_zh = "不计入：含透析的门诊；在药店购买的抗肿瘤药；可由家属代取的门慢门特药品；母婴共用账户；未纳入基金支付的明细；仅记日期、无时刻的明细。药店购药（可能由家属代购）、检查（可能由住院医院安排外检）为轻度可疑。数据无法识别：住院医院安排的会诊；门诊记账日期与就诊日期不一致。"
because    = "{item} was billed on {done_at}, while the person lay in {other_institution} from {admitted} to {discharged}"
because_zh = "{done_at}收取{item}费用，而参保人{admitted}至{discharged}在{other_institution}住院"
back       = 1
ahead      = 3  # a long stay is settled after the visits within it

[parameters.hours]
value  = 24
source = "catalogue D07, MARGIN: starting value, not law"
since  = 2026-04-01

[columns]
other_institution = "institution"
quantity          = "qty"

[given]
k_dialysis = """
item            | name
003110000060000 | 血液透析
"""

[examples."A decoction elsewhere on the fifth day of a stay · 住院第5天在他院门诊开中药"]
stay = """
claim | admitted            | discharged
s     | 2026-03-01 09:00:00 | 2026-03-10 09:00:00
"""
charge = """
charge | claim | institution | kind       | item | day        | amount | flagged
a      | v     | South       | outpatient | T1   | 2026-03-05 | 800.00 | 800.00 high
"""

[examples."Dialysis, with the heparin billed beside it; another person's visit · 透析及同次用药；他人的门诊"]
stay = """
claim | admitted            | discharged
s     | 2026-03-01 09:00:00 | 2026-03-10 09:00:00
"""
charge = """
charge | claim | member | institution | item            | day
a      | v     | Li     | South       | 003110000060000 | 2026-03-05
b      | v     | Li     | South       | X               | 2026-03-05
c      | w     | Wu     | South       | X               | 2026-03-05
"""

[examples."A day after admission and a day before discharge, and a second nearer · 入院后一天、出院前一天；再近一秒"]
stay = """
claim | admitted            | discharged
s     | 2026-03-01 09:00:00 | 2026-03-10 09:00:00
"""
charge = """
charge | claim | institution | item            | done_at             | flagged
a      | v     | South       | 009900000000001 | 2026-03-02 09:00:00 | yes
b      | w     | South       | 009900000000001 | 2026-03-02 08:59:59 |
c      | x     | South       | 009900000000001 | 2026-03-09 09:00:00 | yes
d      | y     | South       | 009900000000001 | 2026-03-09 09:00:01 |
"""

[examples."The same institution; a newborn, here or there; unpaid; without its hour; a line of a stay · 同一机构；母婴共用账户；未纳入支付；无时刻；住院明细"]
stay = """
claim | member | admitted            | discharged          | newborn
s     | Li     | 2026-03-01 09:00:00 | 2026-03-10 09:00:00 |
t     | Wu     | 2026-03-01 09:00:00 | 2026-03-10 09:00:00 | yes
"""
charge = """
charge | claim | member | institution | kind       | item            | done_at             | newborn | eligible
a      | v     | Li     | North       |            | 009900000000001 | 2026-03-05 10:00:00 |         |
b      | w     | Li     | South       |            | 009900000000001 | 2026-03-05 10:00:00 | yes     |
c      | x     | Wu     | South       |            | 009900000000001 | 2026-03-05 10:00:00 |         |
d      | y     | Li     | South       |            | 009900000000001 | 2026-03-05 10:00:00 |         | 0.00
e      | z     | Li     | South       |            | 009900000000001 | 2026-03-05 00:00:00 |         |
f      | u     | Li     | South       | inpatient  | 009900000000001 | 2026-03-05 10:00:00 |         |
"""

[examples."A pharmacy and an examination are slight; cancer drugs of a pharmacy and drugs of a chronic visit are let pass, services of it are not · 药店、检查为轻度可疑；药店抗肿瘤药、门慢药品不计，门慢服务计入"]
stay = """
claim | admitted            | discharged
s     | 2026-03-01 09:00:00 | 2026-03-10 09:00:00
"""
charge = """
charge | claim | institution | kind       | item                    | category | day        | flagged
a      | v     | South       | pharmacy   | XY01AAS001A001010100001 | 09       | 2026-03-05 | low
b      | w     | South       | outpatient | 002103000010000         | 03       | 2026-03-05 | low
c      | x     | South       | pharmacy   | XL01EXA350A001010183095 | 09       | 2026-03-05 |
d      | y     | South       | chronic    | XY01AAS001A001010100001 | 09       | 2026-03-05 |
e      | z     | South       | chronic    | 009900000000001         | 05       | 2026-03-05 | high
f      | u     | South       | outpatient | XL01EXA350A001010183095 | 09       | 2026-03-05 | high
g      | t     | South       | pharmacy   | XM01AAS001A001010100001 | 09       | 2026-03-05 | low
h      | r     | South       | pharmacy   | XL02AAS001A001010100001 | 09       | 2026-03-05 |
i      | q     | South       | pharmacy   | XL01                    | 09       | 2026-03-05 |
j      | p     | South       | pharmacy   | XL03                    | 09       | 2026-03-05 | low
k      | o     | South       | pharmacy   | XB01ACS001A001010100001 | 09       | 2026-03-05 | low
"""

[examples."The stay is settled months later; of two stays one is named · 住院在数月后结算；两次住院只列示一次"]
stay_history = """
claim | institution | admitted            | discharged
s     | North       | 2026-03-01 09:00:00 | 2026-05-10 09:00:00
t     | East        | 2026-03-01 09:00:00 | 2026-05-11 09:00:00
"""
charge = """
charge | claim | institution | item            | day        | amount | flagged
a      | v     | South       | 009900000000001 | 2026-03-05 | 80.00  | 80.00
"""
*/
WITH away AS (  -- each line of the month that another institution billed within a stay
    SELECT
        c.institution, c.claim, c.charge, c.amount, c.item, c.done_at, c.kind, c.quantity,
        CASE WHEN c.kind = 'pharmacy' OR c.category = '03' THEN 'low' ELSE 'high' END AS certainty,
        s.claim AS other_claim, s.institution AS other_institution, s.admitted, s.discharged,
        row_number() OVER (PARTITION BY c.charge ORDER BY s.admitted, s.claim) AS place,
        row_number() OVER (PARTITION BY c.claim ORDER BY s.admitted, s.claim, c.charge) AS number
    FROM charge AS c
    JOIN stay_history AS s ON s.member = c.member AND s.institution <> c.institution
    WHERE c.kind <> 'inpatient' AND c.eligible > 0 AND NOT c.newborn AND NOT s.newborn AND c.done_at <> midnight(c.day)
        AND date_diff('second', s.admitted, c.done_at) >= $hours * 3600 AND date_diff('second', c.done_at, s.discharged) >= $hours * 3600
        AND NOT (c.kind = 'chronic' AND c.item_kind = 'drug')
        -- the national code of a drug holds its group: L01 and L02 are those against cancer
        AND NOT (c.kind = 'pharmacy' AND c.item >= 'XL01' AND c.item < 'XL03')
        AND NOT EXISTS (SELECT 1 FROM history AS h JOIN k_dialysis AS k ON k.item = h.item WHERE h.claim = c.claim AND in_force(k, h))
)
SELECT
    w.institution, w.claim, w.charge, 'accused' AS role, w.amount AS at_stake, w.certainty, w.claim AS finding,
    w.item, w.done_at, w.kind, w.quantity, w.other_claim, w.other_institution, w.admitted, w.discharged
FROM away AS w WHERE w.place = 1
UNION ALL
SELECT
    w.other_institution, w.other_claim, NULL, 'involved', 0, w.certainty, w.claim,
    w.item, w.done_at, w.kind, NULL, w.other_claim, w.other_institution, w.admitted, w.discharged
FROM away AS w WHERE w.number = 1
