//! Server settings, written anew at every start. What an administrator sets with `ALTER SYSTEM` wins, because
//! PostgreSQL reads `postgresql.auto.conf` after this file.

use std::fs;
use std::path::Path;

use super::{Durability, EmbeddedConfig, Listen};

/// Largest buffer given to the server, MB.
const BUFFERS_MB: u64 = 512;

/// Settings for a machine with an SSD and few cores. Statements and values never reach the log: they carry personal
/// data (hence `terse`, which leaves out the offending row).
const COMMON: &str = "\
password_encryption = 'scram-sha-256'
timezone = 'Asia/Shanghai'
log_timezone = 'Asia/Shanghai'
lc_messages = 'C'
random_page_cost = 1.1
effective_cache_size = '2GB'
work_mem = '16MB'
maintenance_work_mem = '128MB'
jit = off
logging_collector = off
log_destination = 'stderr'
log_line_prefix = '%m [%p] '
log_error_verbosity = terse
log_min_error_statement = panic
log_checkpoints = off
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
idle_in_transaction_session_timeout = '10min'
";

/// Statistics within seconds: plans made for tables that were still empty would read them whole for a minute.
const DURABLE: &str = "\
max_connections = 100
autovacuum_naptime = '15s'
max_wal_size = '2GB'
min_wal_size = '256MB'
checkpoint_timeout = '15min'
checkpoint_completion_target = 0.9
wal_compression = on
fsync = on
synchronous_commit = on
full_page_writes = on
";

const DISPOSABLE: &str = "\
max_connections = 300
max_wal_size = '1GB'
checkpoint_timeout = '1h'
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
wal_level = minimal
max_wal_senders = 0
";

/// Text of `postgresql.conf`.
pub(super) fn server(config: &EmbeddedConfig, home: &Path, port: u16) -> String {
    let listen = match config.listen {
        Listen::Loopback(_) => {
            format!("listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = ''\n")
        }
        Listen::Socket => format!(
            "listen_addresses = ''\nport = {port}\nunix_socket_directories = '{}'\nunix_socket_permissions = 0700\n",
            home.join("data").display()
        ),
    };
    let (buffers, rest) = match config.durability {
        Durability::Durable => (buffers_mb(), DURABLE),
        Durability::Disposable => (128, DISPOSABLE),
    };
    format!(
        "# Written at every start. Use ALTER SYSTEM for changes of your own.\n{listen}shared_buffers = '{buffers}MB'\n{COMMON}{rest}"
    )
}

/// Text of `pg_hba.conf`: a password over TCP, file permission on the socket.
pub(super) fn access(config: &EmbeddedConfig) -> &'static str {
    match config.listen {
        Listen::Loopback(_) => "host all all 127.0.0.1/32 scram-sha-256\n",
        Listen::Socket => "local all all trust\n",
    }
}

/// A quarter of the memory, at most [`BUFFERS_MB`].
fn buffers_mb() -> u64 {
    let info = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let total_kb = info
        .lines()
        .find_map(|line| {
            line.strip_prefix("MemTotal:")?.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()
        })
        .unwrap_or(2 * 1024 * 1024);
    (total_kb / 1024 / 4).clamp(32, BUFFERS_MB)
}
