"""Word files as packages: opened, read and compared."""
