"""Assessments, their versions, decisions and reviews."""

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
            name="Assessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("strategy", "Strategy"),
                            ("report", "Report or decision of members"),
                            ("intervention", "Intervention in a school"),
                            ("policy", "Policy or procedure"),
                            ("budget", "Budget or funding"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("decided", "Decided"), ("reviewed", "Reviewed")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("review_on", models.DateField(null=True)),
                ("started_at", models.DateTimeField()),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="register.authority",
                    ),
                ),
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
                "ordering": ["-started_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="AssessmentVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("strategy", "Strategy"),
                            ("report", "Report or decision of members"),
                            ("intervention", "Intervention in a school"),
                            ("policy", "Policy or procedure"),
                            ("budget", "Budget or funding"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                    ),
                ),
                ("proposal", models.TextField()),
                ("evidence", models.TextField(blank=True)),
                ("links", models.JSONField(default=list)),
                ("reason", models.TextField()),
                ("written_at", models.DateTimeField()),
                ("written_by_name", models.CharField(max_length=200)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="equality.assessment",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["assessment", "-number"],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("proceed", "Go ahead"),
                            ("change", "Go ahead with the changes named"),
                            ("stop", "Do not go ahead"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reasons", models.TextField()),
                ("decided_at", models.DateTimeField()),
                ("decided_by_name", models.CharField(max_length=200)),
                ("review_on", models.DateField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="equality.assessmentversion",
                    ),
                ),
            ],
            options={
                "ordering": ["-decided_at"],
            },
        ),
        migrations.CreateModel(
            name="GroupEffect",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "characteristic",
                    models.CharField(
                        choices=[
                            ("age", "Age"),
                            ("disability", "Disability and special educational needs"),
                            ("gender_reassignment", "Gender reassignment"),
                            ("marriage", "Marriage and civil partnership"),
                            ("pregnancy", "Pregnancy and maternity"),
                            ("race", "Race and ethnicity"),
                            ("religion", "Religion or belief"),
                            ("sex", "Sex"),
                            ("sexual_orientation", "Sexual orientation"),
                            ("first_language", "English as an additional language"),
                            ("disadvantage", "Disadvantage and deprived areas"),
                            ("looked_after", "Children looked after and in need"),
                            ("carers", "Young carers"),
                            ("poor_attenders", "Poor attenders"),
                            ("cohesion", "Cohesion between communities"),
                            ("integration", "Integration of newcomers"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "effect",
                    models.CharField(
                        choices=[
                            ("positive", "Positive"),
                            ("neutral", "No difference"),
                            ("mixed", "Positive and negative"),
                            ("negative", "Negative"),
                            ("unknown", "Not known"),
                        ],
                        max_length=10,
                    ),
                ),
                ("evidence", models.TextField(blank=True)),
                ("mitigation", models.TextField(blank=True)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="effects",
                        to="equality.assessmentversion",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("found", models.TextField()),
                ("reviewed_at", models.DateTimeField()),
                ("reviewed_by_name", models.CharField(max_length=200)),
                ("review_on", models.DateField(null=True)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="equality.decision",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-reviewed_at"],
            },
        ),
        migrations.AddIndex(
            model_name="assessment",
            index=models.Index(fields=["authority", "state", "review_on"], name="equality_by_state"),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "decided"), _negated=True),
                    ("review_on__isnull", False),
                    _connector="OR",
                ),
                name="equality_decided_has_review",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessmentversion",
            constraint=models.UniqueConstraint(fields=("assessment", "number"), name="equality_version_once"),
        ),
        migrations.AddConstraint(
            model_name="assessmentversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="equality_version_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="groupeffect",
            constraint=models.UniqueConstraint(
                fields=("version", "characteristic"), name="equality_effect_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="groupeffect",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("effect__in", ["negative", "mixed"]), _negated=True),
                    models.Q(("mitigation", ""), _negated=True),
                    _connector="OR",
                ),
                name="equality_harm_has_mitigation",
            ),
        ),
    ]
