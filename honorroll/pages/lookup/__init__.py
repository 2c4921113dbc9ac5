"""The campaign seen from the pages: who belongs to whom, and which records a page has read."""
