"""What the live process runs."""

import django
from django.conf import settings

from hark311.platform.live_server import live_application
from hark311.platform.process import die_with_parent

die_with_parent()
django.setup()
application = live_application(settings.DATABASE_DIRECT_URL or settings.DATABASE_URL)
