"""What the web processes run."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from hark311.platform.process import die_with_parent
from hark311.platform.reception import Reception

die_with_parent()
application = Reception(
    get_wsgi_application(),
    threads=settings.WEB_THREADS,
    largest=settings.MAX_REQUEST_MB * 1024 * 1024,
)
