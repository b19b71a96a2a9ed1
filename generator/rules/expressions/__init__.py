"""The one expression language: Jinja's, in a sandbox, for conditions and for templates."""
