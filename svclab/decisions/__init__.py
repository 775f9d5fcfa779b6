"""Decision models (chapter 6): linear and integer programs for services."""
