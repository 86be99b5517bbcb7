from .api import load
