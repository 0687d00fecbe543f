import departments.models.periods
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def know_since_they_began(apps, schema_editor):
    apps.get_model('departments', 'Exemption').objects.update(known_from=models.F('starts_on'))


class Migration(migrations.Migration):

    dependencies = [
        ('departments', '0004_organisation'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='exemption',
            name='given_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='exemption',
            name='known_from',
            field=models.DateField(default=departments.models.periods.organisation_today),
        ),
        migrations.AddField(
            model_name='exemption',
            name='withdrawn_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateField(verbose_name='until')),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
                ('known_from', models.DateField(default=departments.models.periods.organisation_today)),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extensions', to='knowledge.modulepage')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extensions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='TimeRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateField(verbose_name='by when you can be ready')),
                ('reason', models.CharField(max_length=400, verbose_name='reason')),
                ('asked_at', models.DateTimeField()),
                ('answer', models.CharField(blank=True, choices=[('granted', 'Granted'), ('not-now', 'Not now')], max_length=16)),
                ('note', models.CharField(blank=True, max_length=400, verbose_name='your answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='time_requests', to='departments.department')),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='knowledge.modulepage')),
            ],
            options={
                'ordering': ('-asked_at',),
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField(verbose_name='due on')),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
                ('starts_on', models.DateField(default=departments.models.periods.organisation_today)),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='knowledge.modulepage')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_on', None)), fields=('person', 'module'), name='departments_assignment_once')],
            },
        ),
        migrations.CreateModel(
            name='Nudge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('week', models.DateField()),
                ('text', models.CharField(max_length=400, verbose_name='what you write')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('modules', models.ManyToManyField(related_name='+', to='knowledge.modulepage')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='nudges', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-at',),
                'constraints': [models.UniqueConstraint(fields=('person', 'week'), name='departments_nudge_once_a_week')],
            },
        ),
        migrations.AddConstraint(
            model_name='timerequest',
            constraint=models.UniqueConstraint(condition=models.Q(('answer', '')), fields=('department', 'module'), name='departments_one_open_time_request'),
        ),
        migrations.RunPython(know_since_they_began, migrations.RunPython.noop),
    ]
