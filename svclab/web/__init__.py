"""The browser side: modules of the page, of Jupyter and of the build, and how they are sent."""
