//! What `base-db` offers, against a real database: server check, prepare helper, schema text.
use crate::TestDb;

const DEMO: base_db::Migration = base_db::Migration {
    number: 1,
    name: "demo",
    sql: "CREATE SCHEMA demo;
          CREATE TABLE demo.thing (
              id bigint GENERATED ALWAYS AS IDENTITY,
              name text NOT NULL,
              pence bigint NOT NULL DEFAULT 0,
              CONSTRAINT thing_pk PRIMARY KEY (id),
              CONSTRAINT thing_pence_ck CHECK (pence >= 0)
          );
          COMMENT ON TABLE demo.thing IS 'A thing.';
          CREATE INDEX thing_name_ix ON demo.thing (name);
          CREATE VIEW demo.cheap AS SELECT id FROM demo.thing WHERE pence < 5;",
};

#[tokio::test]
async fn the_test_server_is_good_enough() {
    let db = TestDb::new(&[]).await;
    assert!(!base_db::check_server(&db.db()).await.unwrap().is_empty());
}

#[tokio::test]
async fn statements_that_do_not_fit_are_named() {
    let db = TestDb::new(&[&[DEMO]]).await;
    base_db::prepare_all(&db.db(), &[("good.sql", "SELECT name FROM demo.thing WHERE id = $1")])
        .await
        .unwrap();
    let all = &[("good.sql", "SELECT id FROM demo.thing"), ("bad.sql", "SELECT nmae FROM demo.thing")];
    let faults = base_db::prepare_all(&db.db(), all).await.unwrap_err();
    assert!(faults.starts_with("bad.sql: ") && !faults.contains("good.sql"), "{faults}");
}

#[tokio::test]
async fn the_schema_reads_as_sql() {
    let db = TestDb::new(&[&[DEMO]]).await;
    let text = base_db::schema_text(&db.db(), &["demo"]).await.unwrap();
    let expected = "\
CREATE SCHEMA demo;

CREATE VIEW demo.cheap AS
 SELECT id
   FROM demo.thing
  WHERE pence < 5;

-- A thing.
CREATE TABLE demo.thing (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    name text NOT NULL,
    pence bigint DEFAULT 0 NOT NULL,
    CONSTRAINT thing_pk PRIMARY KEY (id),
    CONSTRAINT thing_pence_ck CHECK ((pence >= 0))
);
CREATE INDEX thing_name_ix ON demo.thing USING btree (name);
";
    // A view may list its own columns among the lines above on old servers; compare what a reader sees.
    assert_eq!(text.replace("thing.", ""), expected.replace("thing.", ""));
}
