/*
title      = "Package charged by its parts"
title_zh   = "医疗服务项目分解收费"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (3); national list of rule types 2025, no. 26; typical problem list 2025, items 34, 65 and 83; the price list of the place"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第三项；国家两库（2025年版）第26类规则；2025年版典型问题清单第34、65、83项；当地医疗服务价格"
stage      = "trial"
moments    = ["review", "audit"]
certainty  = "high"
severity   = "S2"
violations = ["V10"]
natl_rule  = ["医疗服务项目分解收费"]
about      = "The price list of the place has a package at one price, and at least so many of its parts were charged one by one on one day of one encounter, dearer together than the package. The parts charged first are allowed up to the price of the package, or of as many packages as the part charged most often; at stake is what goes beyond."
about_zh   = "当地价格项目设有组套价格，而同一次就诊同日分别收取达到规定数量的组成项目，合计高于组套价格。先收的组成项目在组套价格以内予以认可（按收费次数最多的组成项目计算组套次数），涉及金额为超出组套价格的部分。"
innocent   = "Left out: places without a price for the package; fewer parts than the list says, as when a physician asked for some of them only; parts no dearer than the package; lines with a recorded reason; lines reversed. Of two packages that share a part, the line speaks for the one that was exceeded by more. Not visible in the data: specimens taken at different times of one day, where no part was charged twice."
innocent_zh = "不计入：当地无组套价格；组成项目少于规定数量（医师仅申请部分项目）；合计未超过组套价格；已记录理由的明细；已冲销明细。两个组套共有的组成项目，只按超出较多的组套计算。数据无法识别：同日不同时间采集标本且各项目均只收一次的。"
because    = "On {day} the parts of {package_name} were billed one by one for {billed} yuan; the package costs {allowed}"
because_zh = "{day}分别收取{package_name}的组成项目合计{billed}元，组套价格{allowed}元"

[columns]
quantity = "qty"
billed   = "yuan"
allowed  = "yuan"

[given]
k_package = """
package         | package_name | item            | name           | least
009901001050000 | 凝血四项     | 002502030200000 | 凝血酶原时间   | 3
009901001050000 | 凝血四项     | 002502030250000 | 活化部分凝血活酶时间 | 3
009901001050000 | 凝血四项     | 002502030350000 | 凝血酶时间     | 3
009901001050000 | 凝血四项     | 002502030300000 | 纤维蛋白原     | 3
"""
k_price_cap = """
item            | name     | level | cap
009901001050000 | 凝血四项 | 2     | 80.00
"""

[examples]
"Four parts of the coagulation screen at 30 each, the package at 80 · 凝血四项分别收取各30元，组套80元" = """
charge | claim | item            | done_at             | amount | flagged
a      | s     | 002502030200000 | 2026-03-05 08:00:00 | 30.00  |
b      | s     | 002502030250000 | 2026-03-05 08:00:00 | 30.00  |
c      | s     | 002502030350000 | 2026-03-05 08:00:00 | 30.00  | 10.00 high
d      | s     | 002502030300000 | 2026-03-05 08:00:00 | 30.00  | 30.00
"""
"Two parts only; three, but no dearer than the package, and a fen dearer · 仅两项；三项未超过组套价格，超出一分" = """
charge | claim | item            | amount | flagged
a      | s     | 002502030200000 | 60.00  |
b      | s     | 002502030250000 | 60.00  |
c      | t     | 002502030200000 | 30.00  |
d      | t     | 002502030250000 | 30.00  |
e      | t     | 002502030300000 | 20.00  |
f      | u     | 002502030200000 | 30.00  |
g      | u     | 002502030250000 | 30.00  |
h      | u     | 002502030300000 | 20.01  | 0.01
"""
"A place, or a level, without a price for the package · 当地或该等级无组套价格" = """
charge | claim | level | province | area   | item            | amount
a      | s     | 3     |          |        | 002502030200000 | 30.00
b      | s     | 3     |          |        | 002502030250000 | 30.00
c      | s     | 3     |          |        | 002502030350000 | 30.00
"""
"On two days; in two claims; one with a recorded reason; one of them twice · 分两日；分两次就诊；一项已记录理由；同一项收两次" = """
charge | claim | item            | day        | reason   | amount
a      | s     | 002502030200000 | 2026-03-05 |          | 40.00
b      | s     | 002502030250000 | 2026-03-05 |          | 40.00
c      | s     | 002502030350000 | 2026-03-06 |          | 40.00
d      | t     | 002502030350000 | 2026-03-05 |          | 40.00
e      | u     | 002502030200000 | 2026-03-05 |          | 40.00
f      | u     | 002502030250000 | 2026-03-05 |          | 40.00
g      | u     | 002502030350000 | 2026-03-05 | 仅查一项 | 40.00
h      | v     | 002502030200000 | 2026-03-05 |          | 40.00
i      | v     | 002502030250000 | 2026-03-05 |          | 40.00
j      | v     | 002502030250000 | 2026-03-05 |          | 40.00
"""
"Drawn twice on one day: two packages are allowed · 同日采集两次：按两个组套计算" = """
charge | claim | item            | done_at             | quantity | amount | flagged
a      | s     | 002502030200000 | 2026-03-05 08:00:00 | 2        | 60.00  |
b      | s     | 002502030250000 | 2026-03-05 08:00:00 | 2        | 60.00  |
c      | s     | 002502030300000 | 2026-03-05 08:00:00 | 1        | 30.00  |
d      | s     | 002502030300000 | 2026-03-05 20:00:00 | 1        | 30.00  | 20.00
"""
"Each day by itself · 按日分别计算" = """
charge | claim | item            | day        | amount | flagged
a1     | s     | 002502030200000 | 2026-03-05 | 30.00  |
a2     | s     | 002502030250000 | 2026-03-05 | 30.00  |
a3     | s     | 002502030300000 | 2026-03-05 | 30.00  | 10.00
a4     | s     | 002502030200000 | 2026-03-06 | 60.00  |
a5     | s     | 002502030250000 | 2026-03-06 | 60.00  |
b1     | t     | 002502030200000 | 2026-03-05 | 30.00  |
b2     | t     | 002502030250000 | 2026-03-05 | 30.00  |
b3     | t     | 002502030300000 | 2026-03-05 | 30.00  | 10.00
b4     | t     | 002502030200000 | 2026-03-06 | 30.00  |
b5     | t     | 002502030250000 | 2026-03-06 | 30.00  |
b6     | t     | 002502030300000 | 2026-03-06 | 30.00  | 10.00
"""

[examples."Of two packages the one exceeded by more · 两个组套取超出较多者"]
k_package = """
package         | package_name | item            | name         | least
009901001050000 | 凝血四项     | 002502030200000 | 凝血酶原时间 | 2
009901001050000 | 凝血四项     | 002502030250000 | 活化部分凝血活酶时间 | 2
009901001060000 | 术前凝血     | 002502030200000 | 凝血酶原时间 | 2
009901001060000 | 术前凝血     | 002502030250000 | 活化部分凝血活酶时间 | 2
"""
k_price_cap = """
item            | name     | level | cap
009901001050000 | 凝血四项 | 2     | 80.00
009901001060000 | 术前凝血 | 2     | 50.00
"""
charge = """
charge | claim | item            | amount | flagged
a      | s     | 002502030200000 | 45.00  |
b      | s     | 002502030250000 | 45.00  | 40.00
"""

[examples."Package and price hold on their days · 组套与价格均在有效期内有效"]
k_package = """
package         | package_name | item            | name         | least | since
009901001050000 | 凝血四项     | 002502030200000 | 凝血酶原时间 | 2     | 2026-03-02
009901001050000 | 凝血四项     | 002502030250000 | 活化部分凝血活酶时间 | 2     |
"""
k_price_cap = """
item            | name     | level | cap   | since      | until
009901001050000 | 凝血四项 | 2     | 80.00 |            | 2026-03-05
009901001050000 | 凝血四项 | 2     | 60.00 | 2026-03-06 |
"""
charge = """
charge | claim | item            | day        | amount | flagged
a      | s     | 002502030200000 | 2026-03-01 | 50.00  |
b      | s     | 002502030250000 | 2026-03-01 | 50.00  |
c      | t     | 002502030200000 | 2026-03-05 | 50.00  |
d      | t     | 002502030250000 | 2026-03-05 | 50.00  | 20.00
e      | u     | 002502030200000 | 2026-03-06 | 50.00  |
f      | u     | 002502030250000 | 2026-03-06 | 50.00  | 40.00
"""
*/
WITH part AS (  -- each part of a package that has a price
    SELECT
        c.institution, c.claim, c.charge, c.item, c.day, c.done_at, c.quantity, c.amount,
        k.point, k.name, k.package, k.package_name, k.least, p.cap
    FROM charge AS c
    JOIN k_package AS k ON k.item = c.item
    JOIN k_price_cap AS p ON p.item = k.package AND p.level = c.level
    WHERE in_force(k, c) AND in_force(p, c) AND c.reason IS NULL
), billed AS (  -- what each part was billed on a day of an encounter
    SELECT p.claim, p.day, p.package, p.least, p.cap, p.item, sum(p.quantity) AS quantity, sum(p.amount) AS amount
    FROM part AS p
    GROUP BY p.claim, p.day, p.package, p.least, p.cap, p.item
), enough AS (  -- the packages of which enough parts were billed, and what they may cost
    SELECT b.claim, b.day, b.package, sum(b.amount) AS billed, worth(b.cap, max(b.quantity)) AS allowed
    FROM billed AS b
    GROUP BY b.claim, b.day, b.package, b.least, b.cap
    HAVING count(*) >= b.least
), so_far AS (  -- their lines in the order they were charged
    SELECT
        p.*, e.billed, e.allowed,
        sum(p.amount) OVER (
            PARTITION BY p.claim, p.day, p.package ORDER BY p.done_at, p.charge
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS so_far,
        row_number() OVER (PARTITION BY p.charge ORDER BY e.billed - e.allowed DESC, p.package) AS place
    FROM part AS p
    JOIN enough AS e ON e.claim = p.claim AND e.day = p.day AND e.package = p.package
)
SELECT
    s.institution, s.claim, s.charge, least(s.amount, s.so_far - s.allowed) AS at_stake,
    s.claim || ':' || s.package AS finding,
    s.point, s.item, s.name, s.day, s.quantity, s.package_name, s.billed, s.allowed
FROM so_far AS s
WHERE s.place = 1 AND s.so_far > s.allowed
