"""The programs that turn Word files into PDF: each module or package in this folder is one."""
