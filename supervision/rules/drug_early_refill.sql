/*
title      = "Fetched again too early"
title_zh   = "提前取药"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (2); typical problem list for pharmacies 2025, item 15; national list of rule types 2025, no. 51 and 69"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第二项；2025年版定点零售药店典型问题清单第15项；国家两库（2025年版）第51类、第69类规则"
stage      = "trial"
moments    = ["remind", "review", "audit"]
certainty  = "high"
severity   = "S2"
violations = ["V05"]
natl_rule  = ["重复开药", "频繁购药"]
about      = "A person fetched a drug again while the last supply still lasted for more than a week, or more than a quarter of it, and then held more than a month's supply, three months' at visits for a certified chronic disease. Supplies for a week or less are not looked at. At stake is the share of the days that the two supplies have in common."
about_zh   = "参保人在上次取药余量仍超过一周（或上次用量的四分之一）时再次取用同一药品，且取药后持有量超过一个月（慢特病门诊为三个月）。一周以内的用量不计。涉及金额为两次用量重叠天数所占份额。"
innocent   = "Left out: what the pooled fund did not pay; a recorded reason (lost, travelling); another product, strength or maker; a daily dose that rose; a stay in hospital between the two, in which treatment may have changed. Several lines of one claim are one supply. Not visible in the data: medicine lost without a note; a dose raised without more packs; a relative's medicine on the wrong card."
innocent_zh = "不计入：统筹基金未支付的费用；已记录理由（药品遗失、外出等）；其他产品、规格或生产企业；日用量增加；两次取药之间有住院（治疗可能调整）。同一次就诊的多条明细视为一次取药。数据无法识别：未记录的药品遗失；剂量增加而包装数未增；误用他人凭证。"
because    = "Fetched on {day} for {billed} days; the supply of {begun} lasted {beyond} days longer"
because_zh = "{day}取药{billed}天用量，{begun}所取药品尚余{beyond}天"
back       = 4

[parameters.overlap]
value  = 7
source = "catalogue A15, REFILL_OVERLAP: days; starting value, not law"
since  = 2026-04-01

[parameters.part]
value  = 4
source = "catalogue A15, REFILL_OVERLAP: one part in four of the last supply, where that is more; starting value, not law"
since  = 2026-04-01

[parameters.on_hand]
value  = 30
source = "catalogue A15, MAX_ON_HAND, ordinary visits; starting value, not law"
since  = 2026-04-01

[parameters.on_hand_chronic]
value  = 90
source = "catalogue A15, MAX_ON_HAND, long-term prescriptions; starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]

[examples]
"Thirty days on 1 June, again on 12 June, or on 27 June · 6月1日取30天，6月12日再取；6月27日再取" = """
charge | member | claim | item | day        | days | quantity | amount | flagged
a      | Li     | c1    | X1   | 2026-06-01 | 30   | 2        | 60.00  |
b      | Li     | c2    | X1   | 2026-06-12 | 30   | 2        | 60.00  | 38.00 high
e      | Li     | c2    | X2   | 2026-06-12 | 30   | 2        | 60.00  |
c      | Wu     | c3    | X1   | 2026-06-01 | 30   | 2        | 60.00  |
d      | Wu     | c4    | X1   | 2026-06-27 | 30   | 2        | 60.00  |
"""
"The dose doubled; another product; another person · 剂量加倍；其他产品；不同患者" = """
charge | member | claim | item | day        | days | quantity | amount
a      | Li     | c1    | X1   | 2026-06-01 | 30   | 2        | 60.00
b      | Li     | c2    | X1   | 2026-06-12 | 30   | 4        | 120.00
c      | Wu     | c3    | X1   | 2026-06-01 | 30   | 2        | 60.00
d      | Wu     | c4    | X2   | 2026-06-12 | 30   | 2        | 60.00
e      | Xu     | c5    | X1   | 2026-06-12 | 30   | 2        | 60.00
"""
"Eight days left, and seven; a quarter of a hundred days, and a day more · 余8天、7天；100天用量余四分之一、再多一天" = """
charge | member | claim | item | day        | days | quantity | amount | flagged
a      | Li     | c1    | X1   | 2026-06-01 | 24   | 2        | 60.00  |
b      | Li     | c2    | X1   | 2026-06-17 | 24   | 2        | 60.00  | 20.00
c      | Wu     | c3    | X1   | 2026-06-01 | 24   | 2        | 60.00  |
d      | Wu     | c4    | X1   | 2026-06-18 | 24   | 2        | 60.00  |
e      | Xu     | c5    | X1   | 2026-04-01 | 100  | 6        | 100.00 |
f      | Xu     | c6    | X1   | 2026-06-15 | 100  | 6        | 100.00 |
g      | Sun    | c7    | X1   | 2026-04-01 | 100  | 6        | 100.00 |
h      | Sun    | c8    | X1   | 2026-06-14 | 100  | 6        | 100.00 | 26.00
"""
"A month's supply in hand, and a day more; for a certified chronic disease three months', and a day more · 持有30天、31天；慢特病门诊90天、91天" = """
charge | member | claim | kind    | item | day        | days | quantity | amount | flagged
a      | Li     | c1    |         | X1   | 2026-06-01 | 20   | 2        | 40.00  |
b      | Li     | c2    |         | X1   | 2026-06-11 | 20   | 2        | 40.00  |
c      | Wu     | c3    |         | X1   | 2026-06-01 | 20   | 2        | 40.00  |
d      | Wu     | c4    |         | X1   | 2026-06-10 | 20   | 2        | 40.00  | 22.00
e      | Xu     | c5    | chronic | X1   | 2026-05-01 | 60   | 4        | 60.00  |
f      | Xu     | c6    | chronic | X1   | 2026-05-31 | 60   | 4        | 60.00  |
g      | Sun    | c7    | chronic | X1   | 2026-05-01 | 60   | 4        | 60.00  |
h      | Sun    | c8    | chronic | X1   | 2026-05-30 | 60   | 4        | 60.00  | 31.00
"""
"Two lines of one claim are one supply, the longer one counts; two claims of one day are two; a week's supply in between does not count · 同一次就诊两条为一次取药，以较长者计；同日两次就诊为两次；其间一周以内用量不计" = """
charge | member | claim | item | done_at             | days | quantity | amount | flagged
a      | Li     | c1    | X1   | 2026-06-01 09:00:00 | 30   | 2        | 60.00  |
b      | Li     | c1    | X1   | 2026-06-01 09:01:00 | 30   | 2        | 60.00  |
c      | Wu     | c2    | X1   | 2026-06-01 09:00:00 | 30   | 2        | 60.00  |
d      | Wu     | c3    | X1   | 2026-06-01 09:00:00 | 30   | 2        | 60.00  | 60.00
e      | Xu     | c4    | X1   | 2026-06-01 09:00:00 | 30   | 2        | 60.00  |
f      | Xu     | c4    | X1   | 2026-06-01 09:01:00 | 10   | 1        | 20.00  |
g      | Xu     | c5    | X1   | 2026-06-12 09:00:00 | 30   | 2        | 60.00  | 38.00
h      | Sun    | c6    | X1   | 2026-06-01 09:00:00 | 30   | 2        | 60.00  |
i      | Sun    | c7    | X1   | 2026-06-05 09:00:00 | 7    | 1        | 14.00  |
j      | Sun    | c8    | X1   | 2026-06-12 09:00:00 | 30   | 2        | 60.00  | 38.00
"""
"The person pays alone, or from the own account, this time or the last; a recorded reason; no drug; in an emergency · 本次或上次全自费、个人账户支付；已记录理由；非药品；急诊" = """
charge | member | claim | item | kind      | day        | days | quantity | amount | eligible | fund_ratio | reason | flagged
a      | Li     | c1    | X1   |           | 2026-06-01 | 30   | 2        | 60.00  |          |            |        |
b      | Li     | c2    | X1   |           | 2026-06-12 | 30   | 2        | 60.00  | 0.00     |            |        |
c      | Wu     | c3    | X1   |           | 2026-06-01 | 30   | 2        | 60.00  |          | 0          |        |
d      | Wu     | c4    | X1   |           | 2026-06-12 | 30   | 2        | 60.00  |          |            |        |
e      | Xu     | c5    | X1   |           | 2026-06-01 | 30   | 2        | 60.00  |          |            |        |
f      | Xu     | c6    | X1   |           | 2026-06-12 | 30   | 2        | 60.00  |          |            | 遗失   |
g      | Sun    | c7    | T1   |           | 2026-06-01 | 30   | 2        | 60.00  |          |            |        |
h      | Sun    | c8    | T1   |           | 2026-06-12 | 30   | 2        | 60.00  |          |            |        |
i      | Zhao   | c9    | X1   | emergency | 2026-06-01 | 30   | 2        | 60.00  |          |            |        |
j      | Zhao   | c10   | X1   |           | 2026-06-12 | 30   | 2        | 60.00  |          |            |        |
k      | Qian   | c11   | X1   | pharmacy  | 2026-06-01 | 30   | 2        | 60.00  | 0.01     | 0.0001     |        |
l      | Qian   | c12   | X1   | pharmacy  | 2026-06-12 | 30   | 2        | 60.00  | 0.01     | 0.0001     |        | 38.00
"""

[examples."In hospital from 2 to 14 June, fetched again on 20 June; the stay over before, begun after, or another person's · 6月2日至14日住院、6月20日再取药；此前已出院、此后才入院、他人住院"]
stay_history = """
claim | member | admitted   | discharged
s     | Li     | 2026-06-02 | 2026-06-14
t     | Wu     | 2026-05-20 | 2026-05-31
u     | Xu     | 2026-06-13 | 2026-06-15
v     | Sun    | 2026-05-20 | 2026-06-01
w     | Zhao   | 2026-06-12 | 2026-06-15
"""
charge = """
charge | member | claim | item | day        | days | quantity | amount | flagged
a      | Li     | c1    | X1   | 2026-06-01 | 30   | 2        | 60.00  |
b      | Li     | c2    | X1   | 2026-06-20 | 30   | 2        | 60.00  |
c      | Wu     | c3    | X1   | 2026-06-01 | 30   | 2        | 60.00  |
d      | Wu     | c4    | X1   | 2026-06-12 | 30   | 2        | 60.00  | yes
e      | Xu     | c5    | X1   | 2026-06-01 | 30   | 2        | 60.00  |
f      | Xu     | c6    | X1   | 2026-06-12 | 30   | 2        | 60.00  | yes
g      | Sun    | c7    | X1   | 2026-06-01 | 30   | 2        | 60.00  |
h      | Sun    | c8    | X1   | 2026-06-12 | 30   | 2        | 60.00  |
i      | Zhao   | c9    | X1   | 2026-06-01 | 30   | 2        | 60.00  |
j      | Zhao   | c10   | X1   | 2026-06-12 | 30   | 2        | 60.00  |
"""

[examples."The last supply was fetched the month before, and one before that · 上次取药在上月，之前还有一次"]
history = """
charge | member | claim | item | day        | days | quantity
x      | Li     | h1    | X1   | 2026-04-01 | 30   | 2
y      | Li     | h2    | X1   | 2026-05-25 | 30   | 2
"""
charge = """
charge | member | claim | item | day        | days | quantity | amount | flagged
a      | Li     | c1    | X1   | 2026-06-05 | 30   | 2        | 60.00  | 38.00
"""
*/
WITH supply AS (  -- what was fetched for longer than a week
    SELECT h.institution, h.claim, h.charge, h.member, h.item, h.kind, h.day, h.done_at, h.days, h.quantity, h.amount, h.judged
    FROM history AS h
    WHERE h.item_kind = 'drug' AND h.kind IN ('outpatient', 'chronic', 'pharmacy') AND h.days > $overlap
        AND h.eligible > 0 AND h.fund_ratio > 0 AND h.reason IS NULL
), again AS (  -- who fetched a product more than once, and this month
    SELECT s.member, s.item
    FROM supply AS s
    GROUP BY s.member, s.item
    HAVING count(*) > 1 AND max(CASE WHEN s.judged THEN 1 ELSE 0 END) = 1
), fetched AS (  -- one supply a claim and product
    SELECT
        s.member, s.item, s.claim, min(s.day) AS day, min(s.done_at) AS done_at, max(s.days) AS days, sum(s.quantity) AS quantity,
        CASE WHEN min(s.kind) = 'chronic' THEN $on_hand_chronic ELSE $on_hand END AS most
    FROM supply AS s
    JOIN again AS a ON a.member = s.member AND a.item = s.item
    GROUP BY s.member, s.item, s.claim
), followed AS (  -- beside the supply before
    SELECT
        f.*, lag(f.day) OVER in_order AS begun, lag(f.days) OVER in_order AS last_days, lag(f.quantity) OVER in_order AS last_quantity
    FROM fetched AS f
    WINDOW in_order AS (PARTITION BY f.member, f.item ORDER BY f.done_at, f.claim)
), early AS (  -- how many days of that were left
    SELECT f.*, f.last_days - date_diff('day', f.begun, f.day) AS beyond FROM followed AS f
)
SELECT
    s.institution, s.claim, s.charge, s.claim || ':' || s.item AS finding,
    share(s.amount, e.beyond, s.days) AS at_stake, share(s.quantity, e.beyond, s.days) AS units,
    s.item, s.day, s.quantity, s.days AS billed, e.begun, e.beyond
FROM supply AS s
JOIN early AS e ON e.claim = s.claim AND e.item = s.item
WHERE e.beyond > $overlap AND e.beyond * $part > e.last_days AND e.beyond + e.days > e.most
    AND e.quantity * e.last_days <= e.last_quantity * e.days
    AND s.judged
    AND NOT EXISTS (
        SELECT 1 FROM stay_history AS t
        WHERE t.member = e.member AND t.admitted_on <= e.day AND t.discharged_on >= e.begun)
