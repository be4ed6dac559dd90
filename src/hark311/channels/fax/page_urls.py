"""The addresses of this channel for people."""

from django.urls import path

from hark311.channels.fax.views import form

app_name = "fax_forms"
urlpatterns = [path("<slug:code>.pdf", form, name="form")]
