/*
title      = "Operation billed without an operation"
title_zh   = "手术费无手术记录"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 40 (3); typical problem list 2025, items 36 and 154; settlement list, operations"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第四十条第三项；2025年版典型问题清单第36项、第154项；医保基金结算清单手术操作信息"
stage      = "in_force"
moments    = ["audit"]
certainty  = "certain"
severity   = "S3"
violations = ["V17"]
natl_rule  = ["药品/项目与手术记录一致性"]
about      = "The fee of an operation was billed, and neither this claim nor any other of the person at the institution within the days below says that anything was operated. The services are those that the national libraries list as operations. The whole line is at stake."
about_zh   = "收取手术项目费用，但本次就诊及该患者在同一机构规定天数内的其他就诊均无任何手术操作记录。手术项目以国家两库所列为准。涉及金额为该明细全额。"
innocent   = "Left out: an operation recorded in another claim of these days, as where one is billed in two tickets; lines that nobody asked the fund to pay; lines reversed. Slight suspicion: visits, where small operations are seldom coded; and institutions that sent no operation at all in these months, for then the operations may be missing rather than the work. Not visible in the data: a record sent late; an operation that was recorded, but is another than the one billed."
innocent_zh = "不计入：相近日期其他就诊中已记录手术（一次手术分两张票据结算）；未纳入基金支付的明细；已冲销明细。降为轻度可疑：门诊等就诊（小手术较少编码）；该机构在相应月份未上传任何手术操作的（可能为数据缺失）。数据无法识别：手术记录迟报；已记录手术但与收费项目不一致。"
because    = "{name} was billed on {day}, and no operation is recorded"
because_zh = "{day}收取{name}费用，未见任何手术操作记录"
back       = 1
ahead      = 1  # the ticket that records the operation may be settled later

[parameters.days]
value  = 3
source = "catalogue B24 leaves out one operation billed in two tickets; the days are a starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
k_operation_item = """
item            | name
003310060020000 | 胆囊切除术
003309000180000 | 脾切除术
"""
operation_history = """
claim | member | institution | code    | day
z     | Zhao   | North       | 47.0900 | 2026-03-05
"""

[examples."A gall bladder removed for 1500, without and with an operation 51.23 that day · 胆囊切除术1500元：无手术记录；当日有手术51.23"]
charge = """
charge | claim | member | kind      | item            | day        | amount  | flagged
a      | s     | Li     | inpatient | 003310060020000 | 2026-03-05 | 1500.00 | 1500.00 certain
b      | t     | Wu     | inpatient | 003310060020000 | 2026-03-05 | 1500.00 |
"""
operation = """
claim | member | institution | code    | day
t     | Wu     | North       | 51.2300 | 2026-03-05
"""

[examples]
"A small operation of a visit; day surgery keeps records · 门诊小手术；日间手术应有记录" = """
charge | claim | kind        | item            | amount  | flagged
a      | v     | outpatient  | 003309000180000 | 200.00  | 200.00 low
b      | w     | emergency   | 003309000180000 | 200.00  | low
c      | x     | day_surgery | 003309000180000 | 1500.00 | certain
"""
"An institution that sent no operation at all · 未上传任何手术操作的机构" = """
charge | claim | institution | kind      | item            | flagged
a      | s     | South       | inpatient | 003310060020000 | low
b      | t     | North       | inpatient | 003310060020000 | certain
"""
"The person pays alone; a service that is no operation · 全自费；非手术项目" = """
charge | claim | kind      | item            | amount | eligible | flagged
a      | s     | inpatient | 003310060020000 | 1500.00 | 0.00    |
b      | s     | inpatient | 001204000060000 | 6.00    |         |
c      | s     | inpatient | 003310060020000 | 1500.00 | 0.01    | 1500.00
"""

[examples."Recorded in another claim three days before or after; four days; of another person; at another institution · 其他就诊中前后3天有记录；4天；他人；他院"]
charge = """
charge | claim | member | kind      | item            | day        | flagged
a      | a     | Li     | inpatient | 003310060020000 | 2026-03-05 |
b      | b     | Wu     | inpatient | 003310060020000 | 2026-03-05 |
c      | c     | Xu     | inpatient | 003310060020000 | 2026-03-05 | yes
d      | d     | Sun    | inpatient | 003310060020000 | 2026-03-05 | yes
e      | e     | Qian   | inpatient | 003310060020000 | 2026-03-05 | yes
f      | f     | He     | inpatient | 003310060020000 | 2026-03-05 | yes
g      | g     | Gao    | inpatient | 003310060020000 | 2026-03-05 |
"""
operation_history = """
claim | member | institution | code    | day
a2    | Li     | North       | 51.2300 | 2026-03-02
b2    | Wu     | North       | 51.2300 | 2026-03-08
c2    | Xu     | North       | 51.2300 | 2026-03-01
d2    | Sun    | North       | 51.2300 | 2026-03-09
e2    | Qian   | South       | 51.2300 | 2026-03-05
g     | Gao    | North       | 51.2300 | 2026-03-15
"""

[examples."A point holds on its days and in its place · 知识点在有效期和适用地区内有效"]
k_operation_item = """
item            | name       | place  | until
003310060020000 | 胆囊切除术 | 000000 | 2026-03-05
003309000180000 | 脾切除术   | 990200 | 9999-12-31
"""
charge = """
charge | claim | kind      | item            | day        | flagged
a      | s     | inpatient | 003310060020000 | 2026-03-05 | yes
b      | s     | inpatient | 003310060020000 | 2026-03-06 |
c      | s     | inpatient | 003309000180000 | 2026-03-05 |
"""
*/
WITH billed AS (  -- fees of operations that the fund was asked to pay
    SELECT c.institution, c.claim, c.charge, c.member, c.kind, c.amount, c.item, c.day, c.quantity, k.point, k.name
    FROM charge AS c
    JOIN k_operation_item AS k ON k.item = c.item
    WHERE in_force(k, c) AND c.eligible > 0
)
SELECT
    b.institution, b.claim, b.charge, b.amount AS at_stake,
    CASE
        WHEN b.kind NOT IN ('inpatient', 'day_surgery') THEN 'low'
        WHEN NOT EXISTS (SELECT 1 FROM operation_history AS s WHERE s.institution = b.institution) THEN 'low'
        ELSE 'certain' END AS certainty,
    b.point, b.item, b.name, b.day, b.kind, b.quantity
FROM billed AS b
WHERE NOT EXISTS (
    SELECT 1 FROM operation_history AS o
    WHERE o.member = b.member AND o.institution = b.institution
        AND (o.claim = b.claim OR date_diff('day', o.day, b.day) BETWEEN $days * -1 AND $days))
