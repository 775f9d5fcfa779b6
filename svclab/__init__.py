"""Service Operations Lab: a course in service operations management that one can run."""

__version__ = "0.1.0"
