/*
title      = "One drug from many doctors"
title_zh   = "多机构重复开药（药品套取）"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (2), art. 41 (3); Implementing Rules (NHSA Order 7), art. 31 (3), (4); national list of rule types 2025, no. 51 and 69"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第二项、第四十一条第三项；《实施细则》（国家医疗保障局令第7号）第三十一条第三项、第四项；国家两库（2025年版）第51类、第69类规则"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S3"
violations = ["V21", "V05"]
natl_rule  = ["频繁门诊", "重复开药"]
about      = "A member let several doctors at several institutions prescribe one drug that is easily resold, and within half a year held far more of it than could be used. Supplies follow one another: what is left of one is added to the next. At stake is the share of each fetch of the month that lies over the days let pass; it measures what to look into, not yet a loss."
about_zh   = "参保人半年内在多家机构、由多名医师开取同一种易被倒卖的药品，持有量远超可用量。各次用量依次顺延，余量累加。涉及金额为当月各次取药中超出限度天数所占份额，用于衡量核查线索，尚非损失认定。"
innocent   = "Left out: drugs that are not on the list; what the pooled fund did not pay; what is given in a stay. Several lines of one claim are one supply. Not visible in the data: a hospital and a clinic that share one patient's care; a person who truly moves between places; a dose raised without more days; whether the drug was sold on."
innocent_zh = "不计入：不在清单内的药品；统筹基金未支付的费用；住院用药。同一次就诊的多条明细视为一次取药。数据无法识别：医院与基层机构共同管理同一患者；确在多地居住；剂量增加而天数未变；药品是否转卖。"
because    = "By {day} a supply for {billed} days was in hand, prescribed by {prescribers} doctors at {institutions} institutions within half a year; {allowed} days are let pass"
because_zh = "至{day}持有{billed}天用量，半年内由{institutions}家机构的{prescribers}名医师开具；限度为{allowed}天"
subject    = "member"
back       = 5

[parameters.stock]
value  = 150
source = "catalogue E06, DAYS: starting value, not law"
since  = 2026-04-01

[parameters.institutions]
value  = 4
source = "catalogue E06, INST: starting value, not law"
since  = 2026-04-01

[parameters.prescribers]
value  = 4
source = "catalogue E06, DR: starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
k_diversion = """
low  | high | name
XC10 | XC11 | 调节血脂药
"""

[examples]
"264 days within 70 from six doctors of four institutions · 70天内在4家机构由6名医师开具264天用量" = """
charge | claim | institution | practitioner | item       | kind       | day        | days | amount | flagged
a      | c1    | North       | D1           | XC10000000 | chronic    | 2026-01-01 | 44   | 44.00  |
b      | c2    | South       | D2           | XC10000000 | outpatient | 2026-01-15 | 44   | 44.00  |
c      | c3    | East        | D3           | XC10000000 | chronic    | 2026-01-29 | 44   | 44.00  |
d      | c4    | West        | D4           | XC10000000 | pharmacy   | 2026-02-12 | 44   | 44.00  |
e      | c5    | North       | D5           | XC10000000 | chronic    | 2026-02-26 | 44   | 44.00  | 14.00 high
f      | c6    | South       | D6           | XC10000000 | chronic    | 2026-03-12 | 44   | 44.00  | 44.00 high
"""
"Two institutions, 130 days; three institutions; three doctors · 两家机构130天；三家机构；三名医师" = """
charge | member | claim | institution | practitioner | item       | day        | days | amount
a      | Li     | c1    | North       | D1           | XC10000000 | 2026-03-01 | 65   | 65.00
b      | Li     | c2    | South       | D2           | XC10000000 | 2026-03-02 | 65   | 65.00
c      | Wu     | c3    | North       | D1           | XC10000000 | 2026-03-01 | 60   | 60.00
d      | Wu     | c4    | South       | D2           | XC10000000 | 2026-03-02 | 60   | 60.00
e      | Wu     | c5    | East        | D3           | XC10000000 | 2026-03-03 | 60   | 60.00
f      | Wu     | c6    | East        | D4           | XC10000000 | 2026-03-04 | 60   | 60.00
g      | Xu     | c7    | North       | D1           | XC10000000 | 2026-03-01 | 60   | 60.00
h      | Xu     | c8    | South       | D2           | XC10000000 | 2026-03-02 | 60   | 60.00
i      | Xu     | c9    | East        | D3           | XC10000000 | 2026-03-03 | 60   | 60.00
j      | Xu     | c10   | West        | D3           | XC10000000 | 2026-03-04 | 60   | 60.00
"""
"A hundred and fifty days in hand, and a day more; two claims of one moment are two · 持有150天、151天；同时两次就诊为两次" = """
charge | member | claim | institution | practitioner | item       | day        | days | amount | flagged
a      | Li     | c1    | North       | D1           | XC10000000 | 2026-03-01 | 40   | 40.00  |
b      | Li     | c2    | South       | D2           | XC10000000 | 2026-03-01 | 40   | 40.00  |
c      | Li     | c3    | East        | D3           | XC10000000 | 2026-03-01 | 40   | 40.00  |
d      | Li     | c4    | West        | D4           | XC10000000 | 2026-03-11 | 40   | 40.00  |
e      | Wu     | c5    | North       | D1           | XC10000000 | 2026-03-01 | 40   | 40.00  |
f      | Wu     | c6    | South       | D2           | XC10000000 | 2026-03-01 | 40   | 40.00  |
g      | Wu     | c7    | East        | D3           | XC10000000 | 2026-03-01 | 40   | 40.00  |
h      | Wu     | c8    | West        | D4           | XC10000000 | 2026-03-10 | 40   | 40.00  | 1.00
i      | Xu     | c09   | North       | D1           | XC10000000 | 2026-03-01 | 50   | 50.00  |
j      | Xu     | c10   | South       | D2           | XC10000000 | 2026-03-01 | 50   | 50.00  |
k      | Xu     | c11   | East        | D3           | XC10000000 | 2026-03-01 | 50   | 50.00  |
l      | Xu     | c12   | West        | D4           | XC10000000 | 2026-03-01 | 50   | 50.00  | 50.00
"""
"What was used up long before is not in hand; another drug; the drugs beside the group · 早已用完的不计；其他药品；相邻类别药品" = """
charge | member | claim | institution | practitioner | item       | day        | days | amount
a      | Li     | c1    | North       | D1           | XC10000000 | 2025-11-01 | 60   | 60.00
b      | Li     | c2    | South       | D2           | XC10000000 | 2026-03-01 | 50   | 50.00
c      | Li     | c3    | East        | D3           | XC10000000 | 2026-03-01 | 50   | 50.00
d      | Li     | c4    | West        | D4           | XC10000000 | 2026-03-01 | 50   | 50.00
e      | Wu     | c5    | North       | D1           | XC10000000 | 2026-03-01 | 50   | 50.00
f      | Wu     | c6    | South       | D2           | XC10000000 | 2026-03-01 | 50   | 50.00
g      | Wu     | c7    | East        | D3           | XC10000000 | 2026-03-01 | 50   | 50.00
h      | Wu     | c8    | West        | D4           | XC10000001 | 2026-03-01 | 50   | 50.00
i      | Xu     | c9    | North       | D1           | XC11       | 2026-03-01 | 50   | 50.00
j      | Xu     | c10   | South       | D2           | XC11       | 2026-03-01 | 50   | 50.00
k      | Xu     | c11   | East        | D3           | XC11       | 2026-03-01 | 50   | 50.00
l      | Xu     | c12   | West        | D4           | XC11       | 2026-03-01 | 50   | 50.00
m      | Sun    | c13   | North       | D1           | XC09       | 2026-03-01 | 50   | 50.00
n      | Sun    | c14   | South       | D2           | XC09       | 2026-03-01 | 50   | 50.00
o      | Sun    | c15   | East        | D3           | XC09       | 2026-03-01 | 50   | 50.00
p      | Sun    | c16   | West        | D4           | XC09       | 2026-03-01 | 50   | 50.00
"""
"The first drug of the group; two products of one generic name; two lines of one claim are one supply · 类别首个药品；同一通用名的两个产品；同一次就诊两条为一次取药" = """
charge | member | claim | institution | practitioner | item        | day        | days | amount | flagged
a      | Li     | c1    | North       | D1           | XC10        | 2026-03-01 | 50   | 50.00  |
b      | Li     | c2    | South       | D2           | XC10        | 2026-03-02 | 50   | 50.00  |
c      | Li     | c3    | East        | D3           | XC10        | 2026-03-03 | 50   | 50.00  |
d      | Li     | c4    | West        | D4           | XC10        | 2026-03-04 | 50   | 50.00  | 47.00
e      | Wu     | c5    | North       | D1           | XC100000001 | 2026-03-01 | 50   | 50.00  |
f      | Wu     | c6    | South       | D2           | XC100000002 | 2026-03-02 | 50   | 50.00  |
g      | Wu     | c7    | East        | D3           | XC100000003 | 2026-03-03 | 50   | 50.00  |
h      | Wu     | c8    | West        | D4           | XC100000001 | 2026-03-04 | 50   | 50.00  | 47.00
i      | Xu     | c9    | North       | D1           | XC10000000  | 2026-03-01 | 39   | 39.00  |
j      | Xu     | c9    | North       | D1           | XC10000000  | 2026-03-01 | 20   | 20.00  |
k      | Xu     | c10   | South       | D2           | XC10000000  | 2026-03-01 | 38   | 38.00  |
l      | Xu     | c11   | East        | D3           | XC10000000  | 2026-03-01 | 38   | 38.00  |
m      | Xu     | c12   | West        | D4           | XC10000000  | 2026-03-02 | 37   | 37.00  | 1.00
"""
"The fourth place was paid alone, from the own account, gave it in a stay, or was an emergency · 第四家为全自费、个人账户支付、住院用药或急诊" = """
charge | member | claim | institution | practitioner | item       | kind      | day        | days | amount | eligible | fund_ratio | flagged
a      | Li     | c1    | North       | D1           | XC10000000 |           | 2026-03-01 | 60   | 60.00  |          |            |
b      | Li     | c2    | South       | D2           | XC10000000 |           | 2026-03-01 | 60   | 60.00  |          |            |
c      | Li     | c3    | East        | D3           | XC10000000 |           | 2026-03-01 | 60   | 60.00  | 0.00     |            |
d      | Li     | c4    | West        | D4           | XC10000000 |           | 2026-03-01 | 60   | 60.00  |          |            |
e      | Wu     | c5    | North       | D1           | XC10000000 |           | 2026-03-01 | 60   | 60.00  |          |            |
f      | Wu     | c6    | South       | D2           | XC10000000 | pharmacy  | 2026-03-01 | 60   | 60.00  |          | 0          |
g      | Wu     | c7    | East        | D3           | XC10000000 |           | 2026-03-01 | 60   | 60.00  |          |            |
h      | Wu     | c8    | West        | D4           | XC10000000 |           | 2026-03-01 | 60   | 60.00  |          |            |
i      | Xu     | c9    | North       | D1           | XC10000000 |           | 2026-03-01 | 80   | 80.00  |          |            |
j      | Xu     | c10   | South       | D2           | XC10000000 | inpatient | 2026-03-01 | 80   | 80.00  |          |            |
k      | Xu     | c11   | East        | D3           | XC10000000 |           | 2026-03-01 | 80   | 80.00  |          |            |
l      | Xu     | c12   | West        | D4           | XC10000000 | emergency | 2026-03-01 | 80   | 80.00  |          |            |
m      | Sun    | c13   | North       | D1           | XC10000000 |           | 2026-03-01 | 50   | 50.00  | 0.01     | 0.0001     |
n      | Sun    | c14   | South       | D2           | XC10000000 |           | 2026-03-01 | 50   | 50.00  | 0.01     | 0.0001     |
o      | Sun    | c15   | East        | D3           | XC10000000 |           | 2026-03-01 | 50   | 50.00  | 0.01     | 0.0001     |
p      | Sun    | c16   | West        | D4           | XC10000000 |           | 2026-03-02 | 50   | 50.00  | 0.01     | 0.0001     | 49.00
q      | Sun    | c17   | West        | D4           | XC10000000 | inpatient | 2026-03-02 | 50   | 50.00  |          |            |
r      | Sun    | c18   | West        | D4           | XC10000000 |           | 2026-03-02 | 50   | 50.00  | 0.00     |            |
s      | Sun    | c19   | West        | D4           | XC10000000 |           | 2026-03-02 | 50   | 50.00  |          | 0          |
"""

[examples."Three of the four were settled in earlier months · 其中三次在此前月份结算"]
history = """
charge | claim | institution | practitioner | item       | day        | days | amount
x      | h1    | North       | D1           | XC10000000 | 2026-02-25 | 60   | 60.00
y      | h2    | South       | D2           | XC10000000 | 2026-02-26 | 60   | 60.00
z      | h3    | East        | D3           | XC10000000 | 2026-02-27 | 60   | 60.00
"""
charge = """
charge | claim | institution | practitioner | item       | day        | days | amount | flagged
a      | c1    | West        | D4           | XC10000000 | 2026-03-01 | 60   | 60.00  | 60.00
"""

[examples."What another member, or the same one of another drug, fetched in between changes nothing · 其间他人取药、本人取用他药均不影响"]
charge = """
charge | member | claim | institution | practitioner | item       | day        | days | amount | flagged
a      | Li     | c1    | North       | D1           | XC10000000 | 2026-01-01 | 50   | 50.00  |
b      | Li     | c2    | South       | D2           | XC10000000 | 2026-01-02 | 50   | 50.00  |
c      | Li     | c3    | East        | D3           | XC10000000 | 2026-01-03 | 50   | 50.00  |
d      | Li     | c4    | West        | D4           | XC10000000 | 2026-02-01 | 50   | 50.00  | 19.00
e      | Wu     | c5    | North       | D1           | XC10000000 | 2026-01-20 | 5    | 5.00   |
f      | Wu     | c6    | South       | D2           | XC10000000 | 2026-01-20 | 5    | 5.00   |
g      | Wu     | c7    | East        | D3           | XC10000000 | 2026-01-20 | 5    | 5.00   |
h      | Wu     | c8    | West        | D4           | XC10000000 | 2026-01-20 | 5    | 5.00   |
i      | Li     | c9    | North       | D1           | XC10000001 | 2026-01-20 | 5    | 5.00   |
j      | Li     | c10   | South       | D2           | XC10000001 | 2026-01-20 | 5    | 5.00   |
k      | Li     | c11   | East        | D3           | XC10000001 | 2026-01-20 | 5    | 5.00   |
l      | Li     | c12   | West        | D4           | XC10000001 | 2026-01-20 | 5    | 5.00   |
"""

[examples."Two drugs of the group, each counted apart · 同类两种药品分别计算"]
charge = """
charge | claim | institution | practitioner | item       | done_at             | days | amount | flagged
a      | c1    | North       | D1           | XC10000000 | 2026-03-01 09:00:00 | 50   | 50.00  |
b      | c2    | South       | D2           | XC10000000 | 2026-03-01 10:00:00 | 50   | 50.00  |
c      | c3    | East        | D3           | XC10000000 | 2026-03-01 11:00:00 | 50   | 50.00  |
d      | c4    | West        | D4           | XC10000000 | 2026-03-01 12:00:00 | 10   | 10.00  | 10.00
e      | c1    | North       | D1           | XC10000001 | 2026-03-01 09:00:00 | 5    | 5.00   |
f      | c2    | South       | D2           | XC10000001 | 2026-03-01 10:00:00 | 5    | 5.00   |
g      | c3    | East        | D3           | XC10000001 | 2026-03-01 11:00:00 | 5    | 5.00   |
h      | c4    | West        | D4           | XC10000001 | 2026-03-01 12:00:00 | 150  | 150.00 | 15.00
"""

[examples."A point holds on its days · 知识点在有效期内有效"]
k_diversion = """
low  | high | name       | since
XC10 | XC11 | 调节血脂药 | 2026-03-02
"""
charge = """
charge | claim | institution | practitioner | item       | day        | days | amount | flagged
a      | c1    | North       | D1           | XC10000000 | 2026-03-01 | 60   | 60.00  |
b      | c2    | South       | D2           | XC10000000 | 2026-03-02 | 60   | 60.00  |
c      | c3    | East        | D3           | XC10000000 | 2026-03-03 | 60   | 60.00  |
d      | c4    | West        | D4           | XC10000000 | 2026-03-04 | 60   | 60.00  | 28.00
"""
*/
WITH wanted AS (  -- who had a drug this month that is easily resold
    SELECT DISTINCT c.member, c.generic
    FROM charge AS c
    JOIN k_diversion AS k ON c.generic >= k.low AND c.generic < k.high
), shopper AS (  -- and had it from so many doctors of so many institutions
    SELECT h.member, h.generic, count(DISTINCT h.institution) AS institutions, count(DISTINCT h.practitioner) AS prescribers
    FROM history AS h
    WHERE h.item_kind = 'drug' AND h.kind IN ('outpatient', 'chronic', 'pharmacy') AND h.eligible > 0 AND h.fund_ratio > 0
        AND (h.member, h.generic) IN (SELECT t.member, t.generic FROM wanted AS t)
    GROUP BY h.member, h.generic
    HAVING count(DISTINCT h.institution) >= $institutions AND count(DISTINCT h.practitioner) >= $prescribers
), supply AS (  -- what they had of it, where it is a drug that is easily resold
    SELECT
        h.institution, h.claim, h.charge, h.member, h.generic, h.item, h.day, h.done_at, h.days, h.quantity, h.amount,
        w.institutions, w.prescribers, k.name
    FROM history AS h
    JOIN shopper AS w ON w.member = h.member AND w.generic = h.generic
    JOIN k_diversion AS k ON w.generic >= k.low AND w.generic < k.high
    WHERE in_force(k, h) AND h.kind IN ('outpatient', 'chronic', 'pharmacy') AND h.eligible > 0 AND h.fund_ratio > 0
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
    s.institution, s.claim, s.charge, s.member AS subject, share(s.amount, n.in_hand - $stock, s.days) AS at_stake,
    s.member AS finding, share(s.quantity, n.in_hand - $stock, s.days) AS units,
    s.item, s.name, s.day, s.quantity, n.in_hand AS billed, s.institutions, s.prescribers, $stock AS allowed
FROM supply AS s
JOIN stocked AS n ON n.claim = s.claim AND n.generic = s.generic
WHERE n.in_hand > $stock AND s.charge IN (SELECT c.charge FROM charge AS c)
