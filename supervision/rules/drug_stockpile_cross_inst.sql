/*
title      = "Medicine hoarded from several places"
title_zh   = "跨机构囤药"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (2), art. 41; Implementing Rules (NHSA Order 7), art. 31; national list of rule types 2025, no. 51 and 69"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第二项、第四十一条；《实施细则》（国家医疗保障局令第7号）第三十一条；国家两库（2025年版）第51类、第69类规则"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S3"
violations = ["V05", "V21"]
natl_rule  = ["频繁购药", "重复开药"]
about      = "A person fetched one drug (products of one generic name together) at several institutions within half a year and then held far more than could be used. Supplies follow one another: what is left of one is added to the next. At stake is the share of each fetch of the month that lies over the stock let pass; it measures what to look into, not yet a loss."
about_zh   = "参保人半年内在多家机构取用同一药品（同一通用名合并），持有量远超可用量。各次用量依次顺延，余量累加。涉及金额为当月各次取药中超出限度天数所占份额，用于衡量核查线索，尚非损失认定。"
innocent   = "Left out: what the pooled fund did not pay; what is given in a stay. Slight suspicion where a reason stands on one of the fetches, as when a notice lets more be fetched before holidays. Several lines of one claim are one supply. Not visible in the data: a person who truly moves between places; a card shared by two patients who both need the drug; a dose raised without more days."
innocent_zh = "不计入：统筹基金未支付的费用；住院用药。任一次取药已记录理由（如节前按通知放宽取药量）的，降为轻度可疑。同一次就诊的多条明细视为一次取药。数据无法识别：确在多地就医；两名患者共用凭证；剂量增加而天数未变。"
because    = "By {day} a supply for {billed} days was in hand, fetched at {institutions} institutions within half a year; {allowed} days are let pass"
because_zh = "至{day}持有{billed}天用量，半年内在{institutions}家机构取药；限度为{allowed}天"
back       = 5

[parameters.stock]
value  = 120
source = "catalogue A16, STOCK_DAYS: starting value, not law"
since  = 2026-04-01

[parameters.institutions]
value  = 3
source = "catalogue A16, N_INST: starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]

[examples."Seven fetches of 60 days in half a year at six pharmacies · 半年内在6家药店取药7次，每次60天"]
history = """
charge | claim | institution | item       | kind     | day        | days | amount
p      | h1    | P1          | X100000000 | pharmacy | 2026-01-05 | 60   | 60.00
q      | h2    | P2          | X100000000 | pharmacy | 2026-02-05 | 60   | 60.00
r      | h3    | P3          | X100000000 | pharmacy | 2026-03-05 | 60   | 60.00
s      | h4    | P4          | X100000000 | pharmacy | 2026-04-05 | 60   | 60.00
t      | h5    | P5          | X100000000 | pharmacy | 2026-05-05 | 60   | 60.00
"""
charge = """
charge | claim | institution | item       | kind     | day        | days | amount | flagged
a      | c1    | P6          | X100000000 | pharmacy | 2026-06-04 | 60   | 60.00  | 60.00 high
b      | c2    | P1          | X100000000 | pharmacy | 2026-06-05 | 60   | 60.00  | 60.00 high
"""

[examples]
"A hundred and ninety days from two places; three places; a holiday notice · 两家190天；三家；节日通知放宽" = """
charge | member | claim | institution | item       | day        | days | amount | reason       | flagged
a      | Li     | c1    | North       | X100000000 | 2026-06-01 | 95   | 95.00  |              |
b      | Li     | c2    | South       | X100000000 | 2026-06-02 | 95   | 95.00  |              |
c      | Wu     | c3    | North       | X100000000 | 2026-06-01 | 60   | 60.00  |              |
d      | Wu     | c4    | South       | X100000000 | 2026-06-02 | 60   | 60.00  |              |
e      | Wu     | c5    | East        | X100000000 | 2026-06-03 | 60   | 60.00  |              | 58.00 high
j      | Wu     | c10   | North       | X200000000 | 2026-06-03 | 150  | 150.00 |              |
f      | Xu     | c6    | North       | X100000000 | 2026-06-01 | 50   | 50.00  |              |
g      | Xu     | c7    | South       | X100000000 | 2026-06-02 | 50   | 50.00  |              |
h      | Xu     | c8    | East        | X100000000 | 2026-06-03 | 50   | 50.00  | 春节延长用药 | 28.00 low
i      | Xu     | c9    | West        | X100000000 | 2026-06-04 | 50   | 50.00  |              | 50.00 low
"""
"A hundred and twenty days in hand, and a day more · 持有120天、121天" = """
charge | member | claim | institution | item       | day        | days | amount | flagged
a      | Li     | c1    | North       | X100000000 | 2026-06-01 | 50   | 50.00  |
b      | Li     | c2    | South       | X100000000 | 2026-06-11 | 50   | 50.00  |
c      | Li     | c3    | East        | X100000000 | 2026-06-21 | 40   | 40.00  |
d      | Wu     | c4    | North       | X100000000 | 2026-06-01 | 50   | 50.00  |
e      | Wu     | c5    | South       | X100000000 | 2026-06-11 | 50   | 50.00  |
f      | Wu     | c6    | East        | X100000000 | 2026-06-20 | 40   | 40.00  | 1.00
"""
"What was used up long before is not in hand; another drug; another product of one generic name · 早已用完的不计；其他药品；同一通用名的其他产品" = """
charge | member | claim | institution | item        | day        | days | amount | flagged
a      | Li     | c1    | North       | X100000000  | 2026-03-01 | 60   | 60.00  |
b      | Li     | c2    | South       | X100000000  | 2026-06-01 | 60   | 60.00  |
c      | Li     | c3    | East        | X100000000  | 2026-06-02 | 60   | 60.00  |
d      | Wu     | c4    | North       | X100000000  | 2026-06-01 | 60   | 60.00  |
e      | Wu     | c5    | South       | X100000000  | 2026-06-02 | 60   | 60.00  |
f      | Wu     | c6    | East        | X200000000  | 2026-06-03 | 60   | 60.00  |
g      | Xu     | c7    | North       | X1000000001 | 2026-06-01 | 60   | 60.00  |
h      | Xu     | c8    | South       | X1000000002 | 2026-06-02 | 60   | 60.00  |
i      | Xu     | c9    | East        | X1000000003 | 2026-06-03 | 60   | 60.00  | 58.00
"""
"Two lines of one claim are one supply, the longer one counts; two claims of one moment are two · 同一次就诊两条为一次取药，以较长者计；同时两次就诊为两次" = """
charge | member | claim | institution | item       | done_at             | days | amount | flagged
a      | Li     | c1    | North       | X100000000 | 2026-06-01 09:00:00 | 60   | 60.00  |
b      | Li     | c1    | North       | X100000000 | 2026-06-01 09:00:01 | 30   | 60.00  |
c      | Li     | c2    | South       | X100000000 | 2026-06-01 10:00:00 | 10   | 10.00  |
d      | Li     | c3    | East        | X100000000 | 2026-06-01 11:00:00 | 50   | 50.00  |
e      | Li     | c4    | East        | X100000000 | 2026-06-01 11:00:00 | 50   | 50.00  | 50.00
f      | Wu     | c5    | North       | X100000000 | 2026-06-01 09:00:00 | 70   | 70.00  |
g      | Wu     | c6    | South       | X100000000 | 2026-06-01 09:00:00 | 70   | 70.00  | 20.00
h      | Wu     | c7    | East        | X100000000 | 2026-06-01 10:00:00 | 10   | 10.00  | 10.00
"""
"Of two drugs hoarded, what a claim gave of the other is not in hand yet · 囤积两种药品时分别计算" = """
charge | member | claim | institution | item       | done_at             | days | amount | flagged
a      | Li     | c1    | North       | X100000000 | 2026-06-01 09:00:00 | 60   | 60.00  |
b      | Li     | c2    | South       | X100000000 | 2026-06-01 10:00:00 | 60   | 60.00  |
c      | Li     | c3    | East        | X100000000 | 2026-06-01 11:00:00 | 60   | 60.00  | 60.00
d      | Li     | c1    | North       | X200000000 | 2026-06-01 09:00:00 | 5    | 5.00   |
e      | Li     | c2    | South       | X200000000 | 2026-06-01 10:00:00 | 5    | 5.00   |
f      | Li     | c3    | East        | X200000000 | 2026-06-01 11:00:00 | 5    | 5.00   |
g      | Li     | c4    | East        | X200000000 | 2026-06-01 12:00:00 | 150  | 150.00 | 45.00
h      | Wu     | c5    | North       | X100000000 | 2026-06-01 09:00:00 | 50   | 50.00  |
i      | Wu     | c6    | South       | X100000000 | 2026-06-11 09:00:00 | 50   | 50.00  |
j      | Wu     | c7    | East        | X100000000 | 2026-06-21 09:00:00 | 40   | 40.00  |
k      | Wu     | c8    | North       | X200000000 | 2026-06-12 09:00:00 | 5    | 5.00   |
l      | Wu     | c9    | South       | X200000000 | 2026-06-13 09:00:00 | 5    | 5.00   |
m      | Wu     | c10   | East        | X200000000 | 2026-06-14 09:00:00 | 120  | 120.00 | 8.00
"""
"The third place was paid alone, from the own account, or gave it in a stay · 第三家为全自费、个人账户支付或住院用药" = """
charge | member | claim | institution | item       | kind      | day        | days | amount | eligible | fund_ratio | flagged
a      | Li     | c1    | North       | X100000000 |           | 2026-06-01 | 75   | 75.00  |          |            |
b      | Li     | c2    | South       | X100000000 |           | 2026-06-02 | 75   | 75.00  |          |            |
c      | Li     | c3    | East        | X100000000 |           | 2026-06-01 | 75   | 75.00  | 0.00     |            |
d      | Wu     | c4    | North       | X100000000 |           | 2026-06-01 | 75   | 75.00  |          |            |
e      | Wu     | c5    | South       | X100000000 |           | 2026-06-02 | 75   | 75.00  |          |            |
f      | Wu     | c6    | East        | X100000000 | pharmacy  | 2026-06-01 | 75   | 75.00  |          | 0          |
g      | Xu     | c7    | North       | X100000000 |           | 2026-06-01 | 75   | 75.00  |          |            |
h      | Xu     | c8    | South       | X100000000 |           | 2026-06-02 | 75   | 75.00  |          |            |
i      | Xu     | c9    | East        | X100000000 | inpatient | 2026-06-01 | 75   | 75.00  |          |            |
"""
"Paid alone, from the own account, in a stay, no drug · 全自费、个人账户支付、住院用药、非药品" = """
charge | member | claim | institution | item       | kind      | day        | days | amount | eligible | fund_ratio | flagged
a      | Li     | c1    | North       | X100000000 |           | 2026-06-01 | 60   | 60.00  | 0.00     |            |
b      | Li     | c2    | South       | X100000000 | pharmacy  | 2026-06-02 | 60   | 60.00  |          | 0          |
c      | Li     | c3    | South       | X100000000 | inpatient | 2026-06-02 | 60   | 60.00  |          |            |
d      | Li     | c4    | South       | X100000000 | chronic   | 2026-06-02 | 60   | 60.00  |          |            |
e      | Li     | c5    | East        | X100000000 |           | 2026-06-03 | 60   | 60.00  | 0.01     | 0.0001     |
f      | Li     | c6    | West        | X100000000 |           | 2026-06-04 | 60   | 60.00  |          |            | 58.00
g      | Li     | c7    | North       | T100000000 |           | 2026-06-01 | 60   | 60.00  |          |            |
h      | Li     | c8    | South       | T100000000 |           | 2026-06-01 | 60   | 60.00  |          |            |
i      | Li     | c9    | East        | T100000000 |           | 2026-06-01 | 60   | 60.00  |          |            |
"""
*/
WITH plenty AS (  -- who fetched drugs at visits and pharmacies, which the fund paid for: this month, and enough of one to be looked at
    SELECT d.member, d.generic
    FROM history AS d
    WHERE d.item_kind = 'drug' AND d.kind IN ('outpatient', 'chronic', 'pharmacy') AND d.eligible > 0 AND d.fund_ratio > 0
    GROUP BY d.member, d.generic
    HAVING sum(d.days) > $stock AND max(CASE WHEN d.judged THEN 1 ELSE 0 END) = 1
), theirs AS (  -- what they fetched of it
    SELECT
        h.institution, h.claim, h.charge, h.member, h.generic, h.item, h.day, h.done_at, h.days, h.quantity, h.amount, h.reason, h.judged
    FROM history AS h
    JOIN plenty AS p ON p.member = h.member AND p.generic = h.generic
    WHERE h.item_kind = 'drug' AND h.kind IN ('outpatient', 'chronic', 'pharmacy') AND h.eligible > 0 AND h.fund_ratio > 0
), hoarder AS (  -- and at enough places
    SELECT t.member, t.generic, count(DISTINCT t.institution) AS institutions, max(t.reason) AS reason
    FROM theirs AS t
    GROUP BY t.member, t.generic
    HAVING count(DISTINCT t.institution) >= $institutions
), supply AS (
    SELECT
        t.institution, t.claim, t.charge, t.member, t.generic, t.item, t.day, t.done_at, t.days, t.quantity, t.amount, t.judged,
        w.institutions, w.reason
    FROM theirs AS t
    JOIN hoarder AS w ON w.member = t.member AND w.generic = t.generic
), fetched AS (  -- one supply a claim
    SELECT s.member, s.generic, s.claim, min(s.day) AS day, min(s.done_at) AS done_at, max(s.days) AS days
    FROM supply AS s
    GROUP BY s.member, s.generic, s.claim
), counted AS (  -- the day, in days since 2000, from which on the supplies so far would have lasted without a break until used up
    SELECT
        f.*, sum(f.days) OVER so_far AS days_so_far,
        date_diff('day', CAST('2000-01-01' AS DATE), f.day) + f.days - sum(f.days) OVER so_far AS begins
    FROM fetched AS f
    WINDOW so_far AS (PARTITION BY f.member, f.generic ORDER BY f.done_at, f.claim ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
), stocked AS (  -- the days of supply in hand after each fetch
    SELECT
        n.*, max(n.begins) OVER (PARTITION BY n.member, n.generic ORDER BY n.done_at, n.claim ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
            + n.days_so_far - date_diff('day', CAST('2000-01-01' AS DATE), n.day) AS in_hand
    FROM counted AS n
)
SELECT
    s.institution, s.claim, s.charge, share(s.amount, n.in_hand - $stock, s.days) AS at_stake,
    CASE WHEN s.reason IS NULL THEN 'high' ELSE 'low' END AS certainty, s.claim || ':' || s.generic AS finding,
    share(s.quantity, n.in_hand - $stock, s.days) AS units,
    s.item, s.day, s.quantity, n.in_hand AS billed, s.institutions, $stock AS allowed
FROM supply AS s
JOIN stocked AS n ON n.claim = s.claim AND n.generic = s.generic
WHERE n.in_hand > $stock AND s.judged
