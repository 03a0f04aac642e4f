-- The relations of the claims warehouse, and the dictionary between our words and the national fields.
--
-- Money is BIGINT fen; unit prices are BIGINT 10^-6 yuan; quantities and ratios are BIGINT 1/10000; days are DATE, moments
-- TIMESTAMP in whole seconds, civil time of Asia/Shanghai. `claim` = institution || ':' || mdtrt_id and
-- `charge` = claim || ':' || feedetl_sn are unique everywhere. Every table is partitioned by `month`, the month
-- ('2026-03') of the claim's last settlement; `batch` is the number of the batch that brought the row.
-- A claim that contradicts itself (see claims/derived/fault.sql) carries sound = FALSE on all its rows:
-- rules read only sound rows, claim_data_invalid reads the faults.
-- A column that was added later is NULL in the files of earlier batches.

CREATE TABLE stay (
    claim         VARCHAR,   -- institution || ':' || mdtrt_id
    encounter     VARCHAR,   -- mdtrt_id
    institution   VARCHAR,   -- fixmedins_code
    province      VARCHAR,   -- division of the institution, province level: '330000'
    area          VARCHAR,   -- division of the institution, prefecture level (pooling area): '330100'
    level         BIGINT,    -- level group of the institution on the day of admission: 0 none, 1, 2, 3 (hosp_lv)
    member        VARCHAR,   -- psn_no
    sex           VARCHAR,   -- gend: '1' male, '2' female, '0' unknown, '9' not stated
    born          DATE,      -- brdy
    insured_area  VARCHAR,   -- insu_admdvs, prefecture level
    insurance     VARCHAR,   -- insutype: '310' employee, '390' resident, ...
    admitted      TIMESTAMP, -- begntime
    discharged    TIMESTAMP, -- endtime
    admitted_on   DATE,      -- day of begntime
    discharged_on DATE,      -- day of endtime
    bed_days      BIGINT,    -- admission day counts, discharge day does not; at least 1
    illness       VARCHAR,   -- diag_code of the main diagnosis (maindiag_flag = 1)
    category      VARCHAR,   -- first three characters of illness
    department    VARCHAR,   -- adm_dept_codg
    practitioner  VARCHAR,   -- chfpdr_code
    course        VARCHAR,   -- number of a planned course (chemotherapy, staged surgery), else NULL
    transferred   BOOLEAN,   -- the stay begins or ends by a documented transfer between institutions
    newborn       BOOLEAN,   -- a newborn is treated on its mother's account (nwb_flag)
    pay_method    VARCHAR,   -- item, drg, dip, bed_day, capitation
    "group"       VARCHAR,   -- disease group code (drg_code), else NULL
    settled_at    TIMESTAMP, -- setl_time of the last settlement
    total         BIGINT,    -- medfee_sumamt, fen
    eligible      BIGINT,    -- inscp_amt, fen
    paid          BIGINT,    -- fund_pay_sumamt, fen
    account_paid  BIGINT,    -- acct_pay, fen
    cash_paid     BIGINT,    -- cash_payamt, fen
    fund_ratio    BIGINT,    -- paid / eligible, 1/10000, bounded to 0..10000
    sound         BOOLEAN,
    batch         BIGINT,
    month         VARCHAR
);

CREATE TABLE visit (
    claim         VARCHAR,   -- institution || ':' || mdtrt_id
    encounter     VARCHAR,   -- mdtrt_id
    institution   VARCHAR,   -- fixmedins_code
    province      VARCHAR,
    area          VARCHAR,
    level         BIGINT,
    member        VARCHAR,   -- psn_no
    sex           VARCHAR,   -- gend
    born          DATE,      -- brdy
    insured_area  VARCHAR,   -- insu_admdvs
    insurance     VARCHAR,   -- insutype
    kind          VARCHAR,   -- from med_type: outpatient, emergency, chronic, day_surgery, pharmacy, home_bed
    started       TIMESTAMP, -- begntime
    day           DATE,      -- day of begntime
    illness       VARCHAR,   -- diag_code of the main diagnosis
    category      VARCHAR,
    department    VARCHAR,   -- dept_code
    practitioner  VARCHAR,   -- dr_code
    settled_at    TIMESTAMP, -- setl_time
    total         BIGINT,    -- medfee_sumamt, fen
    eligible      BIGINT,    -- inscp_amt, fen
    paid          BIGINT,    -- fund_pay_sumamt, fen
    account_paid  BIGINT,    -- acct_pay, fen
    cash_paid     BIGINT,    -- cash_payamt, fen
    fund_ratio    BIGINT,
    sound         BOOLEAN,
    batch         BIGINT,
    month         VARCHAR
);

-- A fee line as it came, reversals included. Evidence, never read by rules.
CREATE TABLE fee_line (
    charge        VARCHAR,   -- claim || ':' || feedetl_sn
    claim         VARCHAR,
    line          VARCHAR,   -- feedetl_sn
    institution   VARCHAR,
    member        VARCHAR,
    reverses      VARCHAR,   -- the charge a negative line names (init_feedetl_sn), else NULL
    done_at       TIMESTAMP, -- fee_ocur_time
    item          VARCHAR,   -- med_list_codg
    item_name     VARCHAR,   -- medins_list_name as the institution wrote it
    category      VARCHAR,   -- med_chrgitm_type: '01' bed ... '14' other
    quantity      BIGINT,    -- cnt, 1/10000
    price         BIGINT,    -- pric, 10^-6 yuan
    amount        BIGINT,    -- det_item_fee_sumamt, fen
    eligible      BIGINT,    -- inscp_amt, fen
    days          BIGINT,    -- prd_days
    approved      BOOLEAN,   -- hosp_appr_flag
    special       BOOLEAN,   -- list_sp_item_flag
    reason        VARCHAR,   -- memo of the restricted use (lmt_used_flag), else NULL
    department    VARCHAR,   -- bilg_dept_codg
    practitioner  VARCHAR,   -- bilg_dr_codg
    prescription  VARCHAR,   -- rx_drord_no: number of the prescription or order, NULL where not uploaded
    taken_home    BOOLEAN,   -- dscg_tkdrug_flag: a drug taken home at discharge, NULL where not uploaded
    payment_class VARCHAR,   -- chrgitm_lv: A, B, C (own expense), part (in part), NULL where not uploaded
    settlement    VARCHAR,   -- the settlement it was settled in, where the source says so (setl_id)
    file          VARCHAR,   -- name of the file it stood in
    row           BIGINT,    -- physical row in that file
    batch         BIGINT,
    month         VARCHAR
);

-- A fee line netted of reversals: what rules read. Lines netted to nothing are left out.
CREATE TABLE charge (
    charge        VARCHAR,   -- claim || ':' || feedetl_sn
    claim         VARCHAR,
    institution   VARCHAR,
    province      VARCHAR,   -- of the institution
    area          VARCHAR,   -- of the institution
    level         BIGINT,    -- level group of the institution on the day: 0..3
    member        VARCHAR,
    sex           VARCHAR,   -- of the member as the claim states it
    age           BIGINT,    -- full years of the member on the day
    kind          VARCHAR,   -- of the encounter: inpatient, outpatient, emergency, chronic, day_surgery, pharmacy, home_bed
    item          VARCHAR,   -- med_list_codg
    item_kind     VARCHAR,   -- drug, slice, service, consumable, other (by the shape of the national code)
    generic       VARCHAR,   -- one generic drug: X codes 10 characters, Z codes 11, else the item
    category      VARCHAR,   -- med_chrgitm_type
    day           DATE,      -- day of fee_ocur_time
    done_at       TIMESTAMP, -- fee_ocur_time
    quantity      BIGINT,    -- net of reversals, 1/10000
    price         BIGINT,    -- pric, 10^-6 yuan
    amount        BIGINT,    -- net of reversals, fen
    eligible      BIGINT,    -- inscp_amt * net quantity / cnt, fen
    days          BIGINT,    -- prd_days: days of supply or use, at least 1
    approved      BOOLEAN,   -- hosp_appr_flag: use outside the limit was approved beforehand
    special       BOOLEAN,   -- market-priced or special-needs service: no price cap applies
    reason        VARCHAR,   -- a recorded reason for the exception (lmt_used_flag and its text), else NULL
    department    VARCHAR,   -- bilg_dept_codg
    practitioner  VARCHAR,   -- bilg_dr_codg
    prescription  VARCHAR,   -- rx_drord_no: number of the prescription or order, NULL where not uploaded
    taken_home    BOOLEAN,   -- dscg_tkdrug_flag: a drug taken home at discharge, NULL where not uploaded
    payment_class VARCHAR,   -- chrgitm_lv: A, B, C (own expense), part (in part), NULL where not uploaded
    newborn       BOOLEAN,   -- on the mother's account
    fund_ratio    BIGINT,    -- of the claim's settlement, 1/10000
    sound         BOOLEAN,
    batch         BIGINT,
    month         VARCHAR
);

CREATE TABLE diagnosis (
    claim         VARCHAR,
    institution   VARCHAR,
    member        VARCHAR,
    day           DATE,      -- day of the encounter's begin
    number        BIGINT,    -- diag_srt_no
    code          VARCHAR,   -- diag_code
    name          VARCHAR,   -- diag_name
    main          BOOLEAN,   -- maindiag_flag
    sound         BOOLEAN,
    batch         BIGINT,
    month         VARCHAR
);

CREATE TABLE operation (
    claim         VARCHAR,
    institution   VARCHAR,
    member        VARCHAR,
    day           DATE,      -- oprn_oprt_date
    number        BIGINT,
    code          VARCHAR,   -- oprn_oprt_code
    name          VARCHAR,   -- oprn_oprt_name
    main          BOOLEAN,   -- main_oprn_flag
    sound         BOOLEAN,
    batch         BIGINT,
    month         VARCHAR
);

CREATE TABLE settlement (
    settlement    VARCHAR,   -- claim || ':' || setl_id
    claim         VARCHAR,
    institution   VARCHAR,
    member        VARCHAR,
    settled_at    TIMESTAMP, -- setl_time
    refunded      BOOLEAN,   -- refd_setl_flag, or named by a later init_setl_id: left out of the claim's sums
    total         BIGINT,    -- medfee_sumamt, fen
    eligible      BIGINT,    -- inscp_amt, fen
    paid          BIGINT,    -- fund_pay_sumamt, fen
    account_paid  BIGINT,
    cash_paid     BIGINT,
    batch         BIGINT,
    month         VARCHAR
);

-- One reading of a traceability code (3505, 3506; drug_trac_codg).
CREATE TABLE scan (
    scan          VARCHAR,   -- institution || ':' || its own number of the reading
    code          VARCHAR,   -- drug_trac_codg
    event         VARCHAR,   -- sale, return, in, out
    institution   VARCHAR,
    claim         VARCHAR,   -- of a sale or return, else NULL
    charge        VARCHAR,   -- of a sale or return, else NULL
    member        VARCHAR,
    item          VARCHAR,   -- med_list_codg
    done_at       TIMESTAMP,
    day           DATE,
    loose         BOOLEAN,   -- trdn_flag = 1: sold out of an opened pack
    reversed      BOOLEAN,   -- its fee line was netted to nothing
    amount        BIGINT,    -- net amount of its charge, fen
    sound         BOOLEAN,
    batch         BIGINT,
    month         VARCHAR    -- of the claim, else of the reading
);

-- The register of insured persons; the row of the latest batch counts.
CREATE TABLE member (
    member        VARCHAR,   -- psn_no
    sex           VARCHAR,   -- gend
    born          DATE,      -- brdy
    insured_area  VARCHAR,   -- insu_admdvs
    died_on       DATE,      -- day of death, else NULL
    died_at       TIMESTAMP, -- moment of death where the register knows it, else NULL
    batch         BIGINT
);

-- Designated institutions as they were known when a batch came in: those its register brings and those its claims name.
-- The row of the latest batch counts, so a snapshot always says the same (docs/adr/0015).
CREATE TABLE institution (
    institution   VARCHAR,   -- fixmedins_code
    kind          VARCHAR,   -- hospital, clinic, pharmacy
    level         BIGINT,    -- level group: 0 none, 1, 2, 3 (hosp_lv)
    specialty     VARCHAR,   -- of a specialised hospital, else NULL
    beds          BIGINT,    -- beds registered, NULL where not known
    province      VARCHAR,   -- division, province level
    area          VARCHAR,   -- division, prefecture level
    batch         BIGINT
);

-- Where practitioners are registered, and whether the fund pays for what they order. One row a practitioner, institution
-- and first day; the row of the latest batch counts. The national interface has no such table: the published template.
CREATE TABLE registration (
    practitioner  VARCHAR,   -- national code of the practitioner (bilg_dr_codg, chfpdr_code on claims)
    institution   VARCHAR,   -- fixmedins_code
    kind          VARCHAR,   -- physician, nurse, pharmacist, technician (medins_psn_type 1..4)
    department    VARCHAR,   -- scope of practice
    since         DATE,
    until         DATE,      -- last day, NULL while it lasts
    standing      VARCHAR,   -- payment qualification: normal, suspended, terminated; NULL where not told
    batch         BIGINT
);

-- Permits and registered specialties of institutions; the row of the latest batch counts. Published template only.
CREATE TABLE permit (
    institution   VARCHAR,   -- fixmedins_code
    kind          VARCHAR,   -- what it permits: dialysis, transplant, ...
    since         DATE,
    until         DATE,      -- last day, NULL while it lasts
    batch         BIGINT
);

-- Devices of institutions; the row of the latest batch counts. Published template only.
CREATE TABLE equipment (
    institution   VARCHAR,   -- fixmedins_code
    kind          VARCHAR,   -- ct, mri, ...
    devices       BIGINT,    -- how many
    hours         BIGINT,    -- hours a day that each is run
    since         DATE,
    until         DATE,      -- last day, NULL while it lasts
    batch         BIGINT
);

-- Filings of care away from home; the row of the latest batch counts. Published template only.
CREATE TABLE filing (
    member        VARCHAR,   -- psn_no
    insured_area  VARCHAR,   -- insu_admdvs, prefecture level: the agency that filed it
    kind          VARCHAR,   -- long_term, temporary, referral
    place         VARCHAR,   -- mdtrtarea_admdvs: province or prefecture for which it holds
    since         DATE,
    until         DATE,      -- last day, NULL while it lasts
    batch         BIGINT
);

-- A movement of an institution's stock, or a count of it (3501 to 3504). Partitioned by the month of the day.
CREATE TABLE stock (
    movement      VARCHAR,   -- institution || ':' || kind || ':' || its own number (fixmedins_bchno)
    institution   VARCHAR,   -- fixmedins_code
    item          VARCHAR,   -- med_list_codg
    kind          VARCHAR,   -- count (3501), purchase (3503), supplier_return (3504); of inv_chg_type (3502): transfer_in,
                             -- transfer_out, gain, loss, destroyed, other_in, other_out
    quantity      BIGINT,    -- 1/10000, never negative: the kind says which way (inv_cnt, cnt, purc_retn_cnt)
    done_at       TIMESTAMP, -- invdate, inv_chg_time, purc_retn_stoin_time
    day           DATE,
    batch         BIGINT,
    month         VARCHAR    -- of day
);

-- What is readable but wrong in fact, one row a contradiction; derived at intake by claims/derived/fault.sql.
CREATE TABLE fault (
    claim         VARCHAR,
    institution   VARCHAR,
    member        VARCHAR,
    charge        VARCHAR,   -- where one line is concerned, else NULL
    fault         VARCHAR,   -- code of the contradiction: discharged_before_admitted, born_after_admitted, ...
    field         VARCHAR,   -- our column
    value         VARCHAR,   -- what it says
    other         VARCHAR,   -- what it contradicts, else NULL
    day           DATE,      -- of the encounter, else NULL
    batch         BIGINT,
    month         VARCHAR
);
