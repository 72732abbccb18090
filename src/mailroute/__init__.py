"""mailroute: client mail becomes one shared ticket between sales and project management."""

__version__ = "0.1.0"
