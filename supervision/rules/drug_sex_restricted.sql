/*
title      = "Drug for the other sex"
title_zh   = "药品区分性别使用"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (6), art. 40 (1); national list of rule types 2025, no. 67"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第六项、第四十条第一项；国家两库（2025年版）第67类规则"
stage      = "in_force"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V13", "V15"]
natl_rule  = ["药品区分性别使用"]
about      = "The fund pays for a drug that only persons of one sex can need, for a person of the other sex. The whole line is at stake."
about_zh   = "基金为某一性别患者支付了仅适用于另一性别的药品。涉及金额为该明细全额。"
innocent   = "Left out: sex unknown or not stated; unclear sex and sex-chromosome anomalies among the claim's diagnoses; lines that nobody asked the fund to pay; newborns on their mother's account. Only a reminder at a pharmacy, where a relative may have used the wrong card; slight suspicion where the member register says the other sex. Not visible in the data: sex recorded wrongly everywhere."
innocent_zh = "不计入：性别未知或未说明；就诊诊断含性别不明、性染色体异常；未纳入基金支付的明细；使用母亲账户的新生儿。药店购药可能为家属误用凭证，仅作提醒；参保登记性别与就诊性别不一致的，降为轻度可疑。数据无法识别：各处性别登记均有误。"
because    = "{name} is for {allowed_words} only; on {day} it was billed for a person recorded as {sex_words}"
because_zh = "{name}仅适用于{allowed_zh}，{day}为登记性别为{sex_zh}的患者计费"

[parameters.pharmacy]
value  = "remind"
source = "catalogue A01, PROXY_BUY: starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
k_sex_drug = """
item                    | name       | sex
ZD02AAF0202010105046    | 妇科千金片 | 2
XG04CBA088A001010101467 | 爱普列特片 | 1
"""
code_list = """
list       | code
sex_exempt | Q56.001
"""

[examples]
"A man is billed a gynaecological tablet · 男性患者使用妇科千金片" = """
charge | item                 | sex | age | amount | flagged
a      | ZD02AAF0202010105046 | 1   | 45  | 36.00  | 36.00 certain
"""
"A woman is billed the same tablet; a woman and a man a drug for the prostate · 女性患者使用同一药品；女性、男性患者使用前列腺用药" = """
charge | item                    | sex | amount | flagged
a      | ZD02AAF0202010105046    | 2   | 36.00  |
b      | XG04CBA088A001010101467 | 2   | 21.50  | 21.50
c      | XG04CBA088A001010101467 | 1   | 21.50  |
"""
"A man of 66 with prostate cancer is billed goserelin, which is on no list · 66岁前列腺癌男性使用戈舍瑞林，未列入清单" = """
charge | item                    | sex | amount
a      | XL02AEG098E001010101234 | 1   | 900.00
"""
"Sex unknown or not stated · 性别未知或未说明" = """
charge | item                 | sex | amount
a      | ZD02AAF0202010105046 | 0   | 36.00
b      | ZD02AAF0202010105046 | 9   | 36.00
"""
"The person pays alone · 患者全自费" = """
charge | item                 | sex | amount | eligible | flagged
a      | ZD02AAF0202010105046 | 1   | 36.00  | 0.00     |
b      | ZD02AAF0202010105046 | 1   | 36.00  | 0.01     | yes
"""

[examples."A diagnosis of unclear sex excuses its own claim only · 性别不明诊断仅对本次就诊有效"]
charge = """
charge | claim | item                 | sex | amount | flagged
a      | c1    | ZD02AAF0202010105046 | 1   | 36.00  |
b      | c2    | ZD02AAF0202010105046 | 1   | 36.00  | yes
"""
diagnosis = """
claim | code
c1    | Q56.001
c2    | N76.000
"""

[examples."A pharmacy is reminded; a newborn on the mother's account is left out · 药店仅提醒；母亲账户上的新生儿不计入"]
charge = """
charge | item                    | sex | kind      | newborn | amount | flagged
a      | ZD02AAF0202010105046    | 1   | pharmacy  |         | 36.00  | 36.00 remind
b      | XG04CBA088A001010101467 | 2   | inpatient | yes     | 21.50  |
"""

[examples."The register says the other sex: the record may be wrong · 参保登记性别不同，可能登记有误"]
charge = """
charge | member | item                 | sex | amount | flagged
a      | Li     | ZD02AAF0202010105046 | 1   | 36.00  | low
b      | Wu     | ZD02AAF0202010105046 | 1   | 36.00  | certain
"""
member = """
member | sex
Li     | 2
Wu     | 1
"""

[examples."A point holds on its days and in its place · 知识点在有效期和适用地区内有效"]
k_sex_drug = """
item | name | sex | place  | since      | until
Z1   | 甲   | 2   | 000000 | 2026-03-01 | 2026-03-31
Z2   | 乙   | 2   | 330000 |            |
"""
charge = """
charge | item | sex | day        | flagged
a      | Z1   | 1   | 2026-02-28 |
b      | Z1   | 1   | 2026-03-01 | yes
c      | Z1   | 1   | 2026-03-31 | yes
d      | Z1   | 1   | 2026-04-01 |
e      | Z2   | 1   | 2026-03-01 |
"""
*/
SELECT
    c.institution, c.claim, c.charge, c.amount AS at_stake,
    CASE WHEN c.kind = 'pharmacy' THEN $pharmacy WHEN m.member IS NOT NULL THEN 'low' ELSE 'certain' END AS certainty,
    k.point, c.item, k.name, c.day, c.quantity,
    CASE c.sex WHEN '1' THEN 'male' ELSE 'female' END AS sex_words,
    CASE c.sex WHEN '1' THEN '男' ELSE '女' END AS sex_zh,
    CASE k.sex WHEN '1' THEN 'men' ELSE 'women' END AS allowed_words,
    CASE k.sex WHEN '1' THEN '男性' ELSE '女性' END AS allowed_zh
FROM charge AS c
JOIN k_sex_drug AS k ON k.item = c.item
LEFT JOIN member AS m ON m.member = c.member AND m.sex = k.sex
WHERE in_force(k, c) AND c.sex IN ('1', '2') AND c.sex <> k.sex AND c.eligible > 0 AND NOT c.newborn
    AND NOT EXISTS (
        SELECT 1 FROM diagnosis AS d JOIN code_list AS l ON l.code = d.code
        WHERE d.claim = c.claim AND l.list = 'sex_exempt')
