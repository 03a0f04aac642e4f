/*
title      = "Service for the other sex"
title_zh   = "医疗服务项目区分性别使用"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (3), art. 40 (3); national list of rule types 2025, no. 81; typical problem list 2025, item 76"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第三项、第四十条第三项；国家两库（2025年版）第81类规则；2025年版典型问题清单第76项"
stage      = "in_force"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V17", "V08"]
natl_rule  = ["医疗服务项目区分性别使用"]
about      = "An examination or treatment that only one sex can have was billed for a person of the other sex. The whole line is at stake."
about_zh   = "为某一性别患者收取了仅适用于另一性别的检查或治疗项目费用。涉及金额为该明细全额。"
innocent   = "Left out: sex unknown or not stated; unclear sex, intersex and sex-chromosome anomalies among the claim's diagnoses, as the official annex asks; newborns on their mother's account; lines reversed. Slight suspicion where the member register says the other sex. Not visible in the data: sex recorded wrongly everywhere; a wrong item chosen for an examination that was done."
innocent_zh = "不计入：性别未知或未说明；就诊诊断含性别不明、两性畸形、性染色体异常（官方附件规定排除）；使用母亲账户的新生儿；已冲销明细。参保登记性别与就诊性别不一致的，降为轻度可疑。数据无法识别：各处性别登记均有误；实际完成检查但选错项目。"
because    = "{name} is for {allowed_words} only; on {day} it was billed for a person recorded as {sex_words}"
because_zh = "{name}仅适用于{allowed_zh}，{day}为登记性别为{sex_zh}的患者计费"

[columns]
quantity = "qty"

[given]
k_sex_item = """
item            | name             | sex
002702000040200 | 宫颈脱落细胞检查 | 2
002501040130000 | 前列腺液检查     | 1
003111000020000 | 嵌顿包茎手法复位 | 1
"""
code_list = """
list       | code
sex_exempt | Q56.001
"""

[examples]
"A man is billed a cervical smear · 男性收取宫颈涂片费用" = """
charge | item            | sex | amount | flagged
a      | 002702000040200 | 1   | 30.00  | 30.00 certain
b      | 002702000040200 | 2   | 30.00  |
"""
"A woman is billed an examination of prostatic fluid · 女性收取前列腺液检查费用" = """
charge | item            | sex | amount | flagged
a      | 002501040130000 | 2   | 5.00   | yes
b      | 002501040130000 | 1   | 5.00   |
"""
"It counts even where the person pays alone · 自费也计入" = """
charge | item            | sex | amount | eligible | flagged
a      | 002702000040200 | 1   | 30.00  | 0.00     | 30.00
"""
"Sex unknown or not stated · 性别未知或未说明" = """
charge | item            | sex | amount
a      | 002702000040200 | 0   | 30.00
b      | 002702000040200 | 9   | 30.00
"""
"A newborn boy on his mother's account · 男婴使用母亲账户" = """
charge | item            | sex | kind      | newborn | flagged
a      | 003111000020000 | 2   | inpatient | yes     |
b      | 003111000020000 | 2   | inpatient |         | yes
"""

[examples."A diagnosis of unclear sex excuses its own claim only · 性别不明诊断仅对本次就诊有效"]
charge = """
charge | claim | item            | sex | flagged
a      | c1    | 002702000040200 | 1   |
b      | c2    | 002702000040200 | 1   | yes
"""
diagnosis = """
claim | code
c1    | Q56.001
c2    | N88.901
"""

[examples."The register says the other sex: the record may be wrong · 参保登记性别不同，可能登记有误"]
charge = """
charge | member | item            | sex | flagged
a      | Li     | 002702000040200 | 1   | low
b      | Wu     | 002702000040200 | 1   | certain
"""
member = """
member | sex
Li     | 2
Wu     | 1
"""
*/
SELECT
    c.institution, c.claim, c.charge, c.amount AS at_stake,
    CASE WHEN m.member IS NOT NULL THEN 'low' ELSE 'certain' END AS certainty,
    k.point, c.item, k.name, c.day, c.quantity,
    CASE c.sex WHEN '1' THEN 'male' ELSE 'female' END AS sex_words,
    CASE c.sex WHEN '1' THEN '男' ELSE '女' END AS sex_zh,
    CASE k.sex WHEN '1' THEN 'men' ELSE 'women' END AS allowed_words,
    CASE k.sex WHEN '1' THEN '男性' ELSE '女性' END AS allowed_zh
FROM charge AS c
JOIN k_sex_item AS k ON k.item = c.item
LEFT JOIN member AS m ON m.member = c.member AND m.sex = k.sex
WHERE in_force(k, c) AND c.sex IN ('1', '2') AND c.sex <> k.sex AND NOT c.newborn
    AND NOT EXISTS (
        SELECT 1 FROM diagnosis AS d JOIN code_list AS l ON l.code = d.code
        WHERE d.claim = c.claim AND l.list = 'sex_exempt')
