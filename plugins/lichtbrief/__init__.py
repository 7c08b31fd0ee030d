"""Lichtbrief: a school's private newsletter, one sealed edition per group and week.

The plugin of Pelican. `register()` only connects receivers; whatever could fail happens later,
where Pelican lets an exception end the run.
"""


def register() -> None:
    """Connect the receivers (called by Pelican for each name in PLUGINS)."""
    from pelican import signals

    from lichtbrief import generator

    signals.initialized.connect(generator.check_settings)
    signals.get_generators.connect(generator.get_generators)
    signals.static_generator_finalized.connect(generator.keep_static_public)
    signals.finalized.connect(generator.keep_output_public)
