//! Killed servers and killed programs.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::{Folder, add_row, config, connect, is_gone, kill_hard, lives};
use crate::Embedded;

#[tokio::test]
async fn a_killed_server_comes_back_and_the_pool_finds_it() {
    let folder = Folder::new();
    let server = Embedded::start(&config(&folder)).await.unwrap();
    let db = connect(server.url()).await;
    add_row(&db).await;
    let before = server.pid().unwrap();
    kill_hard(before);
    let back = async {
        while server.pid().is_none_or(|pid| pid == before) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), back).await.unwrap();
    assert_eq!(add_row(&db).await, 2, "the same pool, and what was committed");
    server.stop().await.unwrap();
}

#[tokio::test]
async fn a_killed_program_leaves_an_orphan_that_the_next_start_replaces() {
    let folder = Folder::new();
    // The program: this very test binary, running only `victim`.
    let mut program = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "--nocapture", "embedded::tests::kills::victim"])
        .env("RENSHE_VICTIM_FOLDER", folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let ready = BufReader::new(program.stdout.take().unwrap())
        .lines()
        .find_map(|line| {
            line.unwrap().split_once("server ").map(|(_, pid)| pid.trim().parse::<u32>().unwrap())
        })
        .unwrap();
    kill_hard(program.id());
    program.wait().unwrap();
    assert!(lives(ready), "the server survives its program");

    let next = Embedded::start(&config(&folder)).await.unwrap();
    assert!(is_gone(ready).await, "the orphan is gone");
    assert_eq!(add_row(&connect(next.url()).await).await, 2, "what the victim committed is there");
}

#[tokio::test]
#[ignore = "run by the test above, in a process of its own"]
#[expect(clippy::disallowed_methods, reason = "the way into the process")]
async fn victim() {
    let Ok(path) = std::env::var("RENSHE_VICTIM_FOLDER") else { return };
    let folder = Folder(path.into());
    let server = Embedded::start(&config(&folder)).await.unwrap();
    add_row(&connect(server.url()).await).await;
    writeln!(std::io::stdout(), "server {}", server.pid().unwrap()).unwrap();
    std::future::pending::<()>().await;
}

/// After a reboot the number in the server's process file may belong to anybody.
#[tokio::test]
async fn a_process_file_that_names_a_stranger_does_not_stop_the_start() {
    let folder = Folder::new();
    Embedded::start(&config(&folder)).await.unwrap().stop().await.unwrap();
    let stranger = format!("{}\n/nowhere\n", std::process::id());
    std::fs::write(folder.path().join("db/data/postmaster.pid"), stranger).unwrap();
    let server = Embedded::start(&config(&folder)).await.unwrap();
    assert_eq!(add_row(&connect(server.url()).await).await, 1);
}

#[tokio::test]
async fn a_half_made_cluster_is_made_anew() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path().join("db/data.new/base")).unwrap();
    let server = Embedded::start(&config(&folder)).await.unwrap();
    assert_eq!(add_row(&connect(server.url()).await).await, 1);
}
