/*
title      = "Diagnosis of another age"
title_zh   = "诊断与患者年龄不符"
basis      = "National list of rule types 2025, no. 55; Implementing Rules (NHSA Order 7), art. 9"
basis_zh   = "国家两库（2025年版）第55类规则；《医疗保障基金使用监督管理条例实施细则》（国家医疗保障局令第7号）第九条"
stage      = "in_force"
moments    = ["review", "audit"]
certainty  = "high"
severity   = "S1"
violations = ["V23"]
natl_rule  = ["诊断与患者年龄不符"]
about      = "A diagnosis was coded that names an age, a newborn's or an infant's, for somebody of another age. Age is in days on the day the claim began. It is returned for correction, and no amount is at stake."
about_zh   = "编码的诊断限定年龄（如新生儿、婴儿），而患者年龄不符。年龄按就诊开始日的天数计算。退回更正，不计涉及金额。"
innocent   = "Left out: newborns on their mother's account, whose age is the mother's; date of birth unknown; some days beyond the limit, as of a disease that began before. Slight suspicion where no physician has reviewed the limit of the point. Not visible in the data: late effects coded as the disease itself; an illness of childhood found late; a family history coded as the person's own."
innocent_zh = "不计入：母婴共用账户（年龄为母亲年龄）；出生日期不详；超出限定若干天（起病在前）。知识点的年龄界限未经医学复核的，降为轻度可疑。数据无法识别：后遗症以原发病编码；儿童期疾病较晚发现；家族史误作本人诊断。"
because    = "{code} ({name}) was coded for a person {age_days} days old"
because_zh = "患者出生{age_days}天，诊断编码为{code}（{name}）"

[parameters.tolerance]
value  = 30
source = "catalogue D16, TOL wide: starting value, not law"
since  = 2026-04-01

[given]
k_age_diag = """
code        | name         | least | most | reviewed
P59.900     | 新生儿黄疸   |       | 28   | Y
A50.401     | 幼年型麻痹性痴呆 | 730   | 6574 | N
M81.000     | 绝经后骨质疏松 | 12775 |      | Y
"""

[examples."A newborn's jaundice at three years, at twenty days · 3岁、20天诊断新生儿黄疸"]
stay = """
claim | member | born
a     | Li     | 2023-03-05
b     | Wu     | 2026-02-13
"""
diagnosis = """
claim | member | code    | day        | flagged
a     | Li     | P59.900 | 2026-03-05 | 0.00 high
b     | Wu     | P59.900 | 2026-03-05 |
"""

[examples."58 days and 59; too young by 30 days and by 31 · 58天、59天；小于下限30天、31天"]
visit = """
claim | member | born
a     | Li     | 2026-01-06
b     | Wu     | 2026-01-05
c     | Xu     | 1991-04-13
d     | Sun    | 1991-04-14
"""
diagnosis = """
claim | member | code    | day        | flagged
a     | Li     | P59.900 | 2026-03-05 |
b     | Wu     | P59.900 | 2026-03-05 | yes
c     | Xu     | M81.000 | 2026-03-05 |
d     | Sun    | M81.000 | 2026-03-05 | high
"""

[examples."A limit that nobody has reviewed is slight · 未经复核的年龄界限为轻度可疑"]
visit = """
claim | member | born
a     | Li     | 1984-03-05
b     | Wu     | 2016-03-05
"""
diagnosis = """
claim | member | code    | day        | flagged
a     | Li     | A50.401 | 2026-03-05 | low
b     | Wu     | A50.401 | 2026-03-05 |
"""

[examples."A newborn on the mother's account; date of birth unknown; another code · 母婴共用账户的新生儿；出生日期不详；其他编码"]
stay = """
claim | member | born
a     | Li     | 1996-03-05
b     | Wu     | -
c     | Xu     | 1996-03-05
d     | Sun    | 1996-03-05
"""
charge = """
charge | claim | newborn
x      | a     | yes
y      | c     |
"""
diagnosis = """
claim | member | code    | day        | flagged
a     | Li     | P59.900 | 2026-03-05 |
b     | Wu     | P59.900 | 2026-03-05 |
c     | Xu     | P59.900 | 2026-03-05 | yes
d     | Sun    | J18.900 | 2026-03-05 |
"""

[examples."The same code twice is said once; a point holds on its days and in its place · 同一编码两次只计一次；知识点在有效期和适用地区内有效"]
k_age_diag = """
code    | name       | most | reviewed | place  | until
P59.900 | 新生儿黄疸 | 28   | Y        | 000000 | 2026-03-05
P59.000 | 早产儿黄疸 | 28   | Y        | 990200 | 9999-12-31
"""
stay = """
claim | member | born
a     | Li     | 2023-03-05
b     | Wu     | 2023-03-05
c     | Xu     | 2023-03-05
"""
diagnosis = """
claim | member | number | code    | day        | flagged
a     | Li     | 1      | P59.900 | 2026-03-05 | yes
a     | Li     | 2      | P59.900 | 2026-03-05 |
b     | Wu     | 1      | P59.900 | 2026-03-06 |
c     | Xu     | 1      | P59.000 | 2026-03-05 |
"""
*/
WITH person AS (  -- whom each claim says it is about
    SELECT s.claim, s.institution, s.born, s.province, s.area FROM stay AS s
    UNION ALL
    SELECT v.claim, v.institution, v.born, v.province, v.area FROM visit AS v
), told AS (  -- the diagnoses that name an age, with the age in days
    SELECT
        p.claim, p.institution, d.code, d.day, date_diff('day', p.born, d.day) AS age_days, k.point, k.name, k.least, k.most, k.reviewed
    FROM diagnosis AS d
    JOIN k_age_diag AS k ON k.code = d.code
    JOIN person AS p ON p.claim = d.claim
    WHERE in_force(k, p, d.day)
)
SELECT DISTINCT
    t.institution, t.claim, 0 AS at_stake, t.claim || ':' || t.code AS finding,
    CASE WHEN t.reviewed THEN 'high' ELSE 'low' END AS certainty,
    t.point, t.code, t.name, t.day, t.age_days
FROM told AS t
WHERE (t.age_days > t.most + $tolerance OR t.age_days < t.least - $tolerance)
    AND NOT EXISTS (SELECT 1 FROM charge AS n WHERE n.claim = t.claim AND n.newborn)
