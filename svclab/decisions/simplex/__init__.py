"""The simplex method step by step: tableaux in fractions, and the path over the corners."""

from svclab.decisions.simplex.standard import Standard, standard_form
from svclab.decisions.simplex.tableau import Place, Tableau
from svclab.decisions.simplex.walking import Walk, walk

__all__ = ["Place", "Standard", "Tableau", "Walk", "standard_form", "walk"]
