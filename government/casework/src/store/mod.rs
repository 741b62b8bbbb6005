//! SQL of casework, one file a kind of record.

mod action;
mod case_file;
mod document;
mod task;

pub(crate) use action::*;
pub(crate) use case_file::*;
pub(crate) use document::*;
pub(crate) use task::*;

/// Statements of this slice by file name, for the generic prepare test.
#[must_use]
pub fn sql_files() -> Vec<(&'static str, &'static str)> {
    macro_rules! files {
        ($($name:literal),* $(,)?) => { vec![$(($name, include_str!(concat!("../sql/", $name)))),*] };
    }
    files![
        "action_get.sql",
        "action_insert.sql",
        "action_list.sql",
        "actors_at_nodes.sql",
        "case_by_submission.sql",
        "case_get.sql",
        "case_insert.sql",
        "case_list_mine.sql",
        "case_list_scope.sql",
        "case_lock.sql",
        "case_next_sequence.sql",
        "case_update.sql",
        "document_case.sql",
        "document_insert.sql",
        "document_list.sql",
        "rating_get.sql",
        "rating_insert.sql",
        "task_claim.sql",
        "task_count_of_officers.sql",
        "task_end.sql",
        "task_get.sql",
        "task_hold_of_case.sql",
        "task_insert.sql",
        "task_list_claimed.sql",
        "task_list_done.sql",
        "task_list_todo.sql",
        "task_lock.sql",
        "task_open_of_case.sql",
        "task_open_of_officer.sql",
        "task_reassign.sql",
        "task_release.sql",
        "task_set_state.sql",
        "task_summary.sql",
        "task_undispatchable.sql",
        "task_wake_of_case.sql",
    ]
}
