/*
title      = "Drug outside its age"
title_zh   = "药品限年龄"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (6); Implementing Rules (NHSA Order 7), art. 11; National Drug List 2025, remarks; national list of rule types 2025, no. 6"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第六项；《实施细则》（国家医疗保障局令第7号）第十一条；《国家基本医疗保险药品目录（2025年）》备注；国家两库（2025年版）第6类规则"
stage      = "in_force"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V13"]
natl_rule  = ["药品限新生儿使用"]
about      = "The drug list pays a drug for adults, from an age on, or up to an age, and the fund paid it for somebody younger or older. Age is in full years on the day of the charge; limits in months or days are counted in days of life, a month as the shortest, 28 days. The whole line is at stake."
about_zh   = "目录限定药品由成人、某年龄以上或某年龄以下患者使用，而基金为不符合年龄者支付。年龄按收费当日周岁计算；以月、日限定的，按出生日数计算，一个月按最短的28天计。涉及金额为该明细全额。"
innocent   = "Left out: lines that nobody asked the fund to pay; newborns on their mother's account, whose age is the mother's; age unknown. A drug whose wording sets different ages for different illnesses counts from the lowest of them. Not visible in the data: a birthday between the order and the charge; a label extended since the list was made; a rare disease for which treatment was begun under age by leave of the insurer."
innocent_zh = "不计入：未纳入基金支付的明细；使用母亲账户的新生儿（年龄为母亲年龄）；年龄不详。不同病种限定年龄不同的，以其中最低年龄为准。数据无法识别：开方与收费之间过生日；目录公布后说明书扩大适用年龄；经同意在限定年龄前开始治疗的罕见病。"
because    = "{name}: payment is {wording}; on {day} it was billed for a person aged {age_words}"
because_zh = "{name}{wording}，{day}为{age_zh}患者计费"

[parameters.adult]
value  = 18
source = "catalogue A03, ADULT_AGE: full age by the Civil Code, art. 17"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
k_age_range = """
item                    | name             | unit  | least | most | wording
XJ01XXL420A001010106571 | 醋酸来法莫林片   | adult |       |      | 限成人社区获得性肺炎
XJ05AXM176A001010182682 | 玛巴洛沙韦片     | year  | 5     |      | 限成人和5岁及以上儿童
XD11AHK139F001010104522 | 克立硼罗软膏     | day   | 84    |      | 限3月龄及以上
Z1                      | 新生儿用药       | day   |       | 28   | 限新生儿
Z2                      | 12岁以下用药     | year  |       | 11   | 限12岁以下
"""

[examples]
"A drug for adults at 15, at 17 and at 18; age unknown · 限成人药品：15岁、17岁、18岁；年龄不详" = """
charge | item                    | age | amount | flagged
a      | XJ01XXL420A001010106571 | 15  | 286.00 | 286.00 certain
b      | XJ01XXL420A001010106571 | 17  | 286.00 | yes
c      | XJ01XXL420A001010106571 | 18  | 286.00 |
d      | XJ01XXL420A001010106571 | -   | 286.00 |
"""
"From five years on, up to eleven years: either side · 限5岁及以上、限12岁以下：界限两侧" = """
charge | item                    | age | flagged
a      | XJ05AXM176A001010182682 | 4   | yes
b      | XJ05AXM176A001010182682 | 5   |
c      | XJ05AXM176A001010182682 | 90  |
d      | Z2                      | 11  |
e      | Z2                      | 12  | yes
f      | Z2                      | 0   |
"""
"The person pays alone; a newborn on the mother's account; another drug · 全自费；母亲账户上的新生儿；其他药品" = """
charge | item                    | age | newborn | amount | eligible | flagged
a      | XJ01XXL420A001010106571 | 15  |         | 286.00 | 0.00     |
b      | XJ01XXL420A001010106571 | 15  |         | 286.00 | 0.01     | yes
c      | Z2                      | 28  | yes     | 286.00 |          |
d      | XY01AAS019A001010100001 | 15  |         | 4.60   |          |
"""
"A point holds on its days and in its place · 知识点在有效期和适用地区内有效" = """
charge | item                    | age | day        | province | area   | flagged
a      | XJ01XXL420A001010106571 | 15  | 1999-12-31 |          |        |
b      | XJ01XXL420A001010106571 | 15  | 2000-01-01 | 330000   | 330100 | yes
"""

[examples."For three months of age and over: at five months, at 84 days, at 83; birth unknown · 限3月龄及以上：5个月、84天、83天；出生日期不详"]
visit = """
claim | born
a     | 2025-10-05
b     | 2025-12-11
c     | 2025-12-12
d     | -
"""
charge = """
charge | claim | item                    | age | day        | amount | flagged
a      | a     | XD11AHK139F001010104522 | 0   | 2026-03-05 | 98.00  |
b      | b     | XD11AHK139F001010104522 | 0   | 2026-03-05 | 98.00  |
c      | c     | XD11AHK139F001010104522 | 0   | 2026-03-05 | 98.00  | 98.00 certain
d      | d     | XD11AHK139F001010104522 | 0   | 2026-03-05 | 98.00  |
"""

[examples."For newborns, in a stay: on the 28th day of life and the next · 限新生儿，住院使用：出生后第28天、第29天"]
stay = """
claim | born
s     | 2026-02-01
"""
charge = """
charge | claim | item | age | day        | flagged
a      | s     | Z1   | 0   | 2026-03-01 |
b      | s     | Z1   | 0   | 2026-03-02 | yes
"""
*/
WITH born AS (  -- when the persons were born, as their claims say
    SELECT s.claim, s.born FROM stay AS s
    UNION ALL
    SELECT v.claim, v.born FROM visit AS v
), limited AS (  -- drugs with a limit of age, and the person's age as the limit counts it
    SELECT
        c.institution, c.claim, c.charge, c.amount, c.item, c.day, c.quantity, k.point, k.name, k.wording, k.unit, k.most,
        CASE WHEN k.unit = 'adult' THEN $adult ELSE k.least END AS least,
        CASE WHEN k.unit = 'day' THEN date_diff('day', b.born, c.day) ELSE c.age END AS age
    FROM charge AS c
    JOIN k_age_range AS k ON k.item = c.item
    LEFT JOIN born AS b ON b.claim = c.claim
    WHERE in_force(k, c) AND c.eligible > 0 AND NOT c.newborn
)
SELECT
    l.institution, l.claim, l.charge, l.amount AS at_stake,
    l.point, l.item, l.name, l.wording, l.day, l.quantity,
    l.age || CASE WHEN l.unit = 'day' THEN ' days' ELSE ' years' END AS age_words,
    l.age || CASE WHEN l.unit = 'day' THEN '天' ELSE '岁' END AS age_zh
FROM limited AS l
WHERE l.age < l.least OR l.age > l.most
