//! Forms: validation, visibility, the JSON Schema shown to programs, values as text.

mod schema;
mod shown;
mod text;
mod validate;

pub use schema::json_schema;
pub use shown::is_shown;
pub use text::{masked_text, value_text};
pub use validate::{validate, validate_partial};
