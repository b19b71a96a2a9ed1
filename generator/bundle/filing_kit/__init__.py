"""The filing kit: all that goes to the court with a bundle, in files of the size and name that each way there takes."""
