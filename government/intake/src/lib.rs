//! Drafts, materials, submission
