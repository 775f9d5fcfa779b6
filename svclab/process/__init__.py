"""Service process construction and management (chapter 5): the models.

A :class:`Process` is data: activities, resources, order. :func:`analyse` tells its capacity and
bottleneck, :func:`layouts` lists every line that some workers allow, :func:`simulate` lets
random customers through, :class:`ProcessTable` takes ESIA's operations. The cases of the course
material are functions, such as :func:`licence_office`.
"""

from svclab.process import audit, checklists, dispatch, responsibility, travel, variants, watching
from svclab.process.arranging import arrange
from svclab.process.assigning import assignments
from svclab.process.balancing import best_layouts, layouts, pareto
from svclab.process.cases import (
    archive_project,
    clinic,
    invoice_process,
    jfk,
    licence_kinds,
    licence_office,
    licence_office_improved,
    mbl_steps,
    ticket_rush,
    vaccination_centre,
)
from svclab.process.concurrent import best_overlap, overlap, overlap_for_saving
from svclab.process.controls import break_even_error_rate, compare_controls
from svclab.process.flow import (
    analyse,
    diagram,
    expected_visits,
    fewest_workers,
    littles_law,
    longest_path,
    process_cycle_efficiency,
    takt_time,
)
from svclab.process.layout import Layout, Station
from svclab.process.mix import CustomerKind, analyse_mix, bottleneck_by_share
from svclab.process.model import DAY, HOUR, MINUTE, Activity, Process, Resource, Rework
from svclab.process.programs import fewest_stations, shortest_cycle
from svclab.process.projects import Task, critical_path
from svclab.process.recursion import replay
from svclab.process.redesign import Redesign
from svclab.process.reengineering import (
    Department,
    case_manager_effects,
    case_manager_line,
    handoff_line,
    utilisation_that_explains,
)
from svclab.process.sampling import Workload, draw
from svclab.process.sequencing import orders, resequenced
from svclab.process.simulation import replicate, simulate
from svclab.process.table import ProcessTable, Step

__all__ = [
    "DAY",
    "HOUR",
    "MINUTE",
    "Activity",
    "CustomerKind",
    "Department",
    "Layout",
    "Process",
    "ProcessTable",
    "Redesign",
    "Resource",
    "Rework",
    "Station",
    "Step",
    "Task",
    "Workload",
    "analyse",
    "analyse_mix",
    "archive_project",
    "arrange",
    "assignments",
    "audit",
    "best_layouts",
    "best_overlap",
    "bottleneck_by_share",
    "break_even_error_rate",
    "case_manager_effects",
    "case_manager_line",
    "checklists",
    "clinic",
    "compare_controls",
    "critical_path",
    "diagram",
    "dispatch",
    "draw",
    "expected_visits",
    "fewest_stations",
    "fewest_workers",
    "handoff_line",
    "invoice_process",
    "jfk",
    "layouts",
    "licence_kinds",
    "licence_office",
    "licence_office_improved",
    "littles_law",
    "longest_path",
    "mbl_steps",
    "orders",
    "overlap",
    "overlap_for_saving",
    "pareto",
    "process_cycle_efficiency",
    "replay",
    "replicate",
    "resequenced",
    "responsibility",
    "shortest_cycle",
    "simulate",
    "takt_time",
    "ticket_rush",
    "travel",
    "utilisation_that_explains",
    "vaccination_centre",
    "variants",
    "watching",
]
