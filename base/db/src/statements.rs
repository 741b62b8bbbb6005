//! Statements of a slice, listed once: used by its store and prepared by its test.

/// Declares the statements of a store and the list of them that the prepare test walks.
///
/// ```text
/// base_db::statements! {
///     PERSON_ADD = "sql/person_add.sql";
///     PERSON_BY_NO = "sql/person_by_no.sql";
/// }
/// ```
/// gives `const PERSON_ADD: &str`, … and `pub(crate) const STATEMENTS: &[(&str, &str)]` of file and text. Paths are
/// relative to the file that uses the macro.
#[macro_export]
macro_rules! statements {
    ($($name:ident = $file:literal;)*) => {
        $(const $name: &str = include_str!($file);)*
        /// Every statement of this store: file and text.
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$(($file, $name)),*];
    };
}
