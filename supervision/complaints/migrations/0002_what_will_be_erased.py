import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0001_complaints"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Forgetting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[("identity", "who told it"), ("words", "words and files")],
                        max_length=8,
                        verbose_name="what is erased",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="erased on")),
                ("held_until", models.DateField(null=True, verbose_name="held back until")),
                ("why_sealed", models.TextField(blank=True)),
                ("done_on", models.DateField(null=True)),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forgettings",
                        to="complaints.complaint",
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_on", None)), fields=["due_on", "id"], name="forgetting_to_come"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("complaint", "what"), name="forgotten_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_by__isnull", True), ("held_until__isnull", True)),
                            models.Q(("held_by__isnull", False), ("held_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="held_back_by_somebody",
                    ),
                ],
            },
        ),
    ]
