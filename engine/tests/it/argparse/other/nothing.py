print("nothing to set")
