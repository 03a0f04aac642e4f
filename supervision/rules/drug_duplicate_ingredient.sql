/*
title      = "Same ingredient twice at one time"
title_zh   = "重复用药（同成分）"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (2); national list of rule types 2025, no. 69"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第二项；国家两库（2025年版）第69类规则"
stage      = "in_force"
moments    = ["remind", "review", "audit"]
certainty  = "high"
severity   = "S2"
violations = ["V06"]
natl_rule  = ["重复开药"]
about      = "Two products with the same ingredient were dispensed to one person for use at home, and their supplies overlap for days. The ingredient is that of the generic name; a compound product has several. Accused is the product dispensed later, with the share of its days that the earlier one already covered; the earlier one is shown beside it."
about_zh   = "同一参保人院外用药中，两种含相同成分的药品供药期重叠达到规定天数。成分以通用名计，复方制剂按其各成分计。以后配的药品为疑点，涉及金额为其供药天数中已被前一药品覆盖的份额；前一药品一并列示。"
innocent   = "Left out: two strengths of one generic name in one claim, as a dose is titrated; supplies that overlap for fewer days, as when a brand is changed; another route, which has a generic code of its own; the same product again, which is a matter of early refills; lines of a stay, where single and regular orders stand together; lines that nobody asked the fund to pay; newborns on their mother's account. Slight suspicion where a reason is recorded. Not visible in the data: a product returned unused; strengths that complete each other in two claims; days of supply posted wrongly."
innocent_zh = "不计入：同次就诊同一通用名的不同规格（剂量滴定）；重叠不足规定天数的（如更换厂牌）；给药途径不同（通用名编码不同）；同一产品再次开具（属提前取药）；住院明细（临时与长期医嘱并存）；未纳入基金支付的明细；母婴共用账户。已记录理由的，降为轻度可疑。数据无法识别：未使用即停用的药品；分两次开具的互补规格；供药天数填写错误。"
because    = "{item} was dispensed on {day} for {days} days; {other_item} of {other_day}, with the same ingredient {ingredient}, lasted {overlap} of them"
because_zh = "{day}配{item}{days}天，而{other_day}所配含相同成分（{ingredient}）的{other_item}尚有{overlap}天重叠"
back       = 3

[parameters.overlap]
value  = 3
source = "catalogue A18, OVERLAP_DAYS: starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
k_compound = """
item                     | name             | ingredient
XY01AAS301A001010100001  | 复方氨酚烷胺胶囊 | XY01AAS019
"""

[examples]
"Paracetamol tablets and a compound cold capsule with it the same day · 同日对乙酰氨基酚片与含该成分的复方感冒胶囊" = """
charge | claim | kind       | item                    | done_at             | days | amount | flagged
a      | s     | outpatient | XY01AAS019A001010100001 | 2026-03-05 09:00:00 | 5    | 10.00  |
b      | s     | outpatient | XY01AAS301A001010100001 | 2026-03-05 09:10:00 | 5    | 15.00  | 15.00 high
"""
"Amlodipine in two strengths in one claim to titrate the dose; in two claims · 同次就诊两种规格氨氯地平（滴定）；分两次就诊" = """
charge | claim | member | kind       | item                    | done_at             | days | amount | flagged
a      | s     | Li     | outpatient | XY01AAS003A001010100001 | 2026-03-05 09:00:00 | 28   | 28.00  |
b      | s     | Li     | outpatient | XY01AAS003A001020100001 | 2026-03-05 09:10:00 | 28   | 28.00  |
c      | t     | Wu     | pharmacy   | XY01AAS003A001010100001 | 2026-03-05 09:00:00 | 28   | 28.00  |
d      | u     | Wu     | chronic    | XY01AAS003A001010100002 | 2026-03-12 09:00:00 | 28   | 28.00  | 21.00
"""
"Two compounds of one claim share an ingredient, though their names differ · 同次就诊两种通用名不同的药品含同一成分" = """
charge | claim | kind      | item                    | done_at             | days | amount | flagged
a      | s     | emergency | XY01AAS301A001010100001 | 2026-03-05 09:00:00 | 5    | 15.00  |
b      | s     | emergency | XY01AAS019A001010100001 | 2026-03-05 09:10:00 | 10   | 10.00  | 5.00
"""
"Timolol eye drops and metoprolol tablets: other ingredients · 噻吗洛尔滴眼液与美托洛尔片成分不同" = """
charge | claim | item                    | days
a      | s     | XY01AAS302A001010100001 | 28
b      | s     | XY01AAS004A001010100001 | 28
"""
"A brand changed two days before the first is used up, and three days before; a supply of two days, and of three · 前药剩余2天、3天时更换厂牌；供药2天、3天" = """
charge | claim | member | item                    | day        | days | amount | flagged
a      | s     | Li     | XY01AAS003A001010100001 | 2026-03-01 | 10   | 20.00  |
b      | t     | Li     | XY01AAS003A001010100002 | 2026-03-09 | 10   | 20.00  |
c      | u     | Wu     | XY01AAS003A001010100001 | 2026-03-01 | 10   | 20.00  |
d      | v     | Wu     | XY01AAS003A001010100002 | 2026-03-08 | 10   | 20.00  | 6.00
e      | w     | Xu     | XY01AAS003A001010100001 | 2026-03-01 | 2    | 20.00  |
f      | x     | Xu     | XY01AAS003A001010100002 | 2026-03-01 | 2    | 20.00  |
g      | y     | Sun    | XY01AAS003A001010100001 | 2026-03-01 | 3    | 20.00  |
h      | z     | Sun    | XY01AAS003A001010100002 | 2026-03-01 | 3    | 20.00  | 20.00
"""
"The same product again; another person · 同一产品再次开具；不同患者" = """
charge | claim | member | item                    | day        | days
a      | s     | Li     | XY01AAS003A001010100001 | 2026-03-01 | 28
b      | t     | Li     | XY01AAS003A001010100001 | 2026-03-10 | 28
c      | u     | Li     | XY01AAS003A001010100002 | 2026-06-10 | 28
d      | v     | Wu     | XY01AAS003A001010100002 | 2026-03-10 | 28
"""
"Two ingredients, each in two products one after the other · 两种成分各先后使用两种产品" = """
charge | claim | item                    | day        | days
a      | s     | XY01AAS003A001010100001 | 2026-03-01 | 10
b      | t     | XY01AAS003A001010100002 | 2026-03-11 | 10
c      | u     | XY01AAS019A001010100001 | 2026-03-02 | 5
d      | v     | XY01AAS301A001010100001 | 2026-03-12 | 5
"""
"In a stay; paid by the person alone; on a newborn's mother's account; consumables · 住院；自费；母婴共用账户；耗材" = """
charge | claim | member | kind       | item                    | day        | days | amount | eligible | newborn | flagged
a      | s     | Li     | inpatient  | XY01AAS003A001010100001 | 2026-03-01 | 28   | 20.00  |          |         |
b      | t     | Li     | outpatient | XY01AAS003A001010100002 | 2026-03-02 | 28   | 20.00  |          |         |
c      | u     | Wu     | outpatient | XY01AAS003A001010100001 | 2026-03-01 | 28   | 20.00  | 0.00     |         |
d      | v     | Wu     | outpatient | XY01AAS003A001010100002 | 2026-03-02 | 28   | 20.00  |          |         |
e      | w     | Xu     | outpatient | XY01AAS003A001010100001 | 2026-03-01 | 28   | 20.00  | 0.01     |         |
f      | x     | Xu     | outpatient | XY01AAS003A001010100002 | 2026-03-02 | 27   | 20.00  | 0.01     |         | 20.00
g      | y     | Sun    | outpatient | XY01AAS003A001010100001 | 2026-03-01 | 28   | 20.00  |          |         |
h      | z     | Sun    | outpatient | XY01AAS003A001010100002 | 2026-03-02 | 28   | 20.00  |          | yes     |
i      | i     | Zhu    | outpatient | 009901000210000         | 2026-03-02 | 28   | 20.00  |          |         |
"""
"A recorded reason makes it slight; of two at one moment the later line is accused · 已记录理由为轻度可疑；同一时刻以后一条为疑点" = """
charge | claim | member | item                    | done_at             | days | reason     | flagged
a      | s     | Li     | XY01AAS003A001010100001 | 2026-03-05 09:00:00 | 28   |            |
b      | t     | Li     | XY01AAS003A001010100002 | 2026-03-05 09:00:00 | 28   | 前药已丢失 | low
c      | u     | Wu     | XY01AAS003A001010100002 | 2026-03-05 10:00:00 | 28   |            | high
d      | v     | Wu     | XY01AAS003A001010100001 | 2026-03-05 09:00:00 | 28   |            |
"""
"Two earlier products accuse the third once, for the one that lasts longest · 已有两种产品，第三种只计一次，以重叠最长者计" = """
charge | claim | item                    | day        | days | amount | flagged
a      | s     | XY01AAS003A001010100001 | 2026-03-01 | 8    | 20.00  |
b      | t     | XY01AAS003A001010100002 | 2026-03-01 | 20   | 20.00  | 8.00
c      | u     | XY01AAS003A001010100003 | 2026-03-05 | 20   | 20.00  | 16.00
"""

[examples."The earlier supply was settled months before · 前一次供药在数月前结算"]
history = """
charge | claim | item                    | day        | days
x      | s     | XY01AAS003A001010100001 | 2026-01-10 | 84
"""
charge = """
charge | claim | item                    | day        | days | amount | flagged
a      | t     | XY01AAS003A001010100002 | 2026-03-05 | 28   | 28.00  | 28.00
"""

[examples."What the months before held is judged there; a point holds on its days · 以前月份的明细不在本月判定；知识点在有效期内有效"]
k_compound = """
item                     | ingredient | since      | until
XY01AAS301A001010100001  | XY01AAS019 | 2026-03-01 | 2026-03-31
"""
history = """
charge | claim | member | item                    | day        | days
x      | s     | Li     | XY01AAS003A001010100001 | 2026-01-10 | 28
y      | t     | Li     | XY01AAS003A001010100002 | 2026-01-12 | 28
"""
charge = """
charge | claim | member | item                    | done_at             | days | flagged
a      | u     | Wu     | XY01AAS019A001010100001 | 2026-04-01 09:00:00 | 5    |
b      | u     | Wu     | XY01AAS301A001010100001 | 2026-04-01 10:00:00 | 5    |
c      | v     | Xu     | XY01AAS019A001010100001 | 2026-03-31 09:00:00 | 5    |
d      | v     | Xu     | XY01AAS301A001010100001 | 2026-03-31 10:00:00 | 5    | yes
"""
*/
WITH supplied AS (  -- drugs dispensed for use at home, for so many days that they can overlap at all
    SELECT
        h.charge, h.claim, h.institution, h.province, h.area, h.member, h.item, h.generic, h.day, h.done_at, h.days, h.quantity, h.amount, h.reason, h.judged
    FROM history AS h
    WHERE h.item_kind = 'drug' AND h.kind IN ('outpatient', 'emergency', 'chronic', 'pharmacy')
        AND h.days >= $overlap AND h.eligible > 0 AND NOT h.newborn
), compound AS (  -- the ingredients of compounds
    SELECT s.charge, s.member, k.ingredient
    FROM supplied AS s
    JOIN k_compound AS k ON k.item = s.item
    WHERE in_force(k, s)
), doubled AS (  -- who may have had one ingredient in two products
    SELECT s.member, s.generic AS ingredient
    FROM supplied AS s
    WHERE (s.member, s.generic) IN (SELECT t.member, t.generic FROM supplied AS t WHERE t.judged)
    GROUP BY s.member, s.generic
    HAVING min(s.item) <> max(s.item)
    UNION
    SELECT c.member, c.ingredient FROM compound AS c
), of_them AS (  -- what they had of it: by its generic name, or in a compound
    SELECT s.*, d.ingredient
    FROM supplied AS s
    JOIN doubled AS d ON d.member = s.member AND d.ingredient = s.generic
    UNION ALL
    SELECT s.*, c.ingredient
    FROM supplied AS s
    JOIN compound AS c ON c.charge = s.charge
), met AS (  -- each product of the month with those dispensed before it, and for how many days both last
    SELECT
        b.*, a.institution AS other_institution, a.claim AS other_claim, a.charge AS other_charge, a.item AS other_item, a.day AS other_day,
        date_diff('day', b.day, least(days_after(a.day, a.days), days_after(b.day, b.days))) AS overlap
    FROM of_them AS b
    JOIN of_them AS a ON a.member = b.member AND a.ingredient = b.ingredient AND a.item <> b.item
    WHERE b.judged AND (a.done_at < b.done_at OR (a.done_at = b.done_at AND a.charge < b.charge)) AND NOT (a.claim = b.claim AND a.generic = b.generic)
), judged AS (
    SELECT m.*, row_number() OVER (PARTITION BY m.charge ORDER BY m.overlap DESC, m.other_charge, m.ingredient) AS place
    FROM met AS m
    WHERE m.overlap >= $overlap
)
SELECT
    j.institution, j.claim, j.charge, 'accused' AS role, share(j.amount, j.overlap, j.days) AS at_stake,
    CASE WHEN j.reason IS NULL THEN 'high' ELSE 'low' END AS certainty, j.charge AS finding,
    j.item, j.day, j.days, j.quantity, j.ingredient, j.other_item, j.other_day, j.other_claim, j.overlap, j.reason
FROM judged AS j WHERE j.place = 1
UNION ALL
SELECT
    j.other_institution, j.other_claim, j.other_charge, 'involved', 0,
    CASE WHEN j.reason IS NULL THEN 'high' ELSE 'low' END, j.charge,
    j.item, j.day, j.days, NULL, j.ingredient, j.other_item, j.other_day, j.other_claim, j.overlap, j.reason
FROM judged AS j WHERE j.place = 1
