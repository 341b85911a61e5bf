"""Screens compose, bind keys and forward; what they show is decided in the headless core."""
