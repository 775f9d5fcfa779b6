"""Invented items of five services, each in one of the five parts of the service package."""

from __future__ import annotations

__all__ = ["ITEMS", "PLACES"]

#: Who it is. All invented.
PLACES = {
    "hotel": "a small hotel (invented)",
    "clinic": "a dental clinic (牙科诊所, invented)",
    "courier": "a parcel shop (快递站, invented)",
    "school": "a driving school (驾校, invented)",
    "noodles": "a noodle shop (面馆, invented)",
}
F, G, K, E, M = (
    "supporting facility",
    "facilitating goods",
    "information",
    "explicit services",
    "implicit services",
)
#: Service to items with their part; at least two for each part.
ITEMS: dict[str, tuple[tuple[str, str], ...]] = {
    "hotel": (
        ("beds", F), ("the lift", F),
        ("soap and shampoo in small bottles", G), ("the breakfast rolls", G),
        ("the guest's wish for a quiet room, noted when booking", K),
        ("the list of free rooms for tonight", K),
        ("a room that is cleaned by two o'clock", E), ("a wake-up call at the minute asked for", E),
        ("the feeling of being expected", M), ("not having to explain oneself to the night porter",
                                               M),
    ),
    "clinic": (
        ("the dentist's chair", F), ("the X-ray machine", F),
        ("gloves that are thrown away after each patient", G), ("the filling that stays in the "
                                                                 "tooth", G),
        ("the record of earlier treatments", K), ("the patient's allergies", K),
        ("a tooth that no longer hurts", E), ("a treatment that begins within ten minutes of the "
                                             "appointment", E),
        ("trust that nothing needless is done", M), ("being less afraid than before", M),
    ),
    "courier": (
        ("the counter and the shelves", F), ("the scanner", F),
        ("tape and cardboard boxes that customers use", G),
        ("the carrier bag that customers take along", G),
        ("the pick-up code sent by message", K), ("the address of the receiver", K),
        ("a parcel found within a minute", E), ("delivery on the next day", E),
        ("the certainty that nobody opens the parcel", M),
        ("the good feeling of being greeted by name", M),
    ),
    "school": (
        ("the practice ground", F), ("the cars of the school", F),
        ("petrol used in the lessons", G), ("the exercise book that the pupil keeps", G),
        ("the pupil's mistakes in the last lesson", K), ("the dates of the next tests", K),
        ("twenty hours at the wheel", E), ("passing the test", E),
        ("not being shouted at", M), ("the pride of driving the family for the first time", M),
    ),
    "noodles": (
        ("tables and stools", F), ("the stove", F),
        ("noodles and vegetables", G), ("paper napkins", G),
        ("the prices on the board", K), ("the guest's word: no chilli", K),
        ("a hot bowl within five minutes", E), ("a meal that stills the hunger", E),
        ("the smell that reminds of home", M), ("being left in peace after eating", M),
    ),
}  # fmt: skip
