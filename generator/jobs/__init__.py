"""The jobs of the product, one module each: the only place that knows an order of work."""
