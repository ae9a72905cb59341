"""Jobs that run side by side: a pool with a limit, retries, a cache of what is under way."""
