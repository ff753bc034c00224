import paths

LR = 0.003
WIDTH = 256
_HIDDEN = 1
