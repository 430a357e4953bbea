"""Which addresses take files, show them and hand them out?"""

from django.urls import path

from cases.views import attachments

urlpatterns = [
    path("cases/<uuid:pk>/files/", attachments.files, name="files"),
    path("files/<uuid:pk>/", attachments.file, name="file"),
    path("files/<uuid:pk>/save/", attachments.save_file, name="save-file"),
    path("files/<uuid:pk>/page/<int:page>/", attachments.page_of_file, name="file-page"),
    path("files/<uuid:pk>/withdraw/", attachments.withdraw_file, name="withdraw-file"),
]
