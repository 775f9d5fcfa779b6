"""What is asked in the first chapter, in the order of the chapter."""

from svclab.basics.exercises.clocks import FollowTheClock
from svclab.basics.exercises.days import BestDay
from svclab.basics.exercises.functions import OwnFunction
from svclab.basics.exercises.messages import WhichLine
from svclab.basics.exercises.orders import RunOrder
from svclab.basics.exercises.questions import AskTheTable
from svclab.basics.exercises.rates import FirstNumbers

#: The objectives of the chapter, as its first cell states them.
OBJECTIVES = {
    1: "use a page of this course: guess, move a slider, answer an exercise with numbers of your "
    "own",
    2: "run cells, change a line, and say what the order of running does",
    3: "read a table and a plot, and get a number out of a column",
    4: "read a first simulation and a first plan line by line, and change them",
    5: "read an error message and mend the line",
}

first_numbers = FirstNumbers()
run_order = RunOrder()
ask_the_table = AskTheTable()
follow_the_clock = FollowTheClock()
best_day = BestDay()
which_line = WhichLine()
own_function = OwnFunction()

#: Earlier versions that were released: records are graded by the version they were dealt.
older = ()

__all__ = [
    "OBJECTIVES",
    "ask_the_table",
    "best_day",
    "first_numbers",
    "follow_the_clock",
    "older",
    "own_function",
    "run_order",
    "which_line",
]
