import tyro as t

config = t.cli(dict)
