"""Formulas for waiting lines, all with one type of result, and the fluid queue of a rush."""
