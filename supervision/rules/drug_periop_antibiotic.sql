/*
title      = "Antibiotics long after a clean operation"
title_zh   = "围手术期抗菌药物不当"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (2); national list of rule types 2025, no. 44; Guiding Principles for the Clinical Use of Antibacterial Drugs (2015)"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第二项；国家两库（2025年版）第44类规则；《抗菌药物临床应用指导原则（2015年版）》"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S3"
violations = ["V03"]
natl_rule  = ["围手术期抗菌药物预防性应用监管"]
about      = "After a clean operation antibiotics may be given for a day to prevent infection, longer only where the list says so, and they went on without an infection among the diagnoses. The hours run from the first dose on or after the day of the operation; at stake is each line billed when they were over."
about_zh   = "清洁手术预防性使用抗菌药物一般不超过24小时（清单另有规定的从其规定），而就诊诊断无感染却继续使用。自手术当日或之后首次用药起计算，超过规定小时数后计费的各条明细计入涉及金额。"
innocent   = "Left out: an infection, fever or impaired immunity among the diagnoses of the claim, whenever it began; claims that record another operation than those of the list, whose wound may not be clean; antibiotics before the day of the operation; lines with a recorded reason, such as a protocol for a prosthesis; newborns on their mother's account. Not visible in the data: the class of the wound as the surgeon recorded it; the dose before the incision; the prescriber's grade; a culture that was taken; several days posted as one line."
innocent_zh = "不计入：就诊诊断含感染、发热、免疫功能受损（不论何时发生）；另有清单之外手术的就诊（切口可能非清洁）；手术日之前的用药；已记录理由（如假体植入方案）的明细；母婴共用账户。数据无法识别：术者记录的切口类别；切皮前给药；医师处方权级别；培养送检；多日用药合并为一条。"
because    = "{name} was billed on {day}, {hours} hours after the first dose; after {operation} of {operated_on} antibiotics may be given for {most} hours"
because_zh = "{day}计费{name}，距首次用药{hours}小时；{operated_on}{operation}预防用药不超过{most}小时"

[columns]
quantity = "qty"

[given]
k_antibiotic = """
item                    | name           | place
XY01AAS009A001010100001 | 头孢呋辛酯片   |
XY01AAS050A001010100001 | 注射用头孢唑林钠 |
XY01AAS010A001010100001 | 注射用头孢曲松钠 | 330000
"""
k_prophylaxis = """
list          | name           | hours | place  | since      | until
clean_hernia  | 腹股沟疝修补术 | 24    | 000000 |            |
clean_hip     | 全髋关节置换术 | 24    | 000000 |            |
clean_heart   | 心脏瓣膜置换术 | 48    | 000000 |            |
clean_thyroid | 甲状腺切除术   | 24    | 000000 | 2026-01-01 | 2026-01-31
clean_breast  | 乳房切除术     | 24    | 330000 |            |
"""
code_list = """
list                | code
clean_hernia        | 53.0000
clean_hip           | 81.5100
clean_heart         | 35.2200
clean_thyroid       | 06.4000
clean_breast        | 85.4100
prophylaxis_exempt  | T81.400
hernia              | K40.900
"""

[examples."Hernia repaired, cefuroxime for six days; with an infection of the wound; hip replaced, a day of cefazolin · 疝修补术后头孢呋辛6天；有切口感染；髋关节置换24小时"]
stay = """
claim
s
t
u
"""
operation = """
claim | code    | day
s     | 53.0000 | 2026-03-02
t     | 53.0000 | 2026-03-02
u     | 81.5100 | 2026-03-02
"""
diagnosis = """
claim | code
t     | T81.400
s     | K40.900
"""
charge = """
charge | claim | member | item                    | done_at             | amount | flagged
a      | s     | Li     | XY01AAS009A001010100001 | 2026-03-02 10:00:00 | 20.00  |
b      | s     | Li     | XY01AAS009A001010100001 | 2026-03-03 10:00:00 | 20.00  | 20.00 high
c      | s     | Li     | XY01AAS009A001010100001 | 2026-03-04 10:00:00 | 20.00  | 20.00
d      | s     | Li     | XY01AAS009A001010100001 | 2026-03-05 10:00:00 | 20.00  | 20.00
e      | s     | Li     | XY01AAS009A001010100001 | 2026-03-06 10:00:00 | 20.00  | 20.00
f      | s     | Li     | XY01AAS009A001010100001 | 2026-03-07 10:00:00 | 20.00  | 20.00
g      | t     | Wu     | XY01AAS009A001010100001 | 2026-03-02 10:00:00 | 20.00  |
h      | t     | Wu     | XY01AAS009A001010100001 | 2026-03-05 10:00:00 | 20.00  |
i      | u     | Xu     | XY01AAS050A001010100001 | 2026-03-02 10:00:00 | 4.00   |
j      | u     | Xu     | XY01AAS050A001010100001 | 2026-03-03 09:59:59 | 4.00   |
"""

[examples."Before the day of the operation; another operation beside it; 48 hours where the list says so; the longest of two · 手术日之前；另有其他手术；清单规定48小时；两种手术从长"]
stay = """
claim
s
t
u
v
"""
operation = """
claim | code    | day
s     | 53.0000 | 2026-03-04
s     | 53.0000 | 2026-03-06
t     | 53.0000 | 2026-03-02
t     | 45.7900 | 2026-03-02
u     | 35.2200 | 2026-03-02
v     | 35.2200 | 2026-03-02
v     | 53.0000 | 2026-03-02
"""
charge = """
charge | claim | member | item                    | done_at             | amount | flagged
a      | s     | Li     | XY01AAS009A001010100001 | 2026-03-03 10:00:00 | 20.00  |
b      | s     | Li     | XY01AAS009A001010100001 | 2026-03-04 10:00:00 | 20.00  |
c      | s     | Li     | XY01AAS009A001010100001 | 2026-03-05 10:00:00 | 20.00  | 20.00
d      | t     | Wu     | XY01AAS009A001010100001 | 2026-03-02 10:00:00 | 20.00  |
e      | t     | Wu     | XY01AAS009A001010100001 | 2026-03-05 10:00:00 | 20.00  |
f      | u     | Xu     | XY01AAS009A001010100001 | 2026-03-02 10:00:00 | 20.00  |
g      | u     | Xu     | XY01AAS009A001010100001 | 2026-03-04 09:59:59 | 20.00  |
h      | u     | Xu     | XY01AAS050A001010100001 | 2026-03-04 10:00:00 | 4.00   | 4.00
i      | v     | Sun    | XY01AAS009A001010100001 | 2026-03-02 10:00:00 | 20.00  |
j      | v     | Sun    | XY01AAS009A001010100001 | 2026-03-04 09:59:59 | 20.00  |
"""

[examples."A recorded reason; a newborn on the account; no clean operation; points of another place or time · 已记录理由；母婴共用账户；无清洁手术；其他地区或时间的知识点"]
stay = """
claim
s
t
u
v
w
x
y
"""
operation = """
claim | code    | day
s     | 53.0000 | 2026-03-02
u     | 06.4000 | 2026-03-02
v     | 85.4100 | 2026-03-02
w     | 53.0000 | 2026-03-02
x     | 53.0000 | 2026-03-02
x     | 06.4000 | 2026-03-02
y     | 06.4000 | 2026-01-20
"""
charge = """
charge | claim | member | item                    | done_at             | reason   | newborn
a      | s     | Li     | XY01AAS009A001010100001 | 2026-03-02 10:00:00 |          |
b      | s     | Li     | XY01AAS009A001010100001 | 2026-03-05 10:00:00 | 假体方案 |
c      | s     | Li     | XY01AAS009A001010100001 | 2026-03-05 10:00:00 |          | yes
d      | t     | Wu     | XY01AAS009A001010100001 | 2026-03-02 10:00:00 |          |
e      | t     | Wu     | XY01AAS009A001010100001 | 2026-03-05 10:00:00 |          |
f      | u     | Xu     | XY01AAS009A001010100001 | 2026-03-02 10:00:00 |          |
g      | u     | Xu     | XY01AAS009A001010100001 | 2026-03-05 10:00:00 |          |
h      | v     | Sun    | XY01AAS009A001010100001 | 2026-03-02 10:00:00 |          |
i      | v     | Sun    | XY01AAS009A001010100001 | 2026-03-05 10:00:00 |          |
j      | w     | Zhu    | XY01AAS009A001010100001 | 2026-03-02 10:00:00 |          |
k      | w     | Zhu    | XY01AAS010A001010100001 | 2026-03-05 10:00:00 |          |
l      | x     | He     | XY01AAS009A001010100001 | 2026-03-02 10:00:00 |          |
m      | x     | He     | XY01AAS009A001010100001 | 2026-03-05 10:00:00 |          |
"""
*/
WITH listed AS (  -- operations of the list, in their place and on their day
    SELECT s.claim, o.code, o.day, k.point, k.name, k.hours
    FROM stay AS s
    JOIN operation AS o ON o.claim = s.claim
    JOIN code_list AS l ON l.code = o.code
    JOIN k_prophylaxis AS k ON k.list = l.list
    WHERE in_force(k, s, o.day)
), clean AS (  -- stays without other operations and without infection: the first day, and the longest time allowed
    SELECT i.claim, min(i.point) AS point, min(i.name) AS operation, min(i.day) AS operated_on, max(i.hours) AS most
    FROM listed AS i
    WHERE NOT EXISTS (
            SELECT 1 FROM operation AS o
            WHERE o.claim = i.claim AND NOT EXISTS (SELECT 1 FROM listed AS j WHERE j.claim = o.claim AND j.code = o.code))
        AND NOT EXISTS (
            SELECT 1 FROM diagnosis AS d JOIN code_list AS l ON l.code = d.code
            WHERE d.claim = i.claim AND l.list = 'prophylaxis_exempt')
    GROUP BY i.claim
), given AS (  -- their antibiotics from the day of the operation on, with the moment of the first
    SELECT
        c.institution, c.claim, c.charge, c.item, c.day, c.done_at, c.quantity, c.amount, c.reason, c.newborn, k.name,
        n.point, n.operation, n.operated_on, n.most, min(c.done_at) OVER (PARTITION BY c.claim) AS first_at
    FROM charge AS c
    JOIN k_antibiotic AS k ON k.item = c.item
    JOIN clean AS n ON n.claim = c.claim
    WHERE in_force(k, c) AND c.day >= n.operated_on
)
SELECT
    g.institution, g.claim, g.charge, g.amount AS at_stake, g.claim AS finding,
    g.point, g.item, g.name, g.day, g.quantity, g.operation, g.operated_on, hours(g.first_at, g.done_at) AS hours, g.most
FROM given AS g
WHERE date_diff('second', g.first_at, g.done_at) >= g.most * 3600 AND g.reason IS NULL AND NOT g.newborn
