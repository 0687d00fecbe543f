import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('departments', '0007_pulse'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HandoffRating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('complete', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='complete')),
                ('on_time', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='on time')),
                ('clear', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='clear')),
                ('sentence', models.CharField(max_length=300, verbose_name='what we need')),
                ('people', models.PositiveSmallIntegerField(verbose_name='how many of you agreed')),
                ('signed_at', models.DateTimeField()),
                ('reply', models.CharField(blank=True, max_length=400, verbose_name='your reply')),
                ('replied_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('promise', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='handoff_ratings', to='knowledge.promisepage')),
                ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handoffs_received', to='departments.department')),
                ('replied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handoffs_given', to='departments.department')),
            ],
            options={
                'ordering': ('-month', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('promise', 'supplier', 'receiver', 'month'), name='departments_rating_once_a_month'), models.UniqueConstraint(condition=models.Q(('promise', None)), fields=('supplier', 'receiver', 'month'), name='departments_rating_of_no_promise'), models.CheckConstraint(condition=models.Q(('supplier', models.F('receiver')), _negated=True), name='departments_rating_of_another'), models.CheckConstraint(condition=models.Q(('clear__range', (1, 5)), ('complete__range', (1, 5)), ('on_time__range', (1, 5))), name='departments_rating_points')],
            },
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=200, verbose_name='what you need')),
                ('why', models.CharField(blank=True, max_length=400, verbose_name='why')),
                ('posted_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', 'Waiting for an answer'), ('accepted', 'We do this'), ('not-yet', 'Not yet, because…'), ('met', 'Met'), ('withdrawn', 'No longer needed')], default='open', max_length=16)),
                ('reply', models.CharField(blank=True, max_length=400, verbose_name='your answer')),
                ('replied_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='departments.department', verbose_name='who needs it')),
                ('posted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('promise', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='needs', to='knowledge.promisepage')),
                ('replied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asked_needs', to='departments.department', verbose_name='of whom')),
            ],
            options={
                'ordering': ('posted_at', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('department', models.F('supplier')), _negated=True), name='departments_need_of_another', violation_error_message='A need is something you ask of another department.')],
            },
        ),
    ]
