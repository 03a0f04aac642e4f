/*
title      = "More hours than there were"
title_zh   = "按时计价项目超可能时长"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (3), art. 40 (3); national list of rule types 2025, no. 27, batch 8; typical problem list 2025, items 63, 156, 174"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第三项、第四十条第三项；国家两库（2025年版）第27类规则、第八批知识点；2025年版典型问题清单第63、156、174项"
stage      = "in_force"
moments    = ["review", "audit"]
certainty  = "certain"
severity   = "S3"
violations = ["V17", "V08"]
natl_rule  = ["医疗服务项目限定频次"]
about      = "A service charged by time was charged for more than 24 hours on one date, or for more hours than the stay lasted. Hours charged first are the allowed ones; each further unit counts at the price it was billed at. Over the stay, its hours rounded up are allowed, and nothing is said within the tolerance."
about_zh   = "按时间计价的项目，单日超过24小时，或累计超过住院总时长。先发生的时长予以认可，超出单位按其实际计费价格计算。住院总时长按向上取整计，容差以内不提示。"
innocent   = "Left out: hours posted to the neighbouring day while the stay's total fits; newborns on their mother's account; lines reversed; stays that are not ended. Where a unit is half an hour, a point of the province says so. Not visible in the data: two devices running at once; hours recorded by another department."
innocent_zh = "不计入：住院累计时长相符、仅跨日记账的；母婴共用账户；已冲销明细；未出院的住院。以半小时为计价单位的，由本省知识点注明。数据无法识别：两台设备同时使用；其他科室记录的时长。"
because    = "{name}: {billed} units {span} where {allowed} were possible"
because_zh = "{name}{span_zh}共收{billed}个计价单位，最多{allowed}个"
back       = 1

[parameters.tolerance]
value  = 2
source = "catalogue B20, TOL_H: hours over the stay that are let pass; starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"
billed   = "qty"
allowed  = "qty"

[given]
k_hourly = """
item            | name         | minutes
003107010220000 | 心电监测     | 60
003106030010000 | 呼吸机辅助呼吸 | 60
001203000010000 | 氧气吸入     | 30
"""

[examples]
"Monitoring for 31 hours on one date · 单日心电监测31小时" = """
charge | member | item            | quantity | amount | flagged
a      | Li     | 003107010220000 | 31       | 155.00 | 35.00 certain
b      | Wu     | 003107010220000 | 24       | 120.00 |
"""
"Half-hour units: 48 a day are possible, 49 are not · 以半小时计价：每日48个可能，49个不可能" = """
charge | member | item            | quantity | amount | flagged
a      | Li     | 001203000010000 | 48       | 48.00  |
b      | Wu     | 001203000010000 | 49       | 49.00  | 1.00
"""
"The last hours of the date are the ones too many · 超出的是当日最后的时长" = """
charge | claim | item            | done_at             | quantity | amount | flagged
a      | s     | 003107010220000 | 2026-03-05 08:00:00 | 20       | 100.00 |
b      | s     | 003107010220000 | 2026-03-05 20:00:00 | 4        | 20.00  |
c      | s     | 003107010220000 | 2026-03-05 22:00:00 | 2        | 10.00  | 10.00
"""

[examples."A ventilator for 200 hours in a stay of 150 · 住院150小时，呼吸机收200小时"]
stay = """
claim | admitted            | discharged
s     | 2026-03-01 08:00:00 | 2026-03-07 14:00:00
"""
charge = """
charge | claim | item            | day        | days | quantity | amount  | flagged
a      | s     | 003106030010000 | 2026-03-01 | 1    | 24       | 240.00  |
b      | s     | 003106030010000 | 2026-03-02 | 1    | 24       | 240.00  |
c      | s     | 003106030010000 | 2026-03-03 | 1    | 24       | 240.00  |
d      | s     | 003106030010000 | 2026-03-04 | 1    | 24       | 240.00  |
e      | s     | 003106030010000 | 2026-03-05 | 1    | 24       | 240.00  |
f      | s     | 003106030010000 | 2026-03-06 | 1    | 24       | 240.00  |
g      | s     | 003106030010000 | 2026-03-07 | 1    | 24       | 240.00  | 180.00
h      | s     | 003106030010000 | 2026-03-08 | 1    | 24       | 240.00  | 240.00
i      | s     | 003106030010000 | 2026-03-09 | 1    | 8        | 80.00   | 80.00
"""

[examples."Oxygen for 48 hours in a stay of two days, 24 posted on the day of admission · 住院两天吸氧48小时，入院当日记24小时"]
k_hourly = """
item            | name     | minutes
001203000010000 | 氧气吸入 | 60
"""
stay = """
claim | admitted            | discharged
s     | 2026-03-01 15:00:00 | 2026-03-03 13:30:00
t     | 2026-03-01 15:00:00 | 2026-03-03 12:59:59
u     | 2026-03-01 15:00:00 | 2026-03-03 12:00:00
"""
charge = """
charge | claim | member | item            | day        | quantity | amount | flagged
a      | s     | Li     | 001203000010000 | 2026-03-01 | 24       | 72.00  |
b      | s     | Li     | 001203000010000 | 2026-03-02 | 24       | 72.00  |
c      | t     | Wu     | 001203000010000 | 2026-03-01 | 24       | 72.00  |
d      | t     | Wu     | 001203000010000 | 2026-03-02 | 24       | 72.00  |
e      | u     | Xu     | 001203000010000 | 2026-03-01 | 24       | 72.00  |
f      | u     | Xu     | 001203000010000 | 2026-03-02 | 23       | 69.00  | 6.00
g      | u     | Xu     | 001203000010000 | 2026-03-03 | 1        | 3.00   | 3.00
"""

[examples."The day's hours too many are not counted against the stay again; a newborn on the account; a stay not ended · 单日已超出的时长不再计入住院累计；母婴共用账户；未出院"]
stay = """
claim | admitted            | discharged          | newborn
s     | 2026-03-01 08:00:00 | 2026-03-02 08:00:00 |
t     | 2026-03-01 08:00:00 | 2026-03-02 08:00:00 | yes
u     | 2026-03-01 08:00:00 | -                   |
"""
charge = """
charge | claim | member | item            | day        | quantity | amount | newborn | flagged
a      | s     | Li     | 003107010220000 | 2026-03-01 | 30       | 150.00 |         | 30.00
b      | t     | Wu     | 003107010220000 | 2026-03-01 | 30       | 150.00 | yes     |
c      | u     | Xu     | 003107010220000 | 2026-03-01 | 24       | 120.00 |         |
d      | u     | Xu     | 003107010220000 | 2026-03-02 | 24       | 120.00 |         |
"""
*/
WITH daily AS (  -- each line with the units of its date up to and with it, in the order they were charged
    SELECT
        c.charge, c.claim, c.institution, c.item, c.day, c.done_at, c.quantity, c.amount, k.point, k.name,
        1440 // k.minutes * 10000 AS allowed, k.minutes,
        sum(c.quantity) OVER (
            PARTITION BY c.member, c.institution, c.item, c.day ORDER BY c.done_at, c.charge
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS so_far
    FROM history AS c
    JOIN k_hourly AS k ON k.item = c.item
    WHERE in_force(k, c) AND NOT c.newborn
), day_excess AS (
    SELECT d.*, least(d.quantity, greatest(0, d.so_far - d.allowed)) AS over_day FROM daily AS d
), in_stay AS (  -- what the date allows, added up over the stay
    SELECT
        e.*, hours_up(s.admitted, s.discharged) * 60 // e.minutes * 10000 AS stay_allowed,
        sum(e.quantity - e.over_day) OVER whole_stay AS stay_billed,
        sum(e.quantity - e.over_day) OVER up_to_here AS stay_so_far
    FROM day_excess AS e
    LEFT JOIN stay_history AS s ON s.claim = e.claim
    WINDOW whole_stay AS (PARTITION BY e.claim, e.item),
        up_to_here AS (PARTITION BY e.claim, e.item ORDER BY e.done_at, e.charge ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
), excess AS (
    SELECT
        i.*, CASE WHEN i.stay_billed > i.stay_allowed + $tolerance * 60 // i.minutes * 10000
            THEN least(i.quantity - i.over_day, greatest(0, i.stay_so_far - i.stay_allowed)) ELSE 0 END AS over_stay
    FROM in_stay AS i
)
SELECT
    x.institution, x.claim, x.charge, share(x.amount, x.over_day + x.over_stay, x.quantity) AS at_stake,
    x.over_day + x.over_stay AS units, x.claim || ':' || x.item AS finding,
    x.point, x.item, x.name, x.day, x.quantity,
    CASE WHEN x.over_day > 0 THEN x.so_far ELSE x.stay_billed END AS billed,
    CASE WHEN x.over_day > 0 THEN x.allowed ELSE x.stay_allowed END AS allowed,
    CASE WHEN x.over_day > 0 THEN 'on one date' ELSE 'over the stay' END AS span,
    CASE WHEN x.over_day > 0 THEN '单日' ELSE '住院期间' END AS span_zh
FROM excess AS x
WHERE x.over_day + x.over_stay > 0 AND x.charge IN (SELECT j.charge FROM charge AS j JOIN k_hourly AS k ON k.item = j.item)
