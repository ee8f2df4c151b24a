"""Composition of the site: settings, addresses, the WSGI entry point."""
