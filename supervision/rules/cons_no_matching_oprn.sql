/*
title      = "Consumable without its operation"
title_zh   = "耗材与手术/项目不符"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 40 (3); national list of rule types 2025, no. 84; typical problem list 2025, items 32, 34 and 153"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第四十条第三项；国家两库（2025年版）第84类规则；2025年版典型问题清单第32、34、153项"
stage      = "in_force"
moments    = ["review", "audit"]
certainty  = "high"
severity   = "S3"
violations = ["V17"]
natl_rule  = ["医用耗材与医疗服务项目不符"]
about      = "A consumable that only an operation uses was billed, and neither such an operation nor a service that uses it stands in the claim within a day of it. The whole line is at stake."
about_zh   = "计费的耗材仅用于特定手术，而同次就诊前后一日内既无相应手术记录，也无使用该耗材的医疗服务项目。涉及金额为该明细全额。"
innocent   = "Left out: outpatient claims, which carry no operations; newborns on their mother's account. Slight suspicion where the operation or the service stands in the claim on another day, as with implants on consignment counted later, or where a reason is recorded. Not visible in the data: an emergency procedure billed under another name; an operation coded otherwise than the list knows."
innocent_zh = "不计入：门诊就诊（不上传手术）；母婴共用账户。相应手术或项目在同次就诊其他日期的（如寄售植入物补记），或已记录理由的，降为轻度可疑。数据无法识别：以其他名称计费的急诊操作；清单之外的手术编码。"
because    = "{name} was billed on {day}; within {around} day of it the claim records no operation that uses it"
because_zh = "{day}计费{name}，前后{around}日内本次就诊无使用该耗材的手术或项目"

[parameters.around]
value  = 1
source = "catalogue C03, WINDOW_D: starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
k_device = """
item                 | name       | kind   | operations
C9900000000000000303 | 冠状动脉支架 | stent  | device_stent
C9900000000000000008 | 人工晶状体 | lens   | device_lens
C9900000000000000305 | 取石网篮   | basket |
"""
k_device_service = """
item            | name                 | kind
003205000030000 | 冠状动脉内支架置入术 | stent
"""
code_list = """
list         | code
device_stent | 36.0600
device_stent | 36.0700
device_lens  | 13.7100
"""

[examples."A coronary stent without operation or service; with 36.06; with the service; a lens with 13.71 · 冠脉支架无手术及项目；有36.06；有项目；人工晶体有13.71"]
charge = """
charge | claim | member | kind        | item                 | day        | amount | flagged
a      | s     | Li     | inpatient   | C9900000000000000303 | 2026-03-05 | 745.00 | 745.00 high
b      | t     | Wu     | inpatient   | C9900000000000000303 | 2026-03-05 | 745.00 |
c      | u     | Xu     | inpatient   | C9900000000000000303 | 2026-03-05 | 745.00 |
d      | u     | Xu     | inpatient   | 003205000030000      | 2026-03-05 | 3500.00 |
e      | v     | Sun    | day_surgery | C9900000000000000008 | 2026-03-05 | 680.00 |
f      | w     | Zhu    | day_surgery | C9900000000000000008 | 2026-03-05 | 680.00 | yes
g      | x     | He     | inpatient   | C9900000000000000305 | 2026-03-05 | 420.00 |
"""
operation = """
claim | code    | day
t     | 36.0600 | 2026-03-05
v     | 13.7100 | 2026-03-05
w     | 36.0600 | 2026-03-05
"""

[examples."The operation a day before or after; two days before or after · 手术在前后一日；前后两日"]
charge = """
charge | claim | member | kind      | item                 | day        | flagged
a      | s     | Li     | inpatient | C9900000000000000303 | 2026-03-05 |
b      | t     | Wu     | inpatient | C9900000000000000303 | 2026-03-05 |
c      | u     | Xu     | inpatient | C9900000000000000303 | 2026-03-05 | low
d      | v     | Sun    | inpatient | C9900000000000000303 | 2026-03-05 | low
"""
operation = """
claim | code    | day
s     | 36.0700 | 2026-03-04
t     | 36.0700 | 2026-03-06
u     | 36.0700 | 2026-03-03
v     | 36.0700 | 2026-03-07
"""

[examples."The service a day before or after; two days before or after; of another claim · 项目在前后一日；前后两日；属另次就诊"]
charge = """
charge | claim | member | kind      | item                 | day        | flagged
a      | s     | Li     | inpatient | C9900000000000000303 | 2026-03-05 |
b      | s     | Li     | inpatient | 003205000030000      | 2026-03-04 |
c      | t     | Wu     | inpatient | C9900000000000000303 | 2026-03-05 |
d      | t     | Wu     | inpatient | 003205000030000      | 2026-03-06 |
e      | u     | Xu     | inpatient | C9900000000000000303 | 2026-03-05 | low
f      | u     | Xu     | inpatient | 003205000030000      | 2026-03-07 |
g      | v     | Xu     | inpatient | C9900000000000000303 | 2026-03-05 | high
h      | w     | Xu     | inpatient | C9900000000000000303 | 2026-03-05 | low
i      | w     | Xu     | inpatient | 003205000030000      | 2026-03-03 |
j      | x     | Sun    | inpatient | C9900000000000000008 | 2026-03-05 | high
k      | x     | Sun    | inpatient | 003205000030000      | 2026-03-05 |
"""

[examples."A recorded reason makes it slight; outpatient claims and newborns on the account are left out · 已记录理由为轻度可疑；门诊、母婴共用账户不计入"]
charge = """
charge | claim | member | kind       | item                 | reason   | newborn | flagged
a      | s     | Li     | inpatient  | C9900000000000000303 | 急诊补录 |         | low
b      | t     | Wu     | outpatient | C9900000000000000303 |          |         |
c      | u     | Xu     | inpatient  | C9900000000000000303 |          | yes     |
"""

[examples."A point holds on its days and in its place · 知识点在有效期和适用地区内有效"]
k_device = """
item | name | kind  | operations   | place  | since      | until
C1   | 甲   | stent | device_stent | 000000 | 2026-03-01 | 2026-03-31
C2   | 乙   | stent | device_stent | 330000 |            |
"""
k_device_service = """
item | name | kind  | place  | since      | until
0011 | 甲   | stent | 000000 | 2026-03-01 | 2026-03-31
0012 | 乙   | stent | 330000 |            |
"""
charge = """
charge | claim | member | kind      | item | day        | flagged
a      | s     | Li     | inpatient | C1   | 2026-03-31 | high
b      | t     | Wu     | inpatient | C1   | 2026-04-01 |
c      | u     | Xu     | inpatient | C2   | 2026-03-05 |
d      | v     | Sun    | inpatient | C1   | 2026-03-05 | high
e      | v     | Sun    | inpatient | 0012 | 2026-03-05 |
f      | w     | Zhu    | inpatient | C1   | 2026-03-05 |
g      | w     | Zhu    | inpatient | 0011 | 2026-03-05 |
"""
*/
WITH billed AS (  -- consumables of an operation, billed in a stay or in day surgery
    SELECT
        c.institution, c.claim, c.charge, c.item, c.day, c.quantity, c.amount, c.reason, k.point, k.name, k.kind, k.operations AS list
    FROM charge AS c
    JOIN k_device AS k ON k.item = c.item
    WHERE in_force(k, c) AND k.operations IS NOT NULL AND c.kind IN ('inpatient', 'day_surgery') AND NOT c.newborn
), explained AS (  -- what uses them in the claim: an operation or a service, with its day
    SELECT o.claim, l.list AS used_by, o.day FROM operation AS o JOIN code_list AS l ON l.code = o.code
    WHERE l.list IN (SELECT b.list FROM billed AS b)
    UNION ALL
    SELECT s.claim, v.kind, s.day FROM charge AS s JOIN k_device_service AS v ON v.item = s.item WHERE in_force(v, s)
)
SELECT
    b.institution, b.claim, b.charge, b.amount AS at_stake,
    CASE
        WHEN b.reason IS NOT NULL THEN 'low'
        WHEN EXISTS (SELECT 1 FROM explained AS e WHERE e.claim = b.claim AND e.used_by IN (b.list, b.kind)) THEN 'low'
        ELSE 'high' END AS certainty,
    b.point, b.item, b.name, b.day, b.quantity, b.reason, $around AS around
FROM billed AS b
WHERE NOT EXISTS (
    SELECT 1 FROM explained AS e
    WHERE e.claim = b.claim AND e.used_by IN (b.list, b.kind) AND date_diff('day', b.day, e.day) BETWEEN -$around AND $around)
