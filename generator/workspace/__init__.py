"""The case's output folder: what is in it, who changed it, and how new files arrive without losing anything."""
