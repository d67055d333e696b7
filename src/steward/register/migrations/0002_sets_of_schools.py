"""Officers' own sets of schools."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0001_schools_and_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SchoolSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("purpose", models.CharField(max_length=400)),
                ("shared", models.BooleanField(default=False)),
                ("made_on", models.DateField()),
                ("changed_on", models.DateField()),
                ("retired_on", models.DateField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SetMember",
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
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.school"
                    ),
                ),
                (
                    "school_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="register.schoolset",
                    ),
                ),
            ],
            options={
                "ordering": ["school__name", "school_id"],
            },
        ),
        migrations.AddConstraint(
            model_name="schoolset",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired_on__isnull", True)),
                fields=("owner", "name"),
                name="register_set_named_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="schoolset",
            constraint=models.CheckConstraint(
                condition=models.Q(("changed_on__gte", models.F("made_on"))),
                name="register_set_changed_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="setmember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)),
                fields=("school_set", "school"),
                name="register_school_once_in_set",
            ),
        ),
    ]
