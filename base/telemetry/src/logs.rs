//! Log lines, for people or for machines.

use std::str::FromStr;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt;

use crate::{Redacting, redact};

/// Shape of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogFormat {
    /// One readable line.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

impl FromStr for LogFormat {
    type Err = TelemetryError;

    fn from_str(text: &str) -> Result<Self, TelemetryError> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            other => Err(TelemetryError::Format(other.to_owned())),
        }
    }
}

/// What to log and how.
#[derive(Debug, Clone)]
pub struct LogOptions {
    /// Shape.
    pub format: LogFormat,
    /// Filter in the syntax of `tracing`, for example `info` or `info,centre_benefit=debug`.
    pub level: String,
}

/// Why telemetry can't be set up. The text is shown to the operator as it is.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// Neither text nor json.
    #[error("日志格式 log.format 只能是 text 或 json，当前是“{0}”")]
    Format(String),
    /// The filter can't be read.
    #[error("日志级别 log.level 无法识别：{0}。例如 info，或 info,centre_benefit=debug")]
    Level(String),
    /// Something else has set up logs or metrics in this process.
    #[error("日志或指标已由本进程的其他部分初始化：{0}")]
    Twice(String),
}

/// Sends log lines to standard error from now on, masked; panics too.
///
/// # Errors
/// [`TelemetryError`] when the level can't be read or logs are set up already.
pub fn init_logs(options: &LogOptions) -> Result<(), TelemetryError> {
    subscriber(options, std::io::stderr)?
        .try_init()
        .map_err(|error| TelemetryError::Twice(error.to_string()))?;
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let payload = panic.payload_as_str().unwrap_or("panic");
        tracing::error!(place, reason = %redact(payload), "panic");
    }));
    Ok(())
}

/// The subscriber, over any writer.
pub(crate) fn subscriber<W>(
    options: &LogOptions,
    writer: W,
) -> Result<Box<dyn tracing::Subscriber + Send + Sync>, TelemetryError>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter =
        EnvFilter::try_new(&options.level).map_err(|error| TelemetryError::Level(error.to_string()))?;
    let builder =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(Redacting(writer)).with_target(true);
    Ok(match options.format {
        LogFormat::Text => Box::new(builder.with_ansi(false).finish()),
        LogFormat::Json => Box::new(builder.json().flatten_event(true).with_current_span(true).finish()),
    })
}
