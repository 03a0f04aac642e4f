/*
title      = "Drugs bought to be resold"
title_zh   = "倒卖药品"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (5), art. 41 (3); Implementing Rules (NHSA Order 7), art. 31 (3) to (5); national list of rule types 2025, no. 51"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第五项、第四十一条第三项；《实施细则》（国家医疗保障局令第7号）第三十一条第三项至第五项；国家两库（2025年版）第51类规则"
stage      = "trial"
moments    = ["audit"]
certainty  = "certain"
severity   = "S4"
violations = ["V21", "V12"]
natl_rule  = ["药品进销存异常", "频繁购药"]
needs      = ["scan"]
about      = "Packs of a drug that is easily resold, which a member had on the fund, were sold or taken into stock at another institution afterwards. At stake is the share of each line that these packs make up. Several packs of one member in a month are certain, fewer highly suspicious, for a code may have been misread. A lead only, without an amount, is a member who bought so many different drugs of this kind at pharmacies in a month, and next to nothing else."
about_zh   = "参保人以基金购得的易倒卖药品，其追溯码此后又在其他机构销售或入库。涉及金额为该等药品占明细的份额。同一参保人当月达到规定盒数的为明确，不足的可能为误扫，为高度可疑。当月在药店购买多种此类药品、几乎不购其他药品的，仅作线索，不涉及金额。"
innocent   = "Left out: packs given back before they appeared elsewhere; a second reading of a pack for the same line; packs sold loose; lines reversed; what reappears at the institution that sold it, which the rule on packs sold twice asks about. Not visible in the data: one telephone or courier for several members; which neighbour carried the packs; a large family; somebody with several chronic diseases, who truly needs many such drugs; drugs sold on without a reading."
innocent_zh = "不计入：再次出现前已退货；同一明细对同一盒重复扫码；拆零销售；明细已冲销；在原售出机构再次出现的（由追溯码重复销售规则处理）。数据无法识别：多人共用电话、代购人；何人转手；家庭人口多；患多种慢性病、确需多种此类药品；未扫码的转售。"
because    = "{name}, fetched on {day}: {sign_words}"
because_zh = "{name}，{day}取药：{sign_zh}"
subject    = "member"
ahead      = 3  # where a pack appears again is known later

[parameters.packs]
value  = 3
source = "catalogue E07, TRACE_CONFIRM; the number of packs is a starting value, not law"
since  = 2026-04-01

[parameters.drugs]
value  = 5
source = "catalogue E07, example 2, in place of a score: starting value, not law"
since  = 2026-04-01

[parameters.percent]
value  = 90
source = "catalogue E07, example 2, share of diversion drugs: starting value, not law"
since  = 2026-04-01

[columns]
other_institution = "institution"

[given]
k_diversion = """
low  | high | name
XC10 | XC11 | 调节血脂药
XB01 | XB02 | 抗血栓药
"""

[examples."Three packs of a member found on sale elsewhere; two packs of another · 一人三盒在他处销售；另一人两盒"]
visit = """
claim | member | institution | kind     | day
c1    | Li     | P1          | pharmacy | 2026-03-05
c2    | Wu     | P1          | pharmacy | 2026-03-05
"""
scan = """
charge | claim | member | institution | code  | item | done_at             | amount | flagged
a      | c1    | Li     | P1          | 81101 | XC10 | 2026-03-05 10:00:00 | 60.00  | 60.00 certain
b      | c1    | Li     | P1          | 81102 | XB01 | 2026-03-05 10:00:00 | 80.00  | 80.00 certain
b      | c1    | Li     | P1          | 81103 | XB01 | 2026-03-05 10:00:00 | 80.00  |
c      | c2    | Wu     | P1          | 81104 | XC10 | 2026-03-05 10:00:00 | 60.00  | 60.00 high
d      | c2    | Wu     | P1          | 81105 | XC10 | 2026-03-05 10:00:00 | 60.00  | 60.00 high
e      | c2    | Wu     | P1          | 81106 | XC10 | 2026-03-05 10:00:00 | 60.00  |
"""
scan_history = """
charge | claim | member | institution | code  | event | done_at
-      | -     | -      | P2          | 81101 | sale  | 2026-04-05 10:00:00
-      | -     | -      | P2          | 81102 | sale  | 2026-04-05 10:00:00
-      | -     | -      | P2          | 81103 | in    | 2026-04-05 10:00:00
-      | -     | -      | P2          | 81104 | sale  | 2026-04-05 10:00:00
-      | -     | -      | P2          | 81105 | sale  | 2026-04-05 10:00:00
-      | -     | -      | P3          | 81104 | sale  | 2026-04-09 10:00:00
-      | -     | -      | P2          | 81109 | sale  | 2026-04-05 10:00:00
"""

[examples."One of two packs of a line · 一条明细两盒中的一盒"]
visit = """
claim | institution | kind     | day
c1    | P1          | pharmacy | 2026-03-05
"""
scan = """
charge | claim | institution | code  | event  | item | done_at             | amount | flagged
a      | c1    | P1          | 81101 | sale   | XC10 | 2026-03-05 10:00:00 | 60.00  | 30.00
a      | c1    | P1          | 81102 | sale   | XC10 | 2026-03-05 10:00:00 | 60.00  |
a      | c1    | P1          | 81103 | return | XC10 | 2026-03-05 11:00:00 | 60.00  |
"""
scan_history = """
charge | claim | institution | code  | event | done_at
-      | -     | P2          | 81101 | sale  | 2026-03-06 10:00:00
-      | -     | P2          | 81103 | sale  | 2026-03-06 10:00:00
"""

[examples."A pack read twice at the till is one pack; sold on two lines it is one of each · 同一盒扫码两次只计一盒；在两条明细售出的各计一盒"]
visit = """
claim | institution | kind     | day
c1    | P1          | pharmacy | 2026-03-05
c2    | P1          | pharmacy | 2026-03-05
c3    | P1          | pharmacy | 2026-03-05
"""
scan = """
charge | claim | member | institution | code  | event  | item | done_at             | amount | flagged
a      | c1    | Li     | P1          | 81101 | sale   | XC10 | 2026-03-05 10:00:00 | 90.00  | 60.00 high
a      | c1    | Li     | P1          | 81101 | sale   | XC10 | 2026-03-05 10:00:01 | 90.00  |
a      | c1    | Li     | P1          | 81102 | sale   | XC10 | 2026-03-05 10:00:02 | 90.00  |
a      | c1    | Li     | P1          | 81103 | sale   | XC10 | 2026-03-05 10:00:03 | 90.00  |
b      | c2    | Wu     | P1          | 81104 | sale   | XC10 | 2026-03-05 11:00:00 | 30.00  | 30.00 high
c      | c3    | Xu     | P1          | 81104 | sale   | XC10 | 2026-03-05 12:00:00 | 30.00  | 30.00 high
"""
scan_history = """
charge | claim | institution | code  | event | done_at
-      | -     | P2          | 81101 | sale  | 2026-03-06 10:00:00
-      | -     | P2          | 81102 | sale  | 2026-03-06 10:00:00
-      | -     | P2          | 81104 | sale  | 2026-03-06 10:00:00
"""

[examples."Given back before, loose, reversed, there or here; at the same pharmacy, before, at the same moment; another kind of drug; sent out only; given in a stay · 此前已退货；拆零、冲销；同一药店、此前、同一时刻；其他药品；仅出库；住院用药"]
visit = """
claim | institution | kind     | day
c1    | P1          | pharmacy | 2026-03-05
"""
scan = """
charge | claim | institution | code  | event  | item | done_at             | loose | reversed
a      | c1    | P1          | 81101 | sale   | XC10 | 2026-03-05 10:00:00 |       |
a      | c1    | P1          | 81101 | return | XC10 | 2026-03-06 10:00:00 |       |
b      | c1    | P1          | 81102 | sale   | XC10 | 2026-03-05 10:00:00 | yes   |
c      | c1    | P1          | 81103 | sale   | XC10 | 2026-03-05 10:00:00 |       | yes
d      | c1    | P1          | 81104 | sale   | XC10 | 2026-03-05 10:00:00 |       |
e      | c1    | P1          | 81105 | sale   | XC10 | 2026-03-05 10:00:00 |       |
f      | c1    | P1          | 81106 | sale   | XC10 | 2026-03-05 10:00:00 |       |
g      | c1    | P1          | 81107 | sale   | XC10 | 2026-03-05 10:00:00 |       |
h      | c1    | P1          | 81108 | sale   | XC11 | 2026-03-05 10:00:00 |       |
h2     | c1    | P1          | 81112 | sale   | XA10 | 2026-03-05 10:00:00 |       |
i      | c1    | P1          | 81109 | sale   | XC10 | 2026-03-05 10:00:00 |       |
j      | c1    | P1          | 81110 | sale   | XC10 | 2026-03-05 10:00:00 |       |
k      | s1    | P1          | 81111 | sale   | XC10 | 2026-03-05 10:00:00 |       |
"""
scan_history = """
charge | claim | institution | code  | event | done_at             | loose | reversed
-      | -     | P2          | 81101 | sale  | 2026-03-07 10:00:00 |       |
-      | -     | P2          | 81102 | sale  | 2026-03-07 10:00:00 |       |
-      | -     | P2          | 81103 | sale  | 2026-03-07 10:00:00 |       |
-      | -     | P2          | 81104 | sale  | 2026-03-07 10:00:00 | yes   |
z      | z     | P2          | 81105 | sale  | 2026-03-07 10:00:00 |       | yes
-      | -     | P1          | 81106 | sale  | 2026-03-07 10:00:00 |       |
-      | -     | P2          | 81107 | sale  | 2026-03-04 10:00:00 |       |
-      | -     | P2          | 81108 | sale  | 2026-03-07 10:00:00 |       |
-      | -     | P2          | 81112 | sale  | 2026-03-07 10:00:00 |       |
-      | -     | P2          | 81109 | out   | 2026-03-07 10:00:00 |       |
-      | -     | P2          | 81110 | sale  | 2026-03-05 10:00:00 |       |
-      | -     | P2          | 81111 | sale  | 2026-03-07 10:00:00 |       |
"""

[examples."Given back earlier, or after it had appeared; returned by a line that only the month shows · 更早退货或再次出现后才退货"]
visit = """
claim | institution | kind     | day
c1    | P1          | pharmacy | 2026-03-05
"""
scan = """
charge | claim | institution | code  | event  | item | done_at             | flagged
a      | c1    | P1          | 81101 | return | XC10 | 2026-03-04 10:00:00 |
a      | c1    | P1          | 81101 | sale   | XC10 | 2026-03-05 10:00:00 | yes
a      | c1    | P1          | 81101 | return | XC10 | 2026-03-09 10:00:00 |
"""
scan_history = """
charge | claim | institution | code  | event | done_at
-      | -     | P2          | 81101 | sale  | 2026-03-07 10:00:00
-      | -     | P2          | 81999 | return | 2026-03-06 10:00:00
"""

[examples."Five such drugs in a month and nothing else: a lead; four; five among others; and below nine tenths · 当月5种此类药品且无其他：线索；4种；占比恰为九成、不足九成"]
charge = """
charge | member | claim | kind     | item       | amount | eligible | fund_ratio | flagged
a1     | Li     | c1    | pharmacy | XC10       | 90.00  |          |            | 0.00 low
a2     | Li     | c1    | pharmacy | XC10000002 | 90.00  |          |            | low
a3     | Li     | c1    | pharmacy | XC10000003 | 90.00  |          |            | low
a4     | Li     | c1    | pharmacy | XC10000004 | 90.00  |          |            | low
a5     | Li     | c2    | pharmacy | XB01000005 | 90.00  |          |            | low
a6     | Li     | c2    | pharmacy | XC11       | 50.00  |          |            |
b1     | Wu     | c3    | pharmacy | XC10000001 | 90.00  |          |            |
b2     | Wu     | c3    | pharmacy | XC10000002 | 90.00  |          |            |
b3     | Wu     | c3    | pharmacy | XC10000003 | 90.00  |          |            |
b4     | Wu     | c3    | pharmacy | XC10000004 | 90.00  |          |            |
b5     | Wu     | c4    | pharmacy | XC10000004 | 90.00  |          |            |
c1     | Xu     | c5    | pharmacy | XC10000001 | 90.00  |          |            |
c2     | Xu     | c5    | pharmacy | XC10000002 | 90.00  |          |            |
c3     | Xu     | c5    | pharmacy | XC10000003 | 90.00  |          |            |
c4     | Xu     | c5    | pharmacy | XC10000004 | 90.00  |          |            |
c5     | Xu     | c6    | pharmacy | XC10000005 | 90.00  |          |            |
c6     | Xu     | c6    | pharmacy | XA01000000 | 50.01  |          |            |
"""

[examples."The fifth was paid alone, from the own account, or had in a clinic; something else bought so, or beside the drugs · 第5种为自费、个人账户支付或门诊取药；其他商品"]
charge = """
charge | member | claim | kind       | item       | amount | eligible | fund_ratio | flagged
a1     | Li     | c1    | pharmacy   | XC10000001 | 90.00  |          |            |
a2     | Li     | c1    | pharmacy   | XC10000002 | 90.00  |          |            |
a3     | Li     | c1    | pharmacy   | XC10000003 | 90.00  |          |            |
a4     | Li     | c1    | pharmacy   | XC10000004 | 90.00  |          |            |
a5     | Li     | c1    | pharmacy   | XC10000005 | 90.00  | 0.00     |            |
a6     | Li     | c2    | pharmacy   | XC10000006 | 90.00  |          | 0          |
a7     | Li     | c3    | outpatient | XC10000007 | 90.00  |          |            |
b1     | Wu     | c4    | pharmacy   | XC10000001 | 90.00  | 0.01     | 0.0001     | low
b2     | Wu     | c4    | pharmacy   | XC10000002 | 90.00  |          |            | low
b3     | Wu     | c4    | pharmacy   | XC10000003 | 90.00  |          |            | low
b4     | Wu     | c4    | pharmacy   | XC10000004 | 90.00  |          |            | low
b5     | Wu     | c4    | pharmacy   | XC10000005 | 90.00  |          |            | low
b6     | Wu     | c4    | pharmacy   | T000000001 | 900.00 |          |            |
b7     | Wu     | c4    | pharmacy   | XC10000005 | 90.00  | 0.00     |            |
b8     | Wu     | c5    | pharmacy   | XC10000005 | 90.00  |          | 0          |
b9     | Wu     | c6    | outpatient | XC10000005 | 90.00  |          |            |
"""

[examples."Who is accused for packs is no lead besides · 已因追溯码列为疑点的不再列为线索"]
visit = """
claim | institution | kind     | day
c1    | P1          | pharmacy | 2026-03-05
"""
charge = """
charge | claim | institution | kind     | item       | amount | flagged
a1     | c1    | P1          | pharmacy | XC10000001 | 90.00  | 90.00 high
a2     | c1    | P1          | pharmacy | XC10000002 | 90.00  |
a3     | c1    | P1          | pharmacy | XC10000003 | 90.00  |
a4     | c1    | P1          | pharmacy | XC10000004 | 90.00  |
a5     | c1    | P1          | pharmacy | XC10000005 | 90.00  |
"""
scan = """
charge | claim | institution | code  | item       | done_at             | amount
a1     | c1    | P1          | 81101 | XC10000001 | 2026-03-05 10:00:00 | 90.00
"""
scan_history = """
charge | claim | institution | code  | event | done_at
-      | -     | P2          | 81101 | sale  | 2026-03-07 10:00:00
"""

[examples."A point holds on its days · 知识点在有效期内有效"]
k_diversion = """
low  | high | name       | since
XC10 | XC11 | 调节血脂药 | 2026-03-06
"""
visit = """
claim | institution | kind     | day
c1    | P1          | pharmacy | 2026-03-05
c2    | P1          | pharmacy | 2026-03-06
"""
charge = """
charge | member | claim | kind     | item       | day        | flagged
a1     | Xu     | c3    | pharmacy | XC10000001 | 2026-03-05 |
a2     | Xu     | c3    | pharmacy | XC10000002 | 2026-03-05 |
a3     | Xu     | c3    | pharmacy | XC10000003 | 2026-03-05 |
a4     | Xu     | c3    | pharmacy | XC10000004 | 2026-03-05 |
a5     | Xu     | c3    | pharmacy | XC10000005 | 2026-03-05 |
"""
scan = """
charge | claim | institution | code  | item       | done_at             | amount | flagged
a      | c1    | P1          | 81101 | XC10000001 | 2026-03-05 10:00:00 | 90.00  |
b      | c2    | P1          | 81102 | XC10000001 | 2026-03-06 10:00:00 | 90.00  | yes
"""
scan_history = """
charge | claim | institution | code  | event | done_at
-      | -     | P2          | 81101 | sale  | 2026-03-07 10:00:00
-      | -     | P2          | 81102 | sale  | 2026-03-07 10:00:00
"""
*/
WITH easily AS (  -- the drugs of the month's packs that are easily resold
    SELECT t.item
    FROM (SELECT DISTINCT s.item FROM scan AS s) AS t
    JOIN k_diversion AS w ON t.item >= w.low AND t.item < w.high
), again AS (  -- packs that members had at visits of the month, with the first place where each appeared afterwards
    SELECT
        a.member, a.institution, a.claim, a.charge, a.item, a.amount, v.day, k.name, b.institution AS other_institution,
        b.done_at AS sold_again, row_number() OVER (PARTITION BY a.charge, a.code ORDER BY b.done_at, b.scan, a.scan) AS place
    FROM scan AS a
    JOIN visit AS v ON v.claim = a.claim
    JOIN k_diversion AS k ON a.item >= k.low AND a.item < k.high
    JOIN scan_history AS b ON b.code = a.code
    WHERE in_force(k, v) AND a.event = 'sale' AND NOT a.loose AND NOT a.reversed AND a.item IN (SELECT d.item FROM easily AS d)
        AND b.event IN ('sale', 'in') AND NOT b.loose AND NOT b.reversed
        AND b.institution <> a.institution AND b.done_at > a.done_at
        AND NOT EXISTS (
            SELECT 1 FROM scan_history AS r
            WHERE r.code = a.code AND r.event = 'return' AND r.done_at BETWEEN a.done_at AND b.done_at)
), resold AS (  -- the lines they stand on
    SELECT
        g.member, g.institution, g.claim, g.charge, g.item, g.amount, g.day, g.name, count(*) AS codes,
        min(g.other_institution) AS other_institution, min(g.sold_again) AS sold_again
    FROM again AS g
    WHERE g.place = 1
    GROUP BY g.member, g.institution, g.claim, g.charge, g.item, g.amount, g.day, g.name
), packs AS (  -- and how many packs these lines have
    SELECT s.charge, count(DISTINCT s.code) AS packs
    FROM scan AS s WHERE s.event = 'sale' AND s.charge IN (SELECT r.charge FROM resold AS r) GROUP BY s.charge
), bought AS (  -- each drug that a member bought at pharmacies with the fund's money
    SELECT
        c.member, c.generic, min(c.province) AS province, min(c.area) AS area, max(c.day) AS day, sum(c.amount) AS amount
    FROM charge AS c
    WHERE c.kind = 'pharmacy' AND c.item_kind = 'drug' AND c.eligible > 0 AND c.fund_ratio > 0
    GROUP BY c.member, c.generic
), listed AS (  -- with the group of those that are easily resold
    SELECT b.member, b.generic, b.amount, k.name
    FROM bought AS b
    LEFT JOIN k_diversion AS k ON b.generic >= k.low AND b.generic < k.high AND in_force(k, b)
), laden AS (  -- who bought many of them, and next to nothing else
    SELECT g.member, count(g.name) AS drugs
    FROM listed AS g
    WHERE g.member NOT IN (SELECT r.member FROM resold AS r)
    GROUP BY g.member
    HAVING count(g.name) >= $drugs
        AND sum(CASE WHEN g.name IS NULL THEN 0 ELSE g.amount END) * 100 >= sum(g.amount) * $percent
)
SELECT
    r.institution, r.claim, r.charge, r.member AS subject, r.member AS finding, share(r.amount, r.codes, p.packs) AS at_stake,
    CASE WHEN sum(r.codes) OVER (PARTITION BY r.member) >= $packs THEN 'certain' ELSE 'high' END AS certainty,
    r.item, r.name, r.day, r.codes, p.packs, r.other_institution, r.sold_again, NULL AS drugs,
    'packs of it appeared at another institution afterwards' AS sign_words, '其追溯码此后在其他机构出现' AS sign_zh
FROM resold AS r
JOIN packs AS p ON p.charge = r.charge
UNION ALL
SELECT
    c.institution, c.claim, c.charge, c.member, c.member, 0, 'low',
    c.item, g.name, c.day, NULL, NULL, NULL, NULL, n.drugs,
    'many drugs that are easily resold, and next to nothing else', '当月购买多种易倒卖药品，几乎不购其他药品'
FROM charge AS c
JOIN laden AS n ON n.member = c.member
JOIN listed AS g ON g.member = c.member AND g.generic = c.generic
WHERE g.name IS NOT NULL AND c.kind = 'pharmacy' AND c.eligible > 0 AND c.fund_ratio > 0
