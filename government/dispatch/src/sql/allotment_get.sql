SELECT chosen, rule, candidates FROM dispatch.allotment WHERE task_id = $1
