"""Invented measures of managers, each of one of the four sub-systems."""

from __future__ import annotations

__all__ = ["MEASURES", "PLACES"]

#: Who it is. All invented.
PLACES = {
    "clinic": "The head of a dental clinic (牙科诊所, invented)",
    "hotel": "The manager of a hotel (invented)",
    "hall": "The head of a government service hall (政务服务大厅, invented)",
    "school": "The head of an evening school (夜校, invented)",
    "repair": "The manager of a repair workshop (维修店, invented)",
}
#: Sub-system to measures; a name and a sentence.
MEASURES: dict[str, dict[str, str]] = {
    "demand": {
        "forecast": "forecast how many customers come on each day of next month",
        "shift": "give a lower fee in the morning so that fewer come at noon",
        "groups": "ask which groups of customers want which kinds of help",
        "booking": "let customers book an hour instead of coming by chance",
        "reminder": "remind customers of their date so that fewer stay away",
    },
    "process": {
        "order": "swap two steps so that nobody walks back and forth",
        "bottleneck": "find the step that holds up all the others",
        "parallel": "let two steps run at the same time",
        "handoffs": "join three steps at one desk, to be spared two handoffs",
        "map": "draw the way of a job from arrival to the end",
    },
    "quality": {
        "first": "count the share of jobs that are right the first time",
        "standard": "write down what a good result looks like",
        "survey": "compare what customers expected with what they say they got",
        "check": "have each tenth job tested by a colleague",
        "cause": "look for the cause of the commonest mistake",
    },
    "cost": {
        "each": "work out what one job costs, idle hours included",
        "rework": "put a sum of money on last year's repeated jobs",
        "overheads": "share the rent among the kinds of jobs",
        "budget": "compare the month's spending with its budget",
        "price": "find the fee at which a kind of job just pays for itself",
    },
}
