/*
title      = "Too little done for the disease group"
title_zh   = "低倍率/资源明显不足"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (1), (7); Implementing Rules (NHSA Order 7), art. 23, 35; national list of rule types 2025, type 疾病诊断编码异常"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第一项、第七项；《实施细则》（国家医疗保障局令第7号）第二十三条、第三十五条；国家两库（2025年版）疾病诊断编码异常类规则"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S3"
violations = ["V14", "V01"]
natl_rule  = ["疾病诊断编码异常", "结算明细信息异常"]
about      = "A stay paid by disease group was billed less than two fifths of what stays of that group in the pooling area cost on average within a year, and lasted two days or fewer: either the group is too high, or the stay was cut short. The difference between two groups, which would be the loss, cannot be reckoned without their weights, so no amount is in question by itself."
about_zh   = "按病组付费的住院，费用不足本统筹区同病组一年平均费用的四成，且住院两天以内：可能高套病组，或一次住院被拆分。损失应按两个病组的支付差额计算，数据中没有权重，故本身不涉及金额。"
innocent   = "Left out: groups that few stays are known of; documented transfers; who died on the day of discharge or the next, where the register of members says so; payment by item or bed day; newborns on their mother's account. Not visible in the data: a quick cure; day surgery that was settled as a stay; a patient who left against advice; what was paid for outside the bill; the weights and rates of the groups."
innocent_zh = "不计入：可比住院过少的病组；有记录的转院；出院当日或次日死亡（以参保人登记信息为准）；按项目、床日付费；母婴共用账户。数据无法识别：短期治愈；按住院结算的日间手术；自动出院；院外另行支付的费用；病组权重与费率。"
because    = "{total} yuan in {bed_days} days for group {drg}; its {cases} stays cost {mean} yuan on average"
because_zh = "病组{drg}住院{bed_days}天，费用{total}元；同病组{cases}次住院平均{mean}元"
back       = 12

[parameters.percent]
value  = 40
source = "catalogue D12, LOW_MULT 0.4: starting value, not law"
since  = 2026-04-01

[parameters.days]
value  = 2
source = "catalogue D12, MIN_DAYS: starting value, not law"
since  = 2026-04-01

[parameters.cases]
value  = 10
source = "as many stays as a mean can be told of: starting value, not law"
since  = 2026-04-01

[columns]
total = "yuan"
mean  = "yuan"

[given]
stay_history = """
claim | member | group | pay_method | admitted   | discharged | total
h1    | A      | ES21  | drg        | 2026-01-01 | 2026-01-09 | 12000.00
h2    | B      | ES21  | drg        | 2026-01-01 | 2026-01-09 | 12000.00
h3    | C      | ES21  | drg        | 2026-01-01 | 2026-01-09 | 12000.00
h4    | D      | ES21  | drg        | 2026-01-01 | 2026-01-09 | 12000.00
h5    | E      | ES21  | drg        | 2026-01-01 | 2026-01-09 | 12000.00
h6    | F      | ES21  | drg        | 2026-01-01 | 2026-01-09 | 12000.00
h7    | G      | ES21  | drg        | 2026-01-01 | 2026-01-09 | 12000.00
h8    | H      | ES21  | drg        | 2026-01-01 | 2026-01-09 | 12000.00
h9    | I      | ES21  | dip        | 2026-01-01 | 2026-01-09 | 21800.00
"""

[examples."2200 yuan in two days, where the group costs 12000 · 病组均费1.2万元，两天2200元"]
stay = """
claim | group | pay_method | admitted   | discharged | total   | flagged
a     | ES21  | drg        | 2026-03-01 | 2026-03-03 | 2200.00 | 0.00 high
"""

[examples."Two fifths of the mean, three days · 恰为均费四成；三天"]
stay = """
claim | group | pay_method | admitted   | discharged | total   | flagged
a     | ES21  | drg        | 2026-03-01 | 2026-03-03 | 4908.33 | yes
"""

[examples."A fen more is two fifths · 多一分即达四成"]
stay = """
claim | group | pay_method | admitted   | discharged | total
a     | ES21  | drg        | 2026-03-01 | 2026-03-03 | 4908.34
"""

[examples."To the fen two fifths of the mean · 恰为四成"]
stay = """
claim | member | group | pay_method | admitted   | discharged | total
a     | Li     | ES21  | drg        | 2026-03-01 | 2026-03-03 | 4800.00
b     | Wu     | ES21  | drg        | 2026-01-01 | 2026-01-09 | 9400.00
"""

[examples."Three days · 住院三天"]
stay = """
claim | group | pay_method | admitted   | discharged | total
a     | ES21  | drg        | 2026-03-01 | 2026-03-04 | 2200.00
"""

[examples."Paid by points; by item; a transfer; a newborn; dead on the next day, and on the second · 按分值付费；按项目付费；转院；母婴共用账户；次日、第二日死亡"]
member = """
member | died_on
Sun    | 2026-03-04
Zhao   | 2026-03-05
"""
stay = """
claim | member | group | pay_method | admitted   | discharged | total   | transferred | newborn | flagged
a     | Li     | ES21  | dip        | 2026-03-01 | 2026-03-03 | 2200.00 |             |         | yes
b     | Wu     | ES21  | item       | 2026-03-01 | 2026-03-03 | 2200.00 |             |         |
c     | Xu     | ES21  | drg        | 2026-03-01 | 2026-03-03 | 2200.00 | yes         |         |
d     | He     | ES21  | drg        | 2026-03-01 | 2026-03-03 | 2200.00 |             | yes     |
e     | Sun    | ES21  | drg        | 2026-03-01 | 2026-03-03 | 2200.00 |             |         |
f     | Zhao   | ES21  | drg        | 2026-03-01 | 2026-03-03 | 2200.00 |             |         | yes
"""

[examples."Another group, another area; nine of the group; those paid by item do not count · 其他病组、其他统筹区；同病组不足10次；按项目付费不计"]
stay_history = """
claim | member | group | area   | pay_method | admitted   | discharged | total
g1    | A      | ES29  | 990100 | drg        | 2026-01-01 | 2026-01-09 | 12000.00
g2    | B      | ES29  | 990100 | drg        | 2026-01-01 | 2026-01-09 | 12000.00
g3    | C      | ES29  | 990100 | drg        | 2026-01-01 | 2026-01-09 | 12000.00
g4    | D      | ES29  | 990100 | drg        | 2026-01-01 | 2026-01-09 | 12000.00
g5    | E      | ES29  | 990100 | drg        | 2026-01-01 | 2026-01-09 | 12000.00
g6    | F      | ES29  | 990100 | drg        | 2026-01-01 | 2026-01-09 | 12000.00
g7    | G      | ES29  | 990100 | drg        | 2026-01-01 | 2026-01-09 | 12000.00
g8    | H      | ES29  | 990100 | drg        | 2026-01-01 | 2026-01-09 | 12000.00
g9    | I      | ES29  | 990100 | item       | 2026-01-01 | 2026-01-09 | 12000.00
g10   | J      | ES29  | 990200 | drg        | 2026-01-01 | 2026-01-09 | 12000.00
h1    | A      | ES21  | 990100 | drg        | 2026-01-01 | 2026-01-09 | 12000.00
h2    | B      | ES21  | 990100 | drg        | 2026-01-01 | 2026-01-09 | 12000.00
h3    | C      | ES21  | 990100 | drg        | 2026-01-01 | 2026-01-09 | 12000.00
h4    | D      | ES21  | 990100 | drg        | 2026-01-01 | 2026-01-09 | 12000.00
h5    | E      | ES21  | 990100 | drg        | 2026-01-01 | 2026-01-09 | 12000.00
h6    | F      | ES21  | 990100 | drg        | 2026-01-01 | 2026-01-09 | 12000.00
h7    | G      | ES21  | 990100 | drg        | 2026-01-01 | 2026-01-09 | 12000.00
h8    | H      | ES21  | 990100 | drg        | 2026-01-01 | 2026-01-09 | 12000.00
h9    | I      | ES21  | 990100 | drg        | 2026-01-01 | 2026-01-09 | 12000.00
h10   | J      | ES21  | 990100 | drg        | 2026-01-01 | 2026-01-09 | 12000.00
"""
stay = """
claim | member | group | area   | pay_method | admitted   | discharged | total
a     | Li     | ES29  | 990100 | drg        | 2026-03-01 | 2026-03-03 | 2200.00
b     | Wu     | ES21  | 990200 | drg        | 2026-03-01 | 2026-03-03 | 2200.00
"""
*/
WITH norm AS (  -- what the stays of each group cost on average in each pooling area within the year
    SELECT h.area, h."group", count(*) AS cases, sum(h.total) // count(*) AS mean
    FROM stay_history AS h
    WHERE h.pay_method IN ('drg', 'dip')
    GROUP BY h.area, h."group"
    HAVING count(*) >= $cases
)
SELECT
    s.institution, s.claim, 0 AS at_stake, s.illness, s."group" AS drg, s.admitted_on, s.discharged_on, s.bed_days, s.total, n.mean, n.cases
FROM stay AS s
JOIN norm AS n ON n.area = s.area AND n."group" = s."group"
WHERE s.pay_method IN ('drg', 'dip') AND s.total * 100 < n.mean * $percent AND s.bed_days <= $days
    AND NOT s.transferred AND NOT s.newborn
    AND NOT EXISTS (SELECT 1 FROM member AS m WHERE m.member = s.member AND m.died_on <= days_after(s.discharged_on, 1))
