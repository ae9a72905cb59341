"""A stock of articles: what is there, what is reserved, what has to be ordered."""
