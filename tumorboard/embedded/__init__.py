"""Where do PostgreSQL and Valkey come from when the machine has none?"""
