"""How is a decision written by several people at once, confirmed, signed, read and amended?"""
