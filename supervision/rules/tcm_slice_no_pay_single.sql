/*
title      = "Slices not paid for by themselves"
title_zh   = "中药饮片单方使用不予支付"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (6); National Drug List 2025, part on slices of Chinese medicine; national list of rule types 2025, no. 4, batch 11; typical problem list for pharmacies 2025, item 10"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第六项；《国家基本医疗保险药品目录（2025年）》中药饮片部分；国家两库（2025年版）第4类规则、第十一批知识点；2025年版定点零售药店典型问题清单第10项"
stage      = "in_force"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V13"]
natl_rule  = ["中药饮片单方使用不予支付"]
about      = "The fund pays for some slices of Chinese medicine only beside others: not alone, and not where a prescription is made up of such slices alone. Slices of one person, institution, doctor and day are one prescription, whichever tickets they stand on. The lines asked of the fund are at stake."
about_zh   = "部分中药饮片单独使用不予支付，全部由此类饮片组成的处方也不予支付。同一患者、同一机构、同一医师、同日的饮片视为一张处方，不论分几次结算。涉及金额为其中纳入基金支付的明细。"
innocent   = "Left out: lines that nobody asked the fund to pay; prescriptions with at least one slice that is not on the list, also one the person pays for; slices whose doctor is not known are read together with all others of the day. Not visible in the data: granules with codes of their own; a prescription posted on two days."
innocent_zh = "不计入：未纳入基金支付的明细；处方中至少有一味不在列表内的饮片（含自费饮片）；医师不详的饮片与当日其他饮片合并看待。数据无法识别：另有编码的配方颗粒；分两日上传的处方。"
because    = "{name} was billed to the fund on {day} without any slice beside it that the fund pays for"
because_zh = "{day}将{name}纳入基金结算，同一处方中均为单方使用不予支付的饮片"
back       = 1

[columns]
quantity = "qty"

[given]
k_slice_unpaid = """
item       | name   | mode
T001700368 | 黄芪   | alone
T001700294 | 枸杞子 | alone
T001700173 | 当归   | alone
T001700233 | 阿胶   | never
"""

[examples]
"A prescription of three listed slices; one with atractylodes besides; astragalus alone · 三味均在列表内；另加白术；单用黄芪" = """
charge | member | claim | item       | amount | flagged
a      | Li     | s     | T001700173 | 27.30  | 27.30 certain
b      | Li     | s     | T001700368 | 18.90  | 18.90
c      | Li     | s     | T001700294 | 15.40  | 15.40
d      | Wu     | t     | T001700173 | 27.30  |
e      | Wu     | t     | T001700368 | 18.90  |
f      | Wu     | t     | T990000005 | 9.24   |
g      | Xu     | u     | T001700368 | 18.90  | 18.90
"""
"Two tickets of one prescription; another day, another institution, another doctor, another person · 一张处方分两次结算；不同日期、机构、医师、患者" = """
charge | member | claim | institution | practitioner | day        | item       | flagged
a      | Li     | s     | North       | d1           | 2026-03-05 | T001700368 |
b      | Li     | t     | North       | d1           | 2026-03-05 | T990000005 |
c      | Wu     | u     | North       | d1           | 2026-03-05 | T001700368 | yes
d      | Wu     | v     | North       | d1           | 2026-03-06 | T990000005 |
e      | Wu     | w     | South       | d1           | 2026-03-05 | T990000005 |
f      | Wu     | x     | North       | d2           | 2026-03-05 | T990000005 |
"""
"The doctor of one of them is not known · 其中一条医师不详" = """
charge | member | practitioner | item       | flagged
a      | Li     | d1           | T001700368 |
b      | Li     | -            | T990000005 |
c      | Wu     | -            | T001700368 |
d      | Wu     | d1           | T990000005 |
"""
"The person pays for all, or for the one beside it; what is no slice does not count; a slice that is never paid for is another rule's business · 全自费；旁边一味自费；非饮片不计；单复方均不支付的饮片属其他规则" = """
charge | member | item                    | amount | eligible | flagged
a      | Li     | T001700368              | 18.90  | 0.00     |
b      | Wu     | T001700368              | 18.90  | 0.01     |
c      | Wu     | T990000005              | 9.24   | 0.00     |
d      | Xu     | T001700368              | 18.90  | 0.01     | yes
e      | Xu     | XY01AAS019A001010100001 | 4.60   |          |
f      | Sun    | T001700233              | 210.00 |          |
g      | Zhao   | T001700368              | 18.90  |          |
h      | Zhao   | T001700233              | 210.00 |          |
i      | Qian   | XY01AAS019A001010100001 | 4.60   |          |
"""
"A point holds on its days and in its place, also for the slice beside it · 知识点在有效期和适用地区内有效，旁边的饮片亦然" = """
charge | member | item       | day        | province | area   | flagged
a      | Li     | T001700368 | 1999-12-31 |          |        |
b      | Wu     | T001700368 | 2000-01-01 | 330000   | 330100 | yes
"""

[examples."Of two listed slices one is no longer listed · 两味中一味已不在列表内"]
k_slice_unpaid = """
item       | name   | mode  | until
T001700368 | 黄芪   | alone |
T001700294 | 枸杞子 | alone | 2026-03-04
"""
charge = """
charge | member | item       | day        | flagged
a      | Li     | T001700368 | 2026-03-05 |
b      | Li     | T001700294 | 2026-03-05 |
c      | Wu     | T001700368 | 2026-03-04 | yes
d      | Wu     | T001700294 | 2026-03-04 | yes
"""
*/
WITH slices AS (  -- every slice, whoever pays for it, with the point that does not pay for it by itself, if there is one
    SELECT
        c.institution, c.claim, c.charge, c.member, c.practitioner, c.item, c.day, c.quantity, c.amount, c.eligible, k.point, k.name
    FROM history AS c
    LEFT JOIN k_slice_unpaid AS k ON k.item = c.item AND k.mode = 'alone' AND in_force(k, c)
    WHERE c.item_kind = 'slice' AND (c.member, c.day) IN (SELECT j.member, j.day FROM charge AS j WHERE j.item_kind = 'slice')
)
SELECT
    s.institution, s.claim, s.charge, s.amount AS at_stake, s.claim AS finding,
    s.point, s.item, s.name, s.day, s.quantity
FROM slices AS s
WHERE s.eligible > 0 AND s.charge IN (SELECT j.charge FROM charge AS j WHERE j.item_kind = 'slice') AND NOT EXISTS (  -- a slice without such a point in the prescription, the line itself included
    SELECT 1 FROM slices AS o
    WHERE o.point IS NULL AND o.member = s.member AND o.institution = s.institution AND o.day = s.day
        AND coalesce(o.practitioner = s.practitioner, TRUE))
