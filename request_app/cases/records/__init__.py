"""The records of cases: case file, annual report and deletion."""
