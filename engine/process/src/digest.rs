//! SM3 digests: of a definition's content, and as the source of task ids.

use base_kernel::{InstanceId, TaskId};
use chrono::{DateTime, Utc};
use sm3::{Digest, Sm3};

/// SM3 in lower-case hexadecimal.
pub(crate) fn hex(text: &str) -> String {
    Sm3::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The id of a task: in the layout of a version 7 UUID, its time part the moment of opening, the rest taken from the
/// instance and the key. The same step gives the same id, and ids keep the order of time.
pub(crate) fn task_id(instance: InstanceId, key: &str, at: DateTime<Utc>) -> TaskId {
    let digest = Sm3::new().chain_update(instance.0.as_bytes()).chain_update(key.as_bytes()).finalize();
    let mut rest = [0_u8; 10];
    for (to, from) in rest.iter_mut().zip(digest.iter()) {
        *to = *from;
    }
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
    TaskId(uuid::Builder::from_unix_timestamp_millis(millis, &rest).into_uuid())
}
