"""What is owed to whom by e-mail, and how does it get out?

`outbox` is the only way in. Everything else here carries what stands there to the mail relay.
"""
