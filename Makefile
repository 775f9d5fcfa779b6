# Thin on purpose: the work is done by `svclab` (see svclab/course). Works with GNU make 3.81.
# PYTHON=... names a Python to use; otherwise the first one of version 3.11 or newer is taken.

SEARCH = $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python
START = @for p in $(SEARCH); do \
	  if "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    exec "$$p" svclab/course/bootstrap.py
OR_SAY = ; fi; done; \
	  old=$$(python3 --version 2>/dev/null); \
	  echo "Python 3.11 or newer was not found$${old:+; python3 here is $$old}. Install it (Debian: sudo apt install python3 python3-venv; macOS: the installer from python.org), then run the same command again." >&2; \
	  exit 1

.PHONY: help site test lab clean clean-all

help:
	@echo "make site   set up, build the course and serve it on this machine (PORT=8000)"
	@echo "make test   set up and run all tests"
	@echo "make lab    set up and open JupyterLab on the notebooks"
	@echo "make clean  remove what was built (make clean-all: the set-up too)"

site:
	$(START) site site --port $(or $(PORT),8000) $(OR_SAY)

test:
	$(START) test test $(OR_SAY)

lab:
	$(START) lab lab $(OR_SAY)

clean:
	rm -rf .build

clean-all: clean
	rm -rf .venv
