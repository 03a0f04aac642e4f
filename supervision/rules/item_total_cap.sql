/*
title      = "Yearly limit of a service exceeded"
title_zh   = "医疗服务项目超年度限定数量"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (6); national list of rule types 2025, no. 28 and 34; the payment rules of the place"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第六项；国家两库（2025年版）第28、34类规则；当地医保支付规定"
stage      = "in_force"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V13"]
natl_rule  = ["医疗服务项目超限定报销总额", "耗材超限定报销总额"]
about      = "The fund pays a service or a consumable so many times in a benefit year, and it was billed to the fund more often, at whatever institution. The days of a point are its benefit year. The units charged first are the paid ones, and each further unit counts at the price it was billed at. Certain within one institution, highly suspicious where another had used the limit up, for this one may not have known it."
about_zh   = "项目或耗材限定在一个待遇年度内支付若干次，参保人在各机构累计超出。知识点的有效期即待遇年度。先发生的单位予以支付，超出单位按其实际计费价格计算。同一机构内超出为明确违规；由其他机构用完限额的，因本机构未必知晓，为高度可疑。"
innocent   = "Left out: lines that nobody asked the fund to pay; use approved beforehand, as a benefit for a special disease; newborns on their mother's account; lines reversed; another benefit year. Not visible in the data: a quota of its own that was granted outside the claim; what was used before the data begin; limits in yuan instead of units."
innocent_zh = "不计入：未纳入基金支付的明细；已事前审批（如特殊病种待遇）；母婴共用账户；已冲销明细；其他待遇年度。数据无法识别：就诊之外另行核定的额度；数据起始之前的使用；以金额而非次数限定的额度。"
because    = "{name}: {billed} units since {begun}; the fund pays {most} in the benefit year"
because_zh = "{name}自{begun}起本待遇年度累计{billed}个计价单位，限支付{most}个"
back       = 12

[columns]
quantity = "qty"
billed   = "qty"
most     = "qty"

[given]
k_cap_item = """
item            | name         | most | since      | until
009901001070000 | 人工耳蜗植入 | 1    | 2025-01-01 | 2025-12-31
009901001070000 | 人工耳蜗植入 | 1    | 2026-01-01 | 2026-12-31
009901001090000 | 助听器验配   | 1    | 2026-01-01 | 2026-12-31
"""

[examples]
"A cochlear implant paid twice, and once · 人工耳蜗植入支付两次、一次" = """
charge | member | claim | item            | day        | amount  | flagged
a      | Li     | s     | 009901001070000 | 2026-01-01 | 5000.00 |
b      | Li     | t     | 009901001070000 | 2026-03-05 | 5000.00 | 5000.00 certain
c      | Wu     | u     | 009901001070000 | 2026-03-05 | 5000.00 |
d      | Xu     | v     | 009901001070000 | 2026-03-05 | 5000.00 |
e      | Xu     | v     | 009901001090000 | 2026-03-05 | 500.00  |
"""
"Two units on one line; the later line bears what is too many · 一条明细两个单位；超出由后发生的明细承担" = """
charge | member | item            | done_at             | quantity | amount   | flagged
a      | Li     | 009901001070000 | 2026-03-05 10:00:00 | 2        | 10000.00 | 5000.00
b      | Wu     | 009901001070000 | 2026-03-05 10:00:00 | 0.5      | 2500.00  | 2500.00
c      | Wu     | 009901001070000 | 2026-03-05 09:00:00 | 1        | 5000.00  |
"""
"At another institution, which used the limit up; at both, this one first · 限额已由他院用完；两院均有使用" = """
charge | member | institution | item            | day        | flagged
a      | Li     | North       | 009901001070000 | 2026-02-01 |
b      | Li     | South       | 009901001070000 | 2026-03-05 | high
c      | Li     | South       | 009901001070000 | 2026-03-06 | high
d      | Wu     | South       | 009901001070000 | 2026-02-01 |
e      | Wu     | South       | 009901001070000 | 2026-03-05 | certain
"""
"Paid by the person alone, approved beforehand, a newborn's: neither accused nor counted · 全自费、已事前审批、新生儿：不计入也不提示" = """
charge | member | item            | day        | eligible | approved | newborn | flagged
a      | Li     | 009901001070000 | 2026-02-01 | 0.00     |          |         |
b      | Li     | 009901001070000 | 2026-02-02 |          | yes      |         |
c      | Li     | 009901001070000 | 2026-02-03 |          |          | yes     |
d      | Li     | 009901001070000 | 2026-02-04 | 0.01     |          |         |
e      | Li     | 009901001070000 | 2026-02-05 | 0.01     |          |         | yes
f      | Li     | 009901001070000 | 2026-02-06 | 0.00     |          |         |
"""

[examples."The first was settled months before; another benefit year · 首次在数月前结算；另一待遇年度"]
history = """
charge | member | item            | day        | amount
x      | Li     | 009901001070000 | 2026-01-01 | 5000.00
y      | Wu     | 009901001070000 | 2025-12-31 | 5000.00
"""
charge = """
charge | member | item            | day        | amount  | flagged
a      | Li     | 009901001070000 | 2026-03-05 | 5000.00 | 5000.00
b      | Wu     | 009901001070000 | 2026-03-05 | 5000.00 |
c      | Xu     | 009901001070000 | 2027-01-01 | 5000.00 |
d      | Xu     | 009901001070000 | 2027-01-02 | 5000.00 |
"""
*/
WITH used AS (  -- each line of the benefit year with the units up to and with it, in the order they were charged
    SELECT
        h.institution, h.claim, h.charge, h.item, h.day, h.quantity, h.amount, k.point, k.name, k.most, k.since AS begun,
        sum(h.quantity) OVER so_far AS so_far,
        min(h.institution) OVER so_far AS first_institution, max(h.institution) OVER so_far AS last_institution
    FROM history AS h
    JOIN k_cap_item AS k ON k.item = h.item
    WHERE in_force(k, h) AND h.eligible > 0 AND NOT h.approved AND NOT h.newborn
    WINDOW so_far AS (
        PARTITION BY h.member, h.item, k.since ORDER BY h.done_at, h.charge ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
    u.institution, u.claim, u.charge, share(u.amount, u.so_far - u.most, u.quantity) AS at_stake,
    CASE WHEN u.first_institution = u.last_institution THEN 'certain' ELSE 'high' END AS certainty,
    least(u.quantity, u.so_far - u.most) AS units,
    u.point, u.item, u.name, u.day, u.quantity, u.so_far AS billed, u.most, u.begun
FROM used AS u
WHERE u.so_far > u.most AND u.charge IN (SELECT c.charge FROM charge AS c JOIN k_cap_item AS k ON k.item = c.item)
