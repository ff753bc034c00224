OUT = "runs/" + "today"
