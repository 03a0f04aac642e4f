/*
title      = "Children's drug outside its age"
title_zh   = "药品限儿童使用"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (6); national list of rule types 2025, no. 7 and 65; National Drug List 2025, remarks"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第六项；国家两库（2025年版）第7类、第65类规则；《国家基本医疗保险药品目录（2025年）》备注"
stage      = "in_force"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V13"]
natl_rule  = ["药品儿童专用", "药品限儿童使用"]
about      = "The fund pays for a drug limited to children for somebody older, or younger than its limit begins. Age is in full years on the day of the charge: '3 to 12 years' ends on the 13th birthday. Certain where the drug list limits payment; highly suspicious where only the label makes it a children's drug, slightly where a reason is recorded too. The whole line is at stake."
about_zh   = "基金为超出年龄范围的患者支付了限儿童使用的药品。年龄按收费当日周岁计算：“3-12岁”至13周岁生日止。医保目录限定支付的为明确违规；仅为说明书儿童专用的为高度可疑，已记录理由的为轻度可疑。涉及金额为该明细全额。"
innocent   = "Left out: lines that nobody asked the fund to pay; newborns on their mother's account, whose age is the mother's; age unknown. Not visible in the data: an adult with a feeding tube or trouble swallowing, or of very low weight, who takes a children's liquid: record the reason."
innocent_zh = "不计入：未纳入基金支付的明细；使用母亲账户的新生儿（年龄为母亲年龄）；年龄不详。数据无法识别：鼻饲、吞咽困难或体重过低的成人使用儿童剂型，请记录理由。"
because    = "{name} is {limit_words}; on {day} it was billed for a person aged {age}"
because_zh = "{name}{limit_zh}，{day}为{age}岁患者计费"

[parameters.child_below]
value  = 18
source = "catalogue A02, CHILD_AGE_LT: starting value; a local catalogue may say 14"
since  = 2026-04-01

[parameters.grace]
value  = 0
source = "catalogue A02, GRACE_YEARS: starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
k_age_drug = """
item                    | name           | least | most | grounds
ZA01BAX0377010100093    | 小儿感冒颗粒   |       |      | label
XC02KXB144A006010103973 | 波生坦分散片   | 3     | 12   | catalogue
XH01ACJ261B002020103315 | 金培生长激素   |       |      | catalogue
"""

[examples]
"Paediatric cold granules for a person of 40 and a child of 7 · 40岁成人与7岁儿童使用小儿感冒颗粒" = """
charge | item                 | age | amount | flagged
a      | ZA01BAX0377010100093 | 40  | 12.50  | 12.50 high
b      | ZA01BAX0377010100093 | 7   | 12.50  |
"""
"Bosentan for 3 to 12 years: at 13, at 12 years and 11 months, at 3, at 2 · 波生坦限3-12岁：13岁、12岁11个月、3岁、2岁" = """
charge | item                    | age | amount | flagged
a      | XC02KXB144A006010103973 | 13  | 480.00 | 480.00 certain
b      | XC02KXB144A006010103973 | 12  | 480.00 |
c      | XC02KXB144A006010103973 | 3   | 480.00 |
d      | XC02KXB144A006010103973 | 2   | 480.00 | 480.00
"""
"Without years of its own the limit is the eighteenth birthday · 未写明年龄的，以18周岁为限" = """
charge | item                    | age | flagged
a      | XH01ACJ261B002020103315 | 18  | certain
b      | XH01ACJ261B002020103315 | 17  |
c      | XH01ACJ261B002020103315 | 0   |
"""
"A recorded reason, a newborn on the mother's account, a self-payer, an unknown age · 已记录理由、母亲账户上的新生儿、全自费、年龄不详" = """
charge | item                    | age | reason         | newborn | amount | eligible | flagged
a      | ZA01BAX0377010100093    | 70  | 鼻饲，吞咽困难 |         | 12.50  |          | low
b      | XC02KXB144A006010103973 | 70  | 鼻饲，吞咽困难 |         | 480.00 |          | certain
c      | XH01ACJ261B002020103315 | 28  |                | yes     | 90.00  |          |
d      | XH01ACJ261B002020103315 | 28  |                |         | 90.00  | 0.00     |
e      | XH01ACJ261B002020103315 | -   |                |         | 90.00  |          |
"""
*/
SELECT
    c.institution, c.claim, c.charge, c.amount AS at_stake,
    CASE WHEN k.grounds = 'catalogue' THEN 'certain' WHEN c.reason IS NULL THEN 'high' ELSE 'low' END AS certainty,
    k.point, c.item, k.name, c.day, c.age, c.quantity, c.reason,
    'for children aged ' || coalesce(k.least, 0) || ' to ' || coalesce(k.most, $child_below - 1) || ' only' AS limit_words,
    '限' || coalesce(k.least, 0) || '至' || coalesce(k.most, $child_below - 1) || '岁儿童使用' AS limit_zh
FROM charge AS c
JOIN k_age_drug AS k ON k.item = c.item
WHERE in_force(k, c) AND c.eligible > 0 AND NOT c.newborn
    AND (c.age >= coalesce(k.most + 1, $child_below) + $grace OR c.age < coalesce(k.least, 0))
