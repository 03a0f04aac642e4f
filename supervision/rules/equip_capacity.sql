/*
title      = "More examinations than the devices can do"
title_zh   = "检查设备超产能"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (4), art. 40 (3); typical problem list 2025, no. 75"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第四项、第四十条第三项；2025年版典型问题清单第75条"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S3"
violations = ["V17", "V11"]
natl_rule  = []
needs      = ["equipment"]
back       = 1
ahead      = 1
about      = "On one day an institution billed more examinations of a kind than its devices can do in the hours they run, beyond the tolerance. The lines of that day that were settled in the month are named. This is a lead: no amount is in question by itself."
about_zh   = "机构单日收取的某类检查，按典型时长折算超过其设备当日可运行时间（超出容差）。列出该日且于当月结算的明细，作为线索，本身不涉及金额。"
innocent   = "Left out: institutions of whose devices of that kind nothing was told; lines reversed. Not visible in the data: images of another place billed here (a shared imaging centre), nights and extra hours that the register has not caught up with, several examinations posted on the day of the report, several sites of one patient billed apart and examined in one go, a device that is quicker than the typical time."
innocent_zh = "不计入：未报送该类设备信息的机构；已冲销明细。数据无法识别：共享影像中心代收、登记未更新的夜间或延时运行、按报告日集中记账、同一患者多部位分别计费而一次完成、设备实际用时短于典型时长。"
because    = "On {day} {exams} examinations took {minutes} minutes of {device}; {possible} were possible"
because_zh = "{day}{device}检查{exams}次，需{minutes}分钟，设备可运行{possible}分钟"

[parameters.tolerance]
value  = 20
source = "catalogue F10, TOL: per cent beyond what the devices can do; starting value, not law"
since  = 2026-04-01

[columns]
exams = "qty"

[given]
k_timed_item = """
item            | name     | device | minutes
002102000010000 | 磁共振平扫 | mri    | 15
002103000010000 | CT平扫   | ct     | 6
002103000020000 | CT增强   | ct     | 15
"""
equipment = """
institution | kind | devices | hours | since      | until
North       | mri  | 1       | 12    | 2020-01-01 | -
North       | ct   | 1       | 1     | 2020-01-01 | -
"""

[examples]
"140 scans in twelve hours of one device; 42; as many as the tolerance lets pass, and one more · 1台12小时140次；42次；恰在容差内；多1次" = """
charge | item            | day        | quantity | flagged
a      | 002102000010000 | 2026-03-05 | 140      | 0.00 high
b      | 002102000010000 | 2026-03-06 | 42       |
c      | 002102000010000 | 2026-03-07 | 57.6     |
d      | 002102000010000 | 2026-03-08 | 57       |
e      | 002102000010000 | 2026-03-08 | 0.6      |
f      | 002102000010000 | 2026-03-09 | 57       | yes
g      | 002102000010000 | 2026-03-09 | 0.603    | yes
h      | 002102000010000 | 2026-03-10 | 57.9     | yes
"""
"Two kinds of scan on one device; another kind; a hospital that told nothing · 同一设备两类检查；他类检查；未报送设备" = """
charge | institution | item            | quantity | flagged
a      | North       | 002103000010000 | 8        | yes
b      | North       | 002103000020000 | 2        | yes
c      | North       | 002102000010000 | 2        |
d      | South       | 002103000010000 | 500      |
e      | North       | 009901000150000 | 500      |
"""

[examples."Devices count from their first day to their last, and add up · 设备自启用日至停用日计，可相加"]
equipment = """
institution | kind | devices | hours | since      | until
North       | mri  | 1       | 1     | 2020-01-01 | -
North       | mri  | 2       | 1     | 2026-03-05 | 2026-03-06
"""
charge = """
charge | item            | day        | quantity | flagged
a      | 002102000010000 | 2026-03-04 | 14       | yes
b      | 002102000010000 | 2026-03-05 | 14       |
c      | 002102000010000 | 2026-03-06 | 14       |
d      | 002102000010000 | 2026-03-07 | 14       | yes
e      | 002102000010000 | 2026-03-05 | 0.4      |
"""

[examples."What a point of another place says of the device does not hold here · 他地知识点所称设备在本地不作数"]
k_timed_item = """
item            | name       | device | minutes | place
002102000010000 | 磁共振平扫 | mri    | 15      | 000000
002102000010000 | 磁共振平扫 | ct     | 15      | 990200
002103000010000 | CT平扫     | ct     | 6       | 000000
"""
charge = """
charge | item            | quantity | flagged
a      | 002103000010000 | 13       | yes
b      | 002102000010000 | 1        |
"""

[examples."Lines of the day that are settled in another month count too · 他月结算的当日检查一并计数"]
charge = """
charge | institution | item            | day        | quantity | flagged
a      | North       | 002102000010000 | 2026-03-05 | 50       | yes
"""
history = """
charge | institution | item            | day        | quantity
b      | North       | 002102000010000 | 2026-03-05 | 10
c      | South       | 002102000010000 | 2026-03-05 | 500
"""

[examples."A point holds on its days, in its place · 知识点在有效期内、在本地有效"]
k_timed_item = """
item            | name       | device | minutes | since      | until      | place
002102000010000 | 磁共振平扫 | mri    | 15      | 2026-03-01 | 2026-03-31 | 000000
002102000010000 | 磁共振平扫 | mri    | 15      | 2026-01-01 | 2026-12-31 | 990200
"""
charge = """
charge | item            | day        | quantity | flagged
a      | 002102000010000 | 2026-02-28 | 140      |
b      | 002102000010000 | 2026-03-31 | 140      | yes
c      | 002102000010000 | 2026-04-01 | 140      |
d      | 002102000010000 | 2026-03-01 | 50       |
"""
*/
WITH used AS (  -- minutes that each kind of device was used on a day, in 1/10000
    SELECT h.institution, k.device, h.day, sum(h.quantity * k.minutes) AS minutes, sum(h.quantity) AS exams
    FROM history AS h
    JOIN k_timed_item AS k ON k.item = h.item
    WHERE in_force(k, h)
    GROUP BY h.institution, k.device, h.day
), possible AS (  -- minutes that the devices run on that day
    SELECT u.institution, u.device, u.day, u.minutes, u.exams, sum(e.devices * e.hours * 60) AS possible
    FROM used AS u
    JOIN equipment AS e ON e.institution = u.institution AND e.kind = u.device
    WHERE e.since <= u.day AND (e.until IS NULL OR e.until >= u.day)
    GROUP BY u.institution, u.device, u.day, u.minutes, u.exams
), named AS (  -- the lines of the month on such days, with the first of them
    SELECT
        c.institution, c.claim, c.charge, c.item, c.quantity, p.device, p.day, p.minutes, p.exams, p.possible,
        min(c.charge) OVER (PARTITION BY p.institution, p.device, p.day) AS first_charge
    FROM charge AS c
    JOIN k_timed_item AS k ON k.item = c.item
    JOIN possible AS p ON p.institution = c.institution AND p.device = k.device AND p.day = c.day
    WHERE in_force(k, c) AND p.minutes * 100 > p.possible * 10000 * (100 + $tolerance)
)
SELECT
    n.institution, n.claim, n.charge, 0 AS at_stake, n.first_charge AS finding,
    n.device, n.day, n.exams, n.minutes // 10000 AS minutes, n.possible, n.item
FROM named AS n
