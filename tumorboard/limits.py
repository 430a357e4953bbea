"""How often may one person ask for what is costly, or tells much at once, before they are told to wait?

More than anybody needs at work, and too little to carry a board's cases away. Counted in the cache, which is
a table of PostgreSQL; a `key` is one person.
"""

AT_WORK = {
    "search": "30/m/key,300/h/key",
    "document": "30/m/key,200/h/key",  # letters, minutes and agendas as PDF
    "upload": "40/10m/key,300/d/key",
    "file": "90/m/key,900/h/key",  # a file, or one page of it
    "import": "10/h/key",  # files with cases
    "emergency": "10/15m/key,30/d/key",
}
