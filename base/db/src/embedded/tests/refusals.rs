//! Every way to fail, and the sentence the operator reads.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;

use super::{Folder, binaries, config};
use crate::embedded::{EmbeddedConfig, EmbeddedError, Listen};
use crate::{Embedded, EmbeddedConfig as Config};

async fn refusal(config: &EmbeddedConfig) -> EmbeddedError {
    Embedded::start(config).await.expect_err("must be refused")
}

#[tokio::test]
async fn a_folder_in_use_is_refused() {
    let folder = Folder::new();
    let _first = Embedded::start(&config(&folder)).await.unwrap();
    let error = refusal(&config(&folder)).await;
    assert!(matches!(error, EmbeddedError::Taken(_)), "{error}");
    assert!(error.to_string().contains("正被另一个运行中的人社平台使用"));
}

#[tokio::test]
async fn a_port_in_use_is_refused() {
    let folder = Folder::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let error = refusal(&Config { listen: Listen::Loopback(Some(port)), ..config(&folder) }).await;
    assert!(matches!(error, EmbeddedError::PortTaken(taken) if taken == port), "{error}");
    assert!(error.to_string().contains(&format!("端口 {port} 已被其他程序占用")));
}

#[tokio::test]
async fn data_of_another_version_are_refused() {
    let folder = Folder::new();
    Embedded::start(&config(&folder)).await.unwrap().stop().await.unwrap();
    std::fs::write(folder.path().join("db/data/PG_VERSION"), "16\n").unwrap();
    let error = refusal(&config(&folder)).await;
    assert!(matches!(error, EmbeddedError::OtherVersion { .. }), "{error}");
    assert!(error.to_string().contains("PostgreSQL 16"));
}

#[tokio::test]
async fn a_folder_with_something_else_is_not_touched() {
    let folder = Folder::new();
    let data = folder.path().join("db/data");
    std::fs::create_dir_all(&data).unwrap();
    std::fs::write(data.join("letter.txt"), "dear").unwrap();
    if crate::embedded::user::effective_uid() == 0 {
        std::os::unix::fs::chown(&data, Some(65534), Some(65534)).unwrap();
    }
    let error = refusal(&config(&folder)).await;
    assert!(matches!(error, EmbeddedError::NotACluster(_)), "{error}");
    assert_eq!(std::fs::read_to_string(data.join("letter.txt")).unwrap(), "dear");
}

#[tokio::test]
async fn missing_programs_are_named() {
    let folder = Folder::new();
    let error = refusal(&Config { binaries_dir: folder.path().join("none"), ..config(&folder) }).await;
    assert!(matches!(error, EmbeddedError::NoBinaries(_)), "{error}");
    assert!(error.to_string().contains("make tools"));
}

/// Programs that answer for their version and nothing else.
fn broken_programs(folder: &Folder) -> std::path::PathBuf {
    let bin = folder.path().join("broken");
    std::fs::create_dir(&bin).unwrap();
    for (name, text) in [
        ("postgres", "#!/bin/sh\necho 'postgres (PostgreSQL) 18.4'\n"),
        ("initdb", "#!/bin/sh\necho 'initdb: error: No space left on device' >&2\nexit 1\n"),
    ] {
        std::fs::write(bin.join(name), text).unwrap();
        std::fs::set_permissions(bin.join(name), std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    bin
}

#[tokio::test]
async fn a_failed_initdb_says_why() {
    let folder = Folder::new();
    let error = refusal(&Config { binaries_dir: broken_programs(&folder), ..config(&folder) }).await;
    assert!(matches!(error, EmbeddedError::Init(_)), "{error}");
    assert!(error.to_string().contains("No space left on device"));
}

#[tokio::test]
async fn a_server_that_does_not_come_up_says_why() {
    let folder = Folder::new();
    Embedded::start(&config(&folder)).await.unwrap().stop().await.unwrap();
    let control = folder.path().join("db/data/global/pg_control");
    std::fs::write(&control, vec![0_u8; 8192]).unwrap();
    let error = refusal(&config(&folder)).await;
    assert!(matches!(error, EmbeddedError::Start { .. }), "{error}");
    assert!(error.to_string().contains("数据库启动失败"), "{error}");
}

/// A copy of the programs without its library links, as package managers leave it that run no install scripts.
#[tokio::test]
async fn missing_library_links_are_made() {
    let folder = Folder::new();
    let package = folder.path().join("package");
    let copied = std::process::Command::new("cp")
        .arg("-r")
        .arg(binaries().parent().unwrap())
        .arg(&package)
        .status()
        .unwrap();
    assert!(copied.success());
    for entry in std::fs::read_dir(package.join("native/lib")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_symlink() {
            std::fs::remove_file(path).unwrap();
        }
    }
    let server =
        Embedded::start(&Config { binaries_dir: package.join("native"), ..config(&folder) }).await.unwrap();
    server.stop().await.unwrap();
}
