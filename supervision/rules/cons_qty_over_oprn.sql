/*
title      = "More consumables than the operation can use"
title_zh   = "耗材数量超手术可能用量"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (3), art. 40 (3); national list of rule types 2025, no. 86; typical problem list 2025, items 4, 13 and 32"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第三项、第四十条第三项；国家两库（2025年版）第86类规则；2025年版典型问题清单第4、13、32项"
stage      = "in_force"
moments    = ["review", "audit"]
certainty  = "high"
severity   = "S3"
violations = ["V17", "V08"]
natl_rule  = ["医用耗材数量超标"]
about      = "More pieces of one kind of consumable were billed in a claim than its recorded operations can use: two knee prostheses for an operation on one side. Products of one kind are added up, operations of a kind are counted as they are recorded, each side for itself; nothing is said within the tolerance. The pieces charged first are the allowed ones, and each further piece counts at the price it was billed at."
about_zh   = "同一次就诊中，同一种类耗材计费数量超过所记录手术的可能用量，如单侧膝关节置换收取两个假体。同类产品合并计算，手术按记录逐条计数（双侧分别记录），容差以内不提示。先计费的予以认可，超出部分按其实际计费价格计算。"
innocent   = "Left out: a second side, level or vessel recorded as an operation of its own; lines with a recorded reason, such as a revision or an implant that failed; claims without any matching operation, which another rule asks about; newborns on their mother's account. Not visible in the data: packs of several pieces under one code; how many levels one operation code covers."
innocent_zh = "不计入：另行记录手术的对侧、其他节段或血管；已记录理由的明细（如翻修、植入物失败）；无相应手术记录的就诊（另有规则）；母婴共用账户。数据无法识别：一个编码含多件的包装；一条手术编码涵盖的节段数。"
because    = "{name}: {billed} pieces were billed; {operations} recorded operations can use {allowed}"
because_zh = "{name}共计费{billed}件，所记录的{operations}条手术最多可用{allowed}件"

[parameters.tolerance]
value  = 20
source = "catalogue C01, TOL 1.2: percent over what the operations can use that is let pass; starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"
billed   = "qty"
allowed  = "qty"

[given]
k_device = """
item                 | name         | kind  | operations   | most
C9900000000000000301 | 膝关节假体   | knee  | device_knee  | 1
C9900000000000000302 | 椎弓根螺钉   | screw | device_spine | 8
C9900000000000000322 | 椎弓根螺钉乙 | screw | device_spine | 8
C9900000000000000304 | 股骨锁定接骨板 | plate | device_femur |
"""
code_list = """
list         | code
device_knee  | 81.5400
device_knee  | 81.5500
device_spine | 81.0800
device_femur | 79.3500
"""

[examples."Two knee prostheses for one side, in one line or in two · 单侧置换收两个膝关节假体，一条或两条"]
charge = """
charge | claim | member | item                 | done_at             | quantity | amount  | flagged
a      | s     | Li     | C9900000000000000301 | 2026-03-05 09:00:00 | 2        | 9600.00 | 4800.00 high
b      | t     | Wu     | C9900000000000000301 | 2026-03-05 09:00:00 | 1        | 5200.00 | 5200.00
c      | t     | Wu     | C9900000000000000301 | 2026-03-05 08:00:00 | 1        | 4800.00 |
"""
operation = """
claim | code
s     | 81.5400
t     | 81.5400
"""

[examples."Both sides recorded; an operation of another kind recorded; none recorded · 记录双侧手术；仅有其他手术记录；无手术记录"]
charge = """
charge | claim | member | item                 | quantity | amount  | flagged
a      | s     | Li     | C9900000000000000301 | 2        | 9600.00 |
b      | t     | Wu     | C9900000000000000301 | 2        | 9600.00 | yes
c      | u     | Xu     | C9900000000000000301 | 2        | 9600.00 |
d      | v     | Sun    | C9900000000000000301 | 2        | 9600.00 |
"""
operation = """
claim | code
s     | 81.5400
s     | 81.5500
t     | 81.5400
t     | 81.0800
u     | 81.0800
"""

[examples."Screws: twenty where eight were possible, of two makers; nine within the tolerance; ten beyond it · 椎弓根螺钉：可用8枚收20枚（两个厂家）；9枚在容差内；10枚超出"]
charge = """
charge | claim | member | item                 | done_at             | quantity | amount  | flagged
a      | s     | Li     | C9900000000000000302 | 2026-03-05 09:00:00 | 12       | 1440.00 | 480.00
b      | s     | Li     | C9900000000000000322 | 2026-03-05 10:00:00 | 8        | 960.00  | 960.00
c      | t     | Wu     | C9900000000000000302 | 2026-03-05 09:00:00 | 9.6      | 1152.00 |
d      | u     | Xu     | C9900000000000000302 | 2026-03-05 09:00:00 | 9.6001   | 1152.01 | 192.01
"""
operation = """
claim | code
s     | 81.0800
t     | 81.0800
u     | 81.0800
"""

[examples."A recorded reason; a newborn on the account; two kinds apart; two claims apart; no number known · 已记录理由；母婴共用账户；不同种类；不同就诊；无数量上限"]
charge = """
charge | claim | member | item                 | quantity | amount  | reason | newborn | flagged
a      | s     | Li     | C9900000000000000301 | 1        | 4800.00 |        |         |
b      | s     | Li     | C9900000000000000301 | 1        | 4800.00 | 首枚破损 |       |
c      | s     | Li     | C9900000000000000302 | 8        | 960.00  |        |         |
d      | t     | Li     | C9900000000000000301 | 1        | 4800.00 |        |         |
e      | t     | Wu     | C9900000000000000301 | 2        | 9600.00 |        | yes     |
f      | t     | Wu     | C9900000000000000304 | 5        | 9300.00 |        |         |
"""
operation = """
claim | code
s     | 81.5400
s     | 81.0800
t     | 81.5400
t     | 79.3500
"""

[examples."Screws do not count against the prosthesis, nor it against them · 螺钉与假体分别计数"]
charge = """
charge | claim | member | item                 | done_at             | quantity | amount  | flagged
a      | s     | Li     | C9900000000000000302 | 2026-03-05 08:00:00 | 8        | 960.00  |
b      | s     | Li     | C9900000000000000301 | 2026-03-05 09:00:00 | 2        | 9600.00 | 4800.00
c      | t     | Wu     | C9900000000000000302 | 2026-03-05 08:00:00 | 9        | 1080.00 |
d      | t     | Wu     | C9900000000000000301 | 2026-03-05 09:00:00 | 1        | 4800.00 |
"""
operation = """
claim | code
s     | 81.5400
s     | 81.0800
t     | 81.5400
t     | 81.0800
"""

[examples."A point holds on its days and in its place; of two at one moment the later line is beyond · 知识点在有效期和适用地区内有效；同一时刻以后一条为超出"]
k_device = """
item | name | kind | operations  | most | place  | since      | until
C1   | 甲   | a    | device_knee | 1    | 000000 | 2026-03-01 | 2026-03-31
C2   | 乙   | b    | device_knee | 1    | 330000 |            |
"""
charge = """
charge | claim | member | item | day        | quantity | amount | flagged
a      | s     | Li     | C1   | 2026-03-31 | 1        | 100.00 |
b      | s     | Li     | C1   | 2026-03-31 | 1        | 100.00 | yes
c      | t     | Wu     | C1   | 2026-04-01 | 2        | 200.00 |
d      | u     | Xu     | C2   | 2026-03-05 | 2        | 200.00 |
"""
operation = """
claim | code
s     | 81.5400
t     | 81.5400
u     | 81.5400
"""
*/
WITH used AS (  -- each line with the pieces of its kind up to and with it, in the order they were charged
    SELECT
        c.institution, c.claim, c.charge, c.item, c.day, c.quantity, c.amount, k.point, k.name, k.kind, k.operations AS list, k.most,
        sum(c.quantity) OVER whole_claim AS billed, sum(c.quantity) OVER so_far AS so_far
    FROM charge AS c
    JOIN k_device AS k ON k.item = c.item
    WHERE in_force(k, c) AND c.reason IS NULL AND NOT c.newborn
    WINDOW whole_claim AS (PARTITION BY c.claim, k.kind),
        so_far AS (PARTITION BY c.claim, k.kind ORDER BY c.done_at, c.charge ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
), operated AS (  -- how many operations of each list the claim records
    SELECT o.claim, l.list, count(*) AS operations
    FROM operation AS o
    JOIN code_list AS l ON l.code = o.code
    WHERE o.claim IN (SELECT u.claim FROM used AS u)
    GROUP BY o.claim, l.list
)
SELECT
    u.institution, u.claim, u.charge, share(u.amount, u.so_far - u.most * o.operations, u.quantity) AS at_stake,
    least(u.quantity, u.so_far - u.most * o.operations) AS units, u.claim || ':' || u.kind AS finding,
    u.point, u.item, u.name, u.day, u.quantity, u.billed, o.operations, u.most * o.operations AS allowed
FROM used AS u
JOIN operated AS o ON o.claim = u.claim AND o.list = u.list
WHERE u.so_far > u.most * o.operations AND u.billed * 100 > u.most * o.operations * (100 + $tolerance)
