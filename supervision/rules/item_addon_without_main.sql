/*
title      = "Surcharge without its main service"
title_zh   = "加收项无主项"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (3); national list of service items (a code that ends in 0001 to 0009 is a surcharge on the item it begins with); typical problem list 2025, items 21, 30 and 82"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第三项；全国医疗服务项目代码（末四位0001至0009为同一项目的加收）；2025年版典型问题清单第21项、第30项、第82项"
stage      = "in_force"
moments    = ["review", "audit"]
certainty  = "high"
severity   = "S2"
violations = ["V10"]
natl_rule  = ["医疗服务项目分解收费"]
about      = "A surcharge, such as for the electronic endoscope or the laparoscope, was billed for a day on which the person was billed nothing at the institution that it could be a surcharge on. The whole line is at stake."
about_zh   = "收取某项目的加收费用（如电子镜加收、经腹腔镜加收），但该患者当日在同一机构未收取任何可加收的主项目。涉及金额为该明细全额。"
innocent   = "Left out: the main service of that day in another claim of the institution, as with separate tickets; lines reversed. Slight suspicion: a main service so many days beside it, as with a procedure past midnight. Not visible in the data: a main service that the institution billed under a local code which no list ties to the surcharge; whether one main service carries more surcharges than it may."
innocent_zh = "不计入：同日在该机构其他就诊中收取的主项目（分票据结算）；已冲销明细。降为轻度可疑：主项目在前后规定天数内（如操作跨午夜）。数据无法识别：以本地编码收取、未与加收项建立对应的主项目；一个主项目的加收次数是否超出规定。"
because    = "{name} was billed on {day} without the service it adds to"
because_zh = "{day}收取{name}，未收取相应的主项目"
back       = 1
ahead      = 1  # the ticket with the main service may be settled later

[parameters.days]
value  = 1
source = "catalogue B27, a main service of the day before is slight: starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
k_addon = """
item            | name                         | family      | addon
003109020050000 | 纤维胃十二指肠镜检查         | 00310902005 |
003109020050001 | 纤维胃十二指肠镜检查(电子镜加收) | 00310902005 | Y
003310030220000 | 阑尾切除术                   | 00331003022 |
003310030220001 | 阑尾切除术(经腹腔镜加收)     | 00331003022 | Y
"""

[examples]
"The surcharge for an endoscope without an endoscopy, and with one · 无胃镜检查而收电子镜加收；有胃镜检查" = """
charge | claim | member | item            | day        | amount | flagged
a      | v     | Li     | 003109020050001 | 2026-03-05 | 40.00  | 40.00 high
b      | w     | Wu     | 003109020050001 | 2026-03-05 | 40.00  |
c      | w     | Wu     | 003109020050000 | 2026-03-05 | 160.00 |
"""
"The main service the day before, the day after, two days before and after, on the day and the day after · 主项目在前一日、后一日、前两日、后两日、当日及次日" = """
charge | claim | member | item            | day        | flagged
a      | v     | Li     | 003109020050000 | 2026-03-04 |
b      | v     | Li     | 003109020050001 | 2026-03-05 | low
c      | w     | Wu     | 003109020050000 | 2026-03-06 |
d      | w     | Wu     | 003109020050001 | 2026-03-05 | low
e      | x     | Xu     | 003109020050000 | 2026-03-03 |
f      | x     | Xu     | 003109020050001 | 2026-03-05 | high
i      | z     | He     | 003109020050000 | 2026-03-05 |
j      | z     | He     | 003109020050000 | 2026-03-06 |
k      | z     | He     | 003109020050001 | 2026-03-05 |
g      | y     | Sun    | 003109020050000 | 2026-03-07 |
h      | y     | Sun    | 003109020050001 | 2026-03-05 | high
"""
"A ticket of its own; another person; another institution; another service; two surcharges · 分票据；不同患者；不同机构；其他项目；两条加收" = """
charge | claim | member | institution | item            | amount | flagged
a      | s     | Li     | North       | 003310030220001 | 300.00 |
b      | t     | Li     | North       | 003310030220000 | 1150.00 |
c      | u     | Wu     | North       | 003310030220001 | 300.00 | yes
d      | v     | Xu     | South       | 003310030220001 | 300.00 | yes
e      | w     | Xu     | North       | 003310030220000 | 1150.00 |
f      | x     | Sun    | North       | 003310030220001 | 300.00 | yes
g      | x     | Sun    | North       | 003109020050000 | 160.00 |
h      | y     | He     | North       | 003310030220001 | 300.00 | 300.00
i      | y     | He     | North       | 003310030220001 | 300.00 | 300.00
"""

[examples."The ticket with the main service was settled in another month · 主项目在其他月份结算"]
history = """
charge | claim | item            | day
x      | t     | 003310030220000 | 2026-03-05
"""
charge = """
charge | claim | item            | day
a      | s     | 003310030220001 | 2026-03-05
"""

[examples."A point holds on its days and in its place · 知识点在有效期和适用地区内有效"]
k_addon = """
item            | name                     | family      | addon | place  | until
003310030220001 | 阑尾切除术(经腹腔镜加收) | 00331003022 | Y     | 000000 | 2026-03-05
003310030200001 | 结肠癌根治术(经腹腔镜加收) | 00331003020 | Y     | 990200 | 9999-12-31
003109020050001 | 纤维胃十二指肠镜检查(电子镜加收) | 00310902005 | Y | 000000 | 9999-12-31
003109020050000 | 纤维胃十二指肠镜检查     | 00310902005 |       | 000000 | 2026-03-04
"""
charge = """
charge | claim | item            | day        | flagged
a      | s     | 003310030220001 | 2026-03-05 | yes
b      | s     | 003310030220001 | 2026-03-06 |
c      | s     | 003310030200001 | 2026-03-05 |
d      | s     | 003109020050001 | 2026-03-05 | high
e      | s     | 003109020050000 | 2026-03-05 |
"""
*/
WITH surcharge AS (  -- the surcharges, each with the family of services it may be one on
    SELECT
        c.institution, c.claim, c.charge, c.member, c.province, c.area, c.amount, c.item, c.day, c.quantity, k.point, k.name, k.family
    FROM charge AS c
    JOIN k_addon AS k ON k.item = c.item
    WHERE k.addon AND in_force(k, c)
), near AS (  -- how many days away the nearest main service of the family was billed
    SELECT
        s.charge, min(greatest(date_diff('day', h.day, s.day), date_diff('day', s.day, h.day))) AS days_between
    FROM surcharge AS s
    JOIN history AS h ON h.member = s.member AND h.institution = s.institution
    JOIN k_addon AS j ON j.item = h.item
    WHERE NOT j.addon AND j.family = s.family AND in_force(j, s)
    GROUP BY s.charge
)
SELECT
    s.institution, s.claim, s.charge, s.amount AS at_stake,
    CASE WHEN n.days_between <= $days THEN 'low' ELSE 'high' END AS certainty,
    s.point, s.item, s.name, s.day, s.quantity
FROM surcharge AS s
LEFT JOIN near AS n ON n.charge = s.charge
WHERE coalesce(n.days_between > 0, TRUE)
