SELECT tokens, row_version FROM process.instance WHERE instance_id = $1 FOR UPDATE
