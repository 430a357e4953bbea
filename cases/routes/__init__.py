"""Which address belongs to which room?"""
