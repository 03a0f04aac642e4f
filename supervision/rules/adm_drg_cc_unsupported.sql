/*
title      = "A complication that nothing bears out"
title_zh   = "并发症/合并症编码无依据"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (7); Implementing Rules (NHSA Order 7), art. 23, 35; national list of rule types 2025, type 疾病诊断编码异常"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第七项；《实施细则》（国家医疗保障局令第7号）第二十三条、第三十五条；国家两库（2025年版）疾病诊断编码异常类规则"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S3"
violations = ["V14"]
natl_rule  = ["疾病诊断编码异常"]
about      = "A stay paid by disease group names a complication that raises the group, and none of the treatment that it needs was billed. The loss is the difference between two groups; the data hold no weights and rates, so no amount is in question by itself."
about_zh   = "按病组付费的住院，次要诊断中有使病组升高的并发症或合并症，但未发生相应的任何诊疗。损失应按两个病组的支付差额计算，数据中没有权重与费率，故本身不涉及金额。"
innocent   = "Left out: payment by item or bed day; the main diagnosis, which a rule of its own asks about; any one of the services or drugs that bear the complication out; newborns on their mother's account; diagnoses and places for which no evidence is listed. Not visible in the data: treatment in an emergency room before admission, or that the patient refused; results of tests, as of potassium; consultations; conditions that were only watched; whether the group would have been lower without it."
innocent_zh = "不计入：按项目、床日付费；主要诊断（另有规则）；已发生清单所列任一诊疗的；母婴共用账户；清单未覆盖的诊断与地区。数据无法识别：入院前在急诊的治疗、患者拒绝的治疗；检验结果（如血钾值）；会诊；仅观察未处理的情况；去除该诊断后病组是否降低。"
because    = "{code} ({name}) is coded, group {drg}, and none of the evidence for it was billed: {proof_words}"
because_zh = "次要诊断{code}（{name}），病组{drg}，未发生任何依据性诊疗：{proof_zh}"

[given]
k_diag_evidence = """
list | name     | evidence | proof        | proof_zh
resp | 呼吸衰竭 | resp     | ventilation  | 呼吸机
pot  | 低钾血症 | pot      | potassium    | 补钾
"""
k_evidence_item = """
evidence | item            | name
resp     | 003106030010000 | 呼吸机辅助呼吸
resp     | 003106030020000 | 无创辅助通气
pot      | XB05XAL001      | 氯化钾
"""
code_list = """
list | code
resp | J96.900
pot  | E87.600
"""

[examples."Respiratory failure beside the main diagnosis without ventilation; with it; by points; by item; another illness · 次要诊断呼吸衰竭无通气支持；有通气；按分值付费；按项目付费；其他疾病"]
stay = """
claim | member | illness | pay_method | group | admitted   | discharged | flagged
a     | Li     | J96.900 | drg        | ES21  | 2026-03-02 | 2026-03-09 | 0.00 high
b     | Wu     | J96.900 | drg        | ES21  | 2026-03-02 | 2026-03-09 |
c     | Xu     | J96.900 | dip        | ES21  | 2026-03-02 | 2026-03-09 | yes
d     | Sun    | J96.900 | item       |       | 2026-03-02 | 2026-03-09 |
e     | Zhao   | J18.900 | drg        | ES21  | 2026-03-02 | 2026-03-09 |
"""
diagnosis = """
claim | code    | main
a     | J96.900 | 
b     | J96.900 | 
c     | J96.900 | 
d     | J96.900 | 
e     | J18.900 | 
"""
charge = """
claim | kind      | item
a     | inpatient | 001203000010000
b     | inpatient | 003106030020000
e     | inpatient | 001203000010000
"""

[examples."Evidence of something else; the main diagnosis; a newborn · 其他疾病的依据；主要诊断；母婴共用账户"]
stay = """
claim | member | illness | pay_method | admitted   | discharged | newborn | flagged
a     | Li     | J96.900 | drg        | 2026-03-02 | 2026-03-09 |         | yes
b     | Wu     | J96.900 | drg        | 2026-03-02 | 2026-03-09 |         |
c     | Xu     | J96.900 | drg        | 2026-03-02 | 2026-03-09 | yes     |
"""
diagnosis = """
claim | code    | main
a     | J96.900 | 
b     | J18.900 | 
b     | J96.900 | yes
c     | J96.900 | 
"""
charge = """
claim | kind      | item
a     | inpatient | XB05XAL001
b     | inpatient | XB05XAL001
"""

[examples."Points hold on their days · 知识点在有效期内有效"]
k_diag_evidence = """
list | name     | evidence | proof       | proof_zh | since
resp | 呼吸衰竭 | resp     | ventilation | 呼吸机   | 2026-03-02
"""
k_evidence_item = """
evidence | item            | name           | since
resp     | 003106030010000 | 呼吸机辅助呼吸 | 2026-03-03
"""
stay = """
claim | member | illness | pay_method | admitted   | discharged | flagged
a     | Li     | J96.900 | drg        | 2026-03-01 | 2026-03-09 |
b     | Wu     | J96.900 | drg        | 2026-03-02 | 2026-03-09 | yes
"""
diagnosis = """
claim | code    | main
a     | J96.900 | 
b     | J96.900 | 
"""
charge = """
claim | kind      | item            | day
b     | inpatient | 003106030010000 | 2026-03-02
"""
*/
WITH proved AS (  -- what was done, and what it is evidence of
    SELECT DISTINCT c.claim, e.evidence
    FROM charge AS c
    JOIN k_evidence_item AS e ON e.item = c.item
    WHERE in_force(e, c)
)
SELECT
    s.institution, s.claim, 0 AS at_stake, s.claim || ':' || d.code AS finding,
    d.code, k.name, k.proof AS proof_words, k.proof_zh, s."group" AS drg, s.admitted_on, s.discharged_on
FROM diagnosis AS d
JOIN stay AS s ON s.claim = d.claim
JOIN code_list AS l ON l.code = d.code
JOIN k_diag_evidence AS k ON k.list = l.list
LEFT JOIN proved AS p ON p.claim = s.claim AND p.evidence = k.evidence
WHERE in_force(k, s, s.admitted_on) AND s.pay_method IN ('drg', 'dip') AND NOT d.main AND p.claim IS NULL AND NOT s.newborn
