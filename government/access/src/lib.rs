//! Organisation tree, roles, grants, data scope
