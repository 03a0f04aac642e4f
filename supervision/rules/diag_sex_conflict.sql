/*
title      = "Diagnosis of the other sex"
title_zh   = "诊断与患者性别不符"
basis      = "National list of rule types 2025, no. 54; Implementing Rules (NHSA Order 7), art. 9; WHO ICD-10, volume 2, 3.1.5 (categories limited to one sex)"
basis_zh   = "国家两库（2025年版）第54类规则；《医疗保障基金使用监督管理条例实施细则》（国家医疗保障局令第7号）第九条；世界卫生组织ICD-10第二卷3.1.5（仅限一种性别的类目）"
stage      = "in_force"
moments    = ["review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V23"]
natl_rule  = ["诊断与患者性别不符"]
about      = "A diagnosis was coded that only the other sex can have. It is returned for correction and no amount is at stake; where much of a claim fits the other sex only, somebody else may have used the credential."
about_zh   = "编码的诊断仅适用于另一性别。退回更正，不计涉及金额；同一就诊多处与性别不符的，可能为冒名就医。"
innocent   = "Left out: sex unknown or not stated; unclear sex, intersex and sex-chromosome anomalies among the claim's diagnoses; newborns on their mother's account. Slight suspicion where the member register says the sex that the diagnosis fits: then the sex was typed wrongly, not the diagnosis. Not visible in the data: a change of the recorded sex. The United States gave up denying by this test in 2024, so nothing is ever deducted by it alone."
innocent_zh = "不计入：性别未知或未说明；就诊诊断含性别不明、两性畸形、性染色体异常；母婴共用账户。参保登记性别与诊断相符的，降为轻度可疑（性别录入有误）。数据无法识别：性别登记变更。美国自2024年起不再据此拒付，故不得仅凭本规则扣款。"
because    = "{code} is coded for {allowed_words} only; the person is recorded as {sex_words}"
because_zh = "诊断{code}仅适用于{allowed_zh}，患者登记性别为{sex_zh}"

[given]
k_sex_diag = """
list          | name           | sex
sex_diag_n92  | 月经过多频繁不规则 | 2
sex_diag_c61  | 前列腺恶性肿瘤 | 1
sex_diag_p546 | 新生儿阴道出血 | 2
"""
code_list = """
list          | code
sex_diag_n92  | N92.000
sex_diag_c61  | C61.x00
sex_diag_p546 | P54.600
sex_exempt    | Q56.001
"""

[examples."A man with heavy periods, a woman with a cancer of the prostate, and the other way round · 男性月经过多、女性前列腺癌；相反则相符"]
visit = """
claim | member | sex
a     | Li     | 1
b     | Wu     | 2
"""
stay = """
claim | member | sex
c     | Xu     | 2
d     | Sun    | 1
"""
diagnosis = """
claim | member | number | code    | flagged
a     | Li     | 1      | N92.000 | 0.00 certain
b     | Wu     | 1      | N92.000 |
c     | Xu     | 1      | I10.x00 |
c     | Xu     | 2      | C61.x00 | certain
d     | Sun    | 1      | C61.x00 |
"""

[examples."A newborn on the mother's account; sex unknown or not stated · 母婴共用账户的新生儿；性别未知或未说明"]
visit = """
claim | member | sex
a     | Li     | 1
b     | Wu     | 1
c     | Xu     | 0
d     | Sun    | 9
"""
charge = """
charge | claim | newborn
x      | a     | yes
y      | b     |
"""
diagnosis = """
claim | member | code    | flagged
a     | Li     | P54.600 |
b     | Wu     | P54.600 | yes
c     | Xu     | N92.000 |
d     | Sun    | N92.000 |
"""

[examples."A diagnosis of unclear sex excuses its own claim only · 性别不明诊断仅对本次就诊有效"]
visit = """
claim | member | sex
a     | Li     | 1
b     | Li     | 1
"""
diagnosis = """
claim | member | number | code    | flagged
a     | Li     | 1      | N92.000 |
a     | Li     | 2      | Q56.001 |
b     | Li     | 1      | N92.000 | yes
"""

[examples."The register says the other sex · 参保登记性别不同"]
visit = """
claim | member | sex
a     | Li     | 1
b     | Wu     | 1
"""
diagnosis = """
claim | member | code    | flagged
a     | Li     | N92.000 | low
b     | Wu     | N92.000 | certain
"""
member = """
member | sex
Li     | 2
Wu     | 1
"""

[examples."Two points for one diagnosis accuse it once; a point holds on its days and in its place · 两个知识点只计一次；知识点在有效期和适用地区内有效"]
k_sex_diag = """
list          | name           | sex | place  | until
sex_diag_n92  | 月经过多频繁不规则 | 2   | 000000 | 2026-03-05
sex_diag_p546 | 新生儿阴道出血 | 2   | 990200 | 9999-12-31
sex_diag_n    | 女性疾病       | 2   | 000000 | 2026-03-05
"""
code_list = """
list          | code
sex_diag_n92  | N92.000
sex_diag_n    | N92.000
sex_diag_p546 | P54.600
"""
visit = """
claim | member | sex
a     | Li     | 1
b     | Wu     | 1
c     | Xu     | 1
"""
diagnosis = """
claim | member | code    | day        | flagged
a     | Li     | N92.000 | 2026-03-05 | yes
b     | Wu     | N92.000 | 2026-03-06 |
c     | Xu     | P54.600 | 2026-03-05 |
"""
*/
WITH person AS (  -- whom each claim says it is about
    SELECT s.claim, s.institution, s.member, s.sex, s.province, s.area FROM stay AS s
    UNION ALL
    SELECT v.claim, v.institution, v.member, v.sex, v.province, v.area FROM visit AS v
), told AS (  -- the diagnoses of the other sex
    SELECT
        p.claim, p.institution, p.member, p.sex, d.code, d.day, k.point, k.name, k.sex AS allowed
    FROM diagnosis AS d
    JOIN code_list AS l ON l.code = d.code
    JOIN k_sex_diag AS k ON k.list = l.list
    JOIN person AS p ON p.claim = d.claim
    WHERE in_force(k, p, d.day) AND p.sex IN ('1', '2') AND p.sex <> k.sex
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
