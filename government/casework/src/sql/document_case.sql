SELECT case_no FROM casework.case_document WHERE document_id = $1
