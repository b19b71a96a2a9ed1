"""Read finished files of any kind for their words, so that what a reader must not see is found before it leaves."""

from generator.examine.reading import Reading
from generator.examine.worker import read_file, read_files

__all__ = ["Reading", "read_file", "read_files"]
