/*
title      = "Admitted for a check-up"
title_zh   = "体检式住院"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (2); typical problem list 2025, no. 1; national list of rule types 2025, no. 53"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第二项；2025年版典型问题清单第1条；国家两库（2025年版）第53类规则"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S3"
violations = ["V07"]
natl_rule  = ["无指征住院（低标准入院）"]
about      = "A short stay consists of tests: many different examinations make up nearly the whole bill, next to nothing was spent on treatment, and nobody operated. What could be done in the clinic was done in a bed. At stake is what the fund paid for the stay; it is recovered only after the record was read."
about_zh   = "住院时间短，费用绝大部分为种类众多的检查、化验，治疗和药品费用极少，且未手术：门诊可完成的检查以住院方式进行。涉及金额为该次住院的基金支付额，须审阅病历后方可认定。"
innocent   = "Left out: stays with an operation, or with a fee for one; mother and newborn on one account; stays that are not ended. Slight suspicion where the main diagnosis is a tumour (C00 to D48): its spread is looked for before it is treated. Not visible in the data: drugs paid for outside the bill; a work-up for a danger that proved false, as of the heart; whether the tests could have been done in the clinic."
innocent_zh = "不计入：有手术记录或手术费的住院；母婴共用账户；未出院的住院。主要诊断为肿瘤（C00—D48）的，可能为治疗前分期检查，降为轻度可疑。数据无法识别：院外自购药品；疑似急症（如心脏）经检查排除；有关检查能否在门诊完成。"
because    = "{tests} different tests make up {test_amount} of {total} yuan in {bed_days} days, treatment {treated} yuan; main diagnosis {illness}"
because_zh = "住院{bed_days}天，{tests}种检查化验共{test_amount}元，占总费用{total}元的绝大部分，治疗用药仅{treated}元；主要诊断{illness}"

[parameters.percent]
value  = 70
source = "catalogue D04, SHARE 0.7: starting value, not law"
since  = 2026-04-01

[parameters.treated]
value  = 300
source = "catalogue D04, TREAT_MIN, in yuan: starting value, not law"
since  = 2026-04-01

[parameters.tests]
value  = 15
source = "catalogue D04, N: starting value, not law"
since  = 2026-04-01

[parameters.days]
value  = 4
source = "catalogue D04, LOS: starting value, not law"
since  = 2026-04-01

[columns]
test_amount = "yuan"
treated     = "yuan"
total       = "yuan"

[given]
charge = """
charge | claim | kind      | item            | category | amount
a      | s     | inpatient | 002103000010000 | 03       | 400.00
b      | s     | inpatient | 009901000010001 | 04       | 30.00
c      | s     | inpatient | 009901000010002 | 04       | 30.00
d      | s     | inpatient | 009901000010003 | 04       | 30.00
e      | s     | inpatient | 009901000010004 | 04       | 30.00
f      | s     | inpatient | 009901000010005 | 04       | 30.00
g      | s     | inpatient | 009901000010006 | 04       | 30.00
h      | s     | inpatient | 009901000010007 | 04       | 30.00
i      | s     | inpatient | 009901000010008 | 04       | 30.00
j      | s     | inpatient | 009901000010009 | 04       | 30.00
k      | s     | inpatient | 009901000010010 | 03       | 30.00
l      | s     | inpatient | 009901000010011 | 03       | 30.00
m      | s     | inpatient | 009901000010012 | 03       | 30.00
n      | s     | inpatient | 009901000010013 | 03       | 30.00
o      | s     | inpatient | 009901000010014 | 03       | 30.00
p      | s     | inpatient | 001109000010000 | 01       | 150.00
q      | s     | inpatient | X               | 09       | 10.00
"""

[examples."Fifteen tests and two tablets in three days · 3天15种检查、2片药"]
stay = """
claim | illness | admitted   | discharged | paid   | flagged
s     | R53.x00 | 2026-06-01 | 2026-06-04 | 900.00 | 900.00 high
"""

[examples."The same in four days · 同样情形住院4天"]
stay = """
claim | illness | admitted   | discharged | flagged
s     | R53.x00 | 2026-06-01 | 2026-06-05 | yes
"""

[examples."The same in five days · 同样情形住院5天"]
stay = """
claim | illness | admitted   | discharged
s     | R53.x00 | 2026-06-01 | 2026-06-06
"""

[examples."The spread of a tumour looked for before chemotherapy: slight; the last code of tumours · 化疗前肿瘤分期为轻度可疑；肿瘤编码末位"]
stay = """
claim | illness | admitted   | discharged | flagged
s     | D48.900 | 2026-06-01 | 2026-06-04 | low
"""

[examples."An illness of the blood is no tumour · 血液病不属肿瘤"]
stay = """
claim | illness | admitted   | discharged | flagged
s     | D50.900 | 2026-06-01 | 2026-06-04 | high
"""

[examples."A newborn on the mother's account · 母婴共用账户"]
stay = """
claim | illness | admitted   | discharged | newborn
s     | P59.900 | 2026-06-01 | 2026-06-04 | yes
"""

[examples."Not ended · 未出院"]
stay = """
claim | illness | admitted   | discharged
s     | R53.x00 | 2026-06-01 | -
"""

[examples."Operated on later in the same stay · 同次住院后行手术"]
stay = """
claim | illness | admitted   | discharged
s     | H25.900 | 2026-06-01 | 2026-06-04
"""
operation = """
claim | code
s     | 38.7x00
"""
*/
WITH billed AS (  -- what each short stay was billed for: tests (examinations and laboratory), and treatment with its drugs and materials
    SELECT
        s.claim, sum(c.amount) AS total,
        sum(CASE WHEN c.category IN ('03', '04') THEN c.amount ELSE 0 END) AS test_amount,
        count(DISTINCT CASE WHEN c.category IN ('03', '04') THEN c.item END) AS tests,
        sum(CASE WHEN c.category IN ('05', '08', '09', '10', '11') THEN c.amount ELSE 0 END) AS treated,
        sum(CASE WHEN c.category = '06' THEN c.amount ELSE 0 END) AS operated
    FROM stay AS s
    JOIN charge AS c ON c.claim = s.claim
    WHERE s.bed_days <= $days AND NOT s.newborn
    GROUP BY s.claim
)
SELECT
    s.institution, s.claim, s.paid AS at_stake,
    CASE WHEN s.category BETWEEN 'C00' AND 'D48' THEN 'low' ELSE 'high' END AS certainty,
    b.tests, b.test_amount, b.treated, b.total, s.bed_days, s.illness, s.admitted_on, s.discharged_on
FROM billed AS b
JOIN stay AS s ON s.claim = b.claim
WHERE b.tests >= $tests AND b.test_amount * 100 > b.total * $percent AND b.treated < $treated * 100 AND b.operated = 0
    AND NOT EXISTS (SELECT 1 FROM operation AS o WHERE o.claim = s.claim)
