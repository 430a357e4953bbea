"""Where does the demonstration's mail end up, and how is it read? Never part of a real installation."""
