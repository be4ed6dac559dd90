"""Open311 GeoReport v2, read and write, with the extensions that clients really use.

A request is read into parameters, answered with one neutral document, and that document is
written as JSON or XML. Rules are elsewhere: ``intake`` decides, ``cases.queries`` shows.
"""
