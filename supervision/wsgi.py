"""What a web server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supervision.settings")

application = get_wsgi_application()

from supervision.review.gateway import door  # noqa: E402 (needs the settings)

door.open_up_soon()
