"""How does the application speak to PostgreSQL: as whom, for how long, and what if two collide?"""
