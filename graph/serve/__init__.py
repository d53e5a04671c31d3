"""The SPARQL endpoint and the pages: an ASGI app whose queries run in processes of their own."""
