import typer


def main(lr: float = 0.1):
    pass


typer.run(main)
