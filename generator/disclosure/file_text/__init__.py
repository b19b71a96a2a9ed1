"""Read finished files of any kind for their words, so that what a reader must not see is found before it leaves."""
