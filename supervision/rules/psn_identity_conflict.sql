/*
title      = "Care that does not fit the person"
title_zh   = "冒名就医嫌疑（特征冲突）"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 40 (1), art. 41; Implementing Rules (NHSA Order 7), art. 31; typical problem list 2025 for pharmacies, no. 17; national list of rule types 2025, no. 67"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第四十条第一项、第四十一条；《实施细则》（国家医疗保障局令第7号）第三十一条；2025年版零售药店典型问题清单第17条；国家两库（2025年版）第67类规则"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S4"
violations = ["V15", "V19"]
natl_rule  = ["诊断与患者性别不符"]
about      = "Two or more facts of one claim belong to the other sex: services and drugs that the lists keep for it, the department of gynaecology and obstetrics for a man, a diagnosis of pregnancy or childbirth for a man. One such fact may be a slip of the pen; several say that another person was treated. At stake is what the fund paid for the claim."
about_zh   = "同一次就诊中两项及以上事实属于另一性别：区分性别的项目和药品，男性在妇产科就诊，男性有妊娠分娩类诊断。单项可能为录入错误，多项表明实际就医者为他人。涉及金额为该次就诊的基金支付额。"
innocent   = "Left out: a single fact, which the rules on sex-restricted services and drugs ask about; diagnoses of unclear sex or of a chromosome anomaly; newborns on their mother's account; sex unknown or not stated. Slight suspicion where the register says the other sex than the claim: the claim's record may be wrong. Not visible in the data: organs removed, blood group, height and weight, face and telephone at check-in."
innocent_zh = "不计入：仅一项冲突（由区分性别的项目、药品规则处理）；性别不明、染色体异常的诊断；母婴共用账户；性别未知或未说明。参保登记性别与就诊记录不同的，可能记录有误，降为轻度可疑。数据无法识别：器官缺如、血型、身高体重、人脸核验和联系电话。"
because    = "{facts} facts of this claim belong to the other sex, among them {item}; the claim says {sex_words}"
because_zh = "该次就诊有{facts}项事实属于另一性别（如{item}），就诊记录性别为{sex_zh}"

[parameters.facts]
value  = 2
source = "catalogue E08, SCORE: starting value, not law"
since  = 2026-04-01

[given]
k_sex_item = """
item            | name           | sex
002702000040200 | 宫颈脱落细胞学 | 2
003112010260000 | 胎心监测       | 2
002501040130000 | 前列腺液检查   | 1
"""
k_sex_drug = """
item                 | name         | sex
ZD02AAF0202010105046 | 妇科千金片   | 2
XG01AFK079D009       | 克霉唑栓     | 2
XG04CBA088A001       | 爱普列特片   | 1
"""
code_list = """
list       | code
sex_exempt | Q56.001
other      | N39.000
"""

[examples."A man at the clinic of obstetrics, the child's heart listened to; one fact alone · 男性在产科门诊并行胎心监测；仅一项"]
visit = """
claim | member | sex | department | paid  | flagged
a     | Li     | 1   | A05.02     | 80.00 | 80.00 high
b     | Wu     | 1   | A02        | 80.00 |
c     | Xu     | 1   | A05        |       |
d     | Sun    | 2   | A05.02     |       |
"""
charge = """
claim | member | sex | item
a     | Li     | 1   | 003112010260000
b     | Wu     | 1   | 003112010260000
b     | Wu     | 1   | 003112010260000
d     | Sun    | 2   | 003112010260000
d     | Sun    | 2   | ZD02AAF0202010105046
"""

[examples."Two services; a service and a drug; a drug and a diagnosis of pregnancy · 两项服务；服务与药品；药品与妊娠诊断"]
visit = """
claim | member | sex | flagged
a     | Li     | 1   | yes
b     | Wu     | 2   | yes
c     | Xu     | 1   | yes
d     | Sun    | 1   |
e     | Zhao   | 2   |
"""
charge = """
claim | member | sex | item
a     | Li     | 1   | 003112010260000
a     | Li     | 1   | 002702000040200
b     | Wu     | 2   | 002501040130000
b     | Wu     | 2   | XG04CBA088A001
c     | Xu     | 1   | ZD02AAF0202010105046
d     | Sun    | 1   | ZD02AAF0202010105046
e     | Zhao   | 2   | XG04CBA088A001
"""
diagnosis = """
claim | code
c     | O20.000
d     | P07.300
e     | O20.000
"""

[examples."In a stay; in the departments beside gynaecology · 住院；妇产科相邻科室"]
stay = """
claim | member | sex | department | admitted   | discharged | paid    | flagged
a     | Li     | 1   | A05.01     | 2026-03-01 | 2026-03-05 | 3000.00 | 3000.00
b     | Wu     | 1   | A06        | 2026-03-01 | 2026-03-05 | 3000.00 |
c     | Xu     | 1   | A05        | 2026-03-01 | 2026-03-05 | 3000.00 | yes
d     | Sun    | 1   | A04.08     | 2026-03-01 | 2026-03-05 | 3000.00 |
e     | Zhao   | 2   | A05        | 2026-03-01 | 2026-03-05 | 3000.00 |
"""
charge = """
claim | member | sex | kind      | item
a     | Li     | 1   | inpatient | 003112010260000
b     | Wu     | 1   | inpatient | 003112010260000
c     | Xu     | 1   | inpatient | 003112010260000
d     | Sun    | 1   | inpatient | 003112010260000
e     | Zhao   | 2   | inpatient | 002501040130000
"""

[examples."Services and drugs for one's own sex; unclear sex; a newborn; sex unknown, not stated · 与性别相符；性别不明诊断；母婴共用账户；性别未知、未说明"]
visit = """
claim | member | sex | flagged
a     | Li     | 1   |
b     | Wu     | 1   |
b2    | Wu     | 1   |
c     | Xu     | 0   |
c2    | Xu     | 0   |
d     | Sun    | 9   |
e     | Zhao   | 2   |
e2    | Zhao   | 2   |
f     | Qian   | 1   | high
"""
charge = """
claim | member | sex | item                 | newborn
a     | Li     | 1   | 003112010260000      |
a     | Li     | 1   | ZD02AAF0202010105046 |
b     | Wu     | 1   | 003112010260000      | yes
b     | Wu     | 1   | 002702000040200      | yes
b2    | Wu     | 1   | ZD02AAF0202010105046 | yes
b2    | Wu     | 1   | XG01AFK079D009       | yes
c     | Xu     | 0   | 003112010260000      |
c     | Xu     | 0   | 002702000040200      |
c2    | Xu     | 0   | ZD02AAF0202010105046 |
c2    | Xu     | 0   | XG01AFK079D009       |
d     | Sun    | 9   | 003112010260000      |
d     | Sun    | 9   | ZD02AAF0202010105046 |
e     | Zhao   | 2   | 003112010260000      |
e     | Zhao   | 2   | 002702000040200      |
e2    | Zhao   | 2   | ZD02AAF0202010105046 |
e2    | Zhao   | 2   | XG01AFK079D009       |
f     | Qian   | 1   | 003112010260000      |
f     | Qian   | 1   | ZD02AAF0202010105046 |
"""
diagnosis = """
claim | code
a     | Q56.001
f     | N39.000
"""

[examples."The register says the other sex: the record may be wrong · 参保登记性别不同，可能登记有误"]
visit = """
claim | member | sex | flagged
a     | Li     | 1   | low
b     | Wu     | 2   | low
c     | Xu     | 1   | high
d     | Sun    | 1   | high
"""
charge = """
claim | member | sex | item
a     | Li     | 1   | 003112010260000
a     | Li     | 1   | ZD02AAF0202010105046
b     | Wu     | 2   | 002501040130000
b     | Wu     | 2   | XG04CBA088A001
c     | Xu     | 1   | 003112010260000
c     | Xu     | 1   | ZD02AAF0202010105046
d     | Sun    | 1   | 003112010260000
d     | Sun    | 1   | ZD02AAF0202010105046
"""
member = """
member | sex
Li     | 2
Wu     | 1
Xu     | 1
Sun    | 0
"""
*/
WITH treated AS (  -- the claims of the month: whose, where and on which ward
    SELECT v.claim, v.institution, v.member, v.sex, v.department, v.paid, v.day FROM visit AS v
    UNION ALL
    SELECT s.claim, s.institution, s.member, s.sex, s.department, s.paid, s.admitted_on FROM stay AS s WHERE NOT s.newborn
), fact AS (  -- each fact that belongs to the other sex, once a claim
    SELECT c.claim, c.item AS fact
    FROM charge AS c JOIN k_sex_item AS k ON k.item = c.item
    WHERE in_force(k, c) AND c.sex IN ('1', '2') AND c.sex <> k.sex AND NOT c.newborn
    UNION
    SELECT c.claim, c.item
    FROM charge AS c JOIN k_sex_drug AS k ON k.item = c.item
    WHERE in_force(k, c) AND c.sex IN ('1', '2') AND c.sex <> k.sex AND NOT c.newborn
    UNION  -- A05 is gynaecology and obstetrics, with its parts
    SELECT t.claim, t.department FROM treated AS t WHERE t.sex = '1' AND t.department >= 'A05' AND t.department < 'A06'
    UNION  -- chapter O is pregnancy and childbirth
    SELECT d.claim, d.code
    FROM diagnosis AS d JOIN treated AS t ON t.claim = d.claim
    WHERE t.sex = '1' AND d.code >= 'O' AND d.code < 'P'
), facts AS (
    SELECT f.claim, count(*) AS facts, min(f.fact) AS item FROM fact AS f GROUP BY f.claim HAVING count(*) >= $facts
)
SELECT
    t.institution, t.claim, t.paid AS at_stake, CASE WHEN m.member IS NOT NULL THEN 'low' ELSE 'high' END AS certainty,
    n.facts, n.item, t.day, t.department,
    CASE t.sex WHEN '1' THEN 'male' ELSE 'female' END AS sex_words,
    CASE t.sex WHEN '1' THEN '男' ELSE '女' END AS sex_zh
FROM facts AS n
JOIN treated AS t ON t.claim = n.claim
LEFT JOIN member AS m ON m.member = t.member AND m.sex IN ('1', '2') AND m.sex <> t.sex
WHERE NOT EXISTS (
    SELECT 1 FROM diagnosis AS d JOIN code_list AS l ON l.code = d.code
    WHERE d.claim = t.claim AND l.list = 'sex_exempt')
