-- Tables like the platform's, with the same columns, defaults, checks and indexes, in a schema of their own.
DROP SCHEMA IF EXISTS bench_plain CASCADE;
CREATE SCHEMA bench_plain;
CREATE TABLE bench_plain.draft (LIKE intake.draft INCLUDING ALL);
CREATE TABLE bench_plain.material (LIKE intake.material INCLUDING ALL);
CREATE TABLE bench_plain.file (LIKE files.file INCLUDING ALL);
CREATE TABLE bench_plain.case_file (LIKE casework.case_file INCLUDING ALL);
CREATE TABLE bench_plain.task (LIKE casework.task INCLUDING ALL);
CREATE TABLE bench_plain.action (LIKE casework.action INCLUDING ALL);
CREATE TABLE bench_plain.case_document (LIKE casework.case_document INCLUDING ALL);
CREATE TABLE bench_plain.rating (LIKE casework.rating INCLUDING ALL);
CREATE TABLE bench_plain.workload (LIKE dispatch.workload INCLUDING ALL);
CREATE TABLE bench_plain.allotment (LIKE dispatch.allotment INCLUDING ALL);
CREATE TABLE bench_plain.instance (LIKE process.instance INCLUDING ALL);
CREATE TABLE bench_plain.event (LIKE process.event INCLUDING ALL);
CREATE TABLE bench_plain.document (LIKE document.document INCLUDING ALL);
CREATE TABLE bench_plain.document_number (LIKE document.number_sequence INCLUDING ALL);
CREATE TABLE bench_plain.person (LIKE party.person INCLUDING ALL);
CREATE TABLE bench_plain.person_history (LIKE party.person_history INCLUDING ALL);
CREATE TABLE bench_plain.outbox (LIKE base.outbox INCLUDING ALL);
CREATE TABLE bench_plain.inbox (LIKE base.inbox INCLUDING ALL);
CREATE TABLE bench_plain.message (LIKE message.message INCLUDING ALL);
CREATE TABLE bench_plain.record (LIKE archive.record INCLUDING ALL);
CREATE TABLE bench_plain.component (LIKE archive.component INCLUDING ALL);
CREATE TABLE bench_plain.archive_number (LIKE archive.number_sequence INCLUDING ALL);
CREATE TABLE bench_plain.job (LIKE queue._private_jobs INCLUDING ALL);

-- What is changed and not added must be there: people, officers, numbers.
INSERT INTO bench_plain.person (person_no, name, id_type, id_no, birth, sex, hukou, area, registered_at, changed_at)
SELECT lpad(n::text, 10, '0'), '测甲甲甲丁', '01', '31010419780323' || lpad(n::text, 4, '0'), '1978-03-23', 1, '11',
    '310000/310104', now(), now()
FROM generate_series(1, 1000) AS n;
INSERT INTO bench_plain.workload (user_id, open_tasks)
SELECT ('00000009-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 1000000
FROM generate_series(1, 480) AS n;
INSERT INTO bench_plain.document_number (prefix, year, last) VALUES ('GJBG', 2026, 1);
INSERT INTO bench_plain.archive_number (prefix, last) SELECT 'A' || n, 1 FROM generate_series(1, 16) AS n;
ANALYZE bench_plain.person, bench_plain.workload;
