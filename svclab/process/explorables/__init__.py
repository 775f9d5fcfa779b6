"""What can be moved and seen in the chapter on service processes."""

from svclab.process.explorables.audits import principles_audit, process_audit
from svclab.process.explorables.designs import all_layouts, line_designer
from svclab.process.explorables.lines import line_pace, one_more_worker, people_inside
from svclab.process.explorables.organising import case_manager, overlap_phases
from svclab.process.explorables.paperwork import control_or_file, esia_steps
from svclab.process.explorables.places import clinic_design, customer_mix, jfk_transit
from svclab.process.explorables.queues import queue_play, waiting_near_capacity
from svclab.process.explorables.simulations import clinic_morning, one_desk
from svclab.process.explorables.solving import longer_line

__all__ = [
    "all_layouts",
    "case_manager",
    "clinic_design",
    "clinic_morning",
    "control_or_file",
    "customer_mix",
    "esia_steps",
    "jfk_transit",
    "line_designer",
    "line_pace",
    "longer_line",
    "one_desk",
    "one_more_worker",
    "overlap_phases",
    "people_inside",
    "principles_audit",
    "process_audit",
    "queue_play",
    "waiting_near_capacity",
]
