/*
title      = "Yearly amount of a drug exceeded"
title_zh   = "药品限总量/年度额度"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (6); national list of rule types 2025, no. 9, 28 and 34; the payment rules of the place"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第六项；国家两库（2025年版）第9、28、34类规则；当地医保支付规定"
stage      = "trial"
moments    = ["review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V13"]
natl_rule  = ["药品限最大开药天数/开药量", "耗材/项目超限定报销总额"]
about      = "The fund pays a drug (products of one generic name together) up to an amount in a benefit year, and more was asked of it, at whatever institution. The days of a point are its benefit year. What was used first is paid; at stake is the share of each line that lies over the amount. Certain within one institution, highly suspicious where another had used the amount up, for this one may not have known it."
about_zh   = "药品（同一通用名合并）限定在一个待遇年度内支付一定金额，参保人在各机构累计超出。知识点的有效期即待遇年度。先发生的予以支付，涉及金额为各明细超出部分所占份额。同一机构内超出为明确违规；由其他机构用完限额的，因本机构未必知晓，为高度可疑。"
innocent   = "Left out: what nobody asked the fund to pay; use approved beforehand, as for a disease with its own amount; lines reversed; another benefit year. Not visible in the data: an amount that was granted outside the claim, as in a local pilot; what was used before the data begin; limits by course, which have a rule of their own."
innocent_zh = "不计入：未纳入基金支付的明细；已事前审批（如病种单独额度）；已冲销明细；其他待遇年度。数据无法识别：就诊之外另行核定的额度（如地方试点）；数据起始之前的使用；按疗程限定的（另有规则）。"
because    = "{name}: {billed} yuan asked of the fund since {begun}; it pays for {most} in the benefit year"
because_zh = "{name}自{begun}起本待遇年度累计纳入{billed}元，限支付{most}元"
back       = 12

[columns]
quantity = "qty"
billed   = "yuan"
most     = "price"

[given]
k_cap_drug = """
generic    | name     | most    | since      | until
XL01000000 | 甲药     | 1000.00 | 2025-01-01 | 2025-12-31
XL01000000 | 甲药     | 1000.00 | 2026-01-01 | 2026-12-31
XL01000001 | 乙药     | 1000.00 | 2026-01-01 | 2026-12-31
"""

[examples]
"Thirteen hundred yuan, and a thousand; another drug, another person · 1300元、1000元；其他药品、其他患者" = """
charge | member | claim | item        | done_at             | amount | flagged
a      | Li     | s     | XL010000001 | 2026-01-01 10:00:00 | 600.00 |
b      | Li     | t     | XL010000002 | 2026-03-05 10:00:00 | 300.00 |
c      | Li     | u     | XL010000001 | 2026-03-06 10:00:00 | 400.00 | 300.00 certain
d      | Wu     | v     | XL010000001 | 2026-03-05 10:00:00 | 600.00 |
e      | Wu     | w     | XL010000001 | 2026-03-06 10:00:00 | 400.00 |
f      | Wu     | x     | XL010000011 | 2026-03-07 10:00:00 | 400.00 |
g      | Xu     | y     | XL010000001 | 2026-03-05 10:00:00 | 900.00 |
"""
"A fen more; of two lines of one moment the greater key bears it; a part of the line is eligible · 超一分；同一时刻以较大编号承担；部分纳入" = """
charge | member | claim | item       | done_at             | amount  | eligible | flagged
a      | Li     | s     | XL01000000 | 2026-03-05 10:00:00 | 1000.01 |          | 0.01
b      | Wu     | t     | XL01000000 | 2026-03-05 10:00:00 | 700.00  |          |
c      | Wu     | t     | XL01000000 | 2026-03-05 10:00:00 | 700.00  |          | 400.00
d      | Xu     | u     | XL01000000 | 2026-03-05 10:00:00 | 4000.00 | 2000.00  | 2000.00
"""
"At two institutions; in two years; approved; paid alone · 两家机构；两个年度；已审批；全自费" = """
charge | member | claim | institution | item       | day        | amount | approved | eligible | flagged
a      | Li     | s     | North       | XL01000000 | 2026-03-05 | 900.00 |          |          |
b      | Li     | t     | South       | XL01000000 | 2026-03-06 | 300.00 |          |          | 200.00 high
c      | Wu     | u     | North       | XL01000000 | 2025-12-31 | 900.00 |          |          |
d      | Wu     | v     | North       | XL01000000 | 2026-01-01 | 900.00 |          |          |
e      | Xu     | w     | North       | XL01000000 | 2026-03-05 | 900.00 |          |          |
f      | Xu     | x     | North       | XL01000000 | 2026-03-06 | 900.00 | yes      |          |
g      | Sun    | y     | North       | XL01000000 | 2026-03-05 | 1000.00 |          |          |
h      | Sun    | z     | North       | XL01000000 | 2026-03-06 | 900.00 |          | 0.00     |
i      | Sun    | z     | North       | XL01000000 | 2026-03-07 | 0.01   |          |          | yes
i2     | Sun    | z     | North       | XL01000000 | 2026-03-08 | 900.00 |          | 0.00     |
j      | Zhao   | k     | North       | XL01000000 | 2027-03-05 | 9000.00 |          |          |
k      | Qian   | l     | South       | XL01000000 | 2026-03-05 | 900.00 |          |          |
l      | Qian   | m     | North       | XL01000000 | 2026-03-06 | 300.00 |          |          | 200.00 high
"""

[examples."Most of it was used in earlier months · 大部分在此前月份使用"]
history = """
charge | claim | item       | day        | amount
x      | h     | XL01000000 | 2026-01-05 | 900.00
"""
charge = """
charge | claim | item       | day        | amount | flagged
a      | s     | XL01000000 | 2026-03-05 | 300.00 | 200.00
"""
*/
WITH used AS (  -- each line of the benefit year with what had been asked of the fund up to and with it
    SELECT
        h.institution, h.claim, h.charge, h.item, h.day, h.quantity, h.amount, h.eligible, k.point, k.name, k.most, k.since AS begun,
        sum(h.eligible) OVER so_far AS so_far,
        min(h.institution) OVER so_far AS first_institution, max(h.institution) OVER so_far AS last_institution
    FROM history AS h
    JOIN k_cap_drug AS k ON k.generic = h.generic
    WHERE in_force(k, h) AND h.eligible > 0 AND NOT h.approved
    WINDOW so_far AS (
        PARTITION BY h.member, k.generic, k.since ORDER BY h.done_at, h.charge ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
    u.institution, u.claim, u.charge, share(u.amount, u.so_far - u.most // 10000, u.eligible) AS at_stake,
    CASE WHEN u.first_institution = u.last_institution THEN 'certain' ELSE 'high' END AS certainty,
    share(u.quantity, u.so_far - u.most // 10000, u.eligible) AS units,
    u.point, u.item, u.name, u.day, u.quantity, u.so_far AS billed, u.most, u.begun
FROM used AS u
WHERE u.so_far > u.most // 10000 AND u.charge IN (SELECT c.charge FROM charge AS c)
