//! Clean starts and stops.

use std::os::unix::fs::{MetadataExt, PermissionsExt};

use super::{Folder, add_row, binaries, config, connect, is_gone};
use crate::Embedded;
use crate::embedded::user::{User, effective_uid};
use crate::embedded::{EmbeddedConfig, Listen};

#[tokio::test]
async fn data_and_password_survive_a_clean_stop() {
    let folder = Folder::new();
    let first = Embedded::start(&config(&folder)).await.unwrap();
    let pid = first.pid().unwrap();
    assert_eq!(add_row(&connect(first.url()).await).await, 1);
    first.stop().await.unwrap();
    assert!(is_gone(pid).await);

    let second = Embedded::start(&config(&folder)).await.unwrap();
    assert_eq!(add_row(&connect(second.url()).await).await, 2);
    let pid = second.pid().unwrap();
    drop(second);
    assert!(is_gone(pid).await, "dropping stops");
}

#[tokio::test]
async fn it_is_durable_private_and_ours_alone() {
    let folder = Folder::new();
    let server = Embedded::start(&config(&folder)).await.unwrap();
    let db = connect(server.url()).await;
    for (name, expected) in [
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("listen_addresses", "127.0.0.1"),
        ("password_encryption", "scram-sha-256"),
        ("log_error_verbosity", "terse"),
        ("server_encoding", "UTF8"),
    ] {
        let value: String =
            sqlx::query_scalar("SELECT current_setting($1)").bind(name).fetch_one(db.pool()).await.unwrap();
        assert_eq!(value, expected, "{name}");
    }
    let superuser: bool = sqlx::query_scalar("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        .fetch_one(db.pool())
        .await
        .unwrap();
    assert!(!superuser);
    let secret = std::fs::metadata(folder.path().join("db/password")).unwrap();
    assert_eq!(secret.mode() & 0o777, 0o600);
    let wrong = server.url().replacen("renshe:", "renshe:x", 1);
    let refused = crate::connect(&wrong, 1, std::sync::Arc::new(base_kernel::SystemClock)).await;
    assert!(refused.is_err(), "a wrong password is refused");
}

#[tokio::test]
async fn a_socket_needs_no_port() {
    let folder = Folder::new();
    let config = EmbeddedConfig { listen: Listen::Socket, ..config(&folder) };
    let server = Embedded::start(&config).await.unwrap();
    assert_eq!(add_row(&connect(server.url()).await).await, 1);
}

/// A checkout in root's own home: programs and data go where the server's user may enter.
#[tokio::test]
async fn a_folder_only_root_may_enter_is_replaced() {
    if effective_uid() != 0 {
        return;
    }
    let folder = Folder::new();
    let package = folder.path().join("package");
    let from = binaries();
    let copied = std::process::Command::new("cp").arg("-r").arg(from).arg(&package).status().unwrap();
    assert!(copied.success());
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o700)).unwrap();

    let config = EmbeddedConfig { binaries_dir: package, ..config(&folder) };
    let server = Embedded::start(&config).await.unwrap();
    let programs = std::fs::read_link(format!("/proc/{}/exe", server.pid().unwrap())).unwrap();
    let home = std::fs::read_link(folder.path().join("db")).unwrap();
    let first = add_row(&connect(server.url()).await).await;
    server.stop().await.unwrap();
    let again = Embedded::start(&config).await.unwrap();
    let second = add_row(&connect(again.url()).await).await;
    again.stop().await.unwrap();

    std::fs::remove_dir_all(&home).unwrap();
    std::fs::remove_dir_all(programs.parent().unwrap().parent().unwrap()).unwrap();
    assert!(home.starts_with("/var/lib/renshe"), "{}", home.display());
    assert!(programs.starts_with("/var/cache/renshe"), "{}", programs.display());
    assert_eq!((first, second), (1, 2));
}

#[test]
fn users_are_read_from_the_password_file() {
    let passwd = "root:x:0:0::/root:/bin/sh\npostgres:x:101:104:,,,:/var/lib:/bin/sh\nbroken\n";
    let found = User::parse(passwd, "postgres").unwrap();
    assert_eq!((found.uid, found.gid), (101, 104));
    assert_eq!(User::parse(passwd, "nobody"), None);
    assert_eq!(User::parse(passwd, "root"), None, "never root");
}
