"""Until when is somebody signed in, and where? People and their passwords are `accounts`."""
