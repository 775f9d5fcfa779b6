"""What svclab.linear costs to import: neither PuLP nor a solver, until one is needed."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "module",
    [
        "svclab.linear",
        "svclab.decisions.sensitivity",
        "svclab.decisions.simplex",
        "svclab.decisions.plane",
    ],
)
def test_importing_loads_neither_pulp_nor_highspy(module):
    code = f"import {module}, sys; print(sorted({{'pulp', 'highspy', 'numpy'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
