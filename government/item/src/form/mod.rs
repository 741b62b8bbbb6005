//! Forms: validation, visibility, the JSON Schema shown to programs, values as text.

mod bounds;
mod schema;
mod shown;
mod text;
mod validate;
mod values;

pub(crate) use bounds::fixed as fixed_bound;
pub use bounds::shown_bound;
pub use schema::json_schema;
pub use shown::{is_shown, shown_fields};
pub use text::{masked_text, value_text};
pub use validate::{validate, validate_field, validate_partial};
