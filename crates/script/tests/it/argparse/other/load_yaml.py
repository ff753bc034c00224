from pyruns import load as read_config

config = read_config()
