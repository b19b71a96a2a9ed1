"""The output folder of a case: what is in it, who changed it, and how new files arrive without loss."""
