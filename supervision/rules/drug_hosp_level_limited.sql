/*
title      = "Drug above the hospital's level"
title_zh   = "药品限医疗机构级别"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (6); Implementing Rules (NHSA Order 7), art. 11; National Drug List 2025, remarks; national list of rule types 2025, no. 12, batch 5"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第六项；《实施细则》（国家医疗保障局令第7号）第十一条；《国家基本医疗保险药品目录（2025年）》备注；国家两库（2025年版）第12类规则、第五批知识点"
stage      = "in_force"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V13"]
natl_rule  = ["药品限医疗机构级别"]
about      = "The drug list pays a drug only in hospitals of a level or above, and one below billed it. Where only the first prescription must come from such a hospital, a later one is paid everywhere: highly suspicious if no hospital of the level gave the drug (any product of the generic name) in the two years before. The level is that of the day of the charge. The whole line is at stake."
about_zh   = "目录限定某级别及以上医疗机构使用方予支付，级别不足的机构计费。仅要求首次处方由该级别机构开具的，此后各级机构均可支付；此前两年内无该级别机构使用同一通用名药品记录的，为高度可疑。级别以收费当日为准。涉及金额为该明细全额。"
innocent   = "Left out: lines that nobody asked the fund to pay; pharmacies, which sell what a hospital prescribed; a level not known. Drugs for the eye that ask for a hospital of the third level or an eye hospital of the second are judged below the second level only. Not visible in the data: a consortium that prescribes for its members; a ward of a hospital run in a health centre; a first prescription in another province or paid for alone; the specialty of a hospital."
innocent_zh = "不计入：未纳入基金支付的明细；零售药店（凭医院处方销售）；级别不详。要求三级医院眼科或二级以上眼科专科医院的眼科用药，仅对二级以下机构判断。数据无法识别：医共体统一处方；二级医院设在基层的病区；外省或自费的首次处方；医院专科类别。"
because    = "{name}: payment is {wording}; on {day} it was billed at an institution of level {level}"
because_zh = "{name}{wording}，{day}在级别为{level}级的机构计费"
back       = 24
ahead      = 3  # the first prescription may stand in a stay not yet settled

[parameters.look_back]
value  = 730
source = "catalogue A07: days in which the first prescription is looked for; starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
k_drug_level = """
item                    | name           | least | first_only | wording
ZA12HAS0790010103827    | 疏血通注射液   | 2     |            | 限二级及以上医疗机构急性脑梗塞患者
XA10BJD332B002010178403 | 度拉糖肽注射液 | 2     | yes        | 首次处方时需由二级及以上医疗机构专科医师开具处方
"""

[examples]
"Shuxuetong at levels 1, 0, 2 and 3; level not known · 疏血通在一级、未定级、二级、三级机构；级别不详" = """
charge | item                 | level | amount | flagged
a      | ZA12HAS0790010103827 | 1     | 68.00  | 68.00 certain
b      | ZA12HAS0790010103827 | 0     | 68.00  | yes
c      | ZA12HAS0790010103827 | 2     | 68.00  |
d      | ZA12HAS0790010103827 | 3     | 68.00  |
e      | ZA12HAS0790010103827 | -     | 68.00  |
"""
"The person pays alone; a pharmacy; another drug · 全自费；零售药店；其他药品" = """
charge | item                    | level | kind     | amount | eligible | flagged
a      | ZA12HAS0790010103827    | 1     |          | 68.00  | 0.00     |
b      | ZA12HAS0790010103827    | 1     |          | 68.00  | 0.01     | yes
c      | XA10BJD332B002010178403 | 0     | pharmacy | 149.00 |          |
d      | XY01AAS019A001010100001 | 0     |          | 4.60   |          |
"""
"A point holds on its days and in its place · 知识点在有效期和适用地区内有效" = """
charge | item                 | level | day        | province | area   | flagged
a      | ZA12HAS0790010103827 | 1     | 1999-12-31 |          |        |
b      | ZA12HAS0790010103827 | 1     | 2000-01-01 | 330000   | 330100 | yes
"""

[examples."Dulaglutide at a health centre: first prescribed at a hospital of the third level, or never before; shuxuetong given there does not help · 度拉糖肽在卫生院：曾由三级医院首次开具、从未开具；疏血通不因此放宽"]
history = """
charge | member | item                    | level | day        | institution
x      | Li     | XA10BJD332B002010178403 | 3     | 2025-10-05 | East
y      | Wu     | ZA12HAS0790010103827    | 3     | 2025-10-05 | East
z      | Xu     | XA10BJD332B002010178403 | 1     | 2025-10-05 | North
"""
charge = """
charge | member | item                    | level | day        | amount | flagged
a      | Li     | XA10BJD332B002010178403 | 1     | 2026-03-05 | 149.00 |
b      | Wu     | XA10BJD332B002010178403 | 1     | 2026-03-05 | 149.00 | 149.00 high
c      | Wu     | ZA12HAS0790010103827    | 1     | 2026-03-05 | 68.00  | certain
d      | Xu     | XA10BJD332B002010178403 | 1     | 2026-03-05 | 149.00 | high
"""

[examples."At a hospital of the second level 730 days before, 731 days before, on the same day, a day later; another product of the generic name · 二级医院730天前、731天前、同日、次日首次开具；同一通用名的其他产品"]
history = """
charge | member | item                    | level | day
v      | Li     | XA10BJD332B002010178403 | 2     | 2024-03-05
w      | Wu     | XA10BJD332B002010178403 | 2     | 2024-03-04
x      | Xu     | XA10BJD332B002010178403 | 2     | 2026-03-05
y      | Sun    | XA10BJD332B002010178403 | 2     | 2026-03-06
z      | Zhao   | XA10BJD332B002010183013 | 2     | 2026-01-05
"""
charge = """
charge | member | item                    | level | day        | flagged
a      | Li     | XA10BJD332B002010178403 | 1     | 2026-03-05 |
b      | Wu     | XA10BJD332B002010178403 | 1     | 2026-03-05 | yes
c      | Xu     | XA10BJD332B002010178403 | 1     | 2026-03-05 |
d      | Sun    | XA10BJD332B002010178403 | 1     | 2026-03-05 | yes
e      | Zhao   | XA10BJD332B002010178403 | 1     | 2026-03-05 |
"""
*/
WITH below AS (  -- what institutions below the level billed
    SELECT
        c.institution, c.claim, c.charge, c.member, c.generic, c.amount, c.item, c.day, c.quantity, c.level,
        k.point, k.name, k.wording, k.least, k.first_only
    FROM charge AS c
    JOIN k_drug_level AS k ON k.item = c.item
    WHERE in_force(k, c) AND c.eligible > 0 AND c.level < k.least AND c.kind <> 'pharmacy'
)
SELECT
    b.institution, b.claim, b.charge, b.amount AS at_stake, CASE WHEN b.first_only THEN 'high' ELSE 'certain' END AS certainty,
    b.point, b.item, b.name, b.wording, b.day, b.level, b.quantity
FROM below AS b
WHERE NOT EXISTS (
    SELECT 1 FROM history AS h
    WHERE h.member = b.member AND h.generic = b.generic AND b.first_only AND h.level >= b.least
        AND date_diff('day', h.day, b.day) BETWEEN 0 AND $look_back)
