SELECT digest FROM process.definition WHERE definition_id = $1 AND version = $2
