"""Hold a bundle, made here or elsewhere, against every rule of a layout."""
