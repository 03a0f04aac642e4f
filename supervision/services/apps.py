from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "supervision.services"
    label = "services"
    verbose_name = "Embedded services"
