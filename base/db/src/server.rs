//! What an outside PostgreSQL must be able to do before we work on it.

use base_kernel::{Fault, FaultKind};

use crate::Db;

/// Oldest major version that everything here runs on.
const OLDEST: i32 = 15;

/// Why the server behind `RENSHE_DATABASE_URL` can't be used. The text is shown to the operator as it is.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// No answer.
    #[error("无法连接 RENSHE_DATABASE_URL 指定的数据库：{0}。请检查地址、端口、用户名、密码和防火墙")]
    Unreachable(String),
    /// Not PostgreSQL 15 or later.
    #[error(
        "数据库版本过低：服务器是 PostgreSQL {0}，本系统需要 PostgreSQL {OLDEST} 或以上版本。请升级，或去掉 RENSHE_DATABASE_URL 使用内置数据库"
    )]
    TooOld(String),
    /// Text is not stored as UTF-8.
    #[error(
        "数据库编码是 {0}，本系统需要 UTF8。请用 CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0 新建数据库"
    )]
    Encoding(String),
    /// The role may not make schemas.
    #[error("数据库用户 {0} 没有建立模式的权限。请执行 GRANT CREATE ON DATABASE … TO {0}")]
    NoCreate(String),
}

impl From<ServerError> for Fault {
    fn from(error: ServerError) -> Self {
        Self::new(FaultKind::Unavailable, "db.server", error.to_string()).because(error)
    }
}

/// Checks version, encoding and rights of the server behind `db` and returns its version, for example `18.4`.
///
/// # Errors
/// [`ServerError`], whose text is a Chinese sentence for the operator.
pub async fn check_server(db: &Db) -> Result<String, ServerError> {
    let (number, version, encoding, user, may_create): (i32, String, String, String, bool) =
        sqlx::query_as(include_str!("sql/server.sql"))
            .fetch_one(db.pool())
            .await
            .map_err(|error| ServerError::Unreachable(error.to_string()))?;
    judge(number, &version, &encoding, &user, may_create)?;
    Ok(version)
}

pub(crate) fn judge(
    number: i32,
    version: &str,
    encoding: &str,
    user: &str,
    may_create: bool,
) -> Result<(), ServerError> {
    if number / 10_000 < OLDEST {
        return Err(ServerError::TooOld(version.to_owned()));
    }
    if encoding != "UTF8" {
        return Err(ServerError::Encoding(encoding.to_owned()));
    }
    if may_create { Ok(()) } else { Err(ServerError::NoCreate(user.to_owned())) }
}
