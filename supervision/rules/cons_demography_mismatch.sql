/*
title      = "Consumable for another person or department"
title_zh   = "耗材与性别/年龄/科室不符"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 40 (3); national list of rule types 2025, no. 33, 85 and 87"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第四十条第三项；国家两库（2025年版）第33、85、87类规则"
stage      = "in_force"
moments    = ["review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V17"]
natl_rule  = ["医用耗材与性别不符", "医用耗材与科室不符", "耗材限儿童使用"]
about      = "A consumable was billed for a person whom it does not fit, or by a department that does not use it: an intrauterine device for a man, a child's breathing circuit for a person of 16. Certain where the sex is the other one; slight suspicion where the age or the department does not fit. The whole line is at stake."
about_zh   = "为不适用人群或由不使用该耗材的科室计费，如为男性计费宫内节育器、为16岁患者计费儿童呼吸回路。性别不符的为明确违规，年龄、科室不符的为轻度可疑。涉及金额为该明细全额。"
innocent   = "Left out: sex unknown or not stated; unclear sex and sex-chromosome anomalies among the claim's diagnoses; age unknown; departments unknown; newborns on their mother's account; operating theatres and other departments that the list names. Only slight where the member register says the other sex. Not visible in the data: a size chosen for a small adult; an age in days, so consumables for newborns only; a theatre shared by departments that the list does not name."
innocent_zh = "不计入：性别未知或未说明；就诊诊断含性别不明、性染色体异常；年龄不详；科室不详；母婴共用账户；清单所列的手术室等科室。参保登记性别与就诊性别不一致的，降为轻度可疑。数据无法识别：体型较小的成人选用小号；以日计的年龄（限新生儿使用的耗材）；清单未列的共用手术室。"
because    = "{name} is for {limit_words}; on {day} department {department} billed it for a person recorded as {sex_words}, aged {age}"
because_zh = "{name}限{limit_zh}使用；{day}科室{department}为{sex_zh}、{age}岁患者计费"

[columns]
quantity = "qty"

[given]
k_device_person = """
item                 | name         | sex | least | most | departments
C9900000000000000312 | 宫内节育器   | 2   |       |      |
C9900000000000000313 | 儿童呼吸回路 |     |       | 13   |
C9900000000000000314 | 心脏造影导管 |     |       |      | device_heart
C9900000000000000321 | 成人呼吸回路 |     | 14    |      |
C9900000000000000323 | 前列腺支架   | 1   |       |      |
"""
code_list = """
list         | code
device_heart | A03.04
device_skin  | A13
pregnancy    | O26.900
sex_exempt   | Q56.001
"""

[examples]
"An intrauterine device for a man, and for a woman; a stent of the prostate · 男性、女性计费宫内节育器；前列腺支架" = """
charge | claim | item                 | sex | amount | flagged
a      | s     | C9900000000000000312 | 1   | 85.00  | 85.00 certain
b      | t     | C9900000000000000312 | 2   | 85.00  |
c      | u     | C9900000000000000312 | 0   | 85.00  |
d      | v     | C9900000000000000312 | 9   | 85.00  |
e      | w     | C9900000000000000323 | 2   | 90.00  | 90.00 certain
f      | x     | C9900000000000000323 | 1   | 90.00  |
"""
"A child's circuit at 16, at 14, at 13; a grown-up's at 14 and at 13; age unknown · 儿童呼吸回路：16、14、13岁；成人呼吸回路：14、13岁；年龄不详" = """
charge | claim | item                 | age | flagged
a      | s     | C9900000000000000313 | 16  | low
b      | t     | C9900000000000000313 | 14  | low
c      | u     | C9900000000000000313 | 13  |
d      | v     | C9900000000000000321 | 14  |
e      | w     | C9900000000000000321 | 13  | low
f      | x     | C9900000000000000321 | -   |
"""
"A cardiac catheter billed by cardiology, by skin diseases, by nobody known · 心内科、皮肤科、科室不详计费心脏造影导管" = """
charge | claim | item                 | department | flagged
a      | s     | C9900000000000000314 | A03.04     |
b      | t     | C9900000000000000314 | A13        | low
c      | u     | C9900000000000000314 | -          |
d      | v     | C9900000000000000313 | A13        | low
e      | w     | C9900000000000000321 | A13        |
"""
"A newborn on the mother's account · 母婴共用账户" = """
charge | claim | item                 | sex | newborn
a      | s     | C9900000000000000312 | 1   | yes
"""

[examples."The register says the other sex; a diagnosis of unclear sex excuses its own claim, not an age · 参保登记性别不同；性别不明诊断仅对本次就诊有效，且不及于年龄"]
charge = """
charge | claim | member | item                 | sex | age | flagged
a      | s     | Li     | C9900000000000000312 | 1   |     | low
b      | t     | Wu     | C9900000000000000312 | 1   |     | certain
c      | u     | Xu     | C9900000000000000312 | 1   |     |
d      | u     | Xu     | C9900000000000000313 | 1   | 16  | low
"""
member = """
member | sex
Li     | 2
Wu     | 1
"""
diagnosis = """
claim | code
t     | O26.900
u     | Q56.001
"""

[examples."Sex and age both wrong: the sex speaks; a point holds on its days and in its place · 性别、年龄均不符以性别论；知识点在有效期和适用地区内有效"]
k_device_person = """
item | name | sex | most | place  | since      | until
C1   | 甲   | 2   | 13   | 000000 | 2026-03-01 | 2026-03-31
C2   | 乙   | 2   |      | 330000 |            |
"""
charge = """
charge | claim | item | sex | age | day        | flagged
a      | s     | C1   | 1   | 40  | 2026-03-31 | certain
b      | t     | C1   | 1   | 40  | 2026-04-01 |
c      | u     | C2   | 1   | 40  | 2026-03-05 |
"""
*/
WITH judged AS (  -- each line of such a consumable: does the sex, the age, the department not fit?
    SELECT
        c.institution, c.claim, c.charge, c.item, c.day, c.quantity, c.amount, c.sex, c.age, c.department,
        k.point, k.name, k.sex AS allowed, k.least, k.most,
        c.sex IN ('1', '2') AND c.sex <> k.sex AND NOT EXISTS (
            SELECT 1 FROM diagnosis AS d JOIN code_list AS l ON l.code = d.code
            WHERE d.claim = c.claim AND l.list = 'sex_exempt') AS other_sex,
        c.age > k.most OR c.age < k.least AS other_age,
        k.departments IS NOT NULL AND c.department IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM code_list AS l WHERE l.list = k.departments AND l.code = c.department) AS other_department,
        EXISTS (SELECT 1 FROM member AS m WHERE m.member = c.member AND m.sex = k.sex) AS registered
    FROM charge AS c
    JOIN k_device_person AS k ON k.item = c.item
    WHERE in_force(k, c) AND NOT c.newborn
)
SELECT
    j.institution, j.claim, j.charge, j.amount AS at_stake,
    CASE WHEN j.other_sex AND NOT j.registered THEN 'certain' ELSE 'low' END AS certainty,
    j.point, j.item, j.name, j.day, j.quantity, j.age, j.department,
    CASE j.sex WHEN '1' THEN 'male' WHEN '2' THEN 'female' ELSE 'unknown' END AS sex_words,
    CASE j.sex WHEN '1' THEN '男性' WHEN '2' THEN '女性' ELSE '性别不详' END AS sex_zh,
    CASE
        WHEN j.other_sex THEN CASE j.allowed WHEN '1' THEN 'men' ELSE 'women' END
        WHEN j.other_age THEN 'ages ' || coalesce(j.least, 0) || ' to ' || coalesce(j.most, 150)
        ELSE 'certain departments' END AS limit_words,
    CASE
        WHEN j.other_sex THEN CASE j.allowed WHEN '1' THEN '男性' ELSE '女性' END
        WHEN j.other_age THEN coalesce(j.least, 0) || '至' || coalesce(j.most, 150) || '岁'
        ELSE '特定科室' END AS limit_zh
FROM judged AS j
WHERE j.other_sex OR j.other_age OR j.other_department
