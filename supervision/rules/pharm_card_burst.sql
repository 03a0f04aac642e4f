/*
title      = "Card after card at one pharmacy"
title_zh   = "药店连续刷卡"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (5), art. 40 (1); typical problem list 2025 for pharmacies, no. 1"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第五项、第四十条第一项；2025年版零售药店典型问题清单第1条"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S4"
violations = ["V12", "V15"]
natl_rule  = []
about      = "At one pharmacy so many different cards were settled within ten minutes that nobody can have been served: cards are kept there and swiped one after the other. Each settlement is named with which the number is reached. This is a lead: no amount is in question by itself."
about_zh   = "同一药店十分钟内连续结算的不同参保人过多，不可能逐一提供服务：可能留存他人卡证集中刷卡。列出达到数量的各次结算，作为线索，本身不涉及金额。"
innocent   = "Left out: several settlements of one card, which count once a day; settlements of which only the day is known. Slight suspicion below the higher number: two tills may stand side by side. Not visible in the data: how many tills a pharmacy has, and at which of them was swiped; a market day; a village that posts its sales together."
innocent_zh = "不计入：同一人当日多次结算（只计一次）；仅记日期、无时刻的结算。未达较高数量的，可能有两个收银台，降为轻度可疑。数据无法识别：收银终端数量及所用终端；集市日；村级点集中补记。"
because    = "With the settlement at {settled_at} {cards} different cards were settled since {begun}"
because_zh = "至{settled_at}，自{begun}起已有{cards}张不同的卡连续结算"

[parameters.many]
value  = 15
source = "catalogue E13, T = 10 minutes with gaps of S = 45 seconds at most: starting value, not law"
since  = 2026-04-01

[parameters.some]
value  = 10
source = "catalogue E13, example 2 (20 cards in 20 minutes at two tills): starting value, not law"
since  = 2026-04-01

[given]

[examples]
"Twenty-five cards in eleven minutes · 11分钟25张卡" = """
claim | member | institution | kind     | day        | settled_at          | flagged
a01   | M1     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:00:00 |
a02   | M2     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:00:27 |
a03   | M3     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:00:54 |
a04   | M4     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:01:21 |
a05   | M5     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:01:48 |
a06   | M6     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:02:15 |
a07   | M7     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:02:42 |
a08   | M8     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:03:09 |
a09   | M9     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:03:36 |
a10   | M10    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:04:03 | 0.00 low
a11   | M11    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:04:30 | 0.00 low
a12   | M12    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:04:57 | 0.00 low
a13   | M13    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:05:24 | 0.00 low
a14   | M14    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:05:51 | 0.00 low
a15   | M15    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:06:18 | 0.00 high
a16   | M16    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:06:45 | 0.00 high
a17   | M17    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:07:12 | 0.00 high
a18   | M18    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:07:39 | 0.00 high
a19   | M19    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:08:06 | 0.00 high
a20   | M20    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:08:33 | 0.00 high
a21   | M21    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:09:00 | 0.00 high
a22   | M22    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:09:27 | 0.00 high
a23   | M23    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:09:54 | 0.00 high
a24   | M24    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:10:21 | 0.00 high
a25   | M25    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:10:48 | 0.00 high
"""
"Two tills, twenty cards in twenty minutes: slight · 两个收银台，20分钟20张卡：轻度可疑" = """
claim | member | institution | kind     | day        | settled_at          | flagged
a01   | M1     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:00:00 |
a02   | M2     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:01:00 |
a03   | M3     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:02:00 |
a04   | M4     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:03:00 |
a05   | M5     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:04:00 |
a06   | M6     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:05:00 |
a07   | M7     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:06:00 |
a08   | M8     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:07:00 |
a09   | M9     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:08:00 |
a10   | M10    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:09:00 | low
a11   | M11    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:10:00 | low
a12   | M12    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:11:00 | low
a13   | M13    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:12:00 | low
a14   | M14    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:13:00 | low
a15   | M15    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:14:00 | low
a16   | M16    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:15:00 | low
a17   | M17    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:16:00 | low
a18   | M18    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:17:00 | low
a19   | M19    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:18:00 | low
a20   | M20    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:19:00 | low
"""
"The tenth card after ten minutes, and a second later · 第10张卡恰在10分钟时；多一秒" = """
claim | member | institution | kind     | day        | settled_at          | flagged
a01   | M1     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:00:00 |
a02   | M2     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:01:00 |
a03   | M3     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:02:00 |
a04   | M4     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:03:00 |
a05   | M5     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:04:00 |
a06   | M6     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:05:00 |
a07   | M7     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:06:00 |
a08   | M8     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:07:00 |
a09   | M9     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:08:00 |
a10   | M10    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:10:00 | low
b01   | M1     | B           | pharmacy | 2026-03-05 | 2026-03-05 10:00:00 |
b02   | M2     | B           | pharmacy | 2026-03-05 | 2026-03-05 10:01:00 |
b03   | M3     | B           | pharmacy | 2026-03-05 | 2026-03-05 10:02:00 |
b04   | M4     | B           | pharmacy | 2026-03-05 | 2026-03-05 10:03:00 |
b05   | M5     | B           | pharmacy | 2026-03-05 | 2026-03-05 10:04:00 |
b06   | M6     | B           | pharmacy | 2026-03-05 | 2026-03-05 10:05:00 |
b07   | M7     | B           | pharmacy | 2026-03-05 | 2026-03-05 10:06:00 |
b08   | M8     | B           | pharmacy | 2026-03-05 | 2026-03-05 10:07:00 |
b09   | M9     | B           | pharmacy | 2026-03-05 | 2026-03-05 10:08:00 |
b10   | M10    | B           | pharmacy | 2026-03-05 | 2026-03-05 10:10:01 |
"""
"The fifteenth after ten minutes, and a second later · 第15张卡恰在10分钟时；多一秒" = """
claim | member | institution | kind     | day        | settled_at          | flagged
a01   | M1     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:00:00 |
a02   | M2     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:00:40 |
a03   | M3     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:01:20 |
a04   | M4     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:02:00 |
a05   | M5     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:02:40 |
a06   | M6     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:03:20 |
a07   | M7     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:04:00 |
a08   | M8     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:04:40 |
a09   | M9     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:05:20 |
a10   | M10    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:06:00 | low
a11   | M11    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:06:40 | low
a12   | M12    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:07:20 | low
a13   | M13    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:08:00 | low
a14   | M14    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:08:40 | low
a15   | M15    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:10:00 | high
b01   | M1     | B           | pharmacy | 2026-03-05 | 2026-03-05 10:00:00 |
b02   | M2     | B           | pharmacy | 2026-03-05 | 2026-03-05 10:00:40 |
b03   | M3     | B           | pharmacy | 2026-03-05 | 2026-03-05 10:01:20 |
b04   | M4     | B           | pharmacy | 2026-03-05 | 2026-03-05 10:02:00 |
b05   | M5     | B           | pharmacy | 2026-03-05 | 2026-03-05 10:02:40 |
b06   | M6     | B           | pharmacy | 2026-03-05 | 2026-03-05 10:03:20 |
b07   | M7     | B           | pharmacy | 2026-03-05 | 2026-03-05 10:04:00 |
b08   | M8     | B           | pharmacy | 2026-03-05 | 2026-03-05 10:04:40 |
b09   | M9     | B           | pharmacy | 2026-03-05 | 2026-03-05 10:05:20 |
b10   | M10    | B           | pharmacy | 2026-03-05 | 2026-03-05 10:06:00 | low
b11   | M11    | B           | pharmacy | 2026-03-05 | 2026-03-05 10:06:40 | low
b12   | M12    | B           | pharmacy | 2026-03-05 | 2026-03-05 10:07:20 | low
b13   | M13    | B           | pharmacy | 2026-03-05 | 2026-03-05 10:08:00 | low
b14   | M14    | B           | pharmacy | 2026-03-05 | 2026-03-05 10:08:40 | low
b15   | M15    | B           | pharmacy | 2026-03-05 | 2026-03-05 10:10:01 | low
"""
"Ten cards, which had all come the day before too, hour by hour; the first comes back an hour later · 10张卡前一日亦逐时结算；其中一张一小时后再次结算" = """
claim | member | institution | kind     | day        | settled_at          | flagged
a01   | M1     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:00:00 |
a02   | M2     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:00:20 |
a03   | M3     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:00:40 |
a04   | M4     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:01:00 |
a05   | M5     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:01:20 |
a06   | M6     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:01:40 |
a07   | M7     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:02:00 |
a08   | M8     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:02:20 |
a09   | M9     | A           | pharmacy | 2026-03-05 | 2026-03-05 10:02:40 |
a10   | M10    | A           | pharmacy | 2026-03-05 | 2026-03-05 10:03:00 | low
b01   | M1     | A           | pharmacy | 2026-03-04 | 2026-03-04 08:00:00 |
b02   | M2     | A           | pharmacy | 2026-03-04 | 2026-03-04 09:00:00 |
b03   | M3     | A           | pharmacy | 2026-03-04 | 2026-03-04 10:00:00 |
b04   | M4     | A           | pharmacy | 2026-03-04 | 2026-03-04 11:00:00 |
b05   | M5     | A           | pharmacy | 2026-03-04 | 2026-03-04 12:00:00 |
b06   | M6     | A           | pharmacy | 2026-03-04 | 2026-03-04 13:00:00 |
b07   | M7     | A           | pharmacy | 2026-03-04 | 2026-03-04 14:00:00 |
b08   | M8     | A           | pharmacy | 2026-03-04 | 2026-03-04 15:00:00 |
b09   | M9     | A           | pharmacy | 2026-03-04 | 2026-03-04 16:00:00 |
b10   | M10    | A           | pharmacy | 2026-03-04 | 2026-03-04 17:00:00 |
a12   | M1     | A           | pharmacy | 2026-03-05 | 2026-03-05 11:00:00 |
"""
"One card several times; other pharmacies and clinics; posted without hours · 同卡多次；不同药店、门诊；无时刻" = """
claim | member | institution | kind       | day        | settled_at          | flagged
a01   | M1     | A           | pharmacy   | 2026-03-05 | 2026-03-05 10:00:00 |
a02   | M2     | A           | pharmacy   | 2026-03-05 | 2026-03-05 10:00:20 |
a03   | M3     | A           | pharmacy   | 2026-03-05 | 2026-03-05 10:00:40 |
a04   | M4     | A           | pharmacy   | 2026-03-05 | 2026-03-05 10:01:00 |
a05   | M5     | A           | pharmacy   | 2026-03-05 | 2026-03-05 10:01:20 |
a06   | M6     | A           | pharmacy   | 2026-03-05 | 2026-03-05 10:01:40 |
a07   | M7     | A           | pharmacy   | 2026-03-05 | 2026-03-05 10:02:00 |
a08   | M8     | A           | pharmacy   | 2026-03-05 | 2026-03-05 10:02:20 |
a09   | M9     | A           | pharmacy   | 2026-03-05 | 2026-03-05 10:02:40 |
a10   | M1     | A           | pharmacy   | 2026-03-05 | 2026-03-05 10:03:00 |
a11   | M2     | A           | pharmacy   | 2026-03-05 | 2026-03-05 10:03:20 |
a12   | M3     | A           | pharmacy   | 2026-03-05 | 2026-03-05 10:03:40 |
b01   | M1     | B           | pharmacy   | 2026-03-05 | 2026-03-05 10:00:00 |
b02   | M2     | B           | pharmacy   | 2026-03-05 | 2026-03-05 10:00:20 |
b03   | M3     | B           | pharmacy   | 2026-03-05 | 2026-03-05 10:00:40 |
b04   | M4     | B           | pharmacy   | 2026-03-05 | 2026-03-05 10:01:00 |
b05   | M5     | B           | pharmacy   | 2026-03-05 | 2026-03-05 10:01:20 |
b06   | M6     | B           | pharmacy   | 2026-03-05 | 2026-03-05 10:01:40 |
b07   | M7     | B           | pharmacy   | 2026-03-05 | 2026-03-05 10:02:00 |
b08   | M8     | B           | pharmacy   | 2026-03-05 | 2026-03-05 10:02:20 |
b09   | M9     | B           | pharmacy   | 2026-03-05 | 2026-03-05 10:02:40 |
b10   | M10    | C           | pharmacy   | 2026-03-05 | 2026-03-05 10:03:20 |
b11   | M11    | B           | outpatient | 2026-03-05 | 2026-03-05 10:03:20 |
a13   | M10    | A           | pharmacy   | 2026-03-05 | 2026-03-05 11:00:00 |
e01   | M1     | E           | pharmacy   | 2026-03-05 | 2026-03-05 10:00:00 |
e02   | M2     | E           | pharmacy   | 2026-03-05 | 2026-03-05 10:00:20 |
e03   | M3     | E           | pharmacy   | 2026-03-05 | 2026-03-05 10:00:40 |
e04   | M4     | E           | pharmacy   | 2026-03-05 | 2026-03-05 10:01:00 |
e05   | M5     | E           | pharmacy   | 2026-03-05 | 2026-03-05 10:01:20 |
e06   | M6     | E           | pharmacy   | 2026-03-05 | 2026-03-05 10:01:40 |
e07   | M7     | E           | pharmacy   | 2026-03-05 | 2026-03-05 10:02:00 |
e08   | M8     | E           | pharmacy   | 2026-03-05 | 2026-03-05 10:02:20 |
e09   | M9     | E           | pharmacy   | 2026-03-05 | 2026-03-05 10:02:40 |
e10   | M10    | E           | pharmacy   | 2026-03-05 | 2026-03-05 11:00:00 |
e11   | M11    | E           | outpatient | 2026-03-05 | 2026-03-05 10:03:20 |
c01   | M1     | D           | pharmacy   | 2026-03-05 | 2026-03-05 00:00:00 |
c02   | M2     | D           | pharmacy   | 2026-03-05 | 2026-03-05 00:00:00 |
c03   | M3     | D           | pharmacy   | 2026-03-05 | 2026-03-05 00:00:00 |
c04   | M4     | D           | pharmacy   | 2026-03-05 | 2026-03-05 00:00:00 |
c05   | M5     | D           | pharmacy   | 2026-03-05 | 2026-03-05 00:00:00 |
c06   | M6     | D           | pharmacy   | 2026-03-05 | 2026-03-05 00:00:00 |
c07   | M7     | D           | pharmacy   | 2026-03-05 | 2026-03-05 00:00:00 |
c08   | M8     | D           | pharmacy   | 2026-03-05 | 2026-03-05 00:00:00 |
c09   | M9     | D           | pharmacy   | 2026-03-05 | 2026-03-05 00:00:00 |
c10   | M10    | D           | pharmacy   | 2026-03-05 | 2026-03-05 00:00:00 |
c11   | M11    | D           | pharmacy   | 2026-03-05 | 2026-03-05 00:00:00 |
c12   | M12    | D           | pharmacy   | 2026-03-05 | 2026-03-05 00:00:00 |
"""
*/
WITH first AS (  -- each person's first settlement of the day, at pharmacies and on days with enough persons at all
    SELECT
        v.institution, v.claim, v.day, v.settled_at,
        row_number() OVER (PARTITION BY v.institution, v.day, v.member ORDER BY v.settled_at, v.claim) AS place
    FROM visit AS v
    WHERE v.kind = 'pharmacy' AND v.settled_at <> midnight(v.day)
        AND (v.institution, v.day) IN (
            SELECT b.institution, b.day FROM visit AS b WHERE b.kind = 'pharmacy'
            GROUP BY b.institution, b.day HAVING count(DISTINCT b.member) >= $some)
), counted AS (  -- with the settlements that many and that some places before it
    SELECT
        f.institution, f.claim, f.day, f.settled_at,
        lag(f.settled_at, $many - 1) OVER in_order AS begun_many, lag(f.settled_at, $some - 1) OVER in_order AS begun_some
    FROM first AS f
    WHERE f.place = 1
    WINDOW in_order AS (PARTITION BY f.institution ORDER BY f.settled_at, f.claim)
)
SELECT
    c.institution, c.claim, 0 AS at_stake,
    CASE WHEN date_diff('second', c.begun_many, c.settled_at) <= 600 THEN 'high' ELSE 'low' END AS certainty,
    CASE WHEN date_diff('second', c.begun_many, c.settled_at) <= 600 THEN $many ELSE $some END AS cards,
    CASE WHEN date_diff('second', c.begun_many, c.settled_at) <= 600 THEN c.begun_many ELSE c.begun_some END AS begun,
    c.settled_at, c.day
FROM counted AS c
WHERE date_diff('second', c.begun_some, c.settled_at) <= 600
