"""From texts nobody has annotated to a debate: articles, utterances, claims, relations."""
