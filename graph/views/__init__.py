"""Pages and pictures of a debate."""
