"""Service competitive strategy (chapter 2): words that become matrices, scores and models.

The rooms are imported by those who use them, for example
``from svclab.strategy.weighing import scorecard``.
"""
