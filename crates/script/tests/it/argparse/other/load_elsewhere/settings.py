import pyruns

config = pyruns.load()
