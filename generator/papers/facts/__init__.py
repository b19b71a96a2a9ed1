"""The facts that papers show: each is declared once, with its type, meaning, example, readers and function."""
