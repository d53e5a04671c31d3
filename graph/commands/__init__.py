"""The commands of the command line: each parses its options, calls :mod:`graph` and prints."""
