/*
title      = "Drugs of one class at one time"
title_zh   = "重复用药（同类）"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (2); national list of rule types 2025, no. 69"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第二项；国家两库（2025年版）第69类规则"
stage      = "trial"
moments    = ["remind", "review", "audit"]  # a reminder; looked at afterwards too while no desk is joined
certainty  = "low"
severity   = "S1"
violations = ["V06", "V24"]
natl_rule  = ["重复开药"]
about      = "More drugs of one class were dispensed for use at home than usually run together, such as two proton-pump inhibitors, and their supplies overlap for days. A reminder of safety as much as a suspicion: nothing is at stake until the province confirms the classes."
about_zh   = "同一参保人院外用药中，同一类药品（如两种质子泵抑制剂）同时使用的品种数超过通常数量，且供药期重叠达到规定天数。主要为用药安全提示，在省级确认分类之前不计涉及金额。"
innocent   = "Left out: as many of a class as the point lets run together (two antiplatelet drugs after a stent); supplies that overlap for fewer days, as when one drug is tapered into another; one drug stopped before the next begins; insulin beside another drug for diabetes, which is another class; lines with a recorded reason; lines of a stay; newborns on their mother's account. Not visible in the data: a drug stopped though its supply lasts; a specialist's plan."
innocent_zh = "不计入：知识点允许并用的品种数（如支架术后双联抗血小板）；重叠不足规定天数的（交叉换药）；前药用完后再用后药；胰岛素与其他降糖药（不同类）；已记录理由的明细；住院明细；母婴共用账户。数据无法识别：供药未尽但已停用；专科方案。"
because    = "{name} was dispensed on {day} while {other_name} lasted: {drugs} drugs of one class ({class_name}) at one time, where {most} is usual"
because_zh = "{day}配{name}时{other_name}尚未用完：同类药品（{class_name}）同时使用{drugs}种，通常不超过{most}种"
back       = 3

[parameters.overlap]
value  = 7
source = "catalogue A19, OVERLAP_DAYS: starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
k_dup_class = """
item                    | name           | class | class_name               | most
XY01AAS304A001010100001 | 奥美拉唑肠溶胶囊 | A02BC | 质子泵抑制剂             | 1
XY01AAS303A001010100001 | 雷贝拉唑钠肠溶片 | A02BC | 质子泵抑制剂             | 1
XY01AAS317A001010100001 | 泮托拉唑钠肠溶片 | A02BC | 质子泵抑制剂             | 1
XY01AAS305A001010100001 | 氯沙坦钾片     | C09C  | 血管紧张素受体拮抗剂     | 1
XY01AAS306A001010100001 | 替米沙坦片     | C09C  | 血管紧张素受体拮抗剂     | 1
XY01AAS001A001010100001 | 阿司匹林肠溶片 | B01AC | 抗血小板药               | 2
XY01AAS027A001010100001 | 硫酸氢氯吡格雷片 | B01AC | 抗血小板药               | 2
XY01AAS314A001010100001 | 替格瑞洛片     | B01AC | 抗血小板药               | 2
"""

[examples]
"Omeprazole and rabeprazole for 14 days · 奥美拉唑与雷贝拉唑重叠14天" = """
charge | claim | item                    | done_at             | days | flagged
a      | s     | XY01AAS304A001010100001 | 2026-03-05 09:00:00 | 14   |
b      | s     | XY01AAS303A001010100001 | 2026-03-05 09:10:00 | 14   | 0.00 low
"""
"Aspirin and clopidogrel after a stent; with a third · 支架术后阿司匹林与氯吡格雷；再加一种" = """
charge | claim | member | kind     | item                    | done_at             | days | flagged
a      | s     | Li     | chronic  | XY01AAS001A001010100001 | 2026-03-05 09:00:00 | 28   |
b      | s     | Li     | chronic  | XY01AAS027A001010100001 | 2026-03-05 09:10:00 | 28   |
c      | t     | Wu     | chronic  | XY01AAS001A001010100001 | 2026-03-05 09:00:00 | 28   |
d      | t     | Wu     | pharmacy | XY01AAS027A001010100001 | 2026-03-05 09:10:00 | 28   |
e      | u     | Wu     | emergency | XY01AAS314A001010100001 | 2026-03-06 09:00:00 | 28   | low
"""
"Losartan used up, telmisartan begun the next day; overlap of six days, and of seven · 氯沙坦用完次日起用替米沙坦；重叠6天、7天" = """
charge | claim | member | item                    | day        | days | flagged
a      | s     | Li     | XY01AAS305A001010100001 | 2026-03-01 | 28   |
b      | t     | Li     | XY01AAS306A001010100001 | 2026-03-29 | 28   |
c      | u     | Wu     | XY01AAS305A001010100001 | 2026-03-01 | 28   |
d      | v     | Wu     | XY01AAS306A001010100001 | 2026-03-23 | 28   |
e      | w     | Xu     | XY01AAS305A001010100001 | 2026-03-01 | 28   |
f      | x     | Xu     | XY01AAS306A001010100001 | 2026-03-22 | 28   | yes
g      | y     | Sun    | XY01AAS305A001010100001 | 2026-03-01 | 28   |
h      | z     | Sun    | XY01AAS306A001010100001 | 2026-03-05 | 6    |
i      | i     | Zhu    | XY01AAS305A001010100001 | 2026-03-01 | 28   |
j      | j     | Zhu    | XY01AAS306A001010100001 | 2026-03-05 | 7    | yes
"""
"Two classes; two persons; the same drug again · 不同类；不同患者；同一药品再次开具" = """
charge | claim | member | item                    | day        | days
a      | s     | Li     | XY01AAS305A001010100001 | 2026-03-01 | 28
b      | s     | Li     | XY01AAS304A001010100001 | 2026-03-01 | 28
c      | t     | Wu     | XY01AAS303A001010100001 | 2026-03-01 | 28
d      | u     | Xu     | XY01AAS306A001010100001 | 2026-03-01 | 28
e      | v     | Xu     | XY01AAS306A001010100001 | 2026-03-10 | 28
"""
"In a stay; a reason recorded; on a newborn's mother's account · 住院；已记录理由；母婴共用账户" = """
charge | claim | member | kind       | item                    | day        | days | reason   | newborn | flagged
a      | s     | Li     | inpatient  | XY01AAS305A001010100001 | 2026-03-01 | 28   |          |         |
b      | t     | Li     | outpatient | XY01AAS306A001010100001 | 2026-03-02 | 28   |          |         |
c      | u     | Wu     | outpatient | XY01AAS305A001010100001 | 2026-03-01 | 28   |          |         |
d      | v     | Wu     | outpatient | XY01AAS306A001010100001 | 2026-03-02 | 28   | 过敏换药 |         |
e      | w     | Xu     | outpatient | XY01AAS305A001010100001 | 2026-03-01 | 28   | 长期服用 |         |
f      | x     | Xu     | outpatient | XY01AAS306A001010100001 | 2026-03-02 | 28   |          |         | yes
g      | y     | Sun    | outpatient | XY01AAS305A001010100001 | 2026-03-01 | 28   |          |         |
h      | z     | Sun    | outpatient | XY01AAS306A001010100001 | 2026-03-02 | 28   |          | yes     |
"""
"Of two at one moment the later line is accused; else the later moment counts · 同一时刻以后一条为疑点；否则以时间在后者为疑点" = """
charge | claim | member | item                    | done_at             | days | flagged
a      | s     | Li     | XY01AAS303A001010100001 | 2026-03-05 09:00:00 | 14   |
b      | t     | Li     | XY01AAS304A001010100001 | 2026-03-05 09:00:00 | 14   | yes
c      | u     | Wu     | XY01AAS303A001010100001 | 2026-03-05 10:00:00 | 14   | yes
d      | v     | Wu     | XY01AAS304A001010100001 | 2026-03-05 09:00:00 | 14   |
"""
"A third for six days beside two · 已有两种，第三种仅6天" = """
charge | claim | item                    | done_at             | days | flagged
a      | s     | XY01AAS303A001010100001 | 2026-03-05 09:00:00 | 28   |
b      | t     | XY01AAS304A001010100001 | 2026-03-05 10:00:00 | 28   | yes
c      | u     | XY01AAS317A001010100001 | 2026-03-05 11:00:00 | 6    |
"""

[examples."The earlier supply was settled months before; what those months held is judged there · 前一次供药在数月前结算；以前月份的明细不在本月判定"]
history = """
charge | claim | member | item                    | day        | days
x      | s     | Li     | XY01AAS305A001010100001 | 2026-01-10 | 84
y      | t     | Wu     | XY01AAS305A001010100001 | 2026-01-10 | 28
z      | u     | Wu     | XY01AAS306A001010100001 | 2026-01-11 | 28
"""
charge = """
charge | claim | member | item                    | day        | days | flagged
a      | v     | Li     | XY01AAS306A001010100001 | 2026-03-05 | 28   | yes
"""

[examples."A point holds on its days and in its place · 知识点在有效期和适用地区内有效"]
k_dup_class = """
item | name | class | class_name | most | place  | since      | until
X1   | 甲   | K     | 类         | 1    | 000000 | 2026-03-01 | 2026-03-31
X2   | 乙   | K     | 类         | 1    | 000000 |            |
X3   | 丙   | K     | 类         | 1    | 330000 |            |
"""
charge = """
charge | claim | member | item | done_at             | days | flagged
a      | s     | Li     | X2   | 2026-03-31 09:00:00 | 28   |
b      | s     | Li     | X1   | 2026-03-31 10:00:00 | 28   | yes
c      | t     | Wu     | X2   | 2026-04-01 09:00:00 | 28   |
d      | t     | Wu     | X1   | 2026-04-01 10:00:00 | 28   |
e      | u     | Xu     | X2   | 2026-03-05 09:00:00 | 28   |
f      | u     | Xu     | X3   | 2026-03-05 10:00:00 | 28   |
"""
*/
WITH supplied AS (  -- drugs of these classes dispensed for use at home, for so many days that they can overlap at all
    SELECT
        h.charge, h.member, h.generic, h.day, h.done_at, h.days, h.judged, k.point, k.name, k.class, k.class_name, k.most
    FROM history AS h
    JOIN k_dup_class AS k ON k.item = h.item
    WHERE in_force(k, h) AND h.kind IN ('outpatient', 'emergency', 'chronic', 'pharmacy') AND h.days >= $overlap AND NOT h.newborn
), beside AS (  -- each with the drugs of its class that last as long beside it, itself among them
    SELECT
        b.charge, b.point, b.name, b.class_name, b.most, count(DISTINCT a.generic) AS drugs,
        max(CASE WHEN a.generic <> b.generic THEN a.name END) AS other_name
    FROM supplied AS b
    JOIN supplied AS a ON a.member = b.member AND a.class = b.class
    WHERE b.judged AND (a.done_at < b.done_at OR (a.done_at = b.done_at AND a.charge <= b.charge))
        AND date_diff('day', b.day, days_after(a.day, a.days)) >= $overlap
    GROUP BY b.charge, b.point, b.name, b.class_name, b.most
    HAVING count(DISTINCT a.generic) > b.most
)
SELECT
    c.institution, c.claim, c.charge, 0 AS at_stake,
    b.point, c.item, b.name, c.day, c.days, c.quantity, b.class_name, b.drugs, b.most, b.other_name
FROM beside AS b
JOIN charge AS c ON c.charge = b.charge
WHERE c.reason IS NULL
