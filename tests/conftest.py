"""What does every test have at hand?"""
