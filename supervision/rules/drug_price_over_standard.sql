/*
title      = "Drug over its price"
title_zh   = "药品超支付标准/中选价"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (3); Implementing Rules (NHSA Order 7), art. 11; typical problem list 2025, items 8 and 10; the prices of the place"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第三项；《实施细则》（国家医疗保障局令第7号）第十一条；2025年版典型问题清单第8、10项；当地药品价格"
stage      = "in_force"
moments    = ["review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V09"]
natl_rule  = ["医疗服务项目超限定单价收费"]
about      = "The unit price of a drug is above its winning price in procurement, or its listed price, that holds in the place and on the day. At stake is the difference times the quantity. Above a payment standard the person may owe the difference alone, so that is slight suspicion only."
about_zh   = "药品计费单价高于当地、当日有效的集中采购中选价或挂网价。涉及金额为差价乘以数量。高于医保支付标准的，差额可能由患者自付，仅为轻度可疑。"
innocent   = "Left out: prices within the tolerance; drugs that have no price yet; the old price on the last day it holds. Not visible in the data: a price changed within the day; a pack opened and sold by the piece, or a pack of another size under the same code; who paid the difference above a payment standard."
innocent_zh = "不计入：容差以内的价格；尚无价格的药品；旧价格有效期最后一日。数据无法识别：当日内调价；拆零销售、同一编码下包装规格不同；超出支付标准的差额由谁承担。"
because    = "{name} was billed on {day} at {price} yuan a unit; its {grounds_words} is {cap}"
because_zh = "{day}{name}单价{price}元，其{grounds_zh}为{cap}元"

[parameters.tolerance]
value  = 5
source = "catalogue A22, PRICE_TOL: in thousandths of the price; starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"
price    = "price"
cap      = "price"

[given]
k_drug_price = """
item                    | name           | cap   | grounds  | place  | since      | until
XY01AAS312A001010100001 | 盐酸二甲双胍片 | 0.35  | winning  | 990000 |            | 2026-06-30
XY01AAS312A001010100001 | 盐酸二甲双胍片 | 0.30  | winning  | 990000 | 2026-07-01 |
XY01AAS313A001010100001 | 吡非尼酮胶囊   | 60.00 | standard | 990000 |            |
XY01AAS054A001010100001 | 人血白蛋白     | 380.00 | listed  | 990000 |            |
"""

[examples]
"Winning price 0.35 a tablet, 100 tablets at 0.60, and at 0.351 · 中选价0.35元/片，按0.60元收100片；按0.351元" = """
charge | item                    | price | quantity | flagged
a      | XY01AAS312A001010100001 | 0.60  | 100      | 25.00 certain
b      | XY01AAS312A001010100001 | 0.351 | 100      |
"""
"A negotiated drug above its payment standard; one above its listed price · 谈判药高于支付标准；高于挂网价" = """
charge | item                    | price  | quantity | flagged
a      | XY01AAS313A001010100001 | 66.00  | 2        | 12.00 low
b      | XY01AAS054A001010100001 | 400.00 | 1        | 20.00 certain
c      | XY01AAS054A001010100001 | 380.00 | 1        |
"""
"Half a per cent is tolerated, a hair more is not · 千分之五以内不计，超出即计" = """
charge | item                    | price      | quantity | flagged
a      | XY01AAS054A001010100001 | 381.90     | 1        |
b      | XY01AAS054A001010100001 | 381.900001 | 1        | 1.90
"""
"The price of the day counts · 以收费当日价格为准" = """
charge | item                    | day        | price | quantity | flagged
a      | XY01AAS312A001010100001 | 2026-06-30 | 0.35  | 100      |
b      | XY01AAS312A001010100001 | 2026-07-01 | 0.35  | 100      | 5.00
"""
"Another place; a drug without a price · 其他地区；无价格的药品" = """
charge | item                    | province | area   | price | quantity
a      | XY01AAS312A001010100001 | 330000   | 330100 | 0.60  | 100
b      | XY01AAS005A001010100001 |          |        | 9.00  | 100
"""
*/
SELECT
    c.institution, c.claim, c.charge, worth(c.price - k.cap, c.quantity) AS at_stake,
    CASE k.grounds WHEN 'standard' THEN 'low' ELSE 'certain' END AS certainty,
    k.point, c.item, k.name, c.day, c.price, k.cap, c.quantity, k.place,
    CASE k.grounds WHEN 'standard' THEN 'payment standard' WHEN 'listed' THEN 'listed price' ELSE 'winning price' END AS grounds_words,
    CASE k.grounds WHEN 'standard' THEN '支付标准' WHEN 'listed' THEN '挂网价' ELSE '中选价' END AS grounds_zh
FROM charge AS c
JOIN k_drug_price AS k ON k.item = c.item
WHERE in_force(k, c) AND c.price * 1000 > k.cap * (1000 + $tolerance)
