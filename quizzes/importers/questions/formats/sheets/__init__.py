"""Questions as a table, one row each, as somebody fills it in with a spreadsheet."""
