/*
title      = "Second-line drug without a first"
title_zh   = "药品限二线使用"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (6); Implementing Rules (NHSA Order 7), art. 11; National Drug List 2025, remarks; national list of rule types 2025, no. 5, batch 9"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第六项；《实施细则》（国家医疗保障局令第7号）第十一条；《国家基本医疗保险药品目录（2025年）》备注；国家两库（2025年版）第5类规则、第九批知识点"
stage      = "trial"
moments    = ["review", "audit"]
certainty  = "high"
severity   = "S3"
violations = ["V13"]
natl_rule  = ["药品限二线使用"]
about      = "The drug list pays a drug only after another treatment failed, and within the look-back of its point no institution gave the person a drug of that treatment for two weeks in all. It asks the hospital for its reasons; by itself it is no ground to refuse payment. The whole line is at stake."
about_zh   = "目录限定其他治疗失败后方予支付的二线药品，在该知识点的回溯期内，参保人在任何机构均无累计两周的前线治疗用药记录。本规则要求机构说明理由，不得单独作为拒付依据。涉及金额为该明细全额。"
innocent   = "Left out: lines that nobody asked the fund to pay; use approved beforehand; a recorded reason (failure, intolerance, contraindication); persons already on the drug within the year before. Slight suspicion where the person's claims do not reach back a year. Not visible in the data: a first drug paid for in cash or in another province; a treatment that is no drug."
innocent_zh = "不计入：未纳入基金支付的明细；已事前审批；已记录理由（疗效不佳、不耐受、禁忌）；此前一年内已使用该药。参保人就诊记录不足一年的，降为轻度可疑。数据无法识别：自费或外省使用的前线药品；非药物治疗。"
because    = "{name}: payment is {wording}; it was billed on {day} and no such treatment stands in the claims of the person before"
because_zh = "{name}{wording}；{day}计费，此前就诊记录中无相应的前线治疗用药"
back       = 36
ahead      = 3  # the first drug may stand in a stay not yet settled

[parameters.least_days]
value  = 14
source = "catalogue A11, MIN_PRIOR_DAYS: days of supply of the first drugs; starting value, not law"
since  = 2026-04-01

[parameters.continued]
value  = 365
source = "catalogue A11, CONTINUATION_DAYS: starting value, not law"
since  = 2026-04-01

[parameters.known]
value  = 365
source = "catalogue A11, COVERAGE_MIN: days the person's claims must reach back; starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
k_second_line = """
item                    | name           | wording    | prior   | look_back
XS01EEL010G010010100225 | 拉坦前列素滴眼液 | 限二线用药 | eye     | 365
XL01EKF709E001010110171 | 呋喹替尼胶囊   | 限既往接受过化疗 | chemo   | 730
"""
k_prior_drug = """
prior | low   | high  | name
eye   | XS01E | XS01F | 其他一线降眼压滴眼液
chemo | XL01  | XL02  | 既往抗肿瘤治疗
"""
visit_history = """
claim | member | day
h1    | Li     | 2024-01-05
h2    | Wu     | 2024-01-05
h3    | Xu     | 2024-01-05
"""

[examples."Latanoprost: another eye drop three months ago, no other in years, or insured for two months only · 拉坦前列素：3个月前用过其他降眼压滴眼液；多年无其他用药；参保仅两个月"]
visit_history = """
claim | member | day
h1    | Li     | 2021-01-05
h2    | Wu     | 2021-01-05
h3    | Xu     | 2026-01-05
"""
history = """
charge | member | item                    | day        | days
x      | Li     | XS01EDB212G010010178672 | 2025-12-05 | 28
"""
charge = """
charge | member | item                    | day        | amount | flagged
a      | Li     | XS01EEL010G010010100225 | 2026-03-05 | 86.00  |
b      | Wu     | XS01EEL010G010010100225 | 2026-03-05 | 86.00  | 86.00 high
c      | Xu     | XS01EEL010G010010100225 | 2026-03-05 | 86.00  | 86.00 low
"""

[examples."Fruquintinib with earlier oxaliplatin and irinotecan lines; with drugs of the first or of another group only, with itself a year before · 呋喹替尼：既往有奥沙利铂、伊立替康记录；仅有同类或其他类药品；一年前用过本药"]
history = """
charge | member | item                    | day        | days
x      | Li     | XL01XAA100B001010100001 | 2025-03-05 | 7
y      | Li     | XL01CEY057B018010101697 | 2025-06-05 | 7
z      | Wu     | XL02BBD378E002010184539 | 2025-06-05 | 60
w      | Xu     | XL01                    | 2025-06-05 | 14
v      | Sun    | XL02                    | 2025-06-05 | 14
u      | Zhao   | XL01EKF709E001010110171 | 2025-02-05 | 28
"""
charge = """
charge | member | item                    | amount  | flagged
a      | Li     | XL01EKF709E001010110171 | 2500.00 |
b      | Wu     | XL01EKF709E001010110171 | 2500.00 | yes
c      | Xu     | XL01EKF709E001010110171 | 2500.00 |
d      | Sun    | XL01EKF709E001010110171 | 2500.00 | yes
e      | Zhao   | XL01EKF709E001010110171 | 2500.00 | yes
"""

[examples."Fourteen days of a first drug, or thirteen; 365 days ago, 366; on the same day, the day before · 一线用药14天、13天；365天前、366天前；同日、前一日"]
history = """
charge | member | item                    | day        | days
v      | Li     | XS01EDB212G010010178672 | 2026-02-01 | 7
w      | Li     | XS01ECB234G010010178672 | 2025-03-05 | 7
x      | Wu     | XS01EDB212G010010178672 | 2026-02-01 | 13
y      | Xu     | XS01EDB212G010010178672 | 2025-03-04 | 28
z      | Xu     | XS01EDB212G010010178672 | 2026-03-05 | 28
u      | Sun    | XS01EDB212G010010178672 | 2026-03-04 | 28
"""
charge = """
charge | member | item                    | day        | flagged
a      | Li     | XS01EEL010G010010100225 | 2026-03-05 |
b      | Wu     | XS01EEL010G010010100225 | 2026-03-05 | yes
c      | Xu     | XS01EEL010G010010100225 | 2026-03-05 | yes
d      | Sun    | XS01EEL010G010010100225 | 2026-03-05 |
"""

[examples."On the drug 365 days before, 366, since the same day, the day before; on another second-line drug · 365天前、366天前、同日、前一日已使用该药；使用其他二线药品"]
history = """
charge | member | item                    | day        | days
w      | Li     | XS01EEL010G010010104010 | 2025-03-05 | 28
x      | Wu     | XS01EEL010G010010100225 | 2025-03-04 | 1
y      | Xu     | XS01EEL010G010010100225 | 2026-03-05 | 28
z      | Xu     | XL01EKF709E001010110171 | 2026-02-05 | 28
u      | Sun    | XS01EEL010G010010100225 | 2026-03-04 | 1
"""
charge = """
charge | member | item                    | day        | flagged
a      | Li     | XS01EEL010G010010100225 | 2026-03-05 |
b      | Wu     | XS01EEL010G010010100225 | 2026-03-05 | yes
c      | Xu     | XS01EEL010G010010100225 | 2026-03-05 | yes
d      | Sun    | XS01EEL010G010010100225 | 2026-03-05 |
"""

[examples."The person's claims reach back 365 days, or 364, by a visit or by a stay · 就诊记录可回溯365天、364天，门诊或住院"]
visit_history = """
claim | member | day
h1    | Li     | 2025-03-05
h2    | Wu     | 2025-03-06
"""
stay_history = """
claim | member | admitted   | discharged
h3    | Xu     | 2025-03-05 | 2025-03-09
h4    | Sun    | 2025-03-06 | 2025-03-09
"""
charge = """
charge | member | item                    | day        | flagged
a      | Li     | XS01EEL010G010010100225 | 2026-03-05 | high
b      | Wu     | XS01EEL010G010010100225 | 2026-03-05 | low
c      | Xu     | XS01EEL010G010010100225 | 2026-03-05 | high
d      | Sun    | XS01EEL010G010010100225 | 2026-03-05 | low
"""

[examples."A recorded reason, approval beforehand, the person pays alone; another drug · 已记录理由、已事前审批、全自费；其他药品"]
charge = """
charge | item                    | reason       | approved | amount | eligible | flagged
a      | XS01EEL010G010010100225 | 噻吗洛尔禁忌 |          | 86.00  |          |
b      | XS01EEL010G010010100225 |              | yes      | 86.00  |          |
c      | XS01EEL010G010010100225 |              |          | 86.00  | 0.00     |
d      | XS01EEL010G010010100225 |              |          | 86.00  | 0.01     | yes
e      | XS01EDB212G010010178672 |              |          | 92.00  |          |
"""

[examples."A point holds on its days and in its place · 知识点在有效期和适用地区内有效"]
charge = """
charge | item                    | day        | province | area   | flagged
a      | XS01EEL010G010010100225 | 1999-12-31 |          |        |
b      | XS01EEL010G010010100225 | 2026-03-05 | 330000   | 330100 | yes
"""

[examples."Which drugs come first is told for the day and the place · 一线治疗药品以当日、当地知识点为准"]
k_prior_drug = """
prior | low   | high  | name | place  | until
eye   | XS01E | XS01F | 其他 | 330000 |
eye   | XM01A | XM01B | 其他 | 000000 | 2026-03-04
"""
history = """
charge | member | item                    | day        | days
x      | Li     | XS01EDB212G010010178672 | 2026-02-01 | 28
y      | Li     | XM01AXA267A001010101522 | 2026-02-01 | 28
"""
charge = """
charge | member | item                    | day        | flagged
a      | Li     | XS01EEL010G010010100225 | 2026-03-05 | yes
"""
*/
WITH second AS (  -- second-line drugs that nobody explained
    SELECT
        c.institution, c.claim, c.charge, c.member, c.generic, c.province, c.area, c.amount, c.item, c.day, c.quantity,
        k.point, k.name, k.wording, k.prior, k.look_back
    FROM charge AS c
    JOIN k_second_line AS k ON k.item = c.item
    WHERE in_force(k, c) AND c.eligible > 0 AND NOT c.approved AND c.reason IS NULL
), used AS (  -- what drugs these persons had
    SELECT h.member, h.item, h.generic, h.day, h.days
    FROM history AS h
    WHERE h.item_kind = 'drug' AND h.member IN (SELECT s.member FROM second AS s)
), treated AS (  -- for how long they had drugs of the first line before
    SELECT s.charge, sum(u.days) AS days
    FROM second AS s
    JOIN k_prior_drug AS p ON p.prior = s.prior
    JOIN used AS u ON u.member = s.member AND u.item >= p.low AND u.item < p.high AND u.generic <> s.generic
    WHERE in_force(p, s) AND date_diff('day', u.day, s.day) BETWEEN 1 AND s.look_back
    GROUP BY s.charge
)
SELECT
    s.institution, s.claim, s.charge, s.amount AS at_stake,
    CASE WHEN EXISTS (
        SELECT 1 FROM visit_history AS v WHERE v.member = s.member AND date_diff('day', v.day, s.day) >= $known) THEN 'high'
    WHEN EXISTS (
        SELECT 1 FROM stay_history AS t WHERE t.member = s.member AND date_diff('day', t.admitted_on, s.day) >= $known) THEN 'high'
    ELSE 'low' END AS certainty,
    s.point, s.item, s.name, s.wording, s.day, s.quantity
FROM second AS s
WHERE NOT EXISTS (SELECT 1 FROM treated AS t WHERE t.charge = s.charge AND t.days >= $least_days)
    AND NOT EXISTS (
        SELECT 1 FROM used AS u
        WHERE u.member = s.member AND u.generic = s.generic AND date_diff('day', u.day, s.day) BETWEEN 1 AND $continued)
