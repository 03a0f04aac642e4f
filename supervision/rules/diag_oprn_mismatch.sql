/*
title      = "Diagnosis and operation do not match"
title_zh   = "诊断与手术操作不符"
basis      = "National list of rule types 2025, no. 40 (1,433 pairs of an operation and a diagnosis it is done for, after the guidelines of diagnosis and treatment); Implementing Rules (NHSA Order 7), art. 9; Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (7)"
basis_zh   = "国家两库（2025年版）第40类规则（依据疾病诊疗指南规范中疾病诊断与手术操作的对应关系，共1433对）；《医疗保障基金使用监督管理条例实施细则》（国家医疗保障局令第7号）第九条；《条例》（国务院令第735号）第三十八条第七项"
stage      = "trial"
moments    = ["audit"]
certainty  = "low"
severity   = "S2"
violations = ["V23", "V14"]
natl_rule  = ["诊断编码与手术操作编码不符"]
about      = "The national library says for which diagnoses some operations are done, and the claim has such an operation as its main one and no diagnosis of these categories: a gastric polyp removed from somebody with high blood pressure only. One of the codes is to be reviewed; a disease group may change with it, so no amount is at stake before."
about_zh   = "国家知识库列明部分手术操作对应的诊断；就诊以该手术操作为主要手术，却无任何一个对应类目的诊断，如仅有高血压诊断而行内镜下胃息肉切除术。编码有待复核，病组可能随之改变，复核前不计涉及金额。"
innocent   = "Left out: operations of which the library does not speak, and those that are not the main one; a fitting diagnosis anywhere in the claim, or another one of its category; claims with a diagnosis written as text without a code. Not visible in the data: two problems treated in one stay, one of them not coded; a staged operation; what was found by chance during it; a diagnosis coded by another edition than the library's."
innocent_zh = "不计入：知识库未列的手术操作、非主要手术操作；就诊任一诊断相符或属同一类目；有诊断仅写文字未编码的就诊。数据无法识别：一次住院处理两个问题而其一未编码；分期手术；术中偶然发现；诊断编码版本与知识库不同。"
because    = "The main operation is {code} ({name}), the main diagnosis {illness}, and no diagnosis of the claim is one that it is done for"
because_zh = "主要手术操作为{code}（{name}），主要诊断为{illness}，本次就诊无与该手术相对应的诊断"

[given]
k_diag_oprn = """
code    | name               | list
43.4105 | 内镜下胃息肉切除术 | stomach
49.1100 | 肛门瘘管切开术     | fistula
"""
code_list = """
list    | code
stomach | K31.703
stomach | C16.000
fistula | K60.300
"""

[examples."A gastric polyp removed for high blood pressure, for a polyp, for a cancer of the cardia; an appendix for appendicitis · 高血压、胃息肉、贲门恶性肿瘤行胃息肉切除术；阑尾炎行阑尾切除术"]
stay = """
claim | member | illness
a     | Li     | I10.x00
b     | Wu     | K31.703
c     | Xu     | C16.000
d     | Sun    | K35.900
"""
visit = """
claim | member | illness
e     | He     | K60.300
"""
operation = """
claim | member | code    | main | flagged
a     | Li     | 43.4105 | yes  | 0.00 low
b     | Wu     | 43.4105 | yes  |
c     | Xu     | 43.4105 | yes  |
d     | Sun    | 47.0900 | yes  |
e     | He     | 43.4105 | yes  | yes
"""
diagnosis = """
claim | code    | main
a     | I10.x00 | yes
b     | K31.703 | yes
c     | C16.000 | yes
d     | K35.900 | yes
e     | K60.300 | yes
"""

[examples."Not the main operation; the fitting diagnosis stands second, or in another claim; a diagnosis without a code · 非主要手术操作；相符诊断列第二位、在另次就诊；有未编码诊断"]
stay = """
claim | member | illness
a     | Li     | I10.x00
b     | Wu     | I10.x00
c     | Xu     | I10.x00
d     | Xu     | K31.703
e     | He     | I10.x00
f     | Ma     | I10.x00
"""
operation = """
claim | member | number | code    | main | flagged
a     | Li     | 1      | 38.9300 | yes  |
a     | Li     | 2      | 43.4105 |      |
b     | Wu     | 1      | 43.4105 | yes  |
c     | Xu     | 1      | 43.4105 | yes  | yes
e     | He     | 1      | 43.4105 | yes  |
f     | Ma     | 1      | 43.4105 | yes  | yes
"""
diagnosis = """
claim | number | code    | name         | main
a     | 1      | I10.x00 |              | yes
b     | 1      | I10.x00 |              | yes
b     | 2      | K31.703 |              |
c     | 1      | I10.x00 |              | yes
d     | 1      | K31.703 |              | yes
e     | 1      | I10.x00 |              | yes
e     | 2      | -       | 胃息肉       |
f     | 1      | I10.x00 |              | yes
"""

[examples."A point holds on its days and in its place · 知识点在有效期和适用地区内有效"]
k_diag_oprn = """
code    | name               | list    | place  | until
43.4105 | 内镜下胃息肉切除术 | stomach | 000000 | 2026-03-05
49.1100 | 肛门瘘管切开术     | fistula | 990200 | 9999-12-31
"""
stay = """
claim | member | illness
a     | Li     | I10.x00
b     | Wu     | I10.x00
c     | Xu     | I10.x00
"""
operation = """
claim | member | code    | main | day        | flagged
a     | Li     | 43.4105 | yes  | 2026-03-05 | yes
b     | Wu     | 43.4105 | yes  | 2026-03-06 |
c     | Xu     | 49.1100 | yes  | 2026-03-05 |
"""
diagnosis = """
claim | code    | main
a     | I10.x00 | yes
b     | I10.x00 | yes
c     | I10.x00 | yes
"""
*/
WITH person AS (  -- the main diagnosis of each claim
    SELECT s.claim, s.institution, s.illness, s.province, s.area FROM stay AS s
    UNION ALL
    SELECT v.claim, v.institution, v.illness, v.province, v.area FROM visit AS v
), listed AS (  -- main operations of which the library says what they are done for
    SELECT p.claim, p.institution, p.illness, o.code, o.day, k.point, k.name, k.list
    FROM operation AS o
    JOIN k_diag_oprn AS k ON k.code = o.code
    JOIN person AS p ON p.claim = o.claim
    WHERE o.main AND in_force(k, p, o.day)
)
SELECT x.institution, x.claim, 0 AS at_stake, x.claim || ':' || x.code AS finding, x.point, x.code, x.name, x.day, x.illness
FROM listed AS x
WHERE NOT EXISTS (
        SELECT 1 FROM diagnosis AS d JOIN code_list AS l ON l.code = d.code
        WHERE d.claim = x.claim AND l.list = x.list)
    AND NOT EXISTS (SELECT 1 FROM diagnosis AS t WHERE t.claim = x.claim AND coalesce(t.code, '') = '')
