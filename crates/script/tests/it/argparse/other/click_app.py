import click


@click.command()
@click.option("--lr", default=0.1)
def main(lr):
    pass


main()
