"""Process analysis: capacity, bottleneck, utilisation, flow time, labour.

The terms, as the course material defines them (P-23) and as the field does (for example Cachon
and Terwiesch, *Matching Supply with Demand*, chapter 3):

- **capacity** of a resource: customers per hour it can serve when it never pauses; of the
  process: the smallest of these. Whoever has the smallest is the **bottleneck**.
- **cycle time**: average time between two completions when the process runs at capacity.
- **takt time**: the time between two completions that demand asks for.
- **throughput**: what is really served per hour, the smaller of demand and capacity.
- **utilisation**: throughput against capacity. **Implied utilisation**: demand against
  capacity; above 1 the demand cannot be met.
- **flow time** (total time): from arrival to completion; here without queues.
- **work content**: seconds that people or machines work for one customer, rework included.
- **paid time**: seconds that workers are paid for one customer, idle time included.
"""

from svclab.process.analysis import (
    FlowAnalysis,
    ResourceLoad,
    analyse,
    process_cycle_efficiency,
)
from svclab.process.flowchart import diagram
from svclab.process.littles import LittlesLaw, littles_law
from svclab.process.longest import LongestPath, longest_path
from svclab.process.visits import expected_visits, repeated_activities
from svclab.process.workers import FewestWorkers, fewest_workers, takt_time, work_by_resource

__all__ = [
    "FewestWorkers",
    "FlowAnalysis",
    "LittlesLaw",
    "LongestPath",
    "ResourceLoad",
    "analyse",
    "diagram",
    "expected_visits",
    "fewest_workers",
    "littles_law",
    "longest_path",
    "process_cycle_efficiency",
    "repeated_activities",
    "takt_time",
    "work_by_resource",
]
