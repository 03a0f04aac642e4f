/*
title      = "Drug against an illness, a pregnancy or an age"
title_zh   = "药品禁忌症/妊娠/老年用药"
basis      = "National list of rule types 2025, no. 71, 72 and 73; drug labels. A reminder of safety: no violation of the Regulation on the Supervision and Administration of the Use of Medical Security Funds is alleged"
basis_zh   = "国家两库（2025年版）第71、72、73类规则；药品说明书。仅为用药安全提醒，不认定违反《医疗保障基金使用监督管理条例》"
stage      = "trial"
moments    = ["remind", "audit"]  # a reminder; looked at afterwards too while no desk is joined
certainty  = "remind"
severity   = "S1"
violations = ["V24"]
natl_rule  = ["药品禁忌症", "妊娠期及哺乳期用药安全", "老年人用药安全"]
about      = "A drug was given that its label forbids, or asks to be given with care, for an illness or pregnancy among the diagnoses of the claim, or at the age of the person. The physician is reminded once; nothing is at stake."
about_zh   = "就诊诊断中的疾病、妊娠，或患者年龄属于药品说明书规定禁用、慎用的情形。仅提醒医师一次，不计涉及金额。"
innocent   = "Left out: lines with a recorded reason, where the benefit was weighed; a drug the person had within the look-back, as one used for long; care at the end of life; newborns on their mother's account, whose age and diagnoses are the mother's. Not visible in the data: how grave the illness is; a pregnancy that nobody coded; the laboratory value that a warning speaks of."
innocent_zh = "不计入：已记录理由（已权衡利弊）的明细；回溯期内已在使用的药品（长期稳定用药）；临终关怀；母婴共用账户（年龄和诊断为母亲的）。数据无法识别：疾病的严重程度；未编码的妊娠；警示所涉检验值。"
because    = "{name} was given on {day} to a person of {age}; its label says: {wording}"
because_zh = "{day}为{age}岁患者使用{name}；说明书：{wording}"
back       = 3

[parameters.least]
value  = 1
source = "catalogue A29, LEVEL_SHOW: 2 forbidden (禁用) only, 1 also with care (慎用); starting value, not law"
since  = 2026-04-01

[parameters.look_back]
value  = 90
source = "days within which an earlier use makes it a drug used for long; starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
k_contraindication = """
item                    | name       | ground    | list             | least | grade | wording
ZA12GAH0121010101799    | 红花注射液 | pregnancy | contra_pregnancy |       | 2     | 孕妇禁用
XY01AAS311A001010100001 | 硝西泮片   | elderly   |                  | 65    | 1     | 可引起精神错乱
XY01AAS311A001010100001 | 硝西泮片   | pregnancy | contra_pregnancy |       | 2     | 孕妇禁用
XY01AAS032A001010100001 | 奥氮平片   | disease   | contra_glaucoma  |       | 2     | 窄角型青光眼
"""
code_list = """
list             | code
contra_pregnancy | O26.900
contra_glaucoma  | H40.200
palliative       | Z51.500
"""

[examples."A pregnant woman gets safflower injection; another illness; a diagnosis of another claim · 孕妇使用红花注射液；其他诊断；另次就诊的诊断"]
charge = """
charge | claim | member | item                 | amount | flagged
a      | s     | Li     | ZA12GAH0121010101799 | 8.60   | 0.00 remind
b      | t     | Wu     | ZA12GAH0121010101799 | 8.60   |
"""
diagnosis = """
claim | code
s     | O26.900
t     | H40.200
"""

[examples."Nitrazepam at 78, at 65, at 64; at 30 and not pregnant · 78岁、65岁、64岁使用硝西泮；30岁未孕"]
charge = """
charge | claim | member | item                    | age | flagged
a      | s     | Li     | XY01AAS311A001010100001 | 78  | yes
b      | t     | Wu     | XY01AAS311A001010100001 | 65  | yes
c      | u     | Xu     | XY01AAS311A001010100001 | 64  |
d      | v     | Sun    | XY01AAS311A001010100001 | 30  |
e      | w     | Zhu    | XY01AAS032A001010100001 | 78  |
"""

[examples."Narrow-angle glaucoma and olanzapine; a recorded reason; care at the end of life; a newborn on the account · 窄角型青光眼与奥氮平；已记录理由；临终关怀；母婴共用账户"]
charge = """
charge | claim | member | item                    | reason     | newborn | flagged
a      | s     | Li     | XY01AAS032A001010100001 |            |         | yes
b      | s     | Wu     | XY01AAS032A001010100001 | 获益大于风险 |         |
c      | t     | Xu     | XY01AAS032A001010100001 |            |         |
d      | s     | Sun    | XY01AAS032A001010100001 |            | yes     |
"""
diagnosis = """
claim | code
s     | H40.200
t     | H40.200
t     | Z51.500
"""

[examples."Used within 90 days before is used for long; 91 days ago it is new; another person's use, or another drug, says nothing · 90天内用过为长期用药；91天前用过为新用；他人用药、其他药品无关"]
history = """
charge | claim | member | item                    | day
x      | x     | Li     | XY01AAS311A001010100001 | 2025-12-05
y      | y     | Wu     | XY01AAS311A001010100001 | 2025-12-04
z      | z     | Wu     | XY01AAS031A001010100001 | 2026-02-04
"""
charge = """
charge | claim | member | item                    | age | day        | flagged
a      | s     | Li     | XY01AAS311A001010100001 | 78  | 2026-03-05 |
b      | t     | Wu     | XY01AAS311A001010100001 | 78  | 2026-03-05 | yes
c      | u     | Xu     | XY01AAS311A001010100001 | 78  | 2026-03-05 | yes
"""

[examples."In a stay the first day reminds, the second no more; two lines of one day both remind · 住院首日提醒，次日不再提醒；同日两条均提醒"]
charge = """
charge | claim | item                    | age | done_at             | flagged
a      | s     | XY01AAS311A001010100001 | 78  | 2026-03-05 09:00:00 | yes
b      | s     | XY01AAS311A001010100001 | 78  | 2026-03-05 20:00:00 | yes
c      | s     | XY01AAS311A001010100001 | 78  | 2026-03-06 09:00:00 |
"""

[examples."Forbidden for one reason, with care for another: one reminder, the graver · 一因禁用、一因慎用：只提醒较重的一项"]
charge = """
charge | claim | member | item                    | age | flagged
a      | s     | Li     | XY01AAS311A001010100001 | 66  | yes
"""
diagnosis = """
claim | code
s     | O26.900
"""

[examples."A point holds on its days and in its place · 知识点在有效期和适用地区内有效"]
k_contraindication = """
item | name | ground  | least | grade | wording | place  | since      | until
X1   | 甲   | elderly | 65    | 2     | 禁用    | 000000 | 2026-03-01 | 2026-03-31
X2   | 乙   | elderly | 65    | 2     | 禁用    | 330000 |            |
X3   | 丙   | elderly | 65    | 1     | 慎用    | 000000 |            |
X4   | 丁   | elderly | 65    | 0     | 说明    | 000000 |            |
"""
charge = """
charge | claim | member | item | age | day        | flagged
a      | s     | Li     | X1   | 70  | 2026-03-31 | yes
b      | t     | Wu     | X1   | 70  | 2026-04-01 |
c      | u     | Xu     | X2   | 70  | 2026-03-05 |
d      | v     | Sun    | X3   | 70  | 2026-03-05 | yes
e      | w     | Zhu    | X4   | 70  | 2026-03-05 |
"""
*/
WITH against AS (  -- lines of drugs that an illness, a pregnancy or the age speaks against, the graver reason first
    SELECT
        c.institution, c.claim, c.charge, c.member, c.item, c.generic, c.day, c.age, c.quantity, k.point, k.name, k.ground, k.wording,
        row_number() OVER (PARTITION BY c.charge ORDER BY k.grade DESC, k.point) AS place
    FROM charge AS c
    JOIN k_contraindication AS k ON k.item = c.item
    WHERE in_force(k, c) AND k.grade >= $least AND c.reason IS NULL AND NOT c.newborn
        AND (c.age >= k.least OR EXISTS (
            SELECT 1 FROM diagnosis AS d JOIN code_list AS l ON l.code = d.code
            WHERE d.claim = c.claim AND l.list = k.list))
        AND NOT EXISTS (
            SELECT 1 FROM diagnosis AS d JOIN code_list AS l ON l.code = d.code
            WHERE d.claim = c.claim AND l.list = 'palliative')
)
SELECT
    a.institution, a.claim, a.charge, 0 AS at_stake, a.claim || ':' || a.point AS finding,
    a.point, a.item, a.name, a.day, a.age, a.quantity, a.ground, a.wording
FROM against AS a
WHERE a.place = 1
    AND NOT EXISTS (
        SELECT 1 FROM history AS h
        WHERE h.member = a.member AND h.generic = a.generic AND date_diff('day', h.day, a.day) BETWEEN 1 AND $look_back)
