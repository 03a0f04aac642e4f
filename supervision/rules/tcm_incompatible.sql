/*
title      = "Slices that do not go together"
title_zh   = "中药饮片配伍禁忌"
basis      = "Pharmaceutical Administration Law, art. 72; Chinese Pharmacopoeia, part I (eighteen incompatibilities, nineteen antagonisms); national list of rule types 2025, no. 75"
basis_zh   = "《中华人民共和国药品管理法》第七十二条；《中国药典》一部（十八反、十九畏）；国家两库（2025年版）第75类规则"
stage      = "in_force"
moments    = ["remind", "audit"]
certainty  = "remind"
severity   = "S1"
violations = ["V24"]
natl_rule  = ["中药饮片配伍禁忌"]
about      = "One prescription holds two slices of Chinese medicine that tradition and pharmacopoeia do not use together. Slices of one person, institution, doctor and day are one prescription. The doctor is reminded; no amount is at stake."
about_zh   = "同一张处方中有传统和药典注明不宜同用的两味饮片。同一患者、同一机构、同一医师、同日的饮片视为一张处方。仅提醒医师，不计涉及金额。"
innocent   = "Left out: use on purpose, for which a reason stands on either slice (the doctor's second signature). Each processed form is a code of its own and is named by a point of its own. Not visible in the data: one of the two for outward use; a signature kept on paper."
innocent_zh = "不计入：任一饮片已记录理由（医师双签）的有意同用。各炮制品编码不同，分别列入知识点。数据无法识别：其中一味为外用；仅有纸质双签。"
because    = "{other_name} and {name} stand in one prescription of {day}"
because_zh = "{day}同一处方中有{other_name}与{name}"
back       = 1

[columns]
quantity = "qty"

[given]
k_slice_pair = """
item       | name | other      | other_name
T990000003 | 甘草 | T990000009 | 甘遂
T990000010 | 丁香 | T990000011 | 郁金
"""

[examples]
"Gansui with liquorice; cloves with turmeric; astragalus with angelica · 甘遂与甘草；丁香与郁金；黄芪与当归" = """
charge | member | item       | flagged
a      | Li     | T990000009 | 0.00 remind
b      | Li     | T990000003 |
c      | Wu     | T990000010 |
d      | Wu     | T990000011 | 0.00
e      | Xu     | T990000001 |
f      | Xu     | T990000002 |
"""
"Another day, another person, another institution, another doctor; a doctor not known · 不同日期、患者、机构、医师；医师不详" = """
charge | member | institution | practitioner | day        | item       | flagged
a      | Li     | North       | d1           | 2026-03-05 | T990000009 |
b      | Li     | North       | d1           | 2026-03-06 | T990000003 |
c      | Wu     | North       | d1           | 2026-03-05 | T990000003 |
d      | Li     | South       | d1           | 2026-03-05 | T990000003 |
e      | Li     | North       | d2           | 2026-03-05 | T990000003 |
f      | Xu     | North       | -            | 2026-03-05 | T990000009 | yes
g      | Xu     | North       | d1           | 2026-03-05 | T990000003 |
"""
"A reason on either of the two · 任一味已记录理由" = """
charge | member | item       | reason
a      | Li     | T990000009 | 医师双签
b      | Li     | T990000003 |
c      | Wu     | T990000009 |
d      | Wu     | T990000003 | 医师双签
"""
"Two lines of the one remind of the other once · 其中一味有两条，另一味只提醒一次" = """
charge | member | item       | flagged
a      | Li     | T990000009 | 0.00
b      | Li     | T990000003 |
c      | Li     | T990000003 |
"""
"A point holds on its days and in its place · 知识点在有效期和适用地区内有效" = """
charge | member | item       | day        | province | area   | flagged
a      | Li     | T990000009 | 1999-12-31 |          |        |
b      | Li     | T990000003 | 1999-12-31 |          |        |
c      | Wu     | T990000009 | 2000-01-01 | 330000   | 330100 | yes
d      | Wu     | T990000003 | 2000-01-01 | 330000   | 330100 |
"""
*/
WITH met AS (  -- each slice with the first slice of its prescription that it does not go with
    SELECT
        c.institution, c.claim, c.charge, c.item, c.day, c.quantity, k.point, k.name, k.other_name,
        row_number() OVER (PARTITION BY c.charge ORDER BY k.point, m.charge) AS place
    FROM charge AS c
    JOIN k_slice_pair AS k ON k.other = c.item
    JOIN history AS m ON m.item = k.item AND m.member = c.member AND m.institution = c.institution AND m.day = c.day
        AND coalesce(m.practitioner = c.practitioner, TRUE)
    WHERE in_force(k, c) AND c.reason IS NULL AND m.reason IS NULL
)
SELECT
    m.institution, m.claim, m.charge, 0 AS at_stake,
    m.point, m.item, m.other_name, m.day, m.quantity, m.name
FROM met AS m
WHERE m.place = 1
