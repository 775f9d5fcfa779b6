"""No property test of this chapter passes or fails by the clock."""

from hypothesis import settings

settings.register_profile("svclab", deadline=None)
settings.load_profile("svclab")
