"""The description of the API for whoever builds a system that speaks to it: nothing but what the code does."""

from drf_spectacular.views import SpectacularAPIView


class Schema(SpectacularAPIView):
    """OpenAPI, as YAML or JSON."""

    authentication_classes = []
    throttle_classes = []  # it must be there when Redis is away
