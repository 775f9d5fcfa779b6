"""Invented actions of a service, each for one item of the four-phase cycle."""

from __future__ import annotations

__all__ = ["ACTIONS", "PLACES"]

#: Who it is. All invented.
PLACES = {
    "hotel": "A hotel (invented)",
    "clinic": "A health centre (体检中心, invented)",
    "courier": "A courier service (快递, invented)",
    "school": "An evening school (夜校, invented)",
    "ktv": "A KTV house (invented)",
}
#: Item of the checklist to actions; two or three for each.
ACTIONS: dict[str, tuple[str, ...]] = {
    "goals": (
        "write down that nine customers of ten shall come again",
        "settle what share of the hours shall be sold next year",
    ),
    "core business": (
        "decide what the house lives on and what is only an addition",
        "decide which kind of customers it is made for",
    ),
    "key processes": (
        "name the three flows of work that must never fail",
        "mark on paper which steps matter most to customers",
    ),
    "resource plan": (
        "compute how many people and rooms next year will need",
        "estimate how much money the first year will take",
    ),
    "timetable": (
        "set the dates by which the opening is to be ready",
        "write on paper which part is built first and which later",
    ),
    "allocation": (
        "give four of the people to the evening shift",
        "hand the new machines to the two busiest desks",
    ),
    "duties and authority": (
        "let the shift leader pay back up to 100 yuan without asking",
        "say in writing who may change an appointment",
    ),
    "structure": (
        "settle who leads which team",
        "join two small teams under one leader",
    ),
    "confirming needs": (
        "ask a customer at the door what is wanted today",
        "read an order back to the customer before beginning",
    ),
    "running the process": (
        "serve a customer from arrival to payment",
        "do the work that one customer has ordered",
    ),
    "customer care": (
        "ring up a customer who left angry",
        "send a customer a note of thanks after the visit",
    ),
    "monitoring": (
        "count each day how many customers wait more than ten minutes",
        "watch the share of late jobs against its limit",
    ),
    "collecting and analysing data": (
        "compare the waits of weekdays and weekends",
        "look in the figures for what late jobs have in common",
    ),
    "correction": (
        "open a second desk because the figures showed long waits",
        "change the order of two steps after the figures had shown where mistakes arise",
    ),
}
