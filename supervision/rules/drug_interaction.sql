/*
title      = "Drugs that do not go together"
title_zh   = "药物相互作用"
basis      = "National list of rule types 2025, no. 74; drug labels. A reminder of safety: no violation of the Regulation on the Supervision and Administration of the Use of Medical Security Funds is alleged"
basis_zh   = "国家两库（2025年版）第74类规则；药品说明书。仅为用药安全提醒，不认定违反《医疗保障基金使用监督管理条例》"
stage      = "trial"
moments    = ["remind", "audit"]  # a reminder; looked at afterwards too while no desk is joined
certainty  = "remind"
severity   = "S1"
violations = ["V24"]
natl_rule  = ["药品相互作用"]
about      = "Two drugs whose labels forbid taking them together were given while the supply of the one still lasted. The physician is reminded on the later drug; nothing is at stake."
about_zh   = "在一种药品的供药期内又使用说明书规定禁止合用的另一种药品。对后用的药品作出提醒，不计涉及金额。"
innocent   = "Left out: pairs that are only better avoided or watched; a drug whose supply is over; another route, which has a generic code of its own; lines with a recorded reason; newborns on their mother's account. Not visible in the data: a drug stopped though its supply lasts; use under monitoring in intensive care."
innocent_zh = "不计入：仅建议避免或监测的组合；供药期已结束的药品；给药途径不同（通用名编码不同）；已记录理由的明细；母婴共用账户。数据无法识别：供药未尽但已停用；重症监护下的合用。"
because    = "{name} was given on {day} while {other_name} of {other_day} lasted: {effect}"
because_zh = "{day}使用{name}时，{other_day}所用{other_name}尚在供药期内：{effect_zh}"
back       = 3

[parameters.least]
value  = 3
source = "catalogue A28, MIN_SEVERITY: 3 forbidden together, 2 better avoided, 1 to be watched; starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
k_interaction = """
generic    | name     | other      | other_name     | grade | effect                     | effect_zh
XY01AAS307 | 西地那非 | XY01AAS308 | 单硝酸异山梨酯 | 3     | must not be taken together | 禁止合用
XY01AAS307 | 西地那非 | XY01AAS028 | 硝酸甘油       | 3     | must not be taken together | 禁止合用
XY01AAS309 | 丙戊酸钠 | XY01AAS310 | 美罗培南       | 3     | must not be taken together | 禁止合用
XY01AAS027 | 氯吡格雷 | XY01AAS304 | 奥美拉唑       | 2     | better avoided             | 避免合用
"""

[examples]
"Sildenafil with isosorbide in one visit, either first · 同次就诊西地那非与硝酸酯类，不论先后" = """
charge | claim | member | item                    | done_at             | days | flagged
a      | s     | Li     | XY01AAS307A001010100001 | 2026-03-05 09:00:00 | 4    |
b      | s     | Li     | XY01AAS308A001010100001 | 2026-03-05 09:10:00 | 14   | 0.00 remind
c      | t     | Wu     | XY01AAS308A001010100001 | 2026-03-05 09:00:00 | 14   |
d      | t     | Wu     | XY01AAS307A001010100001 | 2026-03-05 09:10:00 | 4    | 0.00 remind
"""
"Valproate at home, then meropenem in a stay; on its last day, and the day after · 居家服用丙戊酸钠期间住院使用美罗培南；供药末日、次日" = """
charge | claim | member | kind      | item                    | day        | days | flagged
a      | s     | Li     | chronic   | XY01AAS309A001010100001 | 2026-03-01 | 28   |
b      | t     | Li     | inpatient | XY01AAS310A001010100001 | 2026-03-28 | 1    | yes
c      | u     | Wu     | chronic   | XY01AAS309A001010100001 | 2026-03-01 | 28   |
d      | v     | Wu     | inpatient | XY01AAS310A001010100001 | 2026-03-29 | 1    |
"""
"Amlodipine with losartan; a pair better avoided; another person · 氨氯地平与氯沙坦；仅建议避免的组合；不同患者" = """
charge | claim | member | item                    | days
a      | s     | Li     | XY01AAS003A001010100001 | 28
b      | s     | Li     | XY01AAS305A001010100001 | 28
c      | t     | Wu     | XY01AAS027A001010100001 | 28
d      | t     | Wu     | XY01AAS304A001010100001 | 14
e      | u     | Xu     | XY01AAS307A001010100001 | 28
f      | v     | Sun    | XY01AAS308A001010100001 | 28
"""
"A recorded reason; a newborn on the mother's account; the earlier line's reason does not speak for the later · 已记录理由；母婴共用账户；前一明细的理由不及于后一明细" = """
charge | claim | member | item                    | done_at             | days | reason   | newborn | flagged
a      | s     | Li     | XY01AAS309A001010100001 | 2026-03-05 09:00:00 | 28   |          |         |
b      | s     | Li     | XY01AAS310A001010100001 | 2026-03-05 10:00:00 | 1    | 别无选择 |         |
c      | t     | Wu     | XY01AAS309A001010100001 | 2026-03-05 09:00:00 | 28   |          |         |
d      | t     | Wu     | XY01AAS310A001010100001 | 2026-03-05 10:00:00 | 1    |          | yes     |
e      | u     | Xu     | XY01AAS309A001010100001 | 2026-03-05 09:00:00 | 28   | 长期服用 |         |
f      | u     | Xu     | XY01AAS310A001010100001 | 2026-03-05 10:00:00 | 1    |          |         | yes
"""
"Two that do not go with it remind of it once; of two at one moment the later line is reminded of · 两种不能合用的药品只提醒一次；同一时刻提醒后一条" = """
charge | claim | member | item                    | done_at             | days | flagged
a      | s     | Li     | XY01AAS308A001010100001 | 2026-03-05 09:00:00 | 14   |
b      | s     | Li     | XY01AAS028A001010100001 | 2026-03-05 09:00:00 | 14   |
c      | s     | Li     | XY01AAS307A001010100001 | 2026-03-05 09:00:00 | 4    | yes
d      | t     | Wu     | XY01AAS307A001010100001 | 2026-03-05 10:00:00 | 4    | yes
e      | t     | Wu     | XY01AAS308A001010100001 | 2026-03-05 09:00:00 | 14   |
"""

[examples."The earlier supply was settled months before; what those months held is judged there · 前一次供药在数月前结算；以前月份的明细不在本月判定"]
history = """
charge | claim | member | item                    | done_at             | days
x      | s     | Li     | XY01AAS309A001010100001 | 2026-01-10 09:00:00 | 84
y      | s     | Wu     | XY01AAS309A001010100001 | 2026-01-10 09:00:00 | 28
z      | s     | Wu     | XY01AAS310A001010100001 | 2026-01-10 10:00:00 | 1
"""
charge = """
charge | claim | member | item                    | day        | days | flagged
a      | t     | Li     | XY01AAS310A001010100001 | 2026-03-05 | 1    | yes
"""

[examples."A point holds on its days and in its place · 知识点在有效期和适用地区内有效"]
k_interaction = """
generic    | name | other      | other_name | grade | place  | since      | until
XY01AAS307 | 甲   | XY01AAS308 | 乙         | 3     | 000000 | 2026-03-01 | 2026-03-31
XY01AAS309 | 丙   | XY01AAS310 | 丁         | 3     | 330000 |            |
"""
charge = """
charge | claim | member | item                    | done_at             | days | flagged
a      | s     | Li     | XY01AAS307A001010100001 | 2026-03-31 09:00:00 | 4    |
b      | s     | Li     | XY01AAS308A001010100001 | 2026-03-31 10:00:00 | 4    | yes
c      | t     | Wu     | XY01AAS307A001010100001 | 2026-04-01 09:00:00 | 4    |
d      | t     | Wu     | XY01AAS308A001010100001 | 2026-04-01 10:00:00 | 4    |
e      | u     | Xu     | XY01AAS309A001010100001 | 2026-03-05 09:00:00 | 4    |
f      | u     | Xu     | XY01AAS310A001010100001 | 2026-03-05 10:00:00 | 4    |
"""
*/
WITH pair AS (  -- each pair in both directions
    SELECT k.point, k.generic, k.name, k.other, k.other_name, k.grade, k.effect, k.effect_zh, k.place, k.since, k.until FROM k_interaction AS k
    UNION ALL
    SELECT k.point, k.other, k.other_name, k.generic, k.name, k.grade, k.effect, k.effect_zh, k.place, k.since, k.until FROM k_interaction AS k
), used AS (  -- what was given of drugs that stand in a pair
    SELECT h.charge, h.province, h.area, h.member, h.generic, h.day, h.done_at, h.days
    FROM history AS h
    WHERE h.generic IN (SELECT p.generic FROM pair AS p) AND NOT h.newborn
), met AS (  -- each of them with what was given before it and still lasted
    SELECT
        b.charge, p.point, p.name, p.other_name, p.effect, p.effect_zh, a.charge AS other_charge, a.day AS other_day,
        row_number() OVER (PARTITION BY b.charge ORDER BY a.done_at DESC, a.charge, p.point) AS place
    FROM used AS b
    JOIN pair AS p ON p.generic = b.generic
    JOIN used AS a ON a.member = b.member AND a.generic = p.other
    WHERE in_force(p, b) AND p.grade >= $least AND days_after(a.day, a.days) > b.day
        AND (a.done_at < b.done_at OR (a.done_at = b.done_at AND a.charge < b.charge))
)
SELECT
    c.institution, c.claim, c.charge, 0 AS at_stake, c.claim || ':' || m.point AS finding,
    m.point, c.item, m.name, c.day, c.quantity, m.other_charge, m.other_name, m.other_day, m.effect, m.effect_zh
FROM met AS m
JOIN charge AS c ON c.charge = m.charge
WHERE m.place = 1 AND c.reason IS NULL
