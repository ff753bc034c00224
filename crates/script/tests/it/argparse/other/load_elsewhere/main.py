"""The config is loaded by another module of the project."""
from settings import config

print(config)
