"""What services do about a wait: measures with the proposition that each follows. All invented."""

from __future__ import annotations

__all__ = ["CAUTIOUS", "DISTRACTING", "MEASURES", "MISLEADING", "OPEN", "PROPOSITIONS"]

#: The propositions of the audit, in words of our own, in its order.
PROPOSITIONS = {
    "occupied": "Time with nothing to do feels longer",
    "started": "Before the service has begun, a wait feels longer than within it",
    "calm": "Fear makes a wait feel longer",
    "certain": "Not to know how long makes a wait feel longer",
    "explained": "Not to know why makes a wait feel longer",
    "fair": "An unfair wait feels longer",
    "worth it": "People wait longer for what is worth more to them, and not long for little",
    "together": "Alone, a wait feels longer than in company",
}

#: For each proposition measures that follow it and no other.
MEASURES = {
    "occupied": (
        "A restaurant gives guests who wait at the door a chessboard.",
        "A barber (理发店) has a shelf with comics and newspapers.",
        "A clinic shows nature films in the room where people wait.",
        "A bank shows old coins in glass cases along the line.",
        "A garage lets people try a driving simulator while their car is washed.",
    ),
    "started": (
        "A waiter takes the orders of guests who still stand in line.",
        "At a clinic a nurse takes the history of a patient who still waits for the doctor.",
        "At a visa office somebody checks and scans the papers of those in line.",
        "A hotel lets guests enter their passport data and choose a room while they stand in line.",
        "A garage reads out the car's fault codes before it is the car's turn.",
    ),
    "calm": (
        "At a registry a helper walks along the line and tells all that they stand in the right "
        "one.",
        "Shortly before closing, a helper promises the last in line that they will not be sent "
        "away.",
        "During an operation a nurse comes out and tells the family that all goes well.",
        "A chat says: we have your question, and it will not be lost when you close the window.",
        "An airline tells passengers in a late connecting plane that their next flight waits for "
        "them.",
    ),
    "certain": (
        "At a fair a sign in the line says: from here 20 minutes.",
        "A hotline says: your call will be answered in about six minutes.",
        "A garage sends a message: your car will be ready at 16:30.",
        "A bus stop shows in how many minutes the next bus comes.",
        "A photographer says at once: the passport pictures take a quarter of an hour.",
    ),
    "explained": (
        "A train driver says that the train stands because a signal has failed.",
        "A sign at a closed counter says that its clerk is handling letters.",
        "A pilot says that snow is being cleared from the runway.",
        "A doctor's assistant says that an emergency has come in.",
        "A shop tells its customers that a lorry with their goods is stuck in a flood.",
    ),
    "fair": (
        "A bank replaces the lines at its counters by one for all, so that nobody is overtaken.",
        "A ticket office puts up rails, so that nobody can push in.",
        "A clerk no longer answers the telephone while people stand at the counter before the "
        "caller.",
        "A parcel station stops serving friends of the staff at the back door.",
        "A canteen calls people by ticket number, because late-comers used to slip in at the side.",
    ),
    "worth it": (
        "A supermarket opens a till for customers with three things at most.",
        "A service hall opens a desk for those who only collect a finished document.",
        "A post office sells single stamps from a machine, beside the line for parcels.",
        "A hospital gives a quick window to those who only need a stamp on a paper.",
        "A library takes back books at a desk of its own, so that nobody waits long for so little.",
    ),
    "together": (
        "A clinic lets a friend or relative stay with the patient until the turn comes.",
        "A hall turns its rows of chairs into small circles, in which people talk to each other.",
        "A theme park no longer splits families and groups in its lines.",
        "A ticket office sets up tables for eight, where those who wait through the night sit "
        "and talk.",
        "A centre for pregnant women calls them for the same hour in small groups, in a room of "
        "their own.",
    ),
}

#: Measures that make people believe what is not so.
MISLEADING = (
    "The screen shows a shorter wait than the system computes, so that fewer people leave.",
    "The hotline tells every caller: you are next.",
    "A progress bar (进度条) moves evenly, whether or not anybody works on the request.",
    "A sign says that the computers are down whenever the staff take a longer lunch.",
    "A helper tells everybody in line: only two more minutes.",
    "Numbers are called that nobody has, so that the line seems to move fast.",
    "A sign says: we have unusually many visitors today. It hangs there every day.",
)

#: Honest: a promise that is on the safe side.
CAUTIOUS = (
    "The screen shows a wait that nine of ten people stay below, not the mean.",
    "The garage names a time by which the car is ready in nearly all cases.",
    "The hotline names the wait of a busy hour, and says that it may be shorter.",
)

#: Honest: something to do, or to look at.
DISTRACTING = (
    "There are mirrors beside the lifts, and people look at themselves while they wait.",
    "Free tea and newspapers stand where people wait.",
    "A screen shows the news where people wait.",
)

#: Honest: something is told or made easier.
OPEN = (
    "A message calls people back to the hall when it is nearly their turn.",
    "A sign says why two of the counters are closed at this hour.",
    "The screen shows how many people are ahead.",
    "The website shows at which hours the hall is usually empty.",
)
