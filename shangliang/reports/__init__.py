"""Reports and matters: the report point, screening, joining, the thread with the reporter, reception."""
