"""Which addresses open a case in an emergency, and look at it afterwards?"""

from django.urls import path

from cases.views import emergency as views

urlpatterns = [
    path("emergency/", views.emergency, name="emergency"),
    path("emergency/reviews/", views.emergency_reviews, name="emergency-reviews"),
    path("emergency/<uuid:pk>/end/", views.end_emergency, name="end-emergency"),
    path("emergency/<uuid:pk>/review/", views.review_emergency, name="review-emergency"),
]
