"""Composes Atrium: the routes of all areas and the workflows' functions, nothing else."""

from chalice.app import Chalice

from chalicelib import garbage
from chalicelib.handlers import areas
from chalicelib.workflows import functions

app = Chalice(app_name="atrium")
app.api.binary_types = []  # bodies travel as base64 (answers.Encoded); the template declares */* to the gateway
app.register_blueprint(functions.area)
areas.serve(app)
garbage.resume()
