"""What do scanners find in the code, and in a demonstration of its own?"""
