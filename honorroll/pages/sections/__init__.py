"""The sections of the site: a module lists the pages of one, and makes them."""
