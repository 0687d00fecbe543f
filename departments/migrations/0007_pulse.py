import django.core.validators
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('departments', '0006_rollup'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PulseSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('confidential', 'Each colleague, confidentially'), ('team-agreed', 'Each team agrees on one answer (for small organisations)')], default='confidential', max_length=16, verbose_name='who answers')),
                ('asks_of_ten', models.BooleanField(default=True, help_text='“Of the last 10 customers, how many got this?”', verbose_name='ask for an estimate')),
            ],
            options={
                'verbose_name': 'Pulse',
            },
        ),
        migrations.CreateModel(
            name='Pulse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(unique=True, verbose_name='month')),
                ('opens_on', models.DateField(verbose_name='opens on')),
                ('closes_on', models.DateField(verbose_name='closes on')),
                ('promise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pulses', to='knowledge.promisepage')),
            ],
            options={
                'ordering': ('-month',),
            },
        ),
        migrations.CreateModel(
            name='PulseAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('belief', models.CharField(choices=[('yes', 'Yes'), ('not-yet', 'Not yet'), ('no', 'No')], max_length=8)),
                ('of_ten', models.PositiveSmallIntegerField(null=True, validators=[django.core.validators.MaxValueValidator(10)])),
                ('week', models.DateField()),
                ('department', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='departments.department')),
                ('pulse', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='departments.pulse')),
            ],
        ),
        migrations.CreateModel(
            name='PulseTurnout',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pulse', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='turnout', to='departments.pulse')),
            ],
        ),
        migrations.CreateModel(
            name='PulseWord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=500)),
                ('pulse', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='departments.pulse')),
            ],
        ),
        migrations.CreateModel(
            name='TeamBelief',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('belief', models.CharField(choices=[('yes', 'Yes'), ('not-yet', 'Not yet'), ('no', 'No')], max_length=8)),
                ('of_ten', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(10)])),
                ('sentence', models.CharField(blank=True, max_length=500, verbose_name='what would have to be true?')),
                ('agreed_on', models.DateField()),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='departments.department')),
                ('pulse', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='team_beliefs', to='departments.pulse')),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='pulse',
            constraint=models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='departments_pulse_closes_after_opening'),
        ),
        migrations.AddConstraint(
            model_name='pulseturnout',
            constraint=models.UniqueConstraint(fields=('pulse', 'person'), name='departments_turnout_once'),
        ),
        migrations.AddConstraint(
            model_name='teambelief',
            constraint=models.UniqueConstraint(fields=('pulse', 'department'), name='departments_team_belief_once'),
        ),
    ]
