//! The judgement of a server, without one. Everything that needs a database is tested in `base-testdb`.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::server::judge;

#[test]
fn servers_are_refused_with_a_sentence() {
    let text = |number, encoding, may| judge(number, "14.9", encoding, "app", may).unwrap_err().to_string();
    assert!(text(140_009, "UTF8", true).contains("PostgreSQL 14.9，本系统需要 PostgreSQL 15"));
    assert!(text(150_000, "SQL_ASCII", true).contains("编码是 SQL_ASCII"));
    assert!(text(180_004, "UTF8", false).contains("GRANT CREATE ON DATABASE"));
}
