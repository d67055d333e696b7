"""The first tables."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Authority",
            fields=[
                ("code", models.CharField(max_length=3, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("region", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Predecessor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("urn", models.PositiveIntegerField(db_index=True)),
                ("predecessor_urn", models.PositiveIntegerField(db_index=True)),
                ("relation", models.CharField(max_length=80)),
                ("since", models.DateField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("urn", "predecessor_urn"), name="register_predecessor_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("urn", models.F("predecessor_urn")), _negated=True),
                        name="register_predecessor_is_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="School",
            fields=[
                ("urn", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("establishment_number", models.CharField(blank=True, max_length=4)),
                ("name", models.CharField(max_length=255)),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("nursery", "nursery"),
                            ("primary", "primary"),
                            ("secondary", "secondary"),
                            ("all_through", "all_through"),
                            ("special", "special"),
                            ("alternative", "alternative"),
                            ("post_16", "post_16"),
                            ("unknown", "unknown"),
                        ],
                        max_length=12,
                    ),
                ),
                ("type", models.CharField(blank=True, max_length=120)),
                (
                    "governance",
                    models.CharField(
                        choices=[
                            ("maintained", "maintained"),
                            ("academy", "academy"),
                            ("independent", "independent"),
                            ("other", "other"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("closed", "closed"),
                            ("proposed", "proposed"),
                            ("unknown", "unknown"),
                        ],
                        max_length=8,
                    ),
                ),
                ("opened_on", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("age_low", models.PositiveSmallIntegerField(null=True)),
                ("age_high", models.PositiveSmallIntegerField(null=True)),
                ("gender", models.CharField(blank=True, max_length=60)),
                ("religious_character", models.CharField(blank=True, max_length=120)),
                ("admissions", models.CharField(blank=True, max_length=120)),
                ("street", models.CharField(blank=True, max_length=255)),
                ("town", models.CharField(blank=True, max_length=120)),
                ("postcode", models.CharField(blank=True, max_length=10)),
                ("ward", models.CharField(blank=True, max_length=120)),
                ("trust", models.CharField(blank=True, max_length=255)),
                ("easting", models.PositiveIntegerField(null=True)),
                ("northing", models.PositiveIntegerField(null=True)),
                ("as_at", models.DateField()),
                ("release", models.CharField(max_length=120)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schools",
                        to="register.authority",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "urn"],
            },
        ),
        migrations.CreateModel(
            name="LinkOfficer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                (
                    "person",
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
                        related_name="link_officers",
                        to="register.school",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ServedAuthority",
            fields=[
                ("only", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.authority"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="school",
            index=models.Index(fields=["authority", "standing", "name"], name="register_by_authority"),
        ),
        migrations.AddConstraint(
            model_name="linkofficer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)),
                fields=("school",),
                name="register_one_link_officer",
            ),
        ),
        migrations.AddConstraint(
            model_name="linkofficer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="register_link_officer_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="servedauthority",
            constraint=models.CheckConstraint(
                condition=models.Q(("only", 1)), name="register_one_served_authority"
            ),
        ),
    ]
