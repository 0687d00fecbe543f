from datetime import date

import departments.models.periods
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# What was asked before terms had a history counts as asked all along.
LONG_AGO = date(2000, 1, 1)


def know_since_they_began(apps, schema_editor):
    apps.get_model('departments', 'Membership').objects.update(known_from=models.F('starts_on'))
    apps.get_model('departments', 'Requirement').objects.update(known_from=LONG_AGO)


class Migration(migrations.Migration):

    dependencies = [
        ('departments', '0003_attention'),
        ('knowledge', '0009_quiz_days'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RosterSync',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fingerprint', models.CharField(blank=True, db_index=True, max_length=64)),
                ('file_name', models.CharField(blank=True, max_length=120)),
                ('at', models.DateTimeField()),
                ('is_applied', models.BooleanField()),
                ('report', models.JSONField(default=dict)),
                ('told', models.JSONField(default=list)),
            ],
            options={
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.AddField(
            model_name='department',
            name='closed_on',
            field=models.DateField(blank=True, null=True, verbose_name='closed on'),
        ),
        migrations.AddField(
            model_name='department',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='departments.department'),
        ),
        migrations.AddField(
            model_name='membership',
            name='known_from',
            field=models.DateField(default=departments.models.periods.organisation_today),
        ),
        migrations.AddField(
            model_name='requirement',
            name='known_from',
            field=models.DateField(default=departments.models.periods.organisation_today),
        ),
        migrations.AddField(
            model_name='requirement',
            name='levels',
            field=models.JSONField(blank=True, default=list, verbose_name='levels'),
        ),
        migrations.AddField(
            model_name='requirement',
            name='starts_on',
            field=models.DateField(blank=True, null=True, verbose_name='asked from'),
        ),
        migrations.AddField(
            model_name='requirement',
            name='titles',
            field=models.JSONField(blank=True, default=list, verbose_name='job titles'),
        ),
        migrations.CreateModel(
            name='DepartmentMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moved_on', models.DateField()),
                ('after', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='departments.department')),
                ('before', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='departments.department')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='departments.department')),
            ],
            options={
                'ordering': ('moved_on', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='AuditLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('kind', models.CharField(choices=[('joined', 'Joined'), ('moved', 'Moved'), ('left', 'Left'), ('away', 'Leave changed'), ('corrected', 'Place corrected'), ('headed', 'Head or deputy changed'), ('department', 'Department changed'), ('required', 'Module required'), ('changed', 'Requirement changed'), ('dropped', 'Requirement removed'), ('waived', 'Waived'), ('waiver-ended', 'Waiver taken back'), ('extended', 'More time given'), ('extension-ended', 'More time taken back'), ('assigned', 'Assigned'), ('assignment-ended', 'Assignment taken back'), ('nudged', 'Nudged'), ('time-asked', 'Asked for time'), ('time-answered', 'Answered a request for time')], max_length=20)),
                ('reason', models.CharField(blank=True, max_length=400)),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='departments.department')),
                ('module', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='knowledge.modulepage')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-at', '-pk'),
                'indexes': [models.Index(fields=['department', '-at'], name='departments_audit_by_dept'), models.Index(fields=['person', '-at'], name='departments_audit_by_person')],
            },
        ),
        migrations.CreateModel(
            name='PastMembership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('membership_id', models.BigIntegerField()),
                ('title', models.CharField(blank=True, max_length=120)),
                ('level', models.CharField(choices=[('board', 'Board'), ('executive', 'Executive'), ('head', 'Head'), ('lead', 'Team lead'), ('staff', 'Staff')], max_length=16)),
                ('is_home', models.BooleanField()),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('leave_from', models.DateField(blank=True, null=True)),
                ('leave_to', models.DateField(blank=True, null=True)),
                ('known_from', models.DateField()),
                ('known_until', models.DateField()),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='departments.department')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['department', 'known_until'], name='departments_past_by_dept'), models.Index(fields=['person', 'known_until'], name='departments_past_by_person')],
            },
        ),
        migrations.CreateModel(
            name='PastRequirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField(blank=True, null=True)),
                ('joiner_days', models.PositiveSmallIntegerField()),
                ('levels', models.JSONField(default=list)),
                ('titles', models.JSONField(default=list)),
                ('starts_on', models.DateField(blank=True, null=True)),
                ('known_from', models.DateField()),
                ('known_until', models.DateField()),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='departments.department')),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='knowledge.modulepage')),
            ],
            options={
                'indexes': [models.Index(fields=['department', 'known_until'], name='departments_past_required')],
            },
        ),
        migrations.RunPython(know_since_they_began, migrations.RunPython.noop),
    ]
