"""How large may a file be, in bytes, pages, pixels and parts?

Plain numbers without Django: the program that reads hostile files knows them too, and nothing else of us.
"""

MEGABYTE = 1024 * 1024

MOST_PIXELS = 50_000_000  # of one picture, and of all pages of one TIFF together
MOST_PAGES = 500
MOST_PARTS = 3000  # entries of an office document
MOST_UNPACKED = 200 * MEGABYTE  # of an office document
MOST_OF_ONE_STREAM = 32 * MEGABYTE  # of a PDF, where it says that objects are in it
LOOKED_INTO = 4 * MEGABYTE  # of each other stream of a PDF
MOST_LOOKED_INTO = 400 * MEGABYTE  # of all streams of a PDF together
MOST_RATIO = 100  # unpacked to packed, where it is more than a few megabytes at all
RATIO_FROM = 10 * MEGABYTE

PREVIEW_WIDTH, ZOOMED_WIDTH = 1000, 2200  # pixels
MOST_PREVIEW_PIXELS = 16_000_000

# What one reading of a file may use.
SECONDS = 20  # by the clock
CPU_SECONDS = 15
MEMORY = 1536 * MEGABYTE  # of addresses; the libraries alone take a third
WRITTEN = 300 * MEGABYTE
