SELECT tokens FROM process.instance WHERE instance_id = $1
