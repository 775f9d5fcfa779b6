"""Introduction (chapter 1): words taken apart, offerings measured, and loops that can be moved.

The rooms are imported by those who use them, for example
``from svclab.introduction.loops import closed_loop``.
"""
