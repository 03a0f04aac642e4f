/*
title      = "Many cards, one round amount"
title_zh   = "药店刷卡套现（金额特征）"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (5), art. 40 (4); typical problem list 2025 for pharmacies, no. 1 to 3"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第五项、第四十条第四项；2025年版零售药店典型问题清单第1至3条"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S4"
violations = ["V12", "V18"]
natl_rule  = []
about      = "On one day many persons paid one pharmacy the same amount, a multiple of ten yuan: no drugs were sold, cards were turned into cash or deposits. All purchases of that amount and day are named. This is a lead: no amount is in question by itself."
about_zh   = "同一药店同一日有多名参保人以相同的整十元金额结算：可能未售药品而空刷套现、充值。列出当日该金额的全部结算，作为线索，本身不涉及金额。"
innocent   = "Left out: equal amounts that are not round, which one popular drug makes; one person's several purchases, which count once; purchases taken back whole. Not visible in the data: a sale at a round price; family packs; how near an amount comes to what is left on an account or to a ceiling; the usual share of round amounts, for which peers would have to be compared."
innocent_zh = "不计入：金额相同但非整十的（同一热销药品所致）；同一人多次购药（只计一人）；已全部退货的。数据无法识别：整价促销；家庭装；金额是否接近个人账户余额或待遇限额；整额占比是否高于同类药店。"
because    = "{cards} persons each paid {total} yuan on {day}"
because_zh = "{day}有{cards}人各结算{total}元"

[parameters.cards]
value  = 10
source = "catalogue E12, EQUAL_K: starting value, not law"
since  = 2026-04-01

[columns]
total = "yuan"

[given]

[examples]
"Ten cards of 500.00 in one day; nine, though one twice, beside other days, pharmacies, amounts and a clinic · 一日10人各500元；9人（其中一人两次）及不同日期、药店、金额和门诊" = """
claim | member | institution | kind       | day        | total  | flagged
a1    | M1     | A           | pharmacy   | 2026-03-05 | 500.00 | 0.00 high
a2    | M2     | A           | pharmacy   | 2026-03-05 | 500.00 | 0.00 high
a3    | M3     | A           | pharmacy   | 2026-03-05 | 500.00 | 0.00 high
a4    | M4     | A           | pharmacy   | 2026-03-05 | 500.00 | 0.00 high
a5    | M5     | A           | pharmacy   | 2026-03-05 | 500.00 | 0.00 high
a6    | M6     | A           | pharmacy   | 2026-03-05 | 500.00 | 0.00 high
a7    | M7     | A           | pharmacy   | 2026-03-05 | 500.00 | 0.00 high
a8    | M8     | A           | pharmacy   | 2026-03-05 | 500.00 | 0.00 high
a9    | M9     | A           | pharmacy   | 2026-03-05 | 500.00 | 0.00 high
a10   | M10    | A           | pharmacy   | 2026-03-05 | 500.00 | 0.00 high
b1    | M1     | B           | pharmacy   | 2026-03-05 | 500.00 |
b2    | M2     | B           | pharmacy   | 2026-03-05 | 500.00 |
b3    | M3     | B           | pharmacy   | 2026-03-05 | 500.00 |
b4    | M4     | B           | pharmacy   | 2026-03-05 | 500.00 |
b5    | M5     | B           | pharmacy   | 2026-03-05 | 500.00 |
b6    | M6     | B           | pharmacy   | 2026-03-05 | 500.00 |
b7    | M7     | B           | pharmacy   | 2026-03-05 | 500.00 |
b8    | M8     | B           | pharmacy   | 2026-03-05 | 500.00 |
b9    | M9     | B           | pharmacy   | 2026-03-05 | 500.00 |
b10   | M1     | B           | pharmacy   | 2026-03-05 | 500.00 |
b11   | M11    | B           | pharmacy   | 2026-03-06 | 500.00 |
b12   | M12    | C           | pharmacy   | 2026-03-05 | 500.00 |
b13   | M13    | B           | pharmacy   | 2026-03-05 | 510.00 |
b14   | M14    | B           | outpatient | 2026-03-05 | 500.00 |
a11   | M11    | A           | pharmacy   | 2026-03-06 | 500.00 |
a12   | M12    | A           | outpatient | 2026-03-05 | 500.00 |
"""
"Amounts that vary · 金额各不相同" = """
claim | member | institution | kind     | day        | total | flagged
a1    | M1     | A           | pharmacy | 2026-03-05 | 48.50 |
a2    | M2     | A           | pharmacy | 2026-03-05 | 49.80 |
a3    | M3     | A           | pharmacy | 2026-03-05 | 51.10 |
a4    | M4     | A           | pharmacy | 2026-03-05 | 52.40 |
a5    | M5     | A           | pharmacy | 2026-03-05 | 53.70 |
a6    | M6     | A           | pharmacy | 2026-03-05 | 55.00 |
a7    | M7     | A           | pharmacy | 2026-03-05 | 56.30 |
a8    | M8     | A           | pharmacy | 2026-03-05 | 57.60 |
a9    | M9     | A           | pharmacy | 2026-03-05 | 58.90 |
a10   | M10    | A           | pharmacy | 2026-03-05 | 60.20 |
a11   | M11    | A           | pharmacy | 2026-03-05 | 61.50 |
a12   | M12    | A           | pharmacy | 2026-03-05 | 62.80 |
"""
"Ten equal amounts that are not round, or nothing; ten of ten yuan · 10人金额相同但非整十、为零；10人各10元" = """
claim | member | institution | kind     | day        | total | flagged
a1    | M1     | A           | pharmacy | 2026-03-05 | 48.50 |
a2    | M2     | A           | pharmacy | 2026-03-05 | 48.50 |
a3    | M3     | A           | pharmacy | 2026-03-05 | 48.50 |
a4    | M4     | A           | pharmacy | 2026-03-05 | 48.50 |
a5    | M5     | A           | pharmacy | 2026-03-05 | 48.50 |
a6    | M6     | A           | pharmacy | 2026-03-05 | 48.50 |
a7    | M7     | A           | pharmacy | 2026-03-05 | 48.50 |
a8    | M8     | A           | pharmacy | 2026-03-05 | 48.50 |
a9    | M9     | A           | pharmacy | 2026-03-05 | 48.50 |
a10   | M10    | A           | pharmacy | 2026-03-05 | 48.50 |
b1    | M1     | B           | pharmacy | 2026-03-05 | 0.00  |
b2    | M2     | B           | pharmacy | 2026-03-05 | 0.00  |
b3    | M3     | B           | pharmacy | 2026-03-05 | 0.00  |
b4    | M4     | B           | pharmacy | 2026-03-05 | 0.00  |
b5    | M5     | B           | pharmacy | 2026-03-05 | 0.00  |
b6    | M6     | B           | pharmacy | 2026-03-05 | 0.00  |
b7    | M7     | B           | pharmacy | 2026-03-05 | 0.00  |
b8    | M8     | B           | pharmacy | 2026-03-05 | 0.00  |
b9    | M9     | B           | pharmacy | 2026-03-05 | 0.00  |
b10   | M10    | B           | pharmacy | 2026-03-05 | 0.00  |
c1    | M1     | C           | pharmacy | 2026-03-05 | 10.00 | yes
c2    | M2     | C           | pharmacy | 2026-03-05 | 10.00 | yes
c3    | M3     | C           | pharmacy | 2026-03-05 | 10.00 | yes
c4    | M4     | C           | pharmacy | 2026-03-05 | 10.00 | yes
c5    | M5     | C           | pharmacy | 2026-03-05 | 10.00 | yes
c6    | M6     | C           | pharmacy | 2026-03-05 | 10.00 | yes
c7    | M7     | C           | pharmacy | 2026-03-05 | 10.00 | yes
c8    | M8     | C           | pharmacy | 2026-03-05 | 10.00 | yes
c9    | M9     | C           | pharmacy | 2026-03-05 | 10.00 | yes
c10   | M10    | C           | pharmacy | 2026-03-05 | 10.00 | yes
"""
*/
WITH alike AS (  -- the round amounts that so many persons paid at one pharmacy on one day; 1000 fen are ten yuan
    SELECT v.institution, v.day, v.total, count(DISTINCT v.member) AS cards, min(v.claim) AS first_claim
    FROM visit AS v
    WHERE v.kind = 'pharmacy' AND v.total > 0 AND v.total % 1000 = 0
    GROUP BY v.institution, v.day, v.total
    HAVING count(DISTINCT v.member) >= $cards
)
SELECT v.institution, v.claim, 0 AS at_stake, a.first_claim AS finding, v.day, v.total, a.cards
FROM visit AS v
JOIN alike AS a ON a.institution = v.institution AND a.day = v.day AND a.total = v.total
WHERE v.kind = 'pharmacy'
