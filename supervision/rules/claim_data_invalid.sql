/*
title      = "Claim that contradicts itself"
title_zh   = "结算清单数据无效"
basis      = "Implementing Rules (NHSA Order 7), art. 9; Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 16; national list of rule types 2025, no. 35 to 38"
basis_zh   = "《医疗保障基金使用监督管理条例实施细则》（国家医疗保障局令第7号）第九条；《条例》（国务院令第735号）第十六条；国家两库（2025年版）第35至38类规则"
stage      = "in_force"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S1"
violations = ["V23"]
natl_rule  = ["医保结算清单信息异常", "疾病诊断编码异常", "手术操作编码异常"]
about      = "What the claim says cannot be true, or uses a code that was no longer valid on its day. It is returned for correction; no amount is at stake, and no other rule judges the claim meanwhile."
about_zh   = "就诊数据自相矛盾，或使用了当日已停用的编码。退回更正，不计涉及金额；更正前其他规则不对该就诊作出判断。"
innocent   = "Left out: sums that differ by a cent, which intake lets pass, and by more, which intake refuses altogether. Not visible in the data: an old stay recorded under rules of its day."
innocent_zh = "不计入：相差一分钱的金额尾差（入库时放行）；更大的金额差异（入库时整笔退回）。数据无法识别：按当时规定登记的历史住院。"
because    = "To be corrected: {problem} ({said})"
because_zh = "请更正：{problem_zh}（{said}）"

[examples]
"Discharged before admitted; a diagnosis code of last year's edition · 出院早于入院；使用上年版诊断编码" = """
claim | charge | fault                      | field      | value       | other      | flagged
a     | -      | discharged_before_admitted | discharged | 2026-03-01  | 2026-03-05 | 0.00 certain
b     | -      | retired_code               | illness    | J18.900x099 | 2026-01-01 | yes
"""
"One line of a claim, and a contradiction without a value · 单条明细；无数值的矛盾" = """
claim | charge | fault                  | field    | value | other | flagged
a     | a:2    | reversal_unmatched     | quantity | -1    |       | yes
b     | -      | main_diagnosis_missing | illness  |       |       | yes
"""
*/
SELECT
    f.institution, f.claim, f.charge, 0 AS at_stake,
    coalesce(f.charge, f.claim) || ':' || f.fault || ':' || coalesce(f.value, '') AS finding,
    f.fault, f.field, f.value, f.other, f.day, f.field || ': ' || coalesce(f.value, '-') || coalesce(' / ' || f.other, '') AS said,
    CASE f.fault
        WHEN 'discharged_before_admitted' THEN 'The discharge lies before the admission'
        WHEN 'born_after_admitted' THEN 'The person was born after the encounter began'
        WHEN 'born_too_long_ago' THEN 'The person would be more than 130 years old'
        WHEN 'settled_before_begun' THEN 'The settlement lies before the encounter'
        WHEN 'eligible_above_total' THEN 'More was eligible than was billed'
        WHEN 'paid_above_total' THEN 'The fund paid more than was billed'
        WHEN 'parts_above_total' THEN 'The parts paid add up to more than was billed'
        WHEN 'main_diagnosis_missing' THEN 'The stay has no main diagnosis'
        WHEN 'main_diagnosis_doubled' THEN 'The claim has more than one main diagnosis'
        WHEN 'retired_code' THEN 'The diagnosis code was no longer valid on the day'
        WHEN 'operation_outside_stay' THEN 'The operation lies outside the stay'
        WHEN 'reversal_unmatched' THEN 'A reversal finds nothing to reverse'
        WHEN 'reversal_uneven' THEN 'The amount of a reversal does not fit what it reverses'
        ELSE f.fault END AS problem,
    CASE f.fault
        WHEN 'discharged_before_admitted' THEN '出院时间早于入院时间'
        WHEN 'born_after_admitted' THEN '出生日期晚于就诊开始'
        WHEN 'born_too_long_ago' THEN '年龄超过130岁'
        WHEN 'settled_before_begun' THEN '结算时间早于就诊开始'
        WHEN 'eligible_above_total' THEN '符合范围金额大于总费用'
        WHEN 'paid_above_total' THEN '基金支付额大于总费用'
        WHEN 'parts_above_total' THEN '各项支付合计大于总费用'
        WHEN 'main_diagnosis_missing' THEN '住院缺少主要诊断'
        WHEN 'main_diagnosis_doubled' THEN '主要诊断多于一个'
        WHEN 'retired_code' THEN '诊断编码在当日已停用'
        WHEN 'operation_outside_stay' THEN '手术日期不在住院期间'
        WHEN 'reversal_unmatched' THEN '冲销明细找不到被冲销的明细'
        WHEN 'reversal_uneven' THEN '冲销金额与被冲销明细不符'
        ELSE f.fault END AS problem_zh
FROM fault AS f
