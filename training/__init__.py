"""How the shipped models are trained, from public corpora and our own prose; see README.md."""
