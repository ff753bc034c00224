__all__ = ["STAR"]
STAR = 5
HIDDEN = 6
