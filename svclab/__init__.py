"""Service Operations Lab: a course in service operations management that one can run."""

from svclab.practice.student import open_solutions, student

__all__ = ["open_solutions", "student"]

__version__ = "0.1.0"
