from django.db import migrations, models

NAMES = (
    ("organ_zh", 120, "reconsideration organ in Chinese"),
    ("organ_en", 200, "reconsideration organ in English"),
    ("court_zh", 120, "court in Chinese"),
    ("court_en", 200, "court in English"),
)


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_letters_services_and_receipts")]

    operations = [
        migrations.AddField(
            model_name="letterhead",
            name=name,
            field=models.CharField(blank=True, default="", max_length=length, verbose_name=words),
        )
        for name, length, words in NAMES
    ]
