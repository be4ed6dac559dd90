"""What the web processes run."""

from django.core.wsgi import get_wsgi_application

from hark311.platform.process import die_with_parent

die_with_parent()
application = get_wsgi_application()
