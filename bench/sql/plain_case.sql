-- What one case of SI-CB-023 writes, from the draft to the archive record: the same rows, the same indexes, one transaction
-- a step, no reads but those of the keys changed. A pgbench script.
\set id random(1, 281474976710655)
\set person random(1, 1000)
\set officer1 random(1, 160)
\set officer2 random(161, 320)
\set officer3 random(321, 480)
\set office random(1, 16)

-- draft
BEGIN;
INSERT INTO bench_plain.draft (draft_id, user_id, item_code, item_version, person_no, employer_no, fields, created_at, updated_at)
VALUES (('00000001-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, ('00000008-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 'SI-CB-023', 1, NULL, NULL, '{"old_sex": {"value": "male", "origin": "prefilled"}, "old_name": {"value": "测甲甲甲丁", "origin": "prefilled"}, "old_birth": {"value": "1978-03-23", "origin": "prefilled"}, "old_id_no": {"value": "310106197803238978", "origin": "prefilled"}, "person_no": {"value": "3100000044", "origin": "prefilled"}}'::jsonb, now(), now());
COMMIT;

-- material
BEGIN;
INSERT INTO bench_plain.file (id, name, media_type, size, sm3, stored_path, uploaded_by, uploaded_at, purpose)
VALUES (('00000002-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, '户籍变更证明.pdf', 'application/pdf', 70229, '1caf39a1ac34c9872eac8e272da45852b4f43e29eb62a55dc98818658cf759c4', 'sm3/1c/af/1caf39a1ac34c9872eac8e272da45852b4f43e29eb62a55dc98818658cf759c4', ('00000008-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, now(), 'material');
INSERT INTO bench_plain.material (draft_id, code, file_id, name, media_type, size, sm3, added_at)
VALUES (('00000001-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 'HUKOU', ('00000002-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, '户籍变更证明.pdf', 'application/pdf', 193, '1caf39a1ac34c9872eac8e272da45852b4f43e29eb62a55dc98818658cf759c4', now());
COMMIT;

-- fields
BEGIN;
UPDATE bench_plain.draft SET fields = '{"old_sex": {"value": "male", "origin": "prefilled"}, "old_name": {"value": "测甲甲甲丁", "origin": "prefilled"}, "old_birth": {"value": "1978-03-23", "origin": "prefilled"}, "old_id_no": {"value": "310106197803238978", "origin": "prefilled"}, "person_no": {"value": "3100000044", "origin": "prefilled"}, "basis": {"value": "rename", "origin": "typed"}, "new_name": {"value": "周子丑寅寅", "origin": "typed"}, "basis_date": {"value": "2026-06-01", "origin": "typed"}, "basis_doc_no": {"value": "沪公户1号", "origin": "typed"}, "change_items": {"value": ["name"], "origin": "typed"}}'::jsonb, revision = revision + 1, updated_at = now() WHERE draft_id = ('00000001-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid;
COMMIT;

-- submission
BEGIN;
INSERT INTO bench_plain.case_file (
    case_no, submission_id, subject_key, item_code, item_version, item_name, state, applicant_kind, applicant_name,
    applicant_user, person_no, employer_no, org_path, channel, instance_id, form, materials, rules, submitted_at,
    promised_due, statutory_due
) VALUES (
    'C' || :id::bigint, ('00000001-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, lpad((:person::bigint)::text, 10, '0'), 'SI-CB-023', 1, '个人关键信息变更（姓名/证件号/出生日期/性别）', 'SUBMITTED', 'person', '测甲甲甲丁',
    ('00000008-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, lpad((:person::bigint)::text, 10, '0'), NULL, '310000/310104', 2, ('00000007-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, '{"basis": "rename", "old_sex": "male", "new_name": "周子丑寅寅", "old_name": "测甲甲甲丁", "old_birth": "1978-03-23", "old_id_no": "310106197803238978", "person_no": "3100000044", "basis_date": "2026-06-01", "basis_doc_no": "沪公户1号", "change_items": ["name"]}'::jsonb, '[{"code": "HUKOU", "files": [{"id": "01a20bad-92e1-7479-9849-c92f339c86bc", "sm3": "1caf39a1ac34c9872eac8e272da45852b4f43e29eb62a55dc98818658cf759c4", "name": "户籍变更证明.pdf", "size": 193, "media_type": "application/pdf"}]}]'::jsonb, '[{"code": "R1", "name": "新值与原值不同且相互一致", "advice": null, "detail": "", "passed": true, "severity": "block"}, {"code": "R2", "name": "已领取待遇人员不改出生日期", "advice": null, "detail": "", "passed": true, "severity": "block"}, {"code": "R3", "name": "新证件号码未被他人使用", "advice": null, "detail": "", "passed": true, "severity": "block"}, {"code": "R4", "name": "临近退休出生日期提前", "advice": null, "detail": "", "passed": true, "severity": "block"}]'::jsonb, now(),
    '2026-12-01', NULL
);
INSERT INTO bench_plain.action (
    action_id, case_no, task_id, node, node_name, action, actor, actor_name, organisation, opinion, detail, state_after, at
) VALUES (gen_random_uuid(), 'C' || :id::bigint, NULL, NULL, '申请', 'submit', ('00000008-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, '测甲甲甲丁', '310104', NULL, '{}'::jsonb, 'SUBMITTED', now());
INSERT INTO bench_plain.outbox (topic, key, payload, created_at, next_at)
VALUES ('casework.case_submitted', 'C' || :id::bigint, '{"case_no": "HRSS31010620261124200000218", "item_code": "SI-CB-023", "item_name": "个人关键信息变更（姓名/证件号/出生日期/性别）", "org_path": "310000/310106", "outcome": null, "subject": {"person_no": "3100000044", "employer_no": null, "name": "测甲甲甲丁"}, "recipients": [{"user_id": "01a20baa-1a75-7386-b650-0b3bde7fdd2e"}, {"person_no": "3100000044"}], "variables": {"case_no": "HRSS31010620261124200000218", "item_name": "关键信息变更", "applicant_name": "测甲甲甲丁", "promised_due": "2026-12-01"}, "template": "case-submitted"}'::jsonb, now(), now());
INSERT INTO bench_plain.task (
    task_id, case_no, node, node_name, role, org_path, actions, four_eyes, state, offered_to, opened_at, due
) VALUES (('00000003-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 'C' || :id::bigint, 'accept', '受理', 'R02', '310000/310104',
    '{pass,send_back,correct,reject,escalate,suspend,resume,terminate,transfer}', '{accept,review}', 'OPEN', ('00000009-0000-4000-8000-' || lpad(to_hex(:officer1::bigint), 12, '0'))::uuid, now(), '2026-12-01');
UPDATE bench_plain.workload SET open_tasks = open_tasks + 1 WHERE user_id = ('00000009-0000-4000-8000-' || lpad(to_hex(:officer1::bigint), 12, '0'))::uuid;
INSERT INTO bench_plain.allotment (task_id, case_no, chosen, rule, candidates, decided_at)
VALUES (('00000003-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 'C' || :id::bigint, ('00000009-0000-4000-8000-' || lpad(to_hex(:officer1::bigint), 12, '0'))::uuid, 'least_loaded', '[{"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e0", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e1", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e2", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e3", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e4", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e5", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e6", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e7", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e8", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e9", "excluded": null, "open_tasks": 3}]'::jsonb, now());
INSERT INTO bench_plain.instance (instance_id, definition_id, version, business_key, state, tokens, row_version, started_at, changed_at)
VALUES (('00000007-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 'two-level-review', 1, 'C' || :id::bigint, 'running', '{"id": "01a20baa-ad66-7061-b15b-b61963e11523", "next": 2, "state": {"is": "running"}, "tasks": [{"id": "01a20baa-ae25-7612-b67b-49670db6708f", "key": "t1/accept/1", "node": "accept", "asked": [], "token": 1, "opened_at": "2026-11-24T03", "signs_for": null}], "scopes": [], "tokens": [{"id": 1, "node": "accept", "scope": null, "trail": [], "visit": 1, "waits": {"for": "task", "task": "01a20baa-ae25-7612-b67b-49670db6708f"}}], "visits": {"accept": 1}, "decided": false, "version": 1, "variables": {"escalate": false, "escalation": true, "pre_acceptance": false}, "definition": "two-level-review", "corrections": 0}'::jsonb, 1, now(), now());
INSERT INTO bench_plain.event (instance_id, seq, event, actor, at)
VALUES (('00000007-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 1, '{"event": "start", "variables": {"pre_acceptance": false}}'::jsonb, ('00000008-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, now());
UPDATE bench_plain.case_file
SET state = 'SUBMITTED', form = '{"basis": "rename", "old_sex": "male", "new_name": "周子丑寅寅", "old_name": "测甲甲甲丁", "old_birth": "1978-03-23", "old_id_no": "310106197803238978", "person_no": "3100000044", "basis_date": "2026-06-01", "basis_doc_no": "沪公户1号", "change_items": ["name"]}'::jsonb, rules = '[{"code": "R1", "name": "新值与原值不同且相互一致", "advice": null, "detail": "", "passed": true, "severity": "block"}, {"code": "R2", "name": "已领取待遇人员不改出生日期", "advice": null, "detail": "", "passed": true, "severity": "block"}, {"code": "R3", "name": "新证件号码未被他人使用", "advice": null, "detail": "", "passed": true, "severity": "block"}, {"code": "R4", "name": "临近退休出生日期提前", "advice": null, "detail": "", "passed": true, "severity": "block"}]'::jsonb, materials = '[{"code": "HUKOU", "files": [{"id": "01a20bad-92e1-7479-9849-c92f339c86bc", "sm3": "1caf39a1ac34c9872eac8e272da45852b4f43e29eb62a55dc98818658cf759c4", "name": "户籍变更证明.pdf", "size": 193, "media_type": "application/pdf"}]}]'::jsonb,
    row_version = row_version + 1
WHERE case_no = 'C' || :id::bigint;
UPDATE bench_plain.draft SET case_no = 'C' || :id::bigint, updated_at = now() WHERE draft_id = ('00000001-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid;
COMMIT;

-- claim: 受理
BEGIN;
UPDATE bench_plain.task SET state = 'CLAIMED', claimed_by = ('00000009-0000-4000-8000-' || lpad(to_hex(:officer1::bigint), 12, '0'))::uuid, claimed_at = now() WHERE task_id = ('00000003-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid;
INSERT INTO bench_plain.action (
    action_id, case_no, task_id, node, node_name, action, actor, actor_name, organisation, opinion, detail, state_after, at
) VALUES (gen_random_uuid(), 'C' || :id::bigint, ('00000003-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 'accept', '受理', 'claim', ('00000009-0000-4000-8000-' || lpad(to_hex(:officer1::bigint), 12, '0'))::uuid, '测甲甲甲丁', '310104', NULL, '{}'::jsonb, 'SUBMITTED', now());
COMMIT;

-- pass: 受理
BEGIN;
UPDATE bench_plain.task SET state = 'DONE', ended_at = now(), ended_by = ('00000009-0000-4000-8000-' || lpad(to_hex(:officer1::bigint), 12, '0'))::uuid, ended_how = 'done' WHERE task_id = ('00000003-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid;
UPDATE bench_plain.workload SET open_tasks = open_tasks - 1 WHERE user_id = ('00000009-0000-4000-8000-' || lpad(to_hex(:officer1::bigint), 12, '0'))::uuid;
INSERT INTO bench_plain.outbox (topic, key, payload, created_at, next_at)
VALUES ('casework.case_accepted', 'C' || :id::bigint || '-accepted', '{"case_no": "HRSS31010620261124200000218", "item_code": "SI-CB-023", "item_name": "个人关键信息变更（姓名/证件号/出生日期/性别）", "org_path": "310000/310106", "outcome": null, "subject": {"person_no": "3100000044", "employer_no": null, "name": "测甲甲甲丁"}, "recipients": [{"user_id": "01a20baa-1a75-7386-b650-0b3bde7fdd2e"}, {"person_no": "3100000044"}], "variables": {"case_no": "HRSS31010620261124200000218", "item_name": "关键信息变更", "applicant_name": "测甲甲甲丁", "promised_due": "2026-12-01"}, "template": "case-submitted"}'::jsonb, now(), now());
INSERT INTO bench_plain.task (
    task_id, case_no, node, node_name, role, org_path, actions, four_eyes, state, offered_to, opened_at, due
) VALUES (('00000004-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 'C' || :id::bigint, 'review', '初审', 'R03', '310000/310104',
    '{pass,send_back,correct,reject,escalate,suspend,resume,terminate,transfer}', '{accept,review}', 'OPEN', ('00000009-0000-4000-8000-' || lpad(to_hex(:officer2::bigint), 12, '0'))::uuid, now(), '2026-12-01');
UPDATE bench_plain.workload SET open_tasks = open_tasks + 1 WHERE user_id = ('00000009-0000-4000-8000-' || lpad(to_hex(:officer2::bigint), 12, '0'))::uuid;
INSERT INTO bench_plain.allotment (task_id, case_no, chosen, rule, candidates, decided_at)
VALUES (('00000004-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 'C' || :id::bigint, ('00000009-0000-4000-8000-' || lpad(to_hex(:officer2::bigint), 12, '0'))::uuid, 'least_loaded', '[{"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e0", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e1", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e2", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e3", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e4", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e5", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e6", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e7", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e8", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e9", "excluded": null, "open_tasks": 3}]'::jsonb, now());
INSERT INTO bench_plain.action (
    action_id, case_no, task_id, node, node_name, action, actor, actor_name, organisation, opinion, detail, state_after, at
) VALUES (gen_random_uuid(), 'C' || :id::bigint, ('00000003-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 'accept', '受理', 'pass', ('00000009-0000-4000-8000-' || lpad(to_hex(:officer1::bigint), 12, '0'))::uuid, '测甲甲甲丁', '310104', '材料齐全，符合条件，同意。', '{}'::jsonb, 'IN_REVIEW', now());
UPDATE bench_plain.instance
SET state = 'running', tokens = '{"id": "01a20baa-ad66-7061-b15b-b61963e11523", "next": 2, "state": {"is": "running"}, "tasks": [{"id": "01a20baa-ae25-7612-b67b-49670db6708f", "key": "t1/review/1", "node": "review", "asked": [], "token": 1, "opened_at": "2026-11-24T03", "signs_for": null}], "scopes": [], "tokens": [{"id": 1, "node": "review", "scope": null, "trail": [{"task": "accept"}], "visit": 1, "waits": {"for": "task", "task": "01a20baa-ae25-7612-b67b-49670db6708f"}}], "visits": {"accept": 1}, "decided": false, "version": 1, "variables": {"escalate": false, "escalation": true, "pre_acceptance": false}, "definition": "two-level-review", "corrections": 0}'::jsonb, row_version = row_version + 2, changed_at = now()
WHERE instance_id = ('00000007-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid;
INSERT INTO bench_plain.event (instance_id, seq, event, actor, at) VALUES
    (('00000007-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 2, '{"task": "01a20bad-92ef-7d5d-a800-8fb382e816e8", "event": "task_completed", "action": "pass", "variables": {}}'::jsonb, ('00000008-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, now()),
    (('00000007-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 3, '{"node": "compute", "event": "service_done", "visit": 1, "variables": {}}'::jsonb, ('00000008-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, now());
UPDATE bench_plain.case_file
SET state = 'IN_REVIEW', form = '{"basis": "rename", "old_sex": "male", "new_name": "周子丑寅寅", "old_name": "测甲甲甲丁", "old_birth": "1978-03-23", "old_id_no": "310106197803238978", "person_no": "3100000044", "basis_date": "2026-06-01", "basis_doc_no": "沪公户1号", "change_items": ["name"]}'::jsonb, rules = '[{"code": "R1", "name": "新值与原值不同且相互一致", "advice": null, "detail": "", "passed": true, "severity": "block"}, {"code": "R2", "name": "已领取待遇人员不改出生日期", "advice": null, "detail": "", "passed": true, "severity": "block"}, {"code": "R3", "name": "新证件号码未被他人使用", "advice": null, "detail": "", "passed": true, "severity": "block"}, {"code": "R4", "name": "临近退休出生日期提前", "advice": null, "detail": "", "passed": true, "severity": "block"}]'::jsonb, materials = '[{"code": "HUKOU", "files": [{"id": "01a20bad-92e1-7479-9849-c92f339c86bc", "sm3": "1caf39a1ac34c9872eac8e272da45852b4f43e29eb62a55dc98818658cf759c4", "name": "户籍变更证明.pdf", "size": 193, "media_type": "application/pdf"}]}]'::jsonb,
    row_version = row_version + 1, accepted_at = now()
WHERE case_no = 'C' || :id::bigint;
COMMIT;

-- claim: 初审
BEGIN;
UPDATE bench_plain.task SET state = 'CLAIMED', claimed_by = ('00000009-0000-4000-8000-' || lpad(to_hex(:officer2::bigint), 12, '0'))::uuid, claimed_at = now() WHERE task_id = ('00000004-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid;
INSERT INTO bench_plain.action (
    action_id, case_no, task_id, node, node_name, action, actor, actor_name, organisation, opinion, detail, state_after, at
) VALUES (gen_random_uuid(), 'C' || :id::bigint, ('00000004-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 'review', '初审', 'claim', ('00000009-0000-4000-8000-' || lpad(to_hex(:officer2::bigint), 12, '0'))::uuid, '测甲甲甲丁', '310104', NULL, '{}'::jsonb, 'SUBMITTED', now());
COMMIT;

-- pass: 初审
BEGIN;
UPDATE bench_plain.task SET state = 'DONE', ended_at = now(), ended_by = ('00000009-0000-4000-8000-' || lpad(to_hex(:officer2::bigint), 12, '0'))::uuid, ended_how = 'done' WHERE task_id = ('00000004-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid;
UPDATE bench_plain.workload SET open_tasks = open_tasks - 1 WHERE user_id = ('00000009-0000-4000-8000-' || lpad(to_hex(:officer2::bigint), 12, '0'))::uuid;
INSERT INTO bench_plain.task (
    task_id, case_no, node, node_name, role, org_path, actions, four_eyes, state, offered_to, opened_at, due
) VALUES (('00000005-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 'C' || :id::bigint, 'recheck', '复核', 'R04', '310000/310104',
    '{pass,send_back,correct,reject,escalate,suspend,resume,terminate,transfer}', '{accept,review}', 'OPEN', ('00000009-0000-4000-8000-' || lpad(to_hex(:officer3::bigint), 12, '0'))::uuid, now(), '2026-12-01');
UPDATE bench_plain.workload SET open_tasks = open_tasks + 1 WHERE user_id = ('00000009-0000-4000-8000-' || lpad(to_hex(:officer3::bigint), 12, '0'))::uuid;
INSERT INTO bench_plain.allotment (task_id, case_no, chosen, rule, candidates, decided_at)
VALUES (('00000005-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 'C' || :id::bigint, ('00000009-0000-4000-8000-' || lpad(to_hex(:officer3::bigint), 12, '0'))::uuid, 'least_loaded', '[{"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e0", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e1", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e2", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e3", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e4", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e5", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e6", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e7", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e8", "excluded": null, "open_tasks": 3}, {"name": "测甲甲甲丁", "user": "01a20baa-1b5d-750d-81f6-bee03d9cf7e9", "excluded": null, "open_tasks": 3}]'::jsonb, now());
INSERT INTO bench_plain.action (
    action_id, case_no, task_id, node, node_name, action, actor, actor_name, organisation, opinion, detail, state_after, at
) VALUES (gen_random_uuid(), 'C' || :id::bigint, ('00000004-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 'review', '初审', 'pass', ('00000009-0000-4000-8000-' || lpad(to_hex(:officer2::bigint), 12, '0'))::uuid, '测甲甲甲丁', '310104', '材料齐全，符合条件，同意。', '{}'::jsonb, 'IN_REVIEW', now());
UPDATE bench_plain.instance
SET state = 'running', tokens = '{"id": "01a20baa-ad66-7061-b15b-b61963e11523", "next": 2, "state": {"is": "running"}, "tasks": [{"id": "01a20baa-ae25-7612-b67b-49670db6708f", "key": "t1/recheck/1", "node": "recheck", "asked": [], "token": 1, "opened_at": "2026-11-24T03", "signs_for": null}], "scopes": [], "tokens": [{"id": 1, "node": "recheck", "scope": null, "trail": [{"task": "accept"}, {"task": "review"}], "visit": 1, "waits": {"for": "task", "task": "01a20baa-ae25-7612-b67b-49670db6708f"}}], "visits": {"accept": 1}, "decided": false, "version": 1, "variables": {"escalate": false, "escalation": true, "pre_acceptance": false}, "definition": "two-level-review", "corrections": 0}'::jsonb, row_version = row_version + 1, changed_at = now()
WHERE instance_id = ('00000007-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid;
INSERT INTO bench_plain.event (instance_id, seq, event, actor, at) VALUES
    (('00000007-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 4, '{"task": "01a20bad-92ef-7d5d-a800-8fb382e816e8", "event": "task_completed", "action": "pass", "variables": {}}'::jsonb, ('00000008-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, now());
UPDATE bench_plain.case_file
SET state = 'IN_REVIEW', form = '{"basis": "rename", "old_sex": "male", "new_name": "周子丑寅寅", "old_name": "测甲甲甲丁", "old_birth": "1978-03-23", "old_id_no": "310106197803238978", "person_no": "3100000044", "basis_date": "2026-06-01", "basis_doc_no": "沪公户1号", "change_items": ["name"]}'::jsonb, rules = '[{"code": "R1", "name": "新值与原值不同且相互一致", "advice": null, "detail": "", "passed": true, "severity": "block"}, {"code": "R2", "name": "已领取待遇人员不改出生日期", "advice": null, "detail": "", "passed": true, "severity": "block"}, {"code": "R3", "name": "新证件号码未被他人使用", "advice": null, "detail": "", "passed": true, "severity": "block"}, {"code": "R4", "name": "临近退休出生日期提前", "advice": null, "detail": "", "passed": true, "severity": "block"}]'::jsonb, materials = '[{"code": "HUKOU", "files": [{"id": "01a20bad-92e1-7479-9849-c92f339c86bc", "sm3": "1caf39a1ac34c9872eac8e272da45852b4f43e29eb62a55dc98818658cf759c4", "name": "户籍变更证明.pdf", "size": 193, "media_type": "application/pdf"}]}]'::jsonb,
    row_version = row_version + 1
WHERE case_no = 'C' || :id::bigint;
COMMIT;

-- claim: 复核
BEGIN;
UPDATE bench_plain.task SET state = 'CLAIMED', claimed_by = ('00000009-0000-4000-8000-' || lpad(to_hex(:officer3::bigint), 12, '0'))::uuid, claimed_at = now() WHERE task_id = ('00000005-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid;
INSERT INTO bench_plain.action (
    action_id, case_no, task_id, node, node_name, action, actor, actor_name, organisation, opinion, detail, state_after, at
) VALUES (gen_random_uuid(), 'C' || :id::bigint, ('00000005-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 'recheck', '复核', 'claim', ('00000009-0000-4000-8000-' || lpad(to_hex(:officer3::bigint), 12, '0'))::uuid, '测甲甲甲丁', '310104', NULL, '{}'::jsonb, 'SUBMITTED', now());
COMMIT;

-- pass: 复核, with decision, document and end
BEGIN;
UPDATE bench_plain.task SET state = 'DONE', ended_at = now(), ended_by = ('00000009-0000-4000-8000-' || lpad(to_hex(:officer3::bigint), 12, '0'))::uuid, ended_how = 'done' WHERE task_id = ('00000005-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid;
UPDATE bench_plain.workload SET open_tasks = open_tasks - 1 WHERE user_id = ('00000009-0000-4000-8000-' || lpad(to_hex(:officer3::bigint), 12, '0'))::uuid;
UPDATE bench_plain.person SET name = '周子丑寅寅', version = version + 1, changed_at = now() WHERE person_no = lpad((:person::bigint)::text, 10, '0');
INSERT INTO bench_plain.person_history (person_no, version, action, before, after, basis, case_no, actor, recorded_at)
VALUES ('C' || :id::bigint, 2, 'change_key', '{"no": "3100000044", "sex": "male", "area": "310000/310106", "name": "测甲甲甲丁", "birth": "1978-03-23", "hukou": "11", "id_no": "310106197803238978", "mobile": null, "status": "active", "address": null, "id_type": "01", "version": 1, "category": null, "archive_birth": null, "category_basis": null, "receiving_from": null, "first_work_date": null}'::jsonb, '{"no": "3100000044", "sex": "male", "area": "310000/310106", "name": "测甲甲甲丁", "birth": "1978-03-23", "hukou": "11", "id_no": "310106197803238978", "mobile": null, "status": "active", "address": null, "id_type": "01", "version": 1, "category": null, "archive_birth": null, "category_basis": null, "receiving_from": null, "first_work_date": null}'::jsonb, '{"basis": "rename", "basis_date": "2026-06-01", "basis_doc_no": "沪公户1号"}'::jsonb, 'C' || :id::bigint, ('00000008-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, now());
UPDATE bench_plain.document_number SET last = last + 1 WHERE prefix = 'GJBG' AND year = 2026;
INSERT INTO bench_plain.document (
    id, template, template_digest, title, number, verify_code, holder_key, holder_shown, issuer, data, facts,
    issue_key, case_no, issued_at, issued_by, valid_until)
VALUES (('00000006-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 'key-change-confirmation', '1caf39a1ac34c9872eac8e272da45852b4f43e29eb62a55dc98818658cf759c4', '关键信息变更确认单', 'GJBG-' || 'C' || :id::bigint, lpad((:id::bigint)::text, 16, '0'), lpad((:person::bigint)::text, 10, '0'), '周**', '上海市社会保险事业管理中心',
    '{"name": "周子丑寅寅", "basis": "更名", "id_no": "310106197803238978", "changes": [{"item": "姓名", "after": "周子丑寅寅", "before": "测甲甲甲丁"}], "cascades": ["参保登记", "待遇档案", "社会保障卡换发", "用工登记"], "person_no": "3100000044", "basis_date": "2026-06-01", "decided_on": "2026-11-24", "basis_doc_no": "沪公户1号", "affects_pension": false}'::jsonb, '[{"name": "办理事项", "value": "个人关键信息变更"}, {"name": "变更项", "value": "姓名"}]'::jsonb, 'C' || :id::bigint || '-result', 'C' || :id::bigint, now(), ('00000008-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, NULL);
INSERT INTO bench_plain.job (task_id, payload, max_attempts, key)
VALUES (1, '{"job": "document.render", "args": {"document_id": "01a20bad-942b-7698-ac71-426bd6b482e5"}}', 25, 'document.render ' || 'C' || :id::bigint);
INSERT INTO bench_plain.case_document (case_no, document_id, name, number, verify_code, issued_at) VALUES ('C' || :id::bigint, ('00000006-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, '关键信息变更确认单', 'GJBG-2026-0000001', '3592173088506073', now());
INSERT INTO bench_plain.outbox (topic, key, payload, created_at, next_at)
VALUES ('casework.case_closed', 'C' || :id::bigint || '-closed', '{"case_no": "HRSS31010620261124200000218", "item_code": "SI-CB-023", "item_name": "个人关键信息变更（姓名/证件号/出生日期/性别）", "org_path": "310000/310106", "outcome": null, "subject": {"person_no": "3100000044", "employer_no": null, "name": "测甲甲甲丁"}, "recipients": [{"user_id": "01a20baa-1a75-7386-b650-0b3bde7fdd2e"}, {"person_no": "3100000044"}], "variables": {"case_no": "HRSS31010620261124200000218", "item_name": "关键信息变更", "applicant_name": "测甲甲甲丁", "promised_due": "2026-12-01"}, "template": "case-submitted", "archive": {"category": "社会保险管理类", "link": "信息变更", "class": "CB", "retention": "D100", "subject": "person", "mark": "K/U"}, "components": [{"kind": "form", "name": "申请表", "data": {"basis": "rename", "old_sex": "male", "new_name": "周子丑寅寅", "old_name": "测甲甲甲丁", "old_birth": "1978-03-23", "old_id_no": "310106197803238978", "person_no": "3100000044", "basis_date": "2026-06-01", "basis_doc_no": "沪公户1号", "change_items": ["name"]}}, {"kind": "log", "name": "办理记录"}, {"kind": "material", "data": [{"code": "HUKOU", "files": [{"id": "01a20bad-92e1-7479-9849-c92f339c86bc", "sm3": "1caf39a1ac34c9872eac8e272da45852b4f43e29eb62a55dc98818658cf759c4", "name": "户籍变更证明.pdf", "size": 193, "media_type": "application/pdf"}]}]}, {"kind": "document", "name": "关键信息变更确认单", "number": "GJBG-2026-0000001"}]}'::jsonb, now(), now());
INSERT INTO bench_plain.action (
    action_id, case_no, task_id, node, node_name, action, actor, actor_name, organisation, opinion, detail, state_after, at
) VALUES (gen_random_uuid(), 'C' || :id::bigint, ('00000005-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 'recheck', '复核', 'pass', ('00000009-0000-4000-8000-' || lpad(to_hex(:officer3::bigint), 12, '0'))::uuid, '测甲甲甲丁', '310104', '材料齐全，符合条件，同意。', '{}'::jsonb, 'CLOSED', now());
UPDATE bench_plain.instance
SET state = 'finished', tokens = '{"id": "01a20bad-92fc-761f-9bde-7eafbb5378d1", "next": 2, "state": {"is": "finished", "outcome": "approved"}, "tasks": [], "scopes": [], "tokens": [], "visits": {"accept": 1, "decide": 1, "review": 1, "compute": 1, "recheck": 1}, "decided": true, "version": 1, "variables": {"escalate": false, "escalation": true, "pre_acceptance": false}, "definition": "two-level-review", "corrections": 0}'::jsonb, row_version = row_version + 2, changed_at = now()
WHERE instance_id = ('00000007-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid;
INSERT INTO bench_plain.event (instance_id, seq, event, actor, at) VALUES
    (('00000007-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 5, '{"task": "01a20bad-92ef-7d5d-a800-8fb382e816e8", "event": "task_completed", "action": "pass", "variables": {}}'::jsonb, ('00000008-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, now()),
    (('00000007-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 6, '{"node": "compute", "event": "service_done", "visit": 1, "variables": {}}'::jsonb, ('00000008-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, now());
UPDATE bench_plain.case_file
SET state = 'CLOSED', form = '{"basis": "rename", "old_sex": "male", "new_name": "周子丑寅寅", "old_name": "测甲甲甲丁", "old_birth": "1978-03-23", "old_id_no": "310106197803238978", "person_no": "3100000044", "basis_date": "2026-06-01", "basis_doc_no": "沪公户1号", "change_items": ["name"]}'::jsonb, rules = '[{"code": "R1", "name": "新值与原值不同且相互一致", "advice": null, "detail": "", "passed": true, "severity": "block"}, {"code": "R2", "name": "已领取待遇人员不改出生日期", "advice": null, "detail": "", "passed": true, "severity": "block"}, {"code": "R3", "name": "新证件号码未被他人使用", "advice": null, "detail": "", "passed": true, "severity": "block"}, {"code": "R4", "name": "临近退休出生日期提前", "advice": null, "detail": "", "passed": true, "severity": "block"}]'::jsonb, materials = '[{"code": "HUKOU", "files": [{"id": "01a20bad-92e1-7479-9849-c92f339c86bc", "sm3": "1caf39a1ac34c9872eac8e272da45852b4f43e29eb62a55dc98818658cf759c4", "name": "户籍变更证明.pdf", "size": 193, "media_type": "application/pdf"}]}]'::jsonb,
    row_version = row_version + 1, outcome = 'approved', computed = '{"party.change_key_data": {"facts": [{"label": "变更项", "value": "姓名"}], "changed": "姓名", "document": {"name": "周子丑寅寅", "basis": "更名", "id_no": "310106197803238978", "changes": [{"item": "姓名", "after": "周子丑寅寅", "before": "测甲甲甲丁"}], "cascades": ["参保登记", "待遇档案", "社会保障卡换发", "用工登记"], "person_no": "3100000044", "basis_date": "2026-06-01", "decided_on": "2026-11-24", "basis_doc_no": "沪公户1号", "affects_pension": false}, "affects_pension": false}}'::jsonb, closed_at = now()
WHERE case_no = 'C' || :id::bigint;
COMMIT;

-- rating
BEGIN;
INSERT INTO bench_plain.rating (case_no, score, comment, channel, rated_by, rated_at) VALUES ('C' || :id::bigint, 1, NULL, 2, ('00000008-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, now());
COMMIT;

-- message: submitted
BEGIN;
INSERT INTO bench_plain.inbox (topic, key, receiver, received_at) VALUES ('casework.case_submitted', 'C' || :id::bigint, 'centre-message', now());
INSERT INTO bench_plain.message (recipient, id, event_key, template, title, body, case_no, created_at)
VALUES ('user:' || ('00000008-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, gen_random_uuid(), 'casework.case_submitted ' || 'C' || :id::bigint, 'case-submitted', '申请已提交：关键信息变更', '您提交的“关键信息变更”已收到，办件编号HRSS31010620261124200000218。我们将尽快审查申请材料，结果会及时通知您。您可在“我的办件”中查看进度。', 'C' || :id::bigint, now());
INSERT INTO bench_plain.message (recipient, id, event_key, template, title, body, case_no, created_at)
VALUES ('person:' || lpad((:person::bigint)::text, 10, '0'), gen_random_uuid(), 'casework.case_submitted ' || 'C' || :id::bigint, 'case-submitted', '申请已提交：关键信息变更', '您提交的“关键信息变更”已收到，办件编号HRSS31010620261124200000218。我们将尽快审查申请材料，结果会及时通知您。您可在“我的办件”中查看进度。', 'C' || :id::bigint, now());
DELETE FROM bench_plain.outbox WHERE id = (SELECT id FROM bench_plain.outbox WHERE key = 'C' || :id::bigint LIMIT 1);
COMMIT;

-- message: accepted
BEGIN;
INSERT INTO bench_plain.inbox (topic, key, receiver, received_at) VALUES ('casework.case_accepted', 'C' || :id::bigint || '-accepted', 'centre-message', now());
INSERT INTO bench_plain.message (recipient, id, event_key, template, title, body, case_no, created_at)
VALUES ('user:' || ('00000008-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, gen_random_uuid(), 'casework.case_accepted ' || 'C' || :id::bigint || '-accepted', 'case-submitted', '申请已提交：关键信息变更', '您提交的“关键信息变更”已收到，办件编号HRSS31010620261124200000218。我们将尽快审查申请材料，结果会及时通知您。您可在“我的办件”中查看进度。', 'C' || :id::bigint, now());
INSERT INTO bench_plain.message (recipient, id, event_key, template, title, body, case_no, created_at)
VALUES ('person:' || lpad((:person::bigint)::text, 10, '0'), gen_random_uuid(), 'casework.case_accepted ' || 'C' || :id::bigint || '-accepted', 'case-submitted', '申请已提交：关键信息变更', '您提交的“关键信息变更”已收到，办件编号HRSS31010620261124200000218。我们将尽快审查申请材料，结果会及时通知您。您可在“我的办件”中查看进度。', 'C' || :id::bigint, now());
DELETE FROM bench_plain.outbox WHERE id = (SELECT id FROM bench_plain.outbox WHERE key = 'C' || :id::bigint || '-accepted' LIMIT 1);
COMMIT;

-- message: closed
BEGIN;
INSERT INTO bench_plain.inbox (topic, key, receiver, received_at) VALUES ('casework.case_closed', 'C' || :id::bigint || '-closed', 'centre-message', now());
INSERT INTO bench_plain.message (recipient, id, event_key, template, title, body, case_no, created_at)
VALUES ('user:' || ('00000008-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, gen_random_uuid(), 'casework.case_closed ' || 'C' || :id::bigint || '-closed', 'case-submitted', '申请已提交：关键信息变更', '您提交的“关键信息变更”已收到，办件编号HRSS31010620261124200000218。我们将尽快审查申请材料，结果会及时通知您。您可在“我的办件”中查看进度。', 'C' || :id::bigint, now());
INSERT INTO bench_plain.message (recipient, id, event_key, template, title, body, case_no, created_at)
VALUES ('person:' || lpad((:person::bigint)::text, 10, '0'), gen_random_uuid(), 'casework.case_closed ' || 'C' || :id::bigint || '-closed', 'case-submitted', '申请已提交：关键信息变更', '您提交的“关键信息变更”已收到，办件编号HRSS31010620261124200000218。我们将尽快审查申请材料，结果会及时通知您。您可在“我的办件”中查看进度。', 'C' || :id::bigint, now());
DELETE FROM bench_plain.outbox WHERE id = (SELECT id FROM bench_plain.outbox WHERE key = 'C' || :id::bigint || '-closed' LIMIT 1);
COMMIT;

-- archive: filed
BEGIN;
INSERT INTO bench_plain.inbox (topic, key, receiver, received_at) VALUES ('casework.case_closed', 'C' || :id::bigint, 'centre-archive', now());
UPDATE bench_plain.archive_number SET last = last + 1 WHERE prefix = 'A' || :office::bigint;
INSERT INTO bench_plain.record (
    id, subject_key, archive_no, case_no, item_code, title, category, link, term, mark, subject_kind, subject_name,
    org_path, closed_on, keep_from, keep_until, checks, complete, filed_at)
VALUES (('00000006-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, lpad((:person::bigint)::text, 10, '0'), 'A' || 'C' || :id::bigint, 'C' || :id::bigint, 'SI-CB-023', '个人关键信息变更', '社会保险管理类', '信息变更', 'D100', 'K/U', 'person', '测甲甲甲丁',
    '310000/310104', '2026-11-24', '2027-01-01', '2127-01-01', '[{"name": "真实性", "check": "authentic", "detail": "均有摘要", "passed": true}, {"name": "完整性", "check": "complete", "detail": "申请表、材料、意见、结果文书、办理记录共4件", "passed": true}, {"name": "可用性", "check": "usable", "detail": "均为可长期读取的格式", "passed": true}, {"name": "安全性", "check": "safe", "detail": "1件上传文件已通过入库时的内容检测（无宏、无加密、类型与内容一致）", "passed": true}]'::jsonb, false, now());
INSERT INTO bench_plain.component (record_id, seq, kind, name, sm3, size, reference) VALUES
    (('00000006-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 1, 'form', '申请表', '1caf39a1ac34c9872eac8e272da45852b4f43e29eb62a55dc98818658cf759c4', 254, NULL),
    (('00000006-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 2, 'log', '办理记录', NULL, 254, NULL),
    (('00000006-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 3, 'material', 'HUKOU：户籍变更证明.pdf', '1caf39a1ac34c9872eac8e272da45852b4f43e29eb62a55dc98818658cf759c4', 254, NULL),
    (('00000006-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, 4, 'document', '关键信息变更确认单', NULL, 254, NULL);
INSERT INTO bench_plain.job (task_id, payload, max_attempts, key)
VALUES (1, '{"job": "archive.complete", "args": {"document_id": "01a20bad-942b-7698-ac71-426bd6b482e5"}}', 25, 'archive.complete ' || 'C' || :id::bigint);
COMMIT;

-- job: taken
BEGIN;
UPDATE bench_plain.job SET locked_by = 'worker', locked_at = now(), attempts = attempts + 1 WHERE key = 'document.render ' || 'C' || :id::bigint;
COMMIT;

-- job: document kept
BEGIN;
INSERT INTO bench_plain.file (id, name, media_type, size, sm3, stored_path, uploaded_by, uploaded_at, purpose)
VALUES (('00000005-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, '关键信息变更确认单.pdf', 'application/pdf', 70229, '1caf39a1ac34c9872eac8e272da45852b4f43e29eb62a55dc98818658cf759c4', 'sm3/1c/af/1caf39a1ac34c9872eac8e272da45852b4f43e29eb62a55dc98818658cf759c4', ('00000008-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, now(), 'document');
UPDATE bench_plain.document SET sm3 = '1caf39a1ac34c9872eac8e272da45852b4f43e29eb62a55dc98818658cf759c4', file_id = ('00000005-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid, rendered_at = now() WHERE id = ('00000006-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid;
COMMIT;

-- job: done
BEGIN;
DELETE FROM bench_plain.job WHERE key = 'document.render ' || 'C' || :id::bigint;
COMMIT;

-- job: taken
BEGIN;
UPDATE bench_plain.job SET locked_by = 'worker', locked_at = now(), attempts = attempts + 1 WHERE key = 'archive.complete ' || 'C' || :id::bigint;
COMMIT;

-- job: archive completed
BEGIN;
UPDATE bench_plain.component SET sm3 = '1caf39a1ac34c9872eac8e272da45852b4f43e29eb62a55dc98818658cf759c4', size = 70229 WHERE record_id = ('00000006-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid AND seq = 4;
UPDATE bench_plain.record SET checks = '[{"name": "真实性", "check": "authentic", "detail": "均有摘要", "passed": true}, {"name": "完整性", "check": "complete", "detail": "申请表、材料、意见、结果文书、办理记录共4件", "passed": true}, {"name": "可用性", "check": "usable", "detail": "均为可长期读取的格式", "passed": true}, {"name": "安全性", "check": "safe", "detail": "1件上传文件已通过入库时的内容检测（无宏、无加密、类型与内容一致）", "passed": true}]'::jsonb, complete = true WHERE id = ('00000006-0000-4000-8000-' || lpad(to_hex(:id::bigint), 12, '0'))::uuid;
COMMIT;

-- job: done
BEGIN;
DELETE FROM bench_plain.job WHERE key = 'archive.complete ' || 'C' || :id::bigint;
COMMIT;
