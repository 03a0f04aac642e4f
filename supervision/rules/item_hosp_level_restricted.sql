/*
title      = "Service above the hospital's level"
title_zh   = "医疗服务项目限医疗机构级别"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (6), art. 40 (3); national list of rule types 2025, no. 24; National Catalogue of Restricted Techniques 2022; agreement of the institution"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第六项、第四十条第三项；国家两库（2025年版）第24类规则；《国家限制类技术目录（2022年版）》；定点医疗机构服务协议"
stage      = "in_force"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S3"
violations = ["V25", "V17"]
natl_rule  = ["医疗服务项目限医疗机构级别"]
about      = "A service that only hospitals from a certain level on may offer was billed by an institution below it. The level is that of the day of the charge. The whole line is at stake. Slightly suspicious where a reason is recorded."
about_zh   = "限一定级别以上医疗机构开展的项目，由级别不足的机构收费。机构级别以收费当日为准。涉及金额为该明细全额。已记录理由的，降为轻度可疑。"
innocent   = "Left out: use approved beforehand; institutions whose level is not known; lines reversed. Not visible in the data: permits and registrations of a technique, so nothing is said of a hospital whose level suffices; a visiting expert under a filed agreement, or equipment of a consortium, unless a reason is recorded; a level raised but not yet registered."
innocent_zh = "不计入：已事前审批；机构级别不详；已冲销明细。数据无法识别：技术准入和登记情况，故级别符合的机构不作判断；已备案的专家多点执业、医联体设备（未记录理由的）；级别已调整但尚未登记。"
because    = "{name} was billed on {day}; it takes a hospital of level {least}, and this institution is of level {level}"
because_zh = "{day}收取{name}费用；该项目限{least}级及以上医疗机构开展，本机构为{level}级"

[columns]
quantity = "qty"

[given]
k_level_item = """
item            | name         | least
003308030250000 | 体外人工膜肺 | 3
003110000060000 | 血液透析     | 2
"""

[examples]
"Artificial lung at a hospital of level 1, 2 and 3 · 一级、二级、三级医院收取体外人工膜肺" = """
charge | item            | level | amount  | flagged
a      | 003308030250000 | 1     | 5000.00 | 5000.00 certain
b      | 003308030250000 | 2     | 5000.00 | yes
c      | 003308030250000 | 3     | 5000.00 |
"""
"Haemodialysis at level 2, 1 and 0; a level that is not known · 二级、一级、未定级机构血液透析；级别不详" = """
charge | item            | level | flagged
a      | 003110000060000 | 2     |
b      | 003110000060000 | 1     | yes
c      | 003110000060000 | 0     | yes
d      | 003110000060000 | -     |
"""
"Approved beforehand; a reason is recorded; another service · 已事前审批；已记录理由；其他项目" = """
charge | item            | level | approved | reason             | flagged
a      | 003308030250000 | 2     | yes      |                    |
b      | 003308030250000 | 2     |          | 上级医院专家会诊实施 | low
c      | 002103000010000 | 1     |          |                    |
"""
"It counts even where the person pays alone · 自费也计入" = """
charge | item            | level | amount  | eligible | flagged
a      | 003308030250000 | 1     | 5000.00 | 0.00     | 5000.00
"""

[examples."A point holds on its days · 知识点在有效期内有效"]
k_level_item = """
item            | name         | least | since      | until
003308030250000 | 体外人工膜肺 | 3     | 2026-03-01 | 2026-03-31
"""
charge = """
charge | item            | level | day        | flagged
a      | 003308030250000 | 2     | 2026-02-28 |
b      | 003308030250000 | 2     | 2026-03-31 | yes
"""
*/
SELECT
    c.institution, c.claim, c.charge, c.amount AS at_stake,
    CASE WHEN c.reason IS NULL THEN 'certain' ELSE 'low' END AS certainty,
    k.point, c.item, k.name, c.day, c.level, k.least, c.quantity, c.reason
FROM charge AS c
JOIN k_level_item AS k ON k.item = c.item
WHERE in_force(k, c) AND c.level < k.least AND NOT c.approved
