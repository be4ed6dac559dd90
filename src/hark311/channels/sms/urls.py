"""Where the provider of text messages asks: under /channels/sms/."""

from django.urls import path

from hark311.channels.sms import views

app_name = "sms"

urlpatterns = [
    path("message", views.message, name="message"),
    path("receipt", views.receipt, name="receipt"),
]
