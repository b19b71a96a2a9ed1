"""Turn Word files into PDF, the first of them while the rest are still being written."""
