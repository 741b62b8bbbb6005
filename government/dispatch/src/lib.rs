//! Who gets a task: entitled, not recused, least loaded
