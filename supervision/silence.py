"""What the log says of citizens: nothing, for each of its lines tells the second at which somebody asked."""

import logging

CITIZENS = "/report/"


class OfCitizens(logging.Filter):
    """Requests to the portal leave no line; a fault of ours leaves one, without what was asked for."""

    def filter(self, record: logging.LogRecord) -> bool:
        path = getattr(getattr(record, "request", None), "path", "")
        if not path.startswith(CITIZENS):
            return True
        if record.levelno < logging.ERROR:
            return False
        record.msg, record.args = f"{record.levelname} at {CITIZENS}", ()
        return True
