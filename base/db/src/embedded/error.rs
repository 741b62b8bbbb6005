//! What can go wrong with the embedded server, in the operator's language.

use std::path::PathBuf;

use base_kernel::{Fault, FaultKind};

/// Why the embedded server can't run. The text is shown to the operator as it is.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    /// No binaries in the folder.
    #[error(
        "未找到内置数据库程序（{0}）。请在项目根目录执行 make tools 安装，或设置 RENSHE_DATABASE_URL 使用外部 PostgreSQL"
    )]
    NoBinaries(PathBuf),
    /// The binaries are there but do not run.
    #[error("内置数据库程序无法运行（{program}）：{detail}。请确认系统为 x86-64 Linux（glibc 2.28 以上）")]
    Unrunnable {
        /// Program.
        program: PathBuf,
        /// What the system said.
        detail: String,
    },
    /// A running program holds the data folder.
    #[error(
        "数据目录 {0} 正被另一个运行中的人社平台使用。请先停止该程序，或用 RENSHE_DATABASE_DATA_DIR 指定其他目录"
    )]
    Taken(PathBuf),
    /// Somebody else's server runs on the data folder.
    #[error(
        "数据目录 {folder} 上有一个不由本系统管理的 PostgreSQL 正在运行（进程 {pid}）。请先停止它，或指定其他目录"
    )]
    Foreign {
        /// Folder.
        folder: PathBuf,
        /// Its process.
        pid: u32,
    },
    /// The port is in use.
    #[error(
        "端口 {0} 已被其他程序占用。请停止占用该端口的程序，或把 database.port 改为其他端口（留空则自动选择）"
    )]
    PortTaken(u16),
    /// The folder holds something that is not a cluster.
    #[error("目录 {0} 不为空，但其中不是 PostgreSQL 数据。为避免误删，系统不会覆盖，请换一个空目录")]
    NotACluster(PathBuf),
    /// The data belong to another user.
    #[error("数据目录 {0} 属于其他系统用户，当前用户无权使用。请用原用户启动，或换一个目录")]
    NotOurs(PathBuf),
    /// The data were written by another major version.
    #[error(
        "数据由 PostgreSQL {found} 写成，当前程序是 {ours}，两个大版本的数据不能直接混用。请用 {found} 版程序导出后再导入（{folder}）"
    )]
    OtherVersion {
        /// Folder.
        folder: PathBuf,
        /// Version of the data.
        found: String,
        /// Version of the binaries.
        ours: String,
    },
    /// The unprivileged user can't enter the folder and it can't be moved.
    #[error(
        "以 root 启动时数据库以用户 {user} 运行，但该用户无法进入目录 {folder}。请把系统放在 /opt 一类的公共目录，或改用普通用户启动"
    )]
    Unreachable {
        /// Folder.
        folder: PathBuf,
        /// User.
        user: String,
    },
    /// Started by root, but there is no user to run as.
    #[error("以 root 启动时需要一个普通用户来运行数据库，但系统中没有 postgres 或 nobody 用户")]
    NoUser,
    /// `initdb` failed.
    #[error("初始化数据库失败：{0}。请检查磁盘空间和目录权限后重试")]
    Init(String),
    /// The server did not come up.
    #[error("数据库启动失败：{detail}。详细日志见 {log}")]
    Start {
        /// Last lines of the log.
        detail: String,
        /// The log.
        log: PathBuf,
    },
    /// The server did not stop in time and was stopped hard.
    #[error("数据库未能在限定时间内正常停止，已强制停止，下次启动时会自动恢复：{0}")]
    Stop(String),
    /// A file could not be read or written.
    #[error("无法读写 {path}：{source}。请检查磁盘空间和目录权限")]
    File {
        /// File or folder.
        path: PathBuf,
        /// Cause.
        #[source]
        source: std::io::Error,
    },
    /// The runtime ended in the middle.
    #[error("数据库启动或停止被中断")]
    Interrupted,
}

impl EmbeddedError {
    pub(super) fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }
}

impl From<EmbeddedError> for Fault {
    fn from(error: EmbeddedError) -> Self {
        Self::new(FaultKind::Unavailable, "db.embedded", error.to_string()).because(error)
    }
}
