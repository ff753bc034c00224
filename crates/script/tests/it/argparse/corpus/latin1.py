# -*- coding: latin-1 -*-
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--straße", dest="street", default="München", help="für die Adresse")
args = parser.parse_args()
