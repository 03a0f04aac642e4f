/*
title      = "Costs of a stay billed outside it"
title_zh   = "住院费用转嫁门诊或院外"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (6), (7); typical problem list 2025, no. 35"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第六项、第七项；2025年版典型问题清单第35条"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S3"
violations = ["V14", "V18"]
natl_rule  = []
about      = "While a person lay in a hospital, on a day between admission and discharge, the same hospital billed a visit to its own clinics for that person, or a pharmacy sold a cancer drug: what belongs to the stay was taken out of its bill, so that the fund pays it a second time beside the price of the stay. At stake is the line; the stay is shown beside it."
about_zh   = "参保人住院期间（入院次日至出院前一日），同一医院又为其发生门诊费用，或药店为其售出抗肿瘤药：将住院应承担的费用转出，基金在住院费用之外重复支付。涉及金额为该明细全额，并列示该次住院。"
innocent   = "Left out: the day of admission, with its tests before it, and the day of discharge; follow-up after it; lines with a recorded reason, as a documented shortage; mother and newborn on one account; lines the fund was not asked to pay. Visits to other institutions have a rule of their own. Not visible in the data: a brand the person asked for; implants bought outside, which nobody bills to the fund; a local rule by which a chronic-disease benefit goes on during a stay; what belongs to the plan of a stay, so that the days after discharge cannot be asked about."
innocent_zh = "不计入：入院当日（含入院前检查）、出院当日；出院后复诊；已记录理由（如缺药）的明细；母婴共用账户；未纳入基金支付的明细。他院门诊另有规则。数据无法识别：患者指定品牌；院外自购植入物；当地允许住院期间继续享受门慢待遇；住院诊疗计划的内容（故出院后数日内的费用不作判断）。"
because    = "{item} was billed on {day} as {kind}, while the person lay in {other_institution} from {admitted_on} to {discharged_on}"
because_zh = "{day}以{kind}收取{item}费用，而参保人{admitted_on}至{discharged_on}在{other_institution}住院"
back       = 1
ahead      = 3  # a long stay is settled after the visits within it

[columns]
other_institution = "institution"
quantity          = "qty"

[given]
stay = """
claim | member | institution | admitted            | discharged          | newborn
s     | Li     | North       | 2026-03-01 09:00:00 | 2026-03-10 09:00:00 |
t     | Wu     | North       | 2026-03-01 09:00:00 | 2026-03-10 09:00:00 | yes
"""

[examples]
"A cancer drug bought at a pharmacy outside during the stay · 住院期间在院外药店购买抗肿瘤药" = """
charge | claim | institution | kind     | item                    | day        | amount  | flagged
a      | v     | South       | pharmacy | XL01EXA350A001010183095 | 2026-03-05 | 3200.00 | 3200.00 high
b      | w     | South       | pharmacy | XY01AAS001A001010100001 | 2026-03-05 | 20.00   |
c      | x     | South       | pharmacy | XL03                    | 2026-03-05 | 20.00   |
d      | y     | South       | pharmacy | XL01                    | 2026-03-05 | 20.00   | yes
e      | z     | South       | pharmacy | XB01                    | 2026-03-05 | 20.00   |
f      | u     | South       | chronic  | XL01                    | 2026-03-05 | 20.00   |
"""
"A follow-up visit seven days after discharge · 出院7天后复诊" = """
charge | claim | kind       | item            | day
a      | v     | outpatient | 003205000010000 | 2026-03-17
"""
"The hospital's own clinic: the day after admission and the day before discharge, the days themselves; another person · 本院门诊：入院次日、出院前一日，入院、出院当日；不同患者" = """
charge | claim | member | kind       | item            | day        | amount | flagged
a      | v     | Li     | outpatient | 002103000010000 | 2026-03-01 | 220.00 |
b      | w     | Li     | outpatient | 002103000010000 | 2026-03-02 | 220.00 | 220.00
c      | x     | Li     | chronic    | X               | 2026-03-09 | 35.00  | 35.00
d      | y     | Li     | outpatient | 002103000010000 | 2026-03-10 | 220.00 |
e      | z     | Xu     | outpatient | 002103000010000 | 2026-03-05 | 220.00 |
"""
"A documented shortage; a newborn, there or here; paid alone; a line of a stay; down to a fen · 已记录缺药；母婴共用账户；全自费；住院明细；仅一分纳入" = """
charge | claim | member | kind       | item | day        | reason | newborn | eligible | flagged
a      | v     | Li     | outpatient | X    | 2026-03-05 | 缺药   |         |          |
b      | w     | Li     | outpatient | X    | 2026-03-05 |        | yes     |          |
c      | x     | Wu     | outpatient | X    | 2026-03-05 |        |         |          |
d      | y     | Li     | outpatient | X    | 2026-03-05 |        |         | 0.00     |
e      | z     | Li     | inpatient  | X    | 2026-03-05 |        |         |          |
f      | u     | Li     | outpatient | X    | 2026-03-05 |        |         | 0.01     | yes
"""

[examples."The stay is settled months later; of two stays one is named · 住院在数月后结算；两次住院只列示一次"]
stay = """
claim | member | admitted            | discharged
x     | Xu     | 2026-03-01 09:00:00 | 2026-03-09 09:00:00
"""
stay_history = """
claim | admitted            | discharged
s     | 2026-03-01 09:00:00 | 2026-05-10 09:00:00
t     | 2026-03-02 09:00:00 | 2026-05-11 09:00:00
"""
charge = """
charge | claim | kind       | item            | day        | amount | flagged
a      | v     | outpatient | 002103000010000 | 2026-03-05 | 220.00 | 220.00
"""
*/
WITH shifted AS (  -- each line of the month billed as a visit or purchase within a stay
    SELECT
        c.institution, c.claim, c.charge, c.amount, c.item, c.day, c.kind, c.quantity,
        s.claim AS other_claim, s.institution AS other_institution, s.admitted_on, s.discharged_on,
        row_number() OVER (PARTITION BY c.charge ORDER BY s.admitted, s.claim) AS place
    FROM charge AS c
    JOIN stay_history AS s ON s.member = c.member
    WHERE c.day > s.admitted_on AND c.day < s.discharged_on AND c.kind <> 'inpatient'
        AND c.eligible > 0 AND c.reason IS NULL AND NOT c.newborn AND NOT s.newborn
        -- the national code of a drug holds its group: L01 and L02 are those against cancer
        AND (s.institution = c.institution OR (c.kind = 'pharmacy' AND c.item >= 'XL01' AND c.item < 'XL03'))
)
SELECT
    f.institution, f.claim, f.charge, 'accused' AS role, f.amount AS at_stake, f.charge AS finding,
    f.item, f.day, f.kind, f.quantity, f.other_claim, f.other_institution, f.admitted_on, f.discharged_on
FROM shifted AS f WHERE f.place = 1
UNION ALL
SELECT
    f.other_institution, f.other_claim, NULL, 'involved', 0, f.charge,
    f.item, f.day, f.kind, NULL, f.other_claim, f.other_institution, f.admitted_on, f.discharged_on
FROM shifted AS f WHERE f.place = 1
