"""Widgets show one thing each and never name the app; what they have to tell they post upwards."""
