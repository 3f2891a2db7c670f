"""``core.alert_rules``: what the user wants to hear of, as ``DATA/alerts.toml`` says; ``marts.alerts`` has what matches.

Grain: one alert of the file.
"""
