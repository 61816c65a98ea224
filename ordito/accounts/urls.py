"""Sign-in, second factor and identities: django-allauth's pages, at Italian addresses."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
