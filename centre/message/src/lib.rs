//! In-app messages from templates
