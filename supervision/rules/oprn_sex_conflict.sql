/*
title      = "Operation of the other sex"
title_zh   = "手术操作与患者性别不符"
basis      = "National list of rule types 2025, no. 39; Implementing Rules (NHSA Order 7), art. 9; ICD-9-CM-3, insurance edition 2.0, chapters of male and female genital organs and of obstetrics"
basis_zh   = "国家两库（2025年版）第39类规则；《医疗保障基金使用监督管理条例实施细则》（国家医疗保障局令第7号）第九条；ICD-9-CM-3医保2.0版（男性、女性生殖器官手术及产科操作各章）"
stage      = "in_force"
moments    = ["review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V23"]
natl_rule  = ["手术操作编码与性别不符"]
about      = "An operation was coded that only the other sex can have. It is returned for correction and no amount is at stake here; where the fee fits the other sex too, the rule on services for one sex puts that fee in question."
about_zh   = "编码的手术操作仅适用于另一性别。退回更正，本规则不计涉及金额；收费项目亦与性别不符的，由医疗服务项目区分性别规则计入。"
innocent   = "Left out: sex unknown or not stated; unclear sex, intersex and sex-chromosome anomalies among the claim's diagnoses; newborns on their mother's account. Slight suspicion where the member register says the sex that the operation fits. Not visible in the data: a digit typed wrongly, such as 60 for 65; a change of the recorded sex."
innocent_zh = "不计入：性别未知或未说明；就诊诊断含性别不明、两性畸形、性染色体异常；母婴共用账户。参保登记性别与手术操作相符的，降为轻度可疑。数据无法识别：编码个别数字录错（如60误作65）；性别登记变更。"
because    = "{code} ({name}) is for {allowed_words} only; the person is recorded as {sex_words}"
because_zh = "手术操作{code}（{name}）仅适用于{allowed_zh}，患者登记性别为{sex_zh}"

[given]
k_sex_oprn = """
code    | name           | sex
65.2900 | 卵巢局部切除术 | 2
60.2900 | 经尿道前列腺切除术 | 1
"""
code_list = """
list       | code
sex_exempt | Q56.001
"""

[examples."A man's ovary, a woman's prostate; the right sexes; a hernia · 男性卵巢手术、女性前列腺手术；性别相符；疝修补"]
stay = """
claim | member | sex
a     | Li     | 1
b     | Wu     | 2
c     | Xu     | 2
d     | Sun    | 1
"""
visit = """
claim | member | sex
e     | He     | 1
"""
operation = """
claim | member | number | code    | flagged
a     | Li     | 1      | 65.2900 | 0.00 certain
b     | Wu     | 1      | 65.2900 |
c     | Xu     | 1      | 53.0000 |
c     | Xu     | 2      | 60.2900 | certain
d     | Sun    | 1      | 60.2900 |
e     | He     | 1      | 65.2900 | yes
"""

[examples."A newborn on the mother's account; sex unknown or not stated · 母婴共用账户的新生儿；性别未知或未说明"]
stay = """
claim | member | sex
a     | Li     | 2
b     | Wu     | 2
c     | Xu     | 0
d     | Sun    | 9
"""
charge = """
charge | claim | newborn
x      | a     | yes
y      | b     |
"""
operation = """
claim | member | code    | flagged
a     | Li     | 60.2900 |
b     | Wu     | 60.2900 | yes
c     | Xu     | 60.2900 |
d     | Sun    | 60.2900 |
"""

[examples."A diagnosis of unclear sex excuses its own claim only; the register says the other sex · 性别不明诊断仅对本次就诊有效；参保登记性别不同"]
stay = """
claim | member | sex
a     | Li     | 1
b     | Li     | 1
c     | Wu     | 1
d     | Xu     | 1
"""
operation = """
claim | member | code    | flagged
a     | Li     | 65.2900 |
b     | Li     | 65.2900 | certain
c     | Wu     | 65.2900 | low
d     | Xu     | 65.2900 | certain
"""
diagnosis = """
claim | code
a     | Q56.001
b     | N83.200
"""
member = """
member | sex
Wu     | 2
Xu     | 1
"""

[examples."The same code twice is said once; a point holds on its days and in its place · 同一编码两次只计一次；知识点在有效期和适用地区内有效"]
k_sex_oprn = """
code    | name               | sex | place  | until
65.2900 | 卵巢局部切除术     | 2   | 000000 | 2026-03-05
60.2900 | 经尿道前列腺切除术 | 1   | 990200 | 9999-12-31
"""
stay = """
claim | member | sex
a     | Li     | 1
b     | Wu     | 1
c     | Xu     | 2
"""
operation = """
claim | member | number | code    | day        | flagged
a     | Li     | 1      | 65.2900 | 2026-03-05 | yes
a     | Li     | 2      | 65.2900 | 2026-03-05 |
b     | Wu     | 1      | 65.2900 | 2026-03-06 |
c     | Xu     | 1      | 60.2900 | 2026-03-05 |
"""
*/
WITH person AS (  -- whom each claim says it is about
    SELECT s.claim, s.institution, s.member, s.sex, s.province, s.area FROM stay AS s
    UNION ALL
    SELECT v.claim, v.institution, v.member, v.sex, v.province, v.area FROM visit AS v
), told AS (  -- the operations of the other sex
    SELECT
        p.claim, p.institution, p.member, p.sex, o.code, o.day, k.point, k.name, k.sex AS allowed
    FROM operation AS o
    JOIN k_sex_oprn AS k ON k.code = o.code
    JOIN person AS p ON p.claim = o.claim
    WHERE in_force(k, p, o.day) AND p.sex IN ('1', '2') AND p.sex <> k.sex
)
SELECT DISTINCT
    t.institution, t.claim, 0 AS at_stake, t.claim || ':' || t.code AS finding,
    CASE WHEN m.member IS NOT NULL THEN 'low' ELSE 'certain' END AS certainty,
    t.point, t.code, t.name, t.day,
    CASE t.sex WHEN '1' THEN 'male' ELSE 'female' END AS sex_words,
    CASE t.sex WHEN '1' THEN '男' ELSE '女' END AS sex_zh,
    CASE t.allowed WHEN '1' THEN 'men' ELSE 'women' END AS allowed_words,
    CASE t.allowed WHEN '1' THEN '男性' ELSE '女性' END AS allowed_zh
FROM told AS t
LEFT JOIN member AS m ON m.member = t.member AND m.sex = t.allowed
WHERE NOT EXISTS (SELECT 1 FROM charge AS n WHERE n.claim = t.claim AND n.newborn)
    AND NOT EXISTS (
        SELECT 1 FROM diagnosis AS e JOIN code_list AS x ON x.code = e.code
        WHERE e.claim = t.claim AND x.list = 'sex_exempt')
