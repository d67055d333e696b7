"""The first tables."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("register", "0001_schools_and_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Generation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("folder", models.CharField(max_length=120, unique=True)),
                ("current", models.BooleanField()),
                ("releases", models.JSONField()),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)),
                        fields=("current",),
                        name="evidence_one_current_generation",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DataRelease",
            fields=[
                ("id", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("slot", models.CharField(max_length=160)),
                ("source", models.CharField(max_length=80)),
                ("layout", models.CharField(max_length=80)),
                ("title", models.CharField(max_length=200)),
                ("period", models.PositiveSmallIntegerField(null=True)),
                ("as_at", models.DateField(null=True)),
                ("version", models.CharField(max_length=20)),
                ("coverage", models.CharField(blank=True, max_length=3)),
                ("file_name", models.CharField(max_length=255)),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("rows", models.PositiveIntegerField()),
                ("encoding", models.CharField(max_length=20)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("live", "Live"),
                            ("replaced", "Replaced"),
                            ("withdrawn", "Withdrawn"),
                            ("failed", "Failed screening"),
                        ],
                        max_length=10,
                    ),
                ),
                ("screening", models.JSONField()),
                ("loaded_at", models.DateTimeField()),
                (
                    "loaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["source", "-period", "-as_at", "-loaded_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "live")),
                        fields=("slot",),
                        name="evidence_one_live_release",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LocalFact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("source", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facts",
                        to="register.school",
                    ),
                ),
            ],
            options={
                "ordering": ["-since"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="evidence_fact_ends_after_start",
                    )
                ],
            },
        ),
    ]
