"""Which addresses has an installation without pages? None; Django's checks ask."""

urlpatterns: list = []
