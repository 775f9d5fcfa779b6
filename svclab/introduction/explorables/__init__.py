"""What can be moved and seen in the introduction."""

from svclab.introduction.explorables.assessments import seven_aspects
from svclab.introduction.explorables.attention import effort_loop
from svclab.introduction.explorables.capacities import sub_systems
from svclab.introduction.explorables.corrections import closed_loop
from svclab.introduction.explorables.course import course_map
from svclab.introduction.explorables.features import offering_map
from svclab.introduction.explorables.packages import service_package
from svclab.introduction.explorables.turning import spiral
from svclab.introduction.explorables.what_flips import flips
from svclab.introduction.explorables.wordings import definition_words

__all__ = [
    "closed_loop",
    "course_map",
    "definition_words",
    "effort_loop",
    "flips",
    "offering_map",
    "service_package",
    "seven_aspects",
    "spiral",
    "sub_systems",
]
