"""An app of two migrations, for tests of the command that runs them: a table, and a column more."""
